"""A quote as a flat record (CSV, Parquet), and as the object that lists show (NDJSON)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from app.store.read.exports import ExportRow

Value = str | float | int | bool | datetime | date | None

COLUMNS: dict[str, type] = {
    "id": str,
    "text": str,
    "speaker_id": str,
    "speaker": str,
    "speaker_status": str,
    "described_as": str,
    "organisation_id": str,
    "organisation": str,
    "kind": str,
    "cue": str,
    "cue_class": str,
    "polarity": str,
    "confidence": float,
    "article_id": str,
    "url": str,
    "title": str,
    "publisher": str,
    "language": str,
    "published": datetime,
    "published_date": date,
    "published_printed": str,
    "extractor": str,
    "model": str,
    "article_revision": int,
    "corrected": bool,
}
"""The columns of a record, with the type of their values; any may be None."""


def record(row: ExportRow) -> dict[str, Value]:
    """The values of COLUMNS, in order."""
    quote = row.quote
    published = quote.article_published or {}
    day = published.get("date")
    return {
        "id": quote.uid,
        "text": quote.text,
        "speaker_id": quote.speaker_uid,
        "speaker": quote.speaker_name,
        "speaker_status": quote.speaker_status,
        "described_as": quote.described_as,
        "organisation_id": quote.organisation_uid,
        "organisation": quote.organisation_name,
        "kind": quote.kind,
        "cue": quote.cue,
        "cue_class": quote.cue_class,
        "polarity": quote.polarity,
        "confidence": quote.confidence,
        "article_id": quote.article_uid,
        "url": quote.article_url,
        "title": quote.article_title,
        "publisher": quote.article_publisher,
        "language": row.language,
        "published": published_instant(row),
        "published_date": None if day is None else date.fromisoformat(day),
        "published_printed": published.get("printed"),
        "extractor": row.provenance.extractor,
        "model": row.provenance.model,
        "article_revision": row.provenance.article_revision,
        "corrected": row.corrected,
    }


def published_instant(row: ExportRow) -> datetime | None:
    """When the article was published (aware); None where no zone is known."""
    instant = (row.quote.article_published or {}).get("instant")
    return None if instant is None else datetime.fromisoformat(instant)


def rfc3339(moment: datetime) -> str:
    """An aware time in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def document(row: ExportRow) -> dict[str, Any]:
    """The quote as lists show it, and its provenance."""
    quote = row.quote
    speaker: dict[str, Any] = {
        "id": quote.speaker_uid,
        "name": quote.speaker_name,
        "status": quote.speaker_status,
    }
    if quote.described_as is not None:
        speaker["described_as"] = quote.described_as
    if quote.organisation_uid is not None and quote.organisation_name is not None:
        named = {"id": quote.organisation_uid, "name": quote.organisation_name}
        speaker["organisation"] = named
    return {
        "id": quote.uid,
        "kind": quote.kind,
        "text": quote.text,
        "speaker": speaker,
        "cue": quote.cue,
        "cue_class": quote.cue_class,
        "polarity": quote.polarity,
        "confidence": quote.confidence,
        "article": {
            "id": quote.article_uid,
            "url": quote.article_url,
            "title": quote.article_title,
            "publisher": quote.article_publisher,
            "published": quote.article_published,
        },
        "provenance": {
            "extractor": row.provenance.extractor,
            "model": row.provenance.model,
            "article_revision": row.provenance.article_revision,
            "corrected": row.corrected,
        },
    }
