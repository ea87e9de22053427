"""What the quote scorer reads off a text: tokens, quotation marks, kinds, words of speech.

Deliberately plain and independent of the extractor: a scorer that shared the extractor's idea of
quotation marks would forgive its mistakes. The definitions are those of the gold data's scorer.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from app.domain import QuoteKind
from app.words import listed, words

Piece = tuple[int, int]
Pieces = Sequence[Piece]

WORD = re.compile(r"\w+(?:['’\-]\w+)*")
TOKEN = re.compile(WORD.pattern + r"|[^\w\s]")
MARK = re.compile("[“”\"]|''|``")
POSSESSIVE = re.compile("['’]s$")
DIRECT_SHARE = 0.9
OPENING = ("“", "``")
CLOSING = "”"
BEFORE_OPENER = frozenset("([—–-")
AFTER_CLOSER = frozenset(".,;:)]?!—–-")
# A source's head ends before one of these.
HEAD_ENDS = frozenset(
    listed(", ( [ — – ; : who whom whose which that of for from in at with to on by")
)
PRONOUNS = words(
    """
    her him his i it its me my one our she that their them these they this those us we who
    whom he you
    """
)

# The words by which the gold data's scorer tells speech from belief and intent: part of the
# metric's definition, so neither shortened nor improved here. Regular verbs, then forms that they
# do not give.
SPEECH_VERBS = listed(
    """
    accuse acknowledge add address admit advise advocate affirm agree allege announce answer
    apologize applaud argue articulate ask assail assert assure attack attest aver bash
    blame blast blog boast brag call caution challenge charge chide cite claim clarify
    commend comment complain concede conclude concur condemn confess confide confirm
    congratulate contend contest counter credit criticize cry declare decry defend demand
    denounce deny describe detail disclose discuss dismiss dispute dub echo elaborate email
    emphasize endorse enthuse exclaim explain express fire fume gush hail highlight implore
    imply indicate inform inquire insist instruct interject invite invoke joke label
    lambaste lament lash laud lecture liken maintain mention mock mumble murmur muse mutter
    name narrate note object observe opine order outline plead pledge point post praise
    preach predict proclaim promise pronounce propose protest publish question quip quote
    rail rant reaffirm reason recall recite recommend recount refer refute reiterate relate
    relay remark remind repeat reply report reprimand request respond retort retweet reveal
    ridicule rip scold scream shout signal slam snap specify speculate state stipulate
    stress suggest summarize swear swipe taunt tease term testify thank threaten tout tweet
    underscore urge utter vent voice volunteer vow warn weigh whisper wonder yell
    """
)
OTHER_SPEECH_FORMS = listed(
    """
    according accusation accusations admitted admitting allegation allegations announcement
    argument assertion bragged bragging criticism dubbed dubbing forecast forecasts
    interview letter message per quipped quipping read reading reads referred referring
    response ripped ripping said say saying says slammed slamming snapped snapping speak
    speaking speaks speech spoke spoken statement statements swore sworn talk talked talking
    talks tell telling tells testimony told word words write writes writing written wrote
    """
)


def _inflected(verb: str) -> Iterator[str]:
    """The spellings under which a verb counts; naive on purpose (no doubled consonants)."""
    stem = verb.removesuffix("e")
    yield verb
    yield verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    else:
        yield from (stem + "ed", stem + "ing")


SPEECH_WORDS = frozenset(OTHER_SPEECH_FORMS).union(*map(_inflected, SPEECH_VERBS))


def cue_is_speech(text: str, cue: Pieces) -> bool:
    """Whether the cue holds a word of speech, or is nothing but a colon."""
    words = [m.group().lower() for start, end in cue for m in WORD.finditer(text[start:end])]
    if words:
        return any(word in SPEECH_WORDS for word in words)
    return any(":" in text[start:end] for start, end in cue)


def quoted_regions(text: str) -> list[Piece]:
    """Stretches in double quotation marks, marks included, paragraph by paragraph.

    Curly marks have a direction; a straight one opens or closes by what is open and by its
    neighbours. What is still open at a paragraph's end runs to that end.
    """
    regions: list[Piece] = []
    for line in re.finditer(r"[^\n]+", text):
        opened: int | None = None
        for mark in MARK.finditer(text, line.start(), line.end()):
            opens, closes = _role(text, line, mark, opened is not None)
            if closes and opened is not None:
                regions.append((opened, mark.end()))
                opened = None
            elif opens:
                opened = mark.start()
        if opened is not None:
            regions.append((opened, line.end()))
    return regions


def _role(text: str, line: re.Match[str], mark: re.Match[str], inside: bool) -> tuple[bool, bool]:
    """Whether a mark opens, whether it closes, given that a region is open or not."""
    glyph = mark.group()
    if glyph in OPENING:
        return not inside, False
    if glyph == CLOSING:
        return False, inside
    before = text[mark.start() - 1] if mark.start() > line.start() else " "
    after = text[mark.end()] if mark.end() < line.end() else " "
    opener = (before.isspace() or before in BEFORE_OPENER) and not after.isspace()
    closer = not before.isspace() and (after.isspace() or after in AFTER_CLOSER)
    if not inside:
        return not closer, False
    restarts = opener and not closer
    return restarts, not restarts


def clip(pieces: Pieces, regions: Sequence[Piece]) -> list[Piece]:
    """The parts of `pieces` inside `regions` (disjoint, in text order)."""
    starts = [start for start, _ in regions]
    parts = []
    for start, end in pieces:
        for low, high in regions[max(0, bisect_right(starts, start) - 1) :]:
            if low >= end:
                break
            if high > start:
                parts.append((max(start, low), min(end, high)))
    return sorted(parts)


class Article:
    """A text's tokens and quoted regions. Tokens are numbered; a span holds those it overlaps."""

    def __init__(self, text: str) -> None:
        self.text = text
        tokens = [m.span() for m in TOKEN.finditer(text)]
        self._starts = [start for start, _ in tokens]
        self._ends = [end for _, end in tokens]
        self._is_word = [WORD.match(text[start]) is not None for start in self._starts]
        self.regions = quoted_regions(text)

    def tokens_of(self, pieces: Pieces) -> set[int]:
        """The tokens that the spans overlap."""
        found: set[int] = set()
        for start, end in pieces:
            if start < end:
                found.update(range(bisect_right(self._ends, start), bisect_left(self._starts, end)))
        return found

    def words_among(self, tokens: Iterable[int]) -> frozenset[int]:
        """Those tokens that are words."""
        return frozenset(t for t in tokens if self._is_word[t])

    def token(self, index: int) -> str:
        """A token's characters."""
        return self.text[self._starts[index] : self._ends[index]]

    def bare_word(self, index: int) -> str:
        """A token in lower case without a possessive ending."""
        return POSSESSIVE.sub("", self.token(index).lower())

    @staticmethod
    def is_pronoun(word: str) -> bool:
        """Whether a word stands for another, so that sameness of words means nothing."""
        return word in PRONOUNS

    def head(self, source: Iterable[int]) -> int | None:
        """The last word of a source before a comma, preposition or relative word."""
        head: int | None = None
        for index in sorted(source):
            if head is not None and self.token(index).lower() in HEAD_ENDS:
                break
            if self._is_word[index]:
                head = index
        return head


def _letters(text: str, pieces: Pieces) -> int:
    return sum(c.isalnum() for start, end in pieces for c in text[start:end])


def kind_of(article: Article, content: Pieces, cue: Pieces) -> QuoteKind:
    """Direct, mixed or indirect, by how much of the content stands in quotation marks."""
    inside = _letters(article.text, clip(content, article.regions))
    if not inside:
        return QuoteKind.INDIRECT
    spans = [*content, *cue]
    low, high = min(s for s, _ in spans), max(e for _, e in spans)
    if cue and any(start <= low and high <= end for start, end in article.regions):
        return QuoteKind.INDIRECT
    whole = _letters(article.text, content)
    return QuoteKind.DIRECT if inside >= DIRECT_SHARE * whole else QuoteKind.MIXED
