"""A licence is an identifier, an address or a full name; other words say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.licenses import read_license

from ..made import field

CC = "https://creativecommons.org"


@pytest.mark.parametrize(
    ("text", "id_", "name", "url"),
    [
        ("CC-BY-4.0", "CC-BY-4.0", "CC BY 4.0", f"{CC}/licenses/by/4.0/"),
        ("cc-by-nc-nd-4.0", "CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0", f"{CC}/licenses/by-nc-nd/4.0/"),
        ("CC-BY-3.0-DE", "CC-BY-3.0-DE", "CC BY 3.0 DE", f"{CC}/licenses/by/3.0/de/"),
        ("CC0-1.0", "CC0-1.0", "CC0 1.0", f"{CC}/publicdomain/zero/1.0/"),
        ("mit", "MIT", "MIT", "https://spdx.org/licenses/MIT"),
    ],
)
def test_an_identifier_is_a_name_and_an_address(text, id_, name, url):
    found = read_license(text)
    assert found
    assert (found.id, found.name, found.url) == (id_, name, url)
    assert read_license(url.replace("https", "http")) == (found if CC in url else None)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.de", "CC-BY-SA-4.0"),
        ("http://www.creativecommons.org/licenses/by/3.0/de/legalcode", "CC-BY-3.0-DE"),
        ("creativecommons.org/publicdomain/zero/1.0", "CC0-1.0"),
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
        ("Creative Commons Attribution 4.0 International License (CC BY 4.0)", "CC-BY-4.0"),
        ("Creative Commons Attribution Non Commercial 4.0 International", "CC-BY-NC-4.0"),
        (
            "creative commons attribution-noncommercial-noderivs 3.0 unported license",
            "CC-BY-NC-ND-3.0",
        ),
        (
            "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 Public License",
            "CC-BY-NC-SA-4.0",
        ),
        ("Creative Commons Zero v1.0 Universal", "CC0-1.0"),
    ],
)
def test_an_address_or_a_full_name_is_one(text, id_):
    found = read_license(text)
    assert found
    assert found.id == id_


@pytest.mark.parametrize(
    "text",
    [
        *("", "© 2024 ACM", "ACM", "All rights reserved", "Creative Commons", "open access"),
        *("LicenseRef-mine", "MIT OR Apache-2.0", "https://creativecommons.org/", "CC-BY-9.9"),
        *("https://creativecommons.org.example/licenses/by/4.0/", "Attribution 4.0", "CC-BY-"),
    ],
)
def test_other_words_say_nothing(text):
    assert read_license(text) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text):
    found = read_license(text)
    assert found is None or found.url.startswith("https://")


@pytest.mark.parametrize(
    ("fields", "id_", "told"),
    [
        ("license = {CC-BY-4.0}", "CC-BY-4.0", []),
        ("license = {CC-BY-4.0}, copyright = {CC0-1.0}", "CC-BY-4.0", []),
        (r"copyright = {\url{https://creativecommons.org/licenses/by/4.0/}}", "CC-BY-4.0", []),
        ("copyright = {© 2024 ACM}", "", []),
        ("license = {open}", "", ["'open' is no licence"]),
    ],
)
def test_both_fields_are_read_and_a_license_that_is_none_is_told(fields, id_, told):
    paper, problems = field(fields)
    assert (paper.license.id if paper.license else "") == id_
    assert [
        message for _kind, _line, message in problems if not any(t in message for t in told)
    ] == []
    assert len(problems) == len(told)
    assert "license" not in paper.bibtex


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ("doi = {10.5555/1}, url = {https://example.org/x}", []),
        ("eprint = {2401.00001}", ["arXiv"]),
        ("eprint = {hal-01234567}, eprinttype = {hal}, pmcid = {PMC1234567}", ["HAL", "PMC"]),
        ("pmid = {1234567}", []),
    ],
)
def test_a_paper_is_free_where_an_archive_has_it(fields, places):
    assert [one.label for one in field(fields)[0].free_at] == places
