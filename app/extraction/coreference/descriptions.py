"""Where an article states roles, and where it uses them instead of a name."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from app.domain import Span
from app.extraction.coreference.roles import Role, read_role, role_noun

_NOUNS = frozenset({"NN", "NNP", "NNPS", "JJ", "VBN", "VBG", "POS", "HYPH", "CD", "RB"})
_PREFIX_LENGTH = 9
_APPOSITION_LENGTH = 10
_DESCRIPTION_LENGTH = 7
# So many tokens hold a headline and what American papers call the lede.
INTRODUCTION = 90
_OPENERS = frozenset({"the", "its", "their", "our", "his", "her"})
_LINKS = _OPENERS | {"of", "for", "and", "&"}


def title_words(doc: Doc, start: int) -> list[str]:
    """The lower-case words directly before token `start` that can be a title, in order."""
    words: list[str] = []
    i = start - 1
    while i >= 0 and start - i <= _PREFIX_LENGTH:
        token = doc[i]
        small = token.lower_ in ("of", "for", "and", "his", "her", "the")
        if not (token.tag_ in _NOUNS or small):
            break
        words.append(token.lower_)
        if token.lower_ in ("his", "her", "the") or token.is_sent_start:
            break
        i -= 1
    return words[::-1]


def apposition_words(doc: Doc, end: int) -> list[str]:
    """The lower-case words of an apposition after token `end - 1` ("X, the head of Y, said")."""
    if end >= len(doc) or doc[end].text not in (",", "("):
        return []
    words = _phrase(doc, end + 1)
    return [] if words[:1] in (["and"], ["or"], ["but"]) else words


def _phrase(doc: Doc, start: int) -> list[str]:
    """The lower-case words from token `start` to the next comma, stop or verb."""
    words: list[str] = []
    for token in doc[start : start + _APPOSITION_LENGTH]:
        if token.text in (",", ".", ")", ";", "–", "—") or token.is_space:
            return words
        if token.tag_ in ("VBD", "VBZ", "VBP", "WP", "PRP"):
            return words
        words.append(token.lower_)
    return words


def described_words(doc: Doc, start: int, end: int, named: bytearray) -> list[str]:
    """The lower-case words of a description that a name explains ("the head of Y, X, said").

    None where the comma may be that of a list ("the mayor, X and Z"), or where the description
    follows another person's name ("Z, the mayor, X"). `named` is as for `descriptions`.
    """
    if start < 2 or doc[start - 1].text != "," or _goes_on_as_list(doc, end):
        return []
    words: list[str] = []
    for i in range(start - 2, max(-1, start - 3 - _APPOSITION_LENGTH), -1):
        token = doc[i]
        if not (token.tag_ in _NOUNS or token.tag_ == "NNS" or token.lower_ in _LINKS):
            return []
        words.append(token.lower_)
        before = doc[i - 1] if i else None
        if token.lower_ in _OPENERS or token.tag_ == "POS":
            linked = before is not None and before.lower_ in ("of", "for")
            if not linked:
                comma = before is not None and before.text == ","
                return [] if comma and i > 1 and named[doc[i - 2].idx] else words[::-1]
        if token.is_sent_start:
            return words[::-1]
    return []


def _goes_on_as_list(doc: Doc, end: int) -> bool:
    """Whether the name before token `end` is one of a list."""
    after = [t for t in doc[end : end + 2] if not t.is_space]
    if not after:
        return False
    if after[0].text == "," and len(after) > 1:
        return after[1].lower_ in ("and", "or") or after[1].tag_ in ("NNP", "DT")
    return after[0].lower_ in ("and", "or", "&")


def statement_words(doc: Doc, end: int) -> list[str]:
    """The lower-case words of a plain statement after a name ("X is the head of Y")."""
    at = end
    if at + 1 < len(doc) and doc[at].text == "," and doc[at + 1].lower_ == "who":
        at += 2
    if at + 1 >= len(doc) or doc[at].lower_ != "is" or doc[at + 1].lower_ not in ("the", "a", "an"):
        return []
    return _phrase(doc, at + 1)


def stated_roles(doc: Doc, start: int, end: int, named: bytearray) -> Iterator[Role]:
    """The roles that the text gives the person named by tokens `start` to `end`.

    `named` is as for `descriptions`.
    """
    for words in (
        title_words(doc, start),
        described_words(doc, start, end, named),
        apposition_words(doc, end),
        statement_words(doc, end),
    ):
        role = read_role(words)
        if role is not None:
            yield role


def descriptions(doc: Doc, named: bytearray) -> Iterator[tuple[Span, int, Role]]:
    """Descriptions that may stand for a person: span, token of the head, role.

    Definite ones anywhere; indefinite ones ("a New York judge", in headlines "Judge rejects …")
    only among the first tokens, where stories introduce whom they name further down. `named` marks
    the characters of persons' names: a title in front of a name is no description.
    """
    i = 0
    while i < len(doc):
        low = doc[i].lower_
        opens = i < INTRODUCTION and (low in ("a", "an") or doc[i].is_sent_start)
        if low != "the" and not opens:
            i += 1
            continue
        bare = low not in ("the", "a", "an")
        found = _description(doc, i, i + (not bare), named)
        if found is None or (bare and found[0] > i + 2):
            i += 1
            continue
        end, head, role = found
        last = doc[end - 1]
        yield Span(doc[i].idx, last.idx + len(last)), head, role
        i = end


def _description(doc: Doc, i: int, first: int, named: bytearray) -> tuple[int, int, Role] | None:
    """End, head and role of the description that begins at token `i`, its nouns at `first`."""
    end = first
    head = -1
    while end < len(doc) and end - i <= _DESCRIPTION_LENGTH and doc[end].tag_ in _NOUNS:
        if doc[end].tag_ == "POS" and head == end - 1:
            break  # "the mayor's roots": whose, not what
        if role_noun(doc[end - 1].lower_ if end > first else "", doc[end].lower_):
            head = end
        end += 1
    while end > first and doc[end - 1].tag_ == "RB":  # the verb's: "the minister also said"
        end -= 1
    if (
        head < 0
        or head != end - 1
        or (i and doc[i - 1].text == "," and i > 1 and named[doc[i - 2].idx])
    ):
        return None
    if end < len(doc) and named[doc[end].idx]:
        return None
    end = _second(doc, _complement(doc, end))
    role = read_role([t.lower_ for t in doc[first:end]])
    return None if role is None else (end, head, role)


def _second(doc: Doc, end: int) -> int:
    """Past an "and ..." that names a second office of the same person."""
    if end >= len(doc) or doc[end].lower_ != "and":
        return end
    stop = end + 1
    while stop < len(doc) and stop - end <= _DESCRIPTION_LENGTH and doc[stop].tag_ in _NOUNS:
        stop += 1
    single = stop > end + 1 and doc[stop - 1].tag_ in ("NN", "NNP")
    return stop if single and role_noun(doc[stop - 2].lower_, doc[stop - 1].lower_) else end


def _complement(doc: Doc, end: int) -> int:
    """Past an "of ..." that belongs to the description."""
    if end + 1 >= len(doc) or doc[end].lower_ not in ("of", "for"):
        return end
    stop = end + 1
    while (
        stop < len(doc)
        and stop - end <= 5
        and (
            doc[stop].tag_ in _NOUNS
            or doc[stop].tag_ == "NNS"
            or doc[stop].lower_ in ("the", "and")
        )
    ):
        stop += 1
    return stop if stop > end + 1 else end
