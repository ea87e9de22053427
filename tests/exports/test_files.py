from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.errors import ExportError
from app.exports.files import whole_file


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv"
    with whole_file(path, replace=False) as out:
        out.write(b"a")
        assert not path.exists()
    assert path.read_bytes() == b"a"
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv"
    path.write_bytes(b"old")

    def fail(error: type[BaseException]) -> None:
        with whole_file(path, replace=True) as out:
            out.write(b"new")
            raise error

    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error):
            fail(error)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_there_is_replaced_only_if_told(tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv"
    path.write_bytes(b"old")
    with pytest.raises(ExportError, match="--force"), whole_file(path, replace=False):
        pass
    assert path.read_bytes() == b"old"
    with whole_file(path, replace=True) as out:
        out.write(b"new")
    assert path.read_bytes() == b"new"


def test_what_another_wrote_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv"
    with pytest.raises(ExportError, match="--force"), whole_file(path, replace=False):
        path.write_bytes(b"other")
    assert path.read_bytes() == b"other"


def test_of_a_link_the_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "there" / "quotes.csv"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    with whole_file(link, replace=True) as out:
        out.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_only_files_are_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, Path("/dev/null")):
        with pytest.raises(ExportError, match="no regular file"), whole_file(path, replace=True):
            pass


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "quotes.csv"
    with pytest.raises(ExportError, match="missing"), whole_file(path, replace=False):
        pass
