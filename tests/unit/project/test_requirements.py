"""What a host installs: told where it is certain that this package is not among it."""

from __future__ import annotations

from bibfolio.project.requirements import uninstalled

from ..table import Table

TABLE = Table(__file__)


def test_requirements_without_this_package_are_told_and_no_others(tmp_path):
    def told(text: str) -> list[str]:
        (tmp_path / "requirements.txt").write_text(text, encoding="utf-8")
        return [problem.kind.subtype for problem in uninstalled(tmp_path)]

    TABLE.holds("this package is installed, or may be", told)
    TABLE.holds("it is not", told)


def test_without_requirements_there_is_nothing_to_say(tmp_path):
    assert uninstalled(tmp_path) == []
