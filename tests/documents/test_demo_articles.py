"""The demo articles: every format is among them, and nothing in them is anybody's."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from app.documents import READERS, Limits, read_path, reader_for
from app.domain import Document
from tests.conftest import ROOT

DEMO = ROOT / "seeds" / "demo"


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    found = list(read_path(DEMO, Limits()))
    assert all(isinstance(one, Document) for one in found), found
    return [one for one in found if isinstance(one, Document)]


def test_every_reader_has_articles_to_read() -> None:
    suffixes = {path.suffix for path in DEMO.rglob("*") if path.is_file()} - {".md"}
    used = {reader_for(path).name for path in DEMO.rglob("*.*") if path.suffix in suffixes}
    assert used == {reader.name for reader in READERS}
    assert {".txt", ".text", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson"} == suffixes


def test_there_are_enough_of_them_and_all_are_english(documents: list[Document]) -> None:
    assert len(documents) >= 40
    assert {one.language for one in documents} == {"en"}
    assert all(one.published is not None and one.title for one in documents)


def test_addresses_lead_nowhere(documents: list[Document]) -> None:
    hosts = {urlsplit(one.url).hostname or "" for one in documents if one.url}
    assert len(hosts) == 6
    assert all(host.endswith(".example") for host in hosts)


def test_a_later_version_is_read_after_the_one_it_replaces(documents: list[Document]) -> None:
    urls = [one.url for one in documents if one.url]
    (twice,) = {url for url in urls if urls.count(url) > 1}
    earlier, later = [one for one in documents if one.url == twice]
    assert later.text != earlier.text
    assert later.updated is not None
    assert earlier.updated is None


def test_the_notes_beside_them_are_no_article(documents: list[Document]) -> None:
    assert (DEMO / "README.md").exists()
    assert not any("README" in one.origin for one in documents)
