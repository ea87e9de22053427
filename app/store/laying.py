"""Laying corrections over what was extracted of an article.

`lay` makes the served columns of an article's rows what they must be: a function of the extraction,
of merges, splits and suppressions (`served.py`) and of the corrections of single quotes. Ingestion
calls it after writing an extraction, a correction after changing what it depends on; whoever calls
it settles the difference (`snapshots.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlmodel import col

from app.identity import WORD
from app.store.merges import ENTITY
from app.store.rows import table_of
from app.store.served import Served, served, standing_for
from app.store.tables import (
    Article,
    Correction,
    ExtractionEntity,
    ExtractionRow,
    MentionRow,
    QuoteEntity,
    QuoteRow,
    RoleRow,
)

# How much of the words of two quotes of an article must agree for the one to be the other, changed
# by a revision or cut otherwise by another extractor: shared words over all words.
SAME_WORDS = 0.6

_CURRENT: Any = (
    select(col(ExtractionRow.pk), col(Article.status))
    .join(Article, col(Article.pk) == col(ExtractionRow.article))
    .where(col(ExtractionRow.article) == bindparam("article"), col(ExtractionRow.is_current))
)
_mention, _entity_row = table_of(MentionRow), table_of(ExtractionEntity)
_role, _about, _quote = table_of(RoleRow), table_of(QuoteEntity), table_of(QuoteRow)
_QUOTES = select(_quote).where(
    _quote.c.article == bindparam("of"), _quote.c.extraction == bindparam("made")
)
_ABOUT = select(_about).where(
    _about.c.quote.in_(
        select(_quote.c.pk).where(
            _quote.c.article == bindparam("of"), _quote.c.extraction == bindparam("made")
        )
    )
)
_CORRECTIONS = (
    select(
        col(Correction.kind), col(Correction.target), col(Correction.anchor), col(Correction.new)
    )
    .where(
        col(Correction.article) == bindparam("article"),
        col(Correction.kind).in_(("speaker", "rejection")),
        col(Correction.undone_by).is_(None),
    )
    .order_by(col(Correction.pk))
)
_SERVED_OF_QUOTE = (
    "speaker",
    "speaker_status",
    "described_as",
    "organisation",
    "is_corrected",
    "is_rejected",
    "visible",
)


def lay(connection: Connection, article: int) -> None:
    """Make what is served of an article right."""
    row = connection.execute(_CURRENT, {"article": article}).one_or_none()
    if row is None or row.status == "withdrawn":
        return
    quotes = connection.execute(_QUOTES, {"of": article, "made": row.pk}).all()
    about = connection.execute(_ABOUT, {"of": article, "made": row.pk}).all()
    details = connection.execute(
        select(_entity_row).where(_entity_row.c.extraction == row.pk)
    ).all()
    found = {detail.resolved for detail in details} | {one.resolved for one in about}
    for quote in quotes:
        found |= {quote.speaker_extracted, quote.organisation_extracted} - {None}
    now = served(connection, article, found)
    if not _is_laid(details, now):
        _lay_mentions(connection, row.pk, now)
        ordered = sorted(details, key=lambda d: (-(d.salience or 0.0), d.resolved))
        _lay_once(connection, _entity_row, ("extraction", "resolved"), ordered, now, ())
        roles = connection.execute(select(_role).where(_role.c.extraction == row.pk)).all()
        ordered = sorted(roles, key=lambda r: (r.start, r.resolved))
        _lay_once(connection, _role, ("extraction", "resolved", "norm"), ordered, now, ("norm",))
        ordered = sorted(about, key=lambda a: a.resolved)
        _lay_once(connection, _about, ("quote", "resolved"), ordered, now, ("quote",))
    corrections = connection.execute(_CORRECTIONS, {"article": article}).all()
    _lay_quotes(connection, quotes, now, corrections, row.status == "usable")


def _is_laid(details: Iterable[Any], now: Mapping[int, Served]) -> bool:
    """Whether nothing lies between what was extracted and what is served, now as before."""
    return all(d.entity == d.resolved == now[d.resolved].shown for d in details)


def _lay_mentions(connection: Connection, extraction: int, now: Mapping[int, Served]) -> None:
    connection.execute(
        update(_mention)
        .where(
            _mention.c.extraction == bindparam("made"),
            _mention.c.resolved == bindparam("said"),
            _mention.c.entity.is_distinct_from(bindparam("shown")),
        )
        .values(entity=bindparam("shown")),
        [{"made": extraction, "said": pk, "shown": one.shown} for pk, one in now.items()],
    )


def _lay_once(
    connection: Connection,
    table: Any,
    key: tuple[str, ...],
    rows: Sequence[Any],
    now: Mapping[int, Served],
    within: tuple[str, ...],
) -> None:
    """Give each entity the first of `rows` that is served as it (within columns), and no other."""
    taken = set()
    changed = []
    for row in rows:
        shown = now[row.resolved].shown
        place = (shown, *(getattr(row, name) for name in within))
        if place in taken:
            shown = None
        taken.add(place)
        if row.entity != shown:
            values = {f"at_{name}": getattr(row, name) for name in key}
            changed.append(values | {"shown": shown})
    if changed:
        here = [table.c[name] == bindparam(f"at_{name}") for name in key]
        connection.execute(update(table).where(*here).values(entity=bindparam("shown")), changed)


def _lay_quotes(
    connection: Connection,
    quotes: Sequence[Any],
    now: Mapping[int, Served],
    corrections: Sequence[Any],
    is_usable: bool,
) -> None:
    speakers = _given_speakers(connection, corrections)
    said = _chosen(quotes, [c for c in corrections if c.kind == "speaker"])
    rejected = _chosen(quotes, [c for c in corrections if c.kind == "rejection"])
    changed = []
    for quote in quotes:
        extracted = _extracted(quote, now)
        if quote.pk in said:
            values, is_shown = _as_corrected(said[quote.pk].new, speakers)
        else:
            values, is_shown = extracted
        values["is_corrected"] = quote.pk in said
        values["is_rejected"] = quote.pk in rejected
        values["visible"] = is_usable and is_shown and quote.pk not in rejected
        if any(getattr(quote, name) != values[name] for name in _SERVED_OF_QUOTE):
            changed.append({"key": quote.pk} | values)
    if changed:
        connection.execute(
            update(_quote)
            .where(_quote.c.pk == bindparam("key"))
            .values({name: bindparam(name) for name in _SERVED_OF_QUOTE}),
            changed,
        )


def _extracted(quote: Any, now: Mapping[int, Served]) -> tuple[dict[str, Any], bool]:
    """What is served of a quote that nobody corrected, and whether its speaker may be shown."""
    speaker = None if quote.speaker_extracted is None else now[quote.speaker_extracted]
    organisation = quote.organisation_extracted
    described_as = quote.evidence.get("described_as") if quote.is_corrected else quote.described_as
    values = {
        # The speaker of a quote that is not shown stays: it is found by it when shown again.
        "speaker": None if speaker is None else speaker.entity,
        "speaker_status": quote.status_extracted,
        "described_as": described_as,
        "organisation": None if organisation is None else now[organisation].shown,
    }
    return values, speaker is None or speaker.is_shown


def _as_corrected(
    new: Mapping[str, Any], speakers: Mapping[str, Served]
) -> tuple[dict[str, Any], bool]:
    speaker = speakers.get(new["speaker"]) if new["speaker"] is not None else None
    values = {
        "speaker": None if speaker is None else speaker.entity,
        "speaker_status": new["status"],
        "described_as": new["described_as"],
        "organisation": None,
    }
    return values, speaker is None or speaker.is_shown


def _given_speakers(connection: Connection, corrections: Iterable[Any]) -> dict[str, Served]:
    """The entities that corrections name, by their uids, merges followed."""
    uids = {c.new["speaker"] for c in corrections if c.kind == "speaker"} - {None}
    if not uids:
        return {}
    rows = connection.execute(ENTITY.where(ENTITY.selected_columns.uid.in_(sorted(uids)))).all()
    now = standing_for(connection, [row.pk for row in rows])
    return {row.uid: now[row.pk] for row in rows}


def _chosen(quotes: Sequence[Any], corrections: Sequence[Any]) -> dict[int, Any]:
    """The correction of each quote that has one: the last that means it, by the quote's key.

    A correction whose quote is not there any more means the one that says nearly the same.
    """
    by_uid = {quote.uid: quote.pk for quote in quotes}
    chosen = {}
    for correction in corrections:
        meant = by_uid.get(correction.target)
        if meant is None:
            others = set(correction.anchor.get("beside", ()))
            may_be = [quote for quote in quotes if quote.uid not in others]
            meant = _most_alike(correction.anchor["text"], may_be)
        if meant is not None:
            chosen[meant] = correction
    return chosen


def _most_alike(text: str, quotes: Sequence[Any]) -> int | None:
    words = _words(text)
    best, found = SAME_WORDS, None
    for quote in quotes:
        others = _words(quote.text)
        everything = (words | others).total()
        alike = (words & others).total() / everything if everything else 0.0
        if alike >= best:
            best, found = alike + 1e-9, quote.pk
    return found


def _words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.casefold()))
