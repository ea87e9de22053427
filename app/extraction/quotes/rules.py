"""The rule-based attributor: quoted speech first, then reports, then what fits together."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from app.domain import Document, ZoneKind
from app.extraction.quotes import lexicon
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.drafts import Draft, finished, minus, tidy
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.rules_quoted import QuotedRules
from app.extraction.quotes.rules_reported import clause, reported
from app.extraction.quotes.sources import VERB_TAGS, before_verb, cue_range, subject
from app.extraction.quotes.tree import Tree, tree_of

# Fewer tokens than this right after a verb, marks included, are a title or a nickname.
SHORTEST_BESIDE = 6
CLOSING = ".,!?…—–-;:"


class RuleAttributor:
    """Attributions by typography and verb frames, without any trained weights of ours."""

    def __call__(self, doc: Doc, regions: Regions) -> Sequence[Attribution]:
        """The attributions of a document, in text order."""
        if not len(doc):
            return []
        tree = tree_of(doc)
        quoted = QuotedRules(tree, regions.regions, heading_lines(doc))
        taken = Taken(tree, regions, quoted)
        cues = [i for i in range(tree.size) if is_cue_word(tree, i) and not taken.cue_inside(i)]
        drafts = [d for d in quoted.drafts if d.content]
        reports = reported(tree, cues)
        reports += beside_marks(tree, regions, set(cues) - {d.verb for d in reports})
        drafts += taken.fit(reports)
        drafts += nested(tree, regions)
        for draft in drafts:
            draft.content = tidy(tree.text, draft.content, keep=CLOSING if draft.quoted else "")
            if not draft.quoted:
                draft.content = [whole_marks(tree.text, regions, piece) for piece in draft.content]
                draft.content = tidy(tree.text, draft.content)
        return finished(tree, [d for d in drafts if d.content])


def in_marks(doc: Doc, regions: Regions) -> tuple[list[Attribution], list[Attribution]]:
    """What typography alone tells: speech in quotation marks, and reports within such speech.

    Both in text order.
    """
    if not len(doc) or not regions.regions:
        return [], []
    tree = tree_of(doc)
    spoken = QuotedRules(tree, regions.regions, heading_lines(doc)).drafts
    reports = nested(tree, regions)
    for draft in spoken:
        draft.content = tidy(tree.text, draft.content, keep=CLOSING)
    for draft in reports:
        draft.content = tidy(tree.text, draft.content)
    return (
        finished(tree, [d for d in spoken if d.content]),
        finished(tree, [d for d in reports if d.content]),
    )


def heading_lines(doc: Doc) -> frozenset[int]:
    """Where the headings of the document start: nobody goes on speaking there."""
    document: Document | None = doc._.document
    spans = document.spans(ZoneKind.HEADING) if document is not None else []
    return frozenset(span.start for span in spans)


def beside_marks(tree: Tree, regions: Regions, verbs: set[int]) -> list[Draft]:
    """`discussing “how we will …”`: a cue right before a quotation, whatever the parse says."""
    drafts = []
    for i in sorted(verbs):
        follows = tree.tag[i] in VERB_TAGS and i + 1 < tree.size
        k = regions.at(tree.start[i + 1]) if follows else None
        if k is None or regions.regions[k].start < tree.end[i]:
            continue
        region = regions.regions[k]
        source = subject(tree, i)
        if source is None and tree.tag[i] == "VBG" and i and tree.tag[i - 1] == "IN":
            # A fragment ("The mayor, after discussing “…”."): no verb has a subject here.
            source = before_verb(tree, tree.sentence[i][0], i - 1)
        if source is not None and tree.last_before(region.end) - i >= SHORTEST_BESIDE:
            drafts.append(Draft([(region.start, region.end)], i, cue_range(tree, i), source))
    return drafts


def nested(tree: Tree, regions: Regions) -> list[Draft]:
    """Reports within somebody's speech (`“The mayor told us that …,” she said`): the inner
    speaker's.

    Only verbs of saying with a clause and a source of the third person: what people say of
    themselves while speaking is their speech, not a quote in it.
    """
    words = [
        i
        for i in range(tree.size)
        if tree.word[i] in lexicon.SAY_FORMS and regions.at(tree.start[i]) is not None
    ]
    drafts = []
    for draft in reported(tree, words, (clause,)):
        k = regions.at(tree.start[draft.verb])
        if k is None or draft.source is None:
            continue
        region, source = regions.regions[k], draft.source
        inside = region.start <= tree.start[source[0]] and region.start <= draft.start
        if inside and draft.end <= region.end and not _self(tree, source):
            drafts.append(draft)
    return drafts


def _self(tree: Tree, source: tuple[int, int]) -> bool:
    """Whether a source inside a quotation is its speaker, the audience, or nobody."""
    own = ("i", "we", "you", "it", "that", "this", "which", "one", "who", "they")
    return tree.word[source[1] - 1] in own


def is_cue_word(tree: Tree, i: int) -> bool:
    """Whether any frame might start at a token."""
    word = tree.word[i]
    return word in lexicon.ALL_FORMS or word in lexicon.NOUNS or word == "according"


def whole_marks(text: str, regions: Regions, piece: tuple[int, int]) -> tuple[int, int]:
    """Lengthen a piece by the marks (and the stop within) of regions it nearly holds."""
    start, end = piece
    k = regions.at(end - 1)
    if k is not None:
        region = regions.regions[k]
        if start <= region.start and not any(c.isalnum() for c in text[end : region.end]):
            end = region.end
    k = regions.at(start)
    if k is not None:
        region = regions.regions[k]
        if not any(c.isalnum() for c in text[region.start : start]):
            start = region.start
    return start, end


class Taken:
    """Which tokens already belong to a quote, so that no token plays in two of them."""

    def __init__(self, tree: Tree, regions: Regions, quoted: QuotedRules) -> None:
        self.tree = tree
        self.content = [False] * tree.size
        self.cue = [False] * tree.size
        for draft in quoted.drafts:
            for start, end in draft.content:
                self._mark(self.content, tree.first_at(start), tree.last_before(end))
            for part in (draft.cue,):
                if part:
                    self._mark(self.cue, *part)
        self.region = [False] * tree.size
        for region in regions.regions:
            self._mark(self.region, tree.first_at(region.start), tree.last_before(region.end))

    @staticmethod
    def _mark(flags: list[bool], first: int, end: int) -> None:
        flags[first:end] = [True] * (end - first)

    def cue_inside(self, i: int) -> bool:
        """Whether a token is part of quoted content or of a cue, or stands in quotation marks."""
        return self.content[i] or self.cue[i] or self.region[i]

    def fit(self, drafts: list[Draft]) -> list[Draft]:
        """The drafts that do not lie within one another, the longest first; content is clipped."""
        kept = []
        for draft in sorted(drafts, key=lambda d: (d.start - d.end, d.start)):
            if self.content[draft.verb]:
                continue
            pieces = [p for piece in draft.content for p in self._free(*piece)]
            if sum(e - s for s, e in pieces) * 2 < sum(e - s for s, e in draft.content):
                continue
            draft.content = pieces
            for start, end in pieces:
                self._mark(self.content, self.tree.first_at(start), self.tree.last_before(end))
            kept.append(draft)
        return kept

    def _free(self, start: int, end: int) -> list[tuple[int, int]]:
        """The parts of a piece that no quote has yet."""
        tree = self.tree
        first, last = tree.first_at(start), tree.last_before(end)
        holes = [(tree.start[i], tree.end[i]) for i in range(first, last) if self.content[i]]
        if not holes:
            return [(start, end)]
        merged = [holes[0]]
        for s, e in holes[1:]:
            if s <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], e)
            else:
                merged.append((s, e))
        return minus((start, end), merged)
