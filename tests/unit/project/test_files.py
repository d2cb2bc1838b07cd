"""A file of the owner's is replaced as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibfolio.project.files import replace_file


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_run_that_is_killed_in_the_middle_leaves_the_old_file(tmp_path, monkeypatch, step):
    file = tmp_path / "refs.bib"
    file.write_bytes(b"old")

    def killed(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, step, killed)
    with pytest.raises(KeyboardInterrupt):
        replace_file(file, b"old", b"new")
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["refs.bib"]
