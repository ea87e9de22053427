"""What feeds and exports leave out unless they are asked for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain import Polarity, SpeakerStatus
from app.store.read.quote_keys import QuoteFilter


@dataclass(frozen=True, slots=True)
class Defaults:
    """The defaults that were applied to one filter, None for what the filter said itself."""

    polarity: str | None = None
    speaker_status: str | None = None
    min_confidence: float | None = None

    def __str__(self) -> str:
        """As a query string, which asks for the same without the defaults; empty for none."""
        found = {
            "polarity": self.polarity,
            "speaker_status": self.speaker_status,
            "min_confidence": self.min_confidence,
        }
        return "&".join(f"{name}={value}" for name, value in found.items() if value is not None)

    def sentence(self) -> str:
        """What they leave out, for people."""
        parts = []
        if self.polarity is not None:
            parts.append(f"what is {self.polarity}")
        if self.speaker_status is not None:
            parts.append("speakers that are known by name")
        if self.min_confidence is not None:
            parts.append(f"a confidence of {self.min_confidence} or more")
        if not parts:
            return "Nothing is left out by default."
        return f"By default only {', '.join(parts)} ({self}); all=true gives the rest too."


def with_defaults(
    wanted: QuoteFilter, min_confidence: float, everything: bool
) -> tuple[QuoteFilter, Defaults]:
    """The filter with the defaults for what it does not say; as it is for `everything`.

    By default come asserted quotes of resolved speakers whose confidence is `min_confidence` or
    more; quotes without a confidence do not.
    """
    if everything:
        return wanted, Defaults()
    applied = Defaults(
        polarity=str(Polarity.ASSERTED) if wanted.polarities is None else None,
        speaker_status=str(SpeakerStatus.RESOLVED) if wanted.statuses is None else None,
        min_confidence=min_confidence if wanted.min_confidence is None else None,
    )
    if applied.polarity is not None:
        wanted = replace(wanted, polarities=[applied.polarity])
    if applied.speaker_status is not None:
        wanted = replace(wanted, statuses=[applied.speaker_status])
    if applied.min_confidence is not None:
        wanted = replace(wanted, min_confidence=applied.min_confidence)
    return wanted, applied
