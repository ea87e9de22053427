"""Small documents and extractions about fictional people, for tests beyond extraction."""

from __future__ import annotations

from datetime import UTC, datetime

from app.domain import (
    ArticleEntity,
    Document,
    EntityKind,
    Evidence,
    Extraction,
    ExtractorInfo,
    Mention,
    MentionType,
    Quote,
    QuoteKind,
    Span,
    SpeakerStatus,
    Via,
)

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
INFO = ExtractorInfo("0.1.0", "test_model", "digest-a", "settings-a")
OTHER_INFO = ExtractorInfo("0.2.0", "test_model", "digest-a", "settings-a")

TEXT = (
    "“The harbour will open,” said Mira Kovalenko of Harbour Watch.\n\n"
    "Kovalenko added that Lindholm was ready."
)


def span(text: str, part: str, nth: int = 0) -> Span:
    """Where `part` stands in `text`, the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(part, start + 1)
    return Span(start, start + len(part))


def document(text: str = TEXT, url: str | None = "https://news.example/harbour") -> Document:
    return Document(text=text, origin="test", url=url, language="en")


def extraction(text: str = TEXT) -> Extraction:
    """Two people's words for `TEXT` or any text that holds its sentences."""
    person, organisation, place = EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.LOCATION
    name = MentionType.NAME
    full = span(text, "Mira Kovalenko")
    surname = span(text, "Kovalenko", 1)
    return Extraction(
        mentions=(
            Mention(full, name, person, 0),
            Mention(span(text, "Harbour Watch"), name, organisation, 1),
            Mention(surname, name, person, 0),
            Mention(span(text, "Lindholm"), name, place, 2),
        ),
        entities=(
            ArticleEntity(person, "Mira Kovalenko", ("Kovalenko",)),
            ArticleEntity(organisation, "Harbour Watch"),
            ArticleEntity(place, "Lindholm"),
        ),
        quotes=(
            Quote(
                content=(span(text, "“The harbour will open,”"),),
                cue=(span(text, "said"),),
                source=(full,),
                kind=QuoteKind.DIRECT,
                speaker=0,
                status=SpeakerStatus.RESOLVED,
                evidence=Evidence(Via.NAME, full),
            ),
            Quote(
                content=(span(text, "Lindholm was ready"),),
                cue=(span(text, "added"),),
                source=(surname,),
                kind=QuoteKind.INDIRECT,
                verbatim=False,
                speaker=0,
                status=SpeakerStatus.RESOLVED,
                evidence=Evidence(Via.NAME, surname),
                about=(2,),
            ),
        ),
    )
