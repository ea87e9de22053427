from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import lxml.etree
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.atom import atom
from app.exports.characters import for_xml
from app.exports.entries import Entry, entry, feed_title, feed_urn, is_web, urn
from app.store.read.exports import ExportRow
from tests.exports.rows import CHANGED, HARMLESS, HOSTILE, PUBLISHED, hostile_row, row

BASE = "https://quotes.example/v1/quotes"
ATOM = "{http://www.w3.org/2005/Atom}"


def made(found: ExportRow) -> Entry:
    return entry(found, {}, BASE)


def parsed(*rows: ExportRow, subtitle: str = "") -> lxml.etree._Element:
    document = atom(
        "urn:x", "Quotes", subtitle, {"self": f"{BASE}/feed.atom?a=1&b=2"}, map(made, rows)
    )
    parser = lxml.etree.XMLParser(recover=False, resolve_entities=False)
    return lxml.etree.fromstring(document, parser)


@pytest.mark.parametrize(
    ("changed", "title"),
    [
        ({}, "Mira Kovalenko: “The pier will open,”"),
        ({"text": "The pier will open"}, "Mira Kovalenko: “The pier will open”"),
        (
            {"kind": "indirect", "text": "the pier will open"},
            "Mira Kovalenko (indirect): the pier will open",
        ),
        (
            {"kind": "indirect", "polarity": "denied", "text": "she\n took money"},
            "Mira Kovalenko (indirect, denied): she took money",
        ),
        (
            {"polarity": "questioned"},
            "Mira Kovalenko (questioned): “The pier will open,”",
        ),
        (
            {"speaker_name": None, "described_as": "US officials"},
            "US officials: “The pier will open,”",
        ),
        ({"speaker_name": None}, "Unknown speaker: “The pier will open,”"),
    ],
)
def test_a_title_says_who_said_what_and_how(changed: dict[str, Any], title: str) -> None:
    assert made(row(**changed)).title == title


@pytest.mark.parametrize("text", ["word " * 300, "x" * 2000, "🏗" * 2000])
def test_a_long_quote_is_cut_in_the_title_and_whole_in_the_content(text: str) -> None:
    found = made(row(text=text))
    assert len(found.title) < 180
    assert found.title.endswith("…")
    assert text.strip() in found.text
    assert text.strip() in lxml.html.fromstring(found.html).text_content()


def test_ids_do_not_depend_on_the_server() -> None:
    here = entry(row(), {}, "https://a.example/v1/quotes")
    there = entry(row(), {}, "http://b.example:8000/news/v1/quotes")
    assert here.id == there.id == urn("quote", "q_pier")
    assert here.id == "urn:uuid:91c49377-4e85-54a3-bc77-346a0cd88e4d"
    assert here.address != there.address
    assert made(row(uid="q_other")).id != here.id


def test_a_feed_has_one_id_in_any_order_of_its_query() -> None:
    query = [("speaker", "e_1"), ("about", "e_2")]
    assert feed_urn(query) == feed_urn(query[::-1])
    assert feed_urn(query) != feed_urn([("speaker", "e_2"), ("about", "e_1")])
    assert feed_urn([]) != urn("quote", "")


def test_updated_is_the_latest_change_of_quote_speaker_or_article() -> None:
    later = [CHANGED + timedelta(days=n) for n in range(4)]
    for uid in ("q_pier", "e_mira", "a_pier"):
        assert entry(row(), {uid: later[3]}, BASE).updated == later[3]
    every = {"q_pier": later[1], "e_mira": later[2], "a_pier": later[0], "e_x": later[3]}
    assert entry(row(), every, BASE).updated == later[2]
    assert entry(row(), {"q_pier": datetime(2030, 1, 1, tzinfo=UTC)}, BASE).updated == CHANGED


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://news.example/pier", True),
        ("http://news.example", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//news.example/pier", False),
        ("https://", False),
        ("http://[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_the_web_is_linked(address: str | None, expected: bool) -> None:
    assert is_web(address) is expected
    found = made(row(article_url=address))
    assert found.link == (address if expected else f"{BASE}/q_pier")
    assert lxml.html.fromstring(found.html).xpath("//a/@href") == [found.link]


@pytest.mark.parametrize("text", [*HOSTILE, *HARMLESS])
def test_no_text_breaks_the_document_or_adds_to_it(text: str) -> None:
    feed = parsed(hostile_row(text), row(), subtitle=text)
    first, second = feed.findall(f"{ATOM}entry")
    names = [child.tag.removeprefix(ATOM) for child in first]
    assert names == ["id", "title", "updated", "published", "author", "link", "content"]
    title = for_xml(made(hostile_row(text)).title)
    # To XML a line end is a line feed.
    assert first.findtext(f"{ATOM}title") == title.replace("\r\n", "\n").replace("\r", "\n")
    content = first.findtext(f"{ATOM}content")
    assert content is not None
    fragment = lxml.html.fragment_fromstring(content, create_parent="div")
    assert {e.tag for e in fragment.iter()} <= {"div", "blockquote", "p", "br", "a"}
    assert second.findtext(f"{ATOM}title") == "Mira Kovalenko: “The pier will open,”"


@given(st.text(st.characters()))
def test_any_text_is_well_formed(text: str) -> None:
    assert len(parsed(hostile_row(text))) > 0


def test_an_entry_says_what_rfc_4287_wants() -> None:
    feed = parsed(row())
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id") == "urn:x"
    assert feed.findtext(f"{ATOM}updated") == "2031-03-02T00:00:00Z"
    [link] = feed.findall(f"{ATOM}link")
    assert link.get("rel") == "self"
    assert link.get("href") == f"{BASE}/feed.atom?a=1&b=2"
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}published") == "2031-03-01T05:30:00Z"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Mira Kovalenko"
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    links = {one.get("rel"): one.get("href") for one in entry.findall(f"{ATOM}link")}
    assert links == {"alternate": "https://news.example/pier", "related": f"{BASE}/q_pier"}
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"


def test_without_a_zone_there_is_no_time_of_publication() -> None:
    found = made(row(article_published={**PUBLISHED, "instant": None}))
    assert found.published is None
    assert "1 March 2031, 06:30" in found.text


def test_an_empty_feed_is_a_feed() -> None:
    feed = parsed()
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert feed.findall(f"{ATOM}entry") == []


def test_a_feed_is_called_by_what_was_asked() -> None:
    assert feed_title([], [], None) == "Quotes"
    assert feed_title(["A", "B"], ["C"], "harbour") == "Quotes by A or B about C with harbour"
