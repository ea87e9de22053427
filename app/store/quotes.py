"""The quotes of an article: the same rows through revisions and re-extractions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlmodel import col

from app.domain import Extraction, Quote, ResolvedEntity, joined
from app.identity import fingerprint, quote_uid
from app.store.tables import QuoteEntity, QuoteRow, QuoteSpan

Key = tuple[str, int]


def write_quotes(
    connection: Connection,
    article_uid: str,
    article: int,
    made: int,
    text: str,
    extraction: Extraction,
    resolved: Sequence[ResolvedEntity],
    entities: Sequence[int],
    sort_at: datetime,
) -> None:
    """Store the quotes of extraction `made`; those the article had and lacks now become invisible.

    `entities` are the keys of `extraction.entities` and `resolved` their ids, both in order.
    """
    table: Table = QuoteRow.__table__  # type: ignore[attr-defined]
    keys = _keys(text, extraction.quotes)
    known = _known(connection, article)
    common = {"article": article, "extraction": made, "visible": True}
    new, kept = [], []
    for key, quote in zip(keys, extraction.quotes, strict=True):
        values = {**common, **_values(quote, text, resolved, entities)}
        if key in known:
            kept.append({"key": known[key], **values})
        else:
            uid = quote_uid(article_uid, *key)
            identity = {"uid": uid, "fingerprint": key[0], "occurrence": key[1], "sort_at": sort_at}
            new.append({**values, **identity})
    found = set(keys)
    _hide(connection, [pk for key, pk in known.items() if key not in found])
    if kept:
        columns = [name for name in kept[0] if name != "key"]
        connection.execute(
            update(table)
            .where(table.c.pk == bindparam("key"))
            .values({name: bindparam(name) for name in columns}),
            kept,
        )
    if new:
        connection.execute(insert(table), new)
    pks = _known(connection, article)
    _write_parts(
        connection, article, [pks[key] for key in keys], made, extraction.quotes, entities, sort_at
    )


def _keys(text: str, quotes: Sequence[Quote]) -> list[Key]:
    """(fingerprint, occurrence) of each quote: the same words said twice are two quotes."""
    seen: Counter[str] = Counter()
    keys = []
    for quote in quotes:
        print_ = fingerprint(quote.text(text))
        keys.append((print_, seen[print_]))
        seen[print_] += 1
    return keys


def _known(connection: Connection, article: int) -> dict[Key, int]:
    rows = connection.execute(
        select(col(QuoteRow.fingerprint), col(QuoteRow.occurrence), col(QuoteRow.pk)).where(
            col(QuoteRow.article) == article
        )
    )
    return {(row.fingerprint, row.occurrence): row.pk for row in rows}


def _values(
    quote: Quote, text: str, resolved: Sequence[ResolvedEntity], entities: Sequence[int]
) -> dict[str, Any]:
    evidence = quote.evidence
    antecedent = evidence.antecedent
    speaker = None if quote.speaker is None else entities[quote.speaker]
    organisation = None if quote.organisation is None else entities[quote.organisation]
    return {
        "parent": None,
        "start": quote.content[0].start,
        "text": quote.text(text),
        "cue": joined(quote.cue, text),
        "source": joined(quote.source, text),
        "kind": str(quote.kind),
        "cue_class": str(quote.cue_class),
        "polarity": str(quote.polarity),
        "verbatim": quote.verbatim,
        "speaker_extracted": speaker,
        "speaker": speaker,
        "status_extracted": str(quote.status),
        "speaker_status": str(quote.status),
        "described_as": quote.described_as,
        "organisation_extracted": organisation,
        "organisation": organisation,
        "is_corrected": False,
        "is_rejected": False,
        "confidence": quote.confidence,
        "evidence": {
            "via": None if evidence.via is None else str(evidence.via),
            "antecedent": None if antecedent is None else [antecedent.start, antecedent.end],
            "alternatives": [[resolved[a.entity].uid, a.score] for a in evidence.alternatives],
            # Kept here for when a correction of the speaker, which replaces it, is undone.
            "described_as": quote.described_as,
        },
    }


def _hide(connection: Connection, gone: list[int]) -> None:
    """Quotes that the current extraction lacks keep their row and id, and are not served."""
    if gone:
        table: Table = QuoteRow.__table__  # type: ignore[attr-defined]
        connection.execute(
            update(table).where(table.c.pk == bindparam("key")).values(visible=False, parent=None),
            [{"key": pk} for pk in gone],
        )


def _write_parts(
    connection: Connection,
    article: int,
    pks: Sequence[int],
    made: int,
    quotes: Sequence[Quote],
    entities: Sequence[int],
    sort_at: datetime,
) -> None:
    """Parents, spans and whom the quotes are about."""
    parents = [
        {"key": pk, "value": pks[quote.parent]}
        for pk, quote in zip(pks, quotes, strict=True)
        if quote.parent is not None
    ]
    if parents:
        table: Table = QuoteRow.__table__  # type: ignore[attr-defined]
        connection.execute(
            update(table).where(table.c.pk == bindparam("key")).values(parent=bindparam("value")),
            parents,
        )
    spans = [
        {"quote": pk, "extraction": made, "role": role, "start": span.start, "end": span.end}
        for pk, quote in zip(pks, quotes, strict=True)
        for role, found in (
            ("content", quote.content),
            ("cue", quote.cue),
            ("source", quote.source),
        )
        for span in found
    ]
    if spans:
        connection.execute(insert(QuoteSpan.__table__), spans)  # type: ignore[attr-defined]
    of_article = select(col(QuoteRow.pk)).where(col(QuoteRow.article) == article)
    connection.execute(delete(QuoteEntity).where(col(QuoteEntity.quote).in_(of_article)))
    about = {
        (pk, entities[entity])
        for pk, quote in zip(pks, quotes, strict=True)
        for entity in quote.about
    }
    if about:
        connection.execute(
            insert(QuoteEntity.__table__),  # type: ignore[attr-defined]
            [
                {"quote": q, "resolved": e, "entity": e, "sort_at": sort_at}
                for q, e in sorted(about)
            ],
        )
