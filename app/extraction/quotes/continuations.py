"""Whose a quote is that names no source: the speaker goes on, or is the subject further up.

Newspapers leave the source out where nobody can mistake it: a second quotation of a paragraph, a
paragraph in quotation marks behind an attributed one, "…, adding that …".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain import Span
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.sources import subject
from app.extraction.quotes.tree import Tree

# Between two quotations of one speaker stands less than this, in code points.
REACH = 300
ACTIVE = frozenset(("VBG", "VBD", "VBZ", "VBP"))
NOBODY = frozenset(("it", "there", "this", "that", "which", "these", "those", "you"))


def continued(text: str, regions: Regions, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, quotations without cue and source tied to the one whose speaker goes on."""
    answer: list[Attribution] = []
    for i, attribution in enumerate(found):
        alone = not attribution.source and not attribution.cue and attribution.continues is None
        if alone and i and _goes_on(text, regions, found[i - 1], attribution):
            attribution = replace(attribution, continues=i - 1)
        answer.append(attribution)
    return answer


def _goes_on(text: str, regions: Regions, before: Attribution, here: Attribution) -> bool:
    """Whether a quotation follows another in its paragraph or opens the next one."""
    if regions.at(here.start) is None or regions.at(before.content[-1].end - 1) is None:
        return False
    end = max(s.end for s in (*before.content, *before.cue, *before.source))
    if not 0 <= here.start - end <= REACH:
        return False
    between = text[end : here.start]
    paragraph = between.rpartition("\n")[2].strip(" “”\"'`«„")
    return between.count("\n\n") <= 1 and ("\n" not in between or not paragraph)


def implied(tree: Tree, attribution: Attribution) -> Span | None:
    """The source that the sentence implies for a cue without one: the subject it shares."""
    for cue in reversed(attribution.cue):
        first, end = tree.first_at(cue.start), tree.last_before(cue.end)
        for verb in range(end - 1, first - 1, -1):
            shares = tree.tag[verb] == "VBG" or tree.dep[verb] == "conj"
            if not shares or tree.tag[verb] not in ACTIVE or tree.any_child(verb, "auxpass"):
                continue
            found = subject(tree, verb)
            if found is None or tree.word[found[1] - 1] in NOBODY:
                return None
            span = tree.span(*found)
            inside = span is None or any(span.overlaps(c) for c in attribution.content)
            return None if inside else span
    return None
