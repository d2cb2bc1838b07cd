"""Whether the address in conf.py is the one at which the host serves the site."""

import pytest

from bibfolio.hosting import address_mismatch, hosted_at

PAGES = {"BIBFOLIO_BASEURL": "https://ann.example.io/site"}
DOCS = {"READTHEDOCS_CANONICAL_URL": "https://ann.example.org/"}


@pytest.mark.parametrize(
    ("environment", "address"),
    [({}, ""), (PAGES, "https://ann.example.io/site"), (DOCS | PAGES, "https://ann.example.org/")],
)
def test_the_host_says_where_it_serves_the_site(environment, address):
    assert hosted_at(environment) == address


@pytest.mark.parametrize(
    ("environment", "address", "is_wrong"),
    [
        (PAGES, "https://ann.example.io/", True),
        (PAGES, "https://ann.example.org/site/", True),
        (PAGES, "http://Ann.example.io/site/", False),
        (PAGES, "", False),
        (PAGES, "os.environ['ADDRESS']", False),
        (DOCS, "https://other.example.org/", True),
        (DOCS | {"READTHEDOCS_VERSION_TYPE": "external"}, "https://other.example.org/", False),
        ({}, "https://ann.example.org/", False),
    ],
)
def test_another_address_than_the_hosts_is_told(environment, address, is_wrong):
    message = address_mismatch(address, environment)
    assert message.startswith(f"html_baseurl in conf.py is {address}, but") == is_wrong
