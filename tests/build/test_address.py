"""A site is where its host serves it, unless conf.py says where; a domain of its own stays."""

import pytest

from bibfolio.commands import main

CONF = 'extensions = ["bibfolio", "sphinx.ext.githubpages"]\nhtml_theme = "bibfolio"\n'
HOSTED = "https://jane.github.io/site"


@pytest.fixture(autouse=True)
def on_github(monkeypatch):
    monkeypatch.delenv("READTHEDOCS_CANONICAL_URL", raising=False)
    monkeypatch.setenv("BIBFOLIO_BASEURL", HOSTED)


def test_the_host_that_builds_says_where_a_site_is(build):
    built = build("template-0.2.0", {"conf.py": CONF})
    assert f"{HOSTED}/publications/" in built.text("sitemap.xml")
    assert 'href="/site/cv/"' in built.text("404/index.html")
    assert (".nojekyll" in built.files, "CNAME" in built.files) == (True, False)


def test_a_domain_of_ones_own_survives_every_build_and_a_misfit_is_told(build, monkeypatch, capsys):
    own = f'{CONF}html_baseurl = "https://jane.example.org/"\n'
    built = build("template-0.2.0", {"conf.py": own})
    assert built.rebuild().text("CNAME") == "jane.example.org"
    monkeypatch.chdir(built.src)
    assert main(["check", "--format", "github"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("::warning file=conf.py,title=address::html_baseurl in conf.py is https")
    assert f"the host serves this site at {HOSTED};" in out
