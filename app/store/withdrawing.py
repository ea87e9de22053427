"""Withdrawing an article: its words go, its ids stay and say that it is gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlmodel import col

from app.store import details, snapshots, tombstones
from app.store.profiles import write_profiles
from app.store.proposals import write_proposals
from app.store.rows import table_of
from app.store.tables import (
    Article,
    Correction,
    ExtractionRow,
    MentionRow,
    QuoteEntity,
    QuoteRow,
    QuoteSpan,
    Revision,
)

# What is left of an article: its id, when it sorts, and that it was withdrawn.
_EMPTY: dict[str, Any] = {
    "status": "withdrawn",
    "url": None,
    "url_key": None,
    "source_key": None,
    "title": None,
    "language": None,
    "publisher": None,
    "agency": None,
    "authors": [],
    "dateline": None,
    "published_at": None,
    "published_day": None,
    "published_sort": None,
    "published": None,
    "updated": None,
    "seen": [],
}
_EMPTY_QUOTE: dict[str, Any] = {
    "visible": False,
    "text": "",
    "cue": None,
    "source": None,
    "described_as": None,
    "evidence": {},
}


def withdraw(connection: Connection, article: int, uid: str, now: datetime) -> None:
    """Erase what an article says, for good; its text does not come back under another address."""
    before = snapshots.take(connection, article)
    of_article = col(Revision.article) == article
    digests = connection.execute(select(col(Revision.sha256)).where(of_article)).scalars().all()
    tombstones.bury(connection, uid, {tombstones.text_of(digest) for digest in digests}, now)
    details.forget(connection, article)
    write_profiles(connection, article, (), ())
    write_proposals(connection, article, (), (), now)
    extractions = select(col(ExtractionRow.pk)).where(col(ExtractionRow.article) == article)
    quotes = select(col(QuoteRow.pk)).where(col(QuoteRow.article) == article)
    connection.execute(delete(MentionRow).where(col(MentionRow.extraction).in_(extractions)))
    connection.execute(delete(QuoteSpan).where(col(QuoteSpan.quote).in_(quotes)))
    connection.execute(delete(QuoteEntity).where(col(QuoteEntity.quote).in_(quotes)))
    quote = table_of(QuoteRow)
    connection.execute(
        update(quote)
        .where(quote.c.article == article)
        # The fingerprint is a digest of the words, which a short quote would give away.
        .values(fingerprint=quote.c.uid, occurrence=0, **_EMPTY_QUOTE)
    )
    connection.execute(update(Revision).where(of_article).values(text="", sha256="", zones=[]))
    connection.execute(
        update(Correction)
        .where(col(Correction.article) == article)
        .values(anchor={"text": ""}, old=None, new=None, reason=None)
    )
    connection.execute(
        update(Article).where(col(Article.pk) == article).values(changed_at=now, **_EMPTY)
    )
    snapshots.settle(connection, article, before, snapshots.take(connection, article), now)
