from pathlib import Path

import pytest

from app.documents import Limits, document_from_text
from app.documents.plain_text import PlainTextReader
from app.domain import Document
from app.errors import DocumentError


def read(path: Path, data: bytes, limits: Limits | None = None) -> Document | DocumentError:
    path.write_bytes(data)
    (found,) = PlainTextReader().read(path, limits or Limits())
    return found


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no text"),
        (b" \r\n\t\n", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (b"a\x00b", "binary"),
        (b"x" * 101, "101 bytes, more than the 100"),
        (b"x" * 60, "60 characters, more than the 50"),
    ],
)
def test_bad_files(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "a.txt"
    found = read(path, data, Limits(max_document_bytes=100, max_text_chars=50))
    assert isinstance(found, DocumentError)
    assert reason in found.reason
    assert found.origin == str(path)


def test_missing_file(tmp_path: Path) -> None:
    (found,) = PlainTextReader().read(tmp_path / "a.txt", Limits())
    assert isinstance(found, DocumentError)
    assert "no such file" in found.reason


def test_keeps_all_but_line_ends(tmp_path: Path) -> None:
    found = read(tmp_path / "a.txt", "\ufeff \u2028One.\r\n\r\nTwo\u00a0😀.\r \t".encode())
    assert isinstance(found, Document)
    assert found.text == " \u2028One.\n\nTwo\u00a0😀.\n \t"


@pytest.mark.parametrize("text", ["", " \n", "a\x00", "a\ud800"])
def test_texts_that_cannot_be_stored(text: str) -> None:
    with pytest.raises(DocumentError):
        document_from_text(text, "request")


def test_stated_metadata_wins_and_zones_are_marked_all_the_same() -> None:
    document = document_from_text(
        "By Ada Quill, AFP\n\nThe bridge fell.",
        "request",
        authors=("Bo Vane",),
        url="https://a.example/",
    )
    assert document.authors == ("Bo Vane",)
    assert document.agency == "AFP"
    assert [zone.value for zone in document.zones] == ["Ada Quill", "AFP", None]
