"""Quoted speech: regions in quotation marks tied to the cue beside them.

Newspapers set a quotation and its cue side by side, divided by a comma or a colon, whatever the
parse makes of it; so this half works on marks, punctuation and tags (after the syntactic patterns
of O'Keefe et al. 2012 and Pareti et al. 2013) and asks the parse only for the extent of a name.
"""

from __future__ import annotations

from bisect import bisect_left

from app.extraction.quotes import lexicon
from app.extraction.quotes.drafts import Draft
from app.extraction.quotes.marks import LINE, Region
from app.extraction.quotes.sources import (
    VERB_TAGS,
    Range,
    after_verb,
    before_verb,
    cue_range,
    phrase,
    subject,
)
from app.extraction.quotes.tree import Tree

# How far from the marks a cue may stand, in tokens.
REACH_AFTER = 30
REACH_BEFORE = 30
# … and where no comma ties them together.
REACH_UNLINKED = 4
NOBODY = frozenset(("it", "i", "we", "you", "they", "this", "that"))
TERMINAL = ".?!…"
# Fewer words than this without a cue are a title or a scare quote.
SHORTEST_FREE = 4


class QuotedRules:
    """Finds quoted speech in one document; `drafts` is the result."""

    def __init__(
        self, tree: Tree, regions: tuple[Region, ...], headings: frozenset[int] = frozenset()
    ) -> None:
        self.tree = tree
        self.headings = headings
        self.text = tree.text
        self.regions = regions
        self._ends = [region.end for region in regions]
        self.drafts: list[Draft] = []
        self.by_verb: dict[int, Draft] = {}
        self._run()

    def _run(self) -> None:
        starts = [region.start for region in self.regions]
        carried: Draft | None = None
        for line in LINE.finditer(self.text):
            first = bisect_left(starts, line.start())
            last = bisect_left(starts, line.end())
            if line.start() in self.headings:
                continue
            if first < last:
                carried = self._paragraph(line.start(), line.end(), first, last, carried)
            elif line.group().strip():
                carried = self._introduced(line.start(), line.end())

    def _paragraph(
        self, start: int, end: int, first: int, last: int, carried: Draft | None
    ) -> Draft | None:
        """Attribute the regions of one line; returns the draft that may go on in the next line."""
        current: Draft | None = None
        for k in range(first, last):
            region = self.regions[k]
            low = self.regions[k - 1].end if k > first else start
            high = self.regions[k + 1].start if k + 1 < last else end
            opening = self._sentence_start(low, region.start)
            draft = self._before(k, low, opening, k > first) or self._after(k, high)
            if draft is not None:
                self._add(draft, k, low if draft.verb in self.by_verb else opening)
                current = draft
                continue
            opens = k == first and not self.text[start : region.start].strip()
            if current is not None and self._goes_on(k, low, opening):
                current.content.append((region.start, region.end))
            elif opening < region.start - 1 or not self._sentence_like(region):
                continue
            elif opens and carried is not None:
                current = self._continue(carried, k)
            else:
                current = self._in_context(k, start, opens)
        return self._introduced(self.regions[last - 1].end, end) or current

    # --- where things start and end ---------------------------------------------------------------

    def _sentence_start(self, low: int, at: int) -> int:
        """Where the sentence that leads to the region at `at` starts (not before `low`)."""
        tree = self.tree
        i = tree.last_before(at) - 1
        floor = tree.first_at(low)
        steps = 0
        while i >= floor and steps < 80:
            if tree.word[i] in (".", "?", "!", ";") or (tree.space[i] and "\n" in tree.word[i]):
                break
            i -= 1
            steps += 1
        i += 1
        while i < tree.size and tree.space[i] and tree.start[i] < at:
            i += 1
        return max(low, min(at, tree.start[i] if i < tree.size else at))

    def _inside_end(self, region: Region) -> str:
        """The last character before the closing mark."""
        end = region.end - 1 if region.closed else region.end
        inner = self.text[region.start : end].rstrip("'’”\" \xa0")
        return inner[-1:]

    def _words(self, region: Region) -> int:
        return self.tree.last_before(region.end) - self.tree.first_at(region.start) - 2

    def _sentence_like(self, region: Region) -> bool:
        """Whether a region without a cue reads like speech: a capital, an end, some length."""
        inner = self.text[region.start : region.end].lstrip("“”\"'`‘«„ .…[(")
        ends = self._inside_end(region) in TERMINAL + "—–-," or not region.closed
        return inner[:1].isupper() and ends and self._words(region) >= SHORTEST_FREE

    # --- cues -------------------------------------------------------------------------------------

    def _is_cue(self, i: int) -> bool:
        tree = self.tree
        if tree.tag[i] not in VERB_TAGS and tree.word[i] not in ("says", "said"):
            return False
        if i + 1 < tree.size and tree.dep[i] in ("aux", "auxpass"):
            return False
        return tree.word[i] in lexicon.QUOTE_FORMS or tree.word[i] in lexicon.BELIEVE_FORMS

    def _after(self, k: int, high: int) -> Draft | None:
        """`“…,” he said`, `“…,” said X`: the cue follows the closing mark in the sentence."""
        tree, region = self.tree, self.regions[k]
        if not region.closed:
            return None
        low = tree.first_at(region.end - 1)
        while low < tree.size and tree.start[low] < region.end:
            low += 1
        limit = min(tree.last_before(high), low + REACH_AFTER)
        linked = self._inside_end(region) in ",?!-—–…" or tree.word[low : low + 1] == [","]
        if not linked and self._words(region) < SHORTEST_FREE:
            return None
        limit = limit if linked else min(limit, low + REACH_UNLINKED)
        for i in range(low, limit):
            if tree.word[i] in (".", ";", "?", "!") or (tree.space[i] and "\n" in tree.word[i]):
                return None
            if i > low and tree.word[i] in ("that", "but"):
                return None
            if self._is_cue(i):
                return self._with_source(i, low, limit)
        return None

    def _with_source(self, verb: int, low: int, limit: int) -> Draft | None:
        tree = self.tree
        near = next((i for i in range(verb + 1, limit) if tree.word[i] in (".", ";")), limit)
        source = before_verb(tree, low, verb)
        parsed = subject(tree, verb, low, near)
        if parsed is not None and (
            source is None or parsed[1] - parsed[0] >= source[1] - source[0]
        ):
            source = parsed
        if source is None:
            source = after_verb(tree, verb, near)
        if source is None:
            source = subject(tree, verb)
        if source is None:
            return None
        if verb not in range(*source):
            return Draft([], verb, cue_range(tree, verb), source, quoted=True)
        return None

    def _before(self, k: int, low: int, opening: int, follows: bool) -> Draft | None:
        """`He said: “…”`, `he said, “…”`, `he said “…”`: the cue stands before the opening mark."""
        tree, region = self.tree, self.regions[k]
        end = tree.last_before(region.start)
        while end > 0 and (tree.space[end - 1] or tree.end[end - 1] > region.start):
            end -= 1
        first = max(tree.first_at(opening), end - REACH_BEFORE)
        if end <= first:
            return None
        last = tree.word[end - 1]
        if last not in (",", ":") and not self._is_cue(end - 1):
            return None
        if last not in (",", ":") and not self._sentence_like(region):
            return None
        for i in range(end - 1, first - 1, -1):
            if self._is_cue(i):
                if i in self.by_verb:
                    return self.by_verb[i]
                between = tree.word[i + 1 : end]
                if last == "," and ("that" in between or len(between) > 12):
                    return None
                draft = self._cued(i, first, end)
                if draft is not None:
                    return draft
        return self._colon(first, end) if last == ":" else None

    def _cued(self, verb: int, first: int, end: int) -> Draft | None:
        source = subject(self.tree, verb, first, end) or before_verb(self.tree, first, verb)
        source = source or after_verb(self.tree, verb, end) or subject(self.tree, verb)
        if source is None or verb in range(*source):
            return None
        return Draft([], verb, cue_range(self.tree, verb), source, quoted=True)

    def _colon(self, first: int, end: int) -> Draft | None:
        """`Mira Kovalenko: “…”`, or a sentence whose subject goes on to speak after a colon."""
        tree = self.tree
        for i in range(first, end):
            if tree.dep[i] == "nsubj":
                source = subject(tree, tree.head[i], first, end)
                if source is not None:
                    return Draft([], end - 1, (end - 1, end), source, quoted=True)
        source = before_verb(tree, first, end - 1)
        return Draft([], end - 1, (end - 1, end), source, quoted=True) if source else None

    def _introduced(self, start: int, end: int) -> Draft | None:
        """A line that ends in a colon introduces the quotation of the next line."""
        tree = self.tree
        last = tree.last_before(end)
        while last > 0 and tree.space[last - 1]:
            last -= 1
        if not last or tree.word[last - 1] != ":" or tree.end[last - 1] <= start:
            return None
        first = max(
            tree.first_at(self._sentence_start(start, tree.start[last - 1])), last - REACH_BEFORE
        )
        for i in range(last - 1, first - 1, -1):
            if self._is_cue(i):
                return self._cued(i, first, last)
        return self._colon(first, last)

    # --- drafts -----------------------------------------------------------------------------------

    def _add(self, draft: Draft, k: int, opening: int) -> None:
        """Give region `k` to a draft, with the unquoted words that lead to it without a cue."""
        region = self.regions[k]
        start = region.start
        ranges: list[Range] = [r for r in (draft.cue, draft.source) if r]
        leads = all(self.tree.start[r[0]] >= region.end for r in ranges)
        if leads and opening < region.start and not draft.content:
            start = opening
        draft.content.append((start, region.end))
        if draft.verb not in self.by_verb:
            self.by_verb[draft.verb] = draft
            self.drafts.append(draft)

    def _continue(self, carried: Draft, k: int) -> Draft:
        """A region that starts its line: introduced by the line before, or the same speaker."""
        region = self.regions[k]
        if not carried.content:
            carried.content.append((region.start, region.end))
            self.by_verb[carried.verb] = carried
            self.drafts.append(carried)
            return carried
        draft = Draft([(region.start, region.end)], quoted=True, parent=carried)
        self.drafts.append(draft)
        return draft

    def _in_context(self, k: int, start: int, opens: bool) -> Draft | None:
        """`Mira Kovalenko was adamant. “…”`: whoever the sentence before is about goes on to speak.

        Only a person by name or pronoun; a whole line in marks without that stays without a source.
        """
        tree, region = self.tree, self.regions[k]
        at = tree.first_at(region.start)
        low = tree.first_at(self._sentence_start(start, max(start, region.start - 2)))
        low = max(tree.first_at(start), min(low, self._previous(at, tree.first_at(start))))
        for i in range(low, at):
            named = tree.dep[i] in ("nsubj", "nsubjpass") and tree.tag[i] in ("NNP", "PRP")
            if named and not self._marked(i):
                source = phrase(tree, i)
                if source is not None and tree.word[source[1] - 1] not in NOBODY:
                    draft = Draft([(region.start, region.end)], quoted=True, context=True)
                    draft.source = source
                    self.drafts.append(draft)
                    return draft
        if not opens:
            return None
        self.drafts.append(Draft([(region.start, region.end)], quoted=True))
        return self.drafts[-1]

    def _previous(self, at: int, floor: int) -> int:
        """The first token of the sentence that ends before token `at`."""
        i = at - 2
        while i > floor and at - i < 60 and self.tree.word[i - 1] not in (".", "?", "!"):
            i -= 1
        return max(floor, i)

    def _marked(self, i: int) -> bool:
        """Whether a token stands inside one of the regions."""
        j = bisect_left(self._ends, self.tree.end[i])
        return j < len(self.regions) and self.regions[j].start <= self.tree.start[i]

    def _goes_on(self, k: int, low: int, opening: int) -> bool:
        """Whether a later region of the paragraph continues the quote before it."""
        region = self.regions[k]
        gap = self.text[low : region.start].strip(" \xa0,;.—–-")
        if opening >= region.start - 1:
            return self._sentence_like(region) or not gap
        return gap.lower() in ("and", "but", "or", "then") or not gap
