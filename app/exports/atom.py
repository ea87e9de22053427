"""Atom (RFC 4287) of entries, in pages (RFC 5005, 3).

The standard library writes it: feedgen needs lxml, which serving does without.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from app.exports.characters import for_xml
from app.exports.entries import Entry
from app.exports.records import rfc3339

_NAMESPACE = "http://www.w3.org/2005/Atom"
# What a feed without entries says of its last change: it has never had any.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def atom(
    id: str, title: str, subtitle: str, links: Mapping[str, str], entries: Iterable[Entry]
) -> bytes:
    """The document, in UTF-8. `links` are addresses by relation (self, first, next)."""
    entries = list(entries)
    feed = Element("feed", {"xmlns": _NAMESPACE})
    _text(feed, "id", id)
    _text(feed, "title", title)
    _text(feed, "subtitle", subtitle)
    _text(feed, "updated", rfc3339(max((e.updated for e in entries), default=_NEVER)))
    _text(feed, "generator", "Onrecord")
    for relation, address in links.items():
        _link(feed, relation, address, "application/atom+xml")
    for each in entries:
        feed.append(_entry(each))
    document: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _entry(found: Entry) -> Element:
    made = Element("entry")
    if found.language is not None:
        made.set("xml:lang", for_xml(found.language))
    _text(made, "id", found.id)
    _text(made, "title", found.title)
    _text(made, "updated", rfc3339(found.updated))
    if found.published is not None:
        _text(made, "published", rfc3339(found.published))
    _text(SubElement(made, "author"), "name", found.speaker)
    _link(made, "alternate", found.link)
    if found.address != found.link:
        _link(made, "related", found.address, "application/json")
    _text(made, "content", found.html, type="html")
    return made


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = for_xml(text)


def _link(parent: Element, relation: str, address: str, media_type: str | None = None) -> None:
    attributes = {"rel": relation, "href": for_xml(address)}
    if media_type is not None:
        attributes["type"] = media_type
    SubElement(parent, "link", attributes)
