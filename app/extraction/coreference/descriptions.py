"""Where an article states roles, and where it uses them instead of a name."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from app.domain import Span
from app.extraction.coreference.roles import ROLE_NOUNS, Role, read_role

_NOUNS = frozenset({"NN", "NNP", "NNPS", "JJ", "VBN", "VBG", "POS", "HYPH", "CD", "RB"})
_PREFIX_LENGTH = 9
_APPOSITION_LENGTH = 10
_DESCRIPTION_LENGTH = 7


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
    words: list[str] = []
    for token in doc[end + 1 : end + 1 + _APPOSITION_LENGTH]:
        if token.text in (",", ".", ")", ";", "–", "—") or token.is_space:
            return words
        if token.tag_ in ("VBD", "VBZ", "VBP", "WP", "PRP"):
            return words
        words.append(token.lower_)
    return words


def stated_roles(doc: Doc, start: int, end: int) -> Iterator[Role]:
    """The roles that the text gives the person named by tokens `start` to `end`."""
    for words in (title_words(doc, start), apposition_words(doc, end)):
        role = read_role(words)
        if role is not None:
            yield role


def descriptions(doc: Doc, named: bytearray) -> Iterator[tuple[Span, int, Role]]:
    """Definite descriptions that may stand for a person: span, token of the head, role.

    `named` marks the characters of persons' names: a title in front of a name is no description.
    """
    i = 0
    while i < len(doc):
        if doc[i].lower_ != "the":
            i += 1
            continue
        found = _description(doc, i, named)
        if found is None:
            i += 1
            continue
        end, head, role = found
        last = doc[end - 1]
        yield Span(doc[i].idx, last.idx + len(last)), head, role
        i = end


def _description(doc: Doc, i: int, named: bytearray) -> tuple[int, int, Role] | None:
    """End, head and role of the description that begins with the article at token `i`."""
    end = i + 1
    head = -1
    while end < len(doc) and end - i <= _DESCRIPTION_LENGTH and doc[end].tag_ in _NOUNS:
        if doc[end].lower_ in ROLE_NOUNS:
            head = end
        end += 1
    if (
        head < 0
        or head != end - 1
        or (i and doc[i - 1].text == "," and i > 1 and named[doc[i - 2].idx])
    ):
        return None
    if end < len(doc) and named[doc[end].idx]:
        return None
    end = _complement(doc, end)
    role = read_role([t.lower_ for t in doc[i + 1 : end]])
    return None if role is None else (end, head, role)


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
