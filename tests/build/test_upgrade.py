"""A site that an earlier `bibfolio new` wrote is built by today's package, without a warning."""

import re

import pytest

from bibfolio import __version__
from bibfolio.commands.doctor import old_files
from bibfolio.sources.profile_toml import SCHEMA
from tests.building import REPOSITORY, ROOTS

TEMPLATES = sorted(path.name for path in ROOTS.glob("template-*"))


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_site_of_an_earlier_template_is_built_without_a_warning(build, template):
    built = build(template)
    assert "Jane Doe" in built.main("index").get_text()
    assert len(built.cards("index")) == len(built.cards("publications")) == 1


def test_the_doctor_says_what_is_old(tmp_path):
    lines = f"sphinx\nbibfolio[serve]==0.1.0\nbibfolio=={__version__}\nbibfolio @ git+x@y\n"
    (tmp_path / "requirements.txt").write_text(lines, encoding="utf-8")
    (problem,) = old_files(tmp_path)
    assert (problem.line, "with bibfolio 0.1.0" in problem.message) == (2, True)
    copy = tmp_path / SCHEMA.name
    copy.write_bytes(SCHEMA.read_bytes().replace(b"\n", b"\r\n"))
    assert len([*old_files(tmp_path)]) == 1
    copy.write_text("[]", encoding="utf-8")
    assert len([*old_files(tmp_path)]) == 2


def test_every_release_says_what_an_owner_has_to_do():
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert [one for one in releases if "### What you have to do\n" not in one] == []
