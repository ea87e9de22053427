"""An extraction as one line of JSON: the stable form that `onrecord extract` writes."""

from __future__ import annotations

from typing import Any

from app.domain import EntityKind, Extraction, Mention, MentionType, Place, Quote, Span

LABELS = {
    EntityKind.PERSON: "PERSON",
    EntityKind.ORGANISATION: "ORG",
    EntityKind.LOCATION: "LOCATION",
}


def row(identifier: Any, text: str, extraction: Extraction) -> dict[str, Any]:
    """`{"id", "text", "quotes", "entities"}`; spans are `[start, end]`, code points, end exclusive.

    `entity`, `speaker_entity` and `parent` are numbers within the article; `entities` are mentions.
    The names of locations that were put on the map also have `lat`, `lon`, `place_key` and, in a
    state, `country`.
    """
    return {
        "id": identifier,
        "text": text,
        "quotes": [_quote(quote, extraction) for quote in extraction.quotes],
        "entities": [_mention(mention, extraction) for mention in extraction.mentions],
    }


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _quote(quote: Quote, extraction: Extraction) -> dict[str, Any]:
    speaker = None if quote.speaker is None else extraction.entities[quote.speaker]
    return {
        "content": _pairs(quote.content),
        "cue": _pairs(quote.cue),
        "source": _pairs(quote.source),
        "kind": str(quote.kind),
        "speaker": speaker.name if speaker else None,
        "speaker_entity": quote.speaker,
        "status": str(quote.status),
        "described_as": quote.described_as,
        "confidence": quote.confidence,
        "cue_class": str(quote.cue_class),
        "polarity": str(quote.polarity),
        "parent": quote.parent,
    }


def _mention(mention: Mention, extraction: Extraction) -> dict[str, Any]:
    label = {
        MentionType.NAME: LABELS[mention.kind],
        MentionType.PRONOUN: "PRON",
        MentionType.NOMINAL: "NOMINAL",
    }[mention.type]
    entity = None if mention.entity is None else extraction.entities[mention.entity]
    made = {
        "start": mention.span.start,
        "end": mention.span.end,
        "label": label,
        "entity": mention.entity,
        "name": entity.name if entity else None,
    }
    if label == "LOCATION" and entity is not None and entity.located is not None:
        made |= _whereabouts(entity.located.place)
    return made


def _whereabouts(place: Place) -> dict[str, Any]:
    """Degrees of WGS 84, the gazetteer's key, the state (ISO 3166-1 alpha-2) if it is in one."""
    found = {"lat": place.lat, "lon": place.lon, "place_key": place.key}
    return found if place.country is None else {**found, "country": place.country}
