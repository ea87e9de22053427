"""Speakers that a cue's own preposition names: "a firm promise from X that …", "as was said by X".

Where something is received from somebody, or done by somebody in the passive, the sentence's
subject is not who speaks, and the network at times gives such a cue no source at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from app.domain import Span
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.tree import Tree, tree_of

PREPOSITIONS = frozenset(("by", "from"))
# What names no speaker: "by Monday", "by 12 per cent".
NOBODY = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL"))
# The longest phrase that is taken for a speaker, in tokens.
LONGEST = 12


def with_agents(doc: Doc, found: Sequence[Attribution]) -> list[Attribution]:
    """`found`; where one lacks a source, it gets the one behind its cue's last word, if any."""
    return [one if one.source or not one.cue else _with_agent(doc, one) for one in found]


def _with_agent(doc: Doc, attribution: Attribution) -> Attribution:
    tree, cue = tree_of(doc), attribution.cue[-1]
    preposition = _preposition(tree, tree.first_at(cue.start), tree.last_before(cue.end))
    noun = None if preposition is None else tree.child(preposition, "pobj")
    if preposition is None or noun is None or doc[noun].ent_type_ in NOBODY:
        return attribution
    first = tree.left[noun]
    source = tree.span(first, noun + 1) if noun - first < LONGEST else None
    if source is None:
        return attribution
    content = _without(attribution.content, Span(tree.start[preposition], source.end))
    return replace(attribution, content=content, source=(source,)) if content else attribution


def _preposition(tree: Tree, first: int, end: int) -> int | None:
    """The "by" or "from" that the cue [first, end) ends in or leads to, or its passive's "by"."""
    if first < end and tree.word[end - 1] in PREPOSITIONS:
        return end - 1
    if end < tree.size and tree.word[end] in PREPOSITIONS:
        return end if first <= tree.head[end] < end else None
    agents = (tree.child(i, "agent") for i in range(first, end))
    return next((agent for agent in agents if agent is not None), None)


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
