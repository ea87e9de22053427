import json
from pathlib import Path

import pytest

from app.documents import Limits
from app.documents.json_lines import JsonLinesReader, JsonReader
from app.domain import Document
from app.errors import DocumentError

TEXT = "The mayor of Oldtown opened the bridge."
GOOD = json.dumps({"text": TEXT}).encode()


def read(path: Path, data: bytes, limits: Limits | None = None) -> list[Document | DocumentError]:
    path.write_bytes(data)
    reader = JsonReader() if path.suffix == ".json" else JsonLinesReader()
    return list(reader.read(path, limits or Limits()))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"{", "no JSON"),
        (b"[1]", "no JSON object"),
        (b'"text"', "no JSON object"),
        (b"{}", 'neither "text" nor "html"'),
        (b'{"text": null}', 'neither "text" nor "html"'),
        (b'{"text": ""}', "no text"),
        (b'{"text": 1}', '"text" must be a string, not a number'),
        (b'{"text": {}}', "not an object"),
        (b'{"text": "a", "html": "<p>a"}', 'both "text" and "html"'),
        (b'{"text": "a", "text": "b"}', 'the key "text" stands twice'),
        (b'{"text": "a", "x": {"y": 1, "y": 2}}', 'the key "y" stands twice'),
        (b'{"\\ud800": 1, "\\ud800": 2}', "stands twice"),
        (b'{"text": "a\\ud800"}', "surrogate"),
        (b'{"text": "a\\u0000"}', "NUL"),
        (b'{"text": "a", "title": "\\udc00"}', "surrogate"),
        (b'{"text": "a", "authors": ["\\udc00"]}', "surrogate"),
        (b'{"text": "caf\xe9"}', "not UTF-8"),
        (b'{"text": "a", "title": ["b"]}', '"title" must be a string'),
        (b'{"text": "a", "authors": {"name": "b"}}', '"authors" must be'),
        (b'{"text": "a", "authors": ["b", 1]}', '"authors" must be'),
        (b'{"text": "a", "url": "/bridge"}', '"url" must be'),
        (b'{"text": "a", "url": "ftp://a.example/"}', '"url" must be'),
        (b'{"text": "a", "url": "http://[a"}', '"url" must be'),
        (b'{"text": "a", "url": "http:///bridge"}', '"url" must be'),
        (b'{"text": "a", "published_at": "yesterday"}', '"published_at" must be'),
        (b'{"text": "a", "updated_at": "2021-02-30"}', '"updated_at" must be'),
        (b'{"text": "a", "published_at": 1631085120}', '"published_at" must be a string'),
        (b'{"text": "a", "language": "English"}', '"language" must be'),
        (b'{"text": "a", "id": true}', '"id" must be'),
        (b'{"text": "a", "n": NaN}', "NaN"),
        (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", "no JSON"),
        (b'{"text": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"text": "' + b"x" * 200_000 + b'"}', "more than the 150,000 bytes"),
    ],
    ids=lambda value: value[:40] if isinstance(value, bytes) else value,
)
def test_a_broken_row_is_named_and_the_others_are_read(
    tmp_path: Path, row: bytes, reason: str
) -> None:
    path = tmp_path / "a.jsonl"
    limits = Limits(max_document_bytes=150_000)
    before, broken, after = read(path, b"\n".join([GOOD, row, GOOD]), limits)
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert isinstance(broken, DocumentError)
    assert broken.origin == f"{path}:2"
    assert reason in broken.reason
    assert after.origin == f"{path}:3"


def test_limits_are_exact(tmp_path: Path) -> None:
    limits = Limits(max_document_bytes=len(GOOD))
    found = read(tmp_path / "a.jsonl", GOOD + b"\n" + GOOD + b" \n" + GOOD, limits)
    assert [type(one) for one in found] == [Document, DocumentError, Document]


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_a_file_without_rows(tmp_path: Path, data: bytes) -> None:
    (found,) = read(tmp_path / "a.jsonl", data)
    assert isinstance(found, DocumentError)
    assert "no rows" in found.reason


def test_a_missing_file(tmp_path: Path) -> None:
    (found,) = JsonLinesReader().read(tmp_path / "a.jsonl", Limits())
    assert isinstance(found, DocumentError)


def test_all_keys(tmp_path: Path) -> None:
    row = {
        "id": 7,
        "text": TEXT + "\r\nBye.",
        "title": " A\nbridge ",
        "url": "https://a.example/bridge?x=1",
        "authors": ["Ada Quill", "Ada Quill", ""],
        "agency": "AFP",
        "publisher": "The Courier",
        "published_at": "2021-09-08T07:12:00+02:00",
        "updated_at": "2021-09-08",
        "language": "en-GB",
        "unknown": [{}],
    }
    (found,) = read(tmp_path / "a.jsonl", b"\xef\xbb\xbf" + json.dumps(row).encode() + b"\r\n")
    assert isinstance(found, Document)
    assert found.text == TEXT + "\nBye."
    assert (found.source_key, found.title, found.url) == ("The Courier: 7", "A bridge", row["url"])
    assert (found.authors, found.agency) == (("Ada Quill",), "AFP")
    assert (found.publisher, found.language) == ("The Courier", "en")
    assert found.published is not None
    assert found.published.instant is not None
    assert found.published.instant.isoformat() == "2021-09-08T05:12:00+00:00"
    assert found.updated is not None
    assert found.updated.instant is None


def test_one_author_as_a_string_and_time_without_zone(tmp_path: Path) -> None:
    row = {"text": TEXT, "authors": "Ada Quill", "published_at": "2021-09-08T07:12"}
    (found,) = read(tmp_path / "a.jsonl", json.dumps(row).encode())
    assert isinstance(found, Document)
    assert found.authors == ("Ada Quill",)
    assert found.published is not None
    assert found.published.instant is None


def test_json_files(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    (one,) = read(path, b"\xef\xbb\xbf" + GOOD)
    assert isinstance(one, Document)
    good, bad = read(path, b"[" + GOOD + b", 1]")
    assert isinstance(good, Document)
    assert isinstance(bad, DocumentError)
    assert bad.origin == f"{path}[1]"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "no JSON"), (b"[]", "no records"), (b"[" * 100_000, "deeply"), (b"1", "no JSON object")],
)
def test_bad_json_files(tmp_path: Path, data: bytes, reason: str) -> None:
    (found,) = read(tmp_path / "a.json", data)
    assert isinstance(found, DocumentError)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "x" * 1_001),
        ("publisher", "x" * 1_001),
        ("url", "https://n.example/" + "x" * 4_000),
        ("authors", ["A B"] * 201),
        ("authors", ["x" * 1_001]),
    ],
)
def test_giant_metadata_is_refused(tmp_path: Path, key: str, value: object) -> None:
    row = {"text": TEXT, key: value}
    (found,) = read(tmp_path / "a.jsonl", json.dumps(row).encode())
    assert isinstance(found, DocumentError)
    assert f'"{key}" has' in found.reason
