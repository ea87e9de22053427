"""Whose a work is that speaks: "her letter", "a Nordbahn survey", "the survey".

Reports are as often attributed to a work as to its author (metonymy; Markert and Nissim 2006 count
it among the commonest uses of names of organisations).
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain import EntityKind, Mention, MentionType, Span
from app.extraction.quotes.references import ISSUED, PARTS, STUDIES, WORKS

# A work is spoken of again within so many characters: some five paragraphs.
REACH = 2000
GIVEN_BY = ("by", "from", "of")
POSSESSIVES = ("'s", "’s", "'", "’")


class Owners:
    """Remembers, in text order, whose works spoke."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, Mention]] = {}

    def of(self, text: str, source: Span, head: Span, within: Sequence[Mention]) -> Mention | None:
        """The mention of the owner of the work or body that `head` is; None where it is none.

        `within` are the mentions in the source, in text order.
        """
        noun = head.of(text).lower()
        if noun in PARTS:
            return self._behind(text, head, within, ("of",), organisations=True)
        if noun not in WORKS:
            return None
        owner = self._before(text, source, head, within)
        owner = owner or self._behind(text, head, within, GIVEN_BY)
        key = "study" if noun in STUDIES else noun
        if owner is not None:
            self._last[key] = (source.start, owner)
            return owner
        known = self._last.get(key)
        again = text[source.start : head.start].strip().lower() in ("the", "this", "that")
        if known is None or not again or source.start - known[0] > REACH:
            return None
        return known[1]

    @staticmethod
    def _before(text: str, source: Span, head: Span, within: Sequence[Mention]) -> Mention | None:
        """The owner before the head: "her", "Mira Kovalenko's", "Nordbahn" as a modifier."""
        for mention in within:
            if mention.span.end > head.start or mention.entity is None:
                break
            if mention.type is MentionType.PRONOUN:
                return mention
            if text.startswith(POSSESSIVES, mention.span.end):
                return mention
            gap = text[mention.span.end : head.start].split()
            body = mention.kind is EntityKind.ORGANISATION and mention.type is MentionType.NAME
            if body and len(gap) <= 2 and head.of(text).lower() in ISSUED | STUDIES:
                return mention
        return None

    @staticmethod
    def _behind(
        text: str,
        head: Span,
        within: Sequence[Mention],
        words: tuple[str, ...],
        organisations: bool = False,
    ) -> Mention | None:
        """The owner behind a preposition: "a report by the Harbour Council"."""
        for mention in within:
            if mention.span.start < head.end or mention.entity is None:
                continue
            between = text[head.end : mention.span.start].lower().split()
            between = between[:-1] if between[-1:] == ["the"] else between
            short = bool(between) and len(between) <= 2 and between[-1] in words
            if not short or mention.kind is EntityKind.LOCATION:
                return None
            if organisations and mention.kind is not EntityKind.ORGANISATION:
                return None
            return mention
        return None
