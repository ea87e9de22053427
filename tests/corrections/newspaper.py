"""A small record of fictional articles that corrections are tried on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, text

from app.domain import (
    ArticleEntity,
    Document,
    EntityKind,
    Extraction,
    ExtractorInfo,
    Mention,
    MentionType,
    Precision,
    PrintedTime,
    Quote,
    QuoteKind,
    ResolvedEntity,
    Span,
    SpeakerStatus,
)
from app.resolution.linking import resolve
from app.store.candidates import StoredCandidates
from app.store.check import check
from app.store.session import reading, writing
from app.store.write import Outcome, ensure_run, standing, write_article

NOW = datetime(2031, 6, 1, tzinfo=UTC)
PEOPLE = ("Mira Kovalenko", "Tomas Quillfeather", "Edda Sorrel")


@dataclass(frozen=True)
class Said:
    """One article: who says which words, and whom they name."""

    speaker: str
    words: str
    about: str


def infos() -> list[ExtractorInfo]:
    return [ExtractorInfo(version, "model", "digest", "settings") for version in ("1", "2")]


def document(number: int, said: Said, lead: str = "") -> Document:
    body = f"{lead}“{said.words} {said.about} {number},” said {said.speaker}."
    local = datetime(2031, 3, 1) + timedelta(days=number)
    published = PrintedTime(local, Precision.DAY, f"{local:%Y-%m-%d}", local.replace(tzinfo=UTC))
    return Document(
        text=body,
        origin="test",
        url=f"https://news.example/{number}",
        publisher=("The Aster Courier", None)[number % 2],
        published=published,
    )


def extraction(found: Document, said: Said) -> Extraction:
    """The speaker, whom the words are about, and the quote; a speaker about whom is one entity."""

    def span(part: str, start: int = 0) -> Span:
        at = found.text.index(part, start)
        return Span(at, at + len(part))

    quoted = Span(found.text.index("“"), found.text.index("”") + 1)
    names = list(dict.fromkeys((said.speaker, said.about)))
    entities = tuple(
        ArticleEntity(EntityKind.PERSON, name, salience=0.9 - 0.1 * i)
        for i, name in enumerate(names)
    )
    return Extraction(
        mentions=(
            Mention(
                span(said.about, quoted.start),
                MentionType.NAME,
                EntityKind.PERSON,
                names.index(said.about),
            ),
            Mention(span(said.speaker, quoted.end), MentionType.NAME, EntityKind.PERSON, 0),
        ),
        entities=entities,
        quotes=(
            Quote(
                content=(quoted,),
                cue=(span("said", quoted.end),),
                source=(span(said.speaker, quoted.end),),
                kind=QuoteKind.DIRECT,
                speaker=0,
                status=SpeakerStatus.RESOLVED,
                about=(names.index(said.about),),
                confidence=0.9,
            ),
        ),
    )


def ingest(engine: Engine, found: Document, said: Said, info: ExtractorInfo) -> Outcome:
    """Resolve and write as the ingestion job does."""
    made = extraction(found, said)
    with writing(engine) as connection:
        run = ensure_run(connection, info, NOW)
        known = standing(connection, found, run)
        resolved = resolve(known.uid, made, StoredCandidates(connection, known.article), found)
        return write_article(connection, found, made, resolved, known, run, NOW)


def unresolved(name: str) -> ResolvedEntity:
    return ResolvedEntity(ArticleEntity(EntityKind.PERSON, name), f"e_{name}")


def sound(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(check(connection))


def query(connection: Connection, sql: str, **values: object) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(text(sql), values)]


def rows(engine: Engine, sql: str, **values: object) -> list[tuple[object, ...]]:
    with reading(engine) as connection:
        return query(connection, sql, **values)


def uid_of(engine: Engine, name: str) -> str:
    [(uid,)] = rows(
        engine,
        "SELECT uid FROM entity WHERE name = :name AND merged_into IS NULL ORDER BY pk LIMIT 1",
        name=name,
    )
    return str(uid)


def speakers(engine: Engine) -> list[tuple[object, ...]]:
    """What is served: each visible quote with its speaker's name."""
    return rows(
        engine,
        """SELECT a.url, q.text, e.name FROM quote q JOIN article a ON a.pk = q.article
           LEFT JOIN entity e ON e.pk = q.speaker WHERE q.visible ORDER BY 1, 2""",
    )


def everything_served(engine: Engine) -> list[tuple[object, ...]]:
    """All that a reader can see, in an order that does not depend on keys."""
    found = []
    for sql in (
        """SELECT 'quote', q.uid, e.uid, q.speaker_status, q.described_as, o.uid FROM quote q
           LEFT JOIN entity e ON e.pk = q.speaker LEFT JOIN entity o ON o.pk = q.organisation
           WHERE q.visible""",
        """SELECT 'mention', x.article, m.start, m."end", e.uid FROM mention m
           JOIN extraction x ON x.pk = m.extraction LEFT JOIN entity e ON e.pk = m.entity
           WHERE x.is_current""",
        """SELECT 'about', q.uid, e.uid FROM quote_entity t JOIN quote q ON q.pk = t.quote
           JOIN entity e ON e.pk = t.entity WHERE q.visible""",
        """SELECT 'entity', uid, name, status, articles, mentions, quotes, quoted_about, first_seen,
           last_seen FROM entity WHERE merged_into IS NULL AND mentions > 0""",
        """SELECT 'day', e.uid, d.day, d.articles, d.mentions, d.quotes FROM entity_day d
           JOIN entity e ON e.pk = d.entity""",
        """SELECT 'together', e.uid, o.uid, c.articles FROM co_mention c
           JOIN entity e ON e.pk = c.entity JOIN entity o ON o.pk = c.other""",
    ):
        found += sorted(rows(engine, sql), key=str)
    return found


def with_words(said: Said, words: str) -> Said:
    return replace(said, words=words)
