"""Speakers that a cue's own preposition names: "a firm promise from X that …", "as was said by X".

Where something is received from somebody, or done by somebody in the passive, the sentence's
subject is not who speaks, and the network at times gives such a cue no source at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from app.domain import Span
from app.extraction.quotes.attributions import Attribution

PREPOSITIONS = frozenset(("by", "from"))
# What names no speaker: "by Monday", "by 12 per cent".
NOBODY = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL"))
# The longest phrase that is taken for a speaker, in tokens.
LONGEST = 12


def with_agents(doc: Doc, found: Sequence[Attribution]) -> list[Attribution]:
    """`found`; where one lacks a source, it gets the one behind its cue's last word, if any."""
    return [one if one.source else _with_agent(doc, one) for one in found]


def _with_agent(doc: Doc, attribution: Attribution) -> Attribution:
    cue = attribution.cue[-1] if attribution.cue else None
    words = doc.char_span(cue.start, cue.end, alignment_mode="contract") if cue else None
    preposition = _preposition(words) if words is not None and len(words) else None
    if preposition is None:
        return attribution
    named = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    source = None
    if named is not None and named.ent_type_ not in NOBODY:
        source = _phrase(named)
    if source is None:
        return attribution
    content = _without(attribution.content, Span(preposition.idx, source.end))
    return replace(attribution, content=content, source=(source,)) if content else attribution


def _preposition(cue: SpacySpan) -> Token | None:
    """The "by" or "from" that the cue ends in or leads to, or the "by" of a passive in it."""
    if cue[-1].lower_ in PREPOSITIONS:
        return cue[-1]
    behind = cue.doc[cue.end] if cue.end < len(cue.doc) else None
    if behind is not None and behind.lower_ in PREPOSITIONS:
        return behind if cue.start <= behind.head.i < cue.end else None
    return next((child for token in cue for child in token.children if child.dep_ == "agent"), None)


def _without(content: Sequence[Span], phrase: Span) -> tuple[Span, ...]:
    """A content without a phrase that is not part of what is said."""
    kept = []
    for span in content:
        if not span.overlaps(phrase):
            kept.append(span)
            continue
        # One place is left between the two, for the space.
        if phrase.start - 1 > span.start:
            kept.append(Span(span.start, phrase.start - 1))
        if phrase.end + 1 < span.end:
            kept.append(Span(phrase.end + 1, span.end))
    return tuple(kept)


def _phrase(noun: Token) -> Span | None:
    """A noun with what stands before it."""
    first = noun.left_edge
    if noun.i - first.i >= LONGEST:
        return None
    return Span(first.idx, noun.idx + len(noun))
