"""Correcting a quote: who speaks, and whether it is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.corrections.editing import Edit, active_entity, lay_again, plain
from app.domain import SpeakerStatus
from app.errors import GoneError, InvalidCorrectionError, NotFoundError
from app.store import correctable, correction_log
from app.store.correction_log import Logged


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as an editor says: an entity's uid, or None with what is known instead."""

    entity: str | None
    status: SpeakerStatus = SpeakerStatus.RESOLVED
    described_as: str | None = None

    def __post_init__(self) -> None:
        is_resolved = self.status is SpeakerStatus.RESOLVED
        if is_resolved != (self.entity is not None):
            raise InvalidCorrectionError(
                "A speaker with an id is resolved; give `status` unnamed or unresolved without one."
            )
        if self.described_as is not None:
            object.__setattr__(self, "described_as", plain(self.described_as, "described_as"))
        if (self.status is SpeakerStatus.UNNAMED) != bool(self.described_as):
            raise InvalidCorrectionError(
                "`described_as` says who an unnamed speaker is, and belongs to no other."
            )


def correct_speaker(connection: Connection, edit: Edit, uid: str, speaker: Speaker) -> Logged:
    """Say who speaks a quote. Raises NotFoundError, GoneError, ConflictError."""
    quote = _standing(connection, uid)
    if speaker.entity is not None:
        active_entity(connection, speaker.entity)
    new = {
        "speaker": speaker.entity,
        "status": str(speaker.status),
        "described_as": speaker.described_as,
    }
    old = {
        "speaker": quote.speaker_uid,
        "status": quote.speaker_status,
        "described_as": quote.described_as,
    }
    return _corrected(connection, edit, "speaker", quote, old, new)


def reject(connection: Connection, edit: Edit, uid: str) -> Logged:
    """Say that a quote is none; it is served no more. Raises NotFoundError, GoneError."""
    quote = _standing(connection, uid)
    return _corrected(connection, edit, "rejection", quote, {"rejected": False}, {"rejected": True})


def _corrected(
    connection: Connection, edit: Edit, kind: str, quote: Any, old: Any, new: Any
) -> Logged:
    made = correction_log.record(
        connection,
        kind,
        quote.uid,
        old=old,
        new=new,
        article=quote.article,
        anchor={
            "article": quote.article_uid,
            "text": quote.text,
            "fingerprint": quote.fingerprint,
            # Other quotes of the article are not this one, however much they sound like it.
            "beside": correctable.quotes_beside(connection, quote),
        },
        **edit.signed(),
    )
    lay_again(connection, [quote.article], edit.at)
    return made


def _standing(connection: Connection, uid: str) -> Any:
    quote = correctable.quote_of(connection, uid)
    if quote is None or quote.article_status == "withheld":
        raise NotFoundError(f"There is no quote {uid!r}. Take ids from /v1/quotes.")
    if quote.article_status != "usable" or not quote.is_current:
        raise GoneError("The newest text of the article does not have this quote any more.")
    if not quote.visible:
        raise GoneError("This quote was rejected, or its speaker suppressed: undo that first.")
    return quote
