"""Noun phrases for people, by tags: where one ends before a name, or begins behind a word."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from app.extraction.coreference.occupations import ADDRESSES, is_role_noun
from app.extraction.names.lexicon import CALENDAR
from app.words import words

# The tags of a head and of what may stand before it in its phrase.
_HEADS = frozenset({"NN", "NNP", "NNS", "NNPS"})
_MODIFIERS = _HEADS | {"JJ", "JJS", "JJR", "VBN", "VBG", "CD", "HYPH", "POS"}
# How far a phrase reaches before its head and, with all that belongs to it, behind.
_BEFORE = 10
_BEHIND = 14
_OPENERS = frozenset({"DT", "PRP$"})
# "X, now a lecturer", "X, formerly the mayor".
_ADVERBS = words("now then currently formerly also himself herself once later previously long")
# Time said before a subject: "last week President X".
_TIMES = words("day week month year night morning afternoon evening weekend time today yesterday")
# Begin a phrase as an adjective does; other words in -ing are verbs ("blocking president X").
_OFFICIATING = words("""
    acting managing leading practising practicing founding sitting outgoing incoming retiring
    supervising consulting presiding visiting serving reigning rising aspiring controlling
    commanding operating presenting defending convicting opposing surviving grieving
    """)
_NO_STARTS = words("of such other another same only last next first-time")
# Tie a phrase to a role whatever follows; "for" and "to" before any noun, others before names.
_ALWAYS = frozenset({"of"})
_MAYBE = words("for at to in with from on under")
# Two words whose second alone names nobody.
_PAIRS = {("first", "lady"), ("running", "mate"), ("first", "minister")}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `start` to `end` with their head noun."""

    start: int
    end: int
    head: int


def _is_role(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.tag_ not in _HEADS and token.tag_ not in ("JJ", "VB", "VBP"):
        return False
    word = token.lower_
    if i and (doc[i - 1].lower_, word) in _PAIRS:
        return True
    if i > 1 and doc[i - 1].tag_ == "HYPH" and doc[i - 2].tag_ == "CD":
        return False  # "a 60-member choir"
    return is_role_noun(word)


def phrase_before(doc: Doc, end: int, named: bytearray) -> Phrase | None:
    """The role that ends right before token `end`, where a name begins ("US President X")."""
    head = _head_before(doc, end, named)
    if head < 0:
        return None
    start = _start(doc, head, named)
    if start == head and doc[head].lower_.rstrip(".") in ADDRESSES:
        return None
    return Phrase(start, end, head)


def _head_before(doc: Doc, end: int, named: bytearray) -> int:
    """The noun right before a name, or that of "secretary of state X"; -1 where there is none."""
    last = end - 1
    if last < 0 or named[last] or doc[last].tag_ == "POS":
        return -1
    if _is_role(doc, last):
        return last
    # "Secretary of State", "Chief of Staff", "Leader of the Opposition": a name, without articles.
    if doc[last].tag_ not in ("NNP", "NNPS"):
        return -1
    for i in range(last - 1, max(0, last - 5), -1):
        token = doc[i]
        if token.lower_ == "of":
            return i - 1 if _is_role(doc, i - 1) and doc[i - 1].tag_ == "NNP" else -1
        if named[i] or not (token.tag_ in ("NNP", "NNPS") or token.lower_ == "the"):
            return -1
    return -1


def _start(doc: Doc, head: int, named: bytearray) -> int:
    """The first token of the phrase that `head` ends."""
    start = head
    while start > 0 and head - start < _BEFORE and not doc[start].is_sent_start:
        before = doc[start - 1]
        if before.tag_ == "CC" or before.lower_ == "&":
            if not _joins(doc, start - 1, head):
                break
        elif before.lower_ == "of":
            if not _is_body(doc, start - 1, head):
                break
        elif not _modifies(doc, start - 1, named):
            break
        start -= 1
    while start < head and not _can_start(doc[start]):
        start += 1
    return start


def _modifies(doc: Doc, i: int, named: bytearray) -> bool:
    """Whether a token can stand before a head in its phrase."""
    token = doc[i]
    if token.tag_ not in _MODIFIERS or token.is_space:
        return False
    if named[i]:
        return _belongs(doc, i, named)
    if token.tag_ == "VBG":
        return token.lower_ in _OFFICIATING
    if token.lower_ in _TIMES:
        return doc[i + 1].tag_ == "HYPH"  # "the 43-year-old nurse"
    return token.lower_ not in CALENDAR


def _can_start(token: Token) -> bool:
    return token.tag_ not in ("POS", "HYPH", "CC") and token.lower_ not in _NO_STARTS


def _belongs(doc: Doc, i: int, named: bytearray) -> bool:
    """Whether a person's name at token `i` says whose: "Brandt's lawyer", "the Brandt campaign"."""
    while i < len(doc) and named[i]:
        i += 1
    return i < len(doc) and doc[i].tag_ in ("POS", "NN", "NNS")


def _joins(doc: Doc, at: int, head: int) -> bool:
    """Whether an "and" joins two portfolios ("foreign and defence minister") and no two people."""
    if at < 1 or at + 1 >= head:
        return False
    one, other = doc[at - 1], doc[at + 1]
    return (
        one.tag_ in ("JJ", "NN", "NNP")
        and one.tag_[:2] == other.tag_[:2]
        and not _is_role(doc, at - 1)
    )


def _is_body(doc: Doc, at: int, head: int) -> bool:
    """Whether an "of" stands in the name of a body ("Bank of Lindhaven governor")."""
    if at < 1 or at + 1 >= head:
        return False
    return doc[at - 1].tag_ == "NNP" and doc[at + 1].tag_ == "NNP" and not _is_role(doc, at - 1)


def phrase_after(doc: Doc, at: int, named: bytearray) -> Phrase | None:
    """The phrase for one person that begins at token `at`, its article outside; None for none."""
    while at < len(doc) and doc[at].lower_ in _ADVERBS:
        at += 1
    start = at
    while start < len(doc) and (doc[start].tag_ in _OPENERS or doc[start].lower_ in _NO_STARTS):
        start += 1
    head = _head_after(doc, start, named)
    if head < 0 or not _is_role(doc, head):
        return None
    return Phrase(start, _end(doc, head), head)


def _head_after(doc: Doc, start: int, named: bytearray) -> int:
    """The noun that ends the run of nouns and adjectives from `start`; -1 for none."""
    head = -1
    i = start
    while i < len(doc) and i - start < _BEFORE:
        token = doc[i]
        joins = i > start and i + 1 < len(doc) and (_shares(doc, i) or _owner_of(doc, i))
        if not (token.tag_ in _MODIFIERS or joins) or token.is_space:
            break
        if named[i] and not _belongs(doc, i, named):
            return -1
        if token.tag_ in ("NN", "NNP"):
            head = i
        i += 1
    if head < 0 or (head + 1 < i and doc[head + 1].tag_ in ("NNS", "POS", "NNPS")):
        return -1
    return head


def _shares(doc: Doc, at: int) -> bool:
    """Whether an "and" stands between two modifiers of a head that follows."""
    one, other = doc[at - 1].tag_, doc[at + 1].tag_
    return doc[at].tag_ == "CC" and {one, other} <= {"JJ", "NN"} and not _is_role(doc, at - 1)


def _owner_of(doc: Doc, at: int) -> bool:
    """Whether an "of" stands in the name of whose role it is ("the Bank of Lindhaven's chief")."""
    if doc[at].lower_ != "of" or doc[at - 1].tag_ != "NNP" or doc[at + 1].tag_ != "NNP":
        return False
    return any(doc[i].tag_ == "POS" for i in range(at + 2, min(len(doc), at + 5)))


def _end(doc: Doc, head: int) -> int:
    """The token behind the head and the phrases that belong to it."""
    end = head + 1
    while end + 1 < len(doc) and end - head < _BEHIND:
        stop = _complement(doc, end, head)
        if stop == end:
            break
        end = stop
    return end


def _complement(doc: Doc, at: int, head: int) -> int:
    """The token behind the prepositional phrase that begins at `at`; `at` where none does."""
    word = doc[at].lower_
    if word not in _ALWAYS and not (word in _MAYBE and doc[at].head.i >= head - 1):
        return at
    i = at + 1
    nouns = 0
    while i < len(doc) and i - head < _BEHIND:
        token = doc[i]
        if token.tag_ in _OPENERS and not nouns:
            pass
        elif token.is_space:
            break
        elif token.tag_ == "CC" and nouns and i + 1 < len(doc) and _continues(doc, i):
            pass
        elif token.tag_ in _MODIFIERS:
            nouns += token.tag_ in _HEADS
        else:
            break
        i += 1
    while i > at and doc[i - 1].tag_ in ("CC", "DT", "VBN", "VBG", "POS", "JJ", "HYPH", "PRP$"):
        i -= 1
    last = doc[i - 1]
    if not nouns or last.lower_ in CALENDAR or (last.lower_ in _TIMES and word not in _ALWAYS):
        return at
    if word not in ("of", "for", "to") and not _names(doc, at + 1, i):
        return at
    return i


def _names(doc: Doc, start: int, end: int) -> bool:
    """Whether a capitalised name stands in a phrase."""
    return any(doc[i].tag_ in ("NNP", "NNPS") for i in range(start, end))


def _continues(doc: Doc, at: int) -> bool:
    """Whether an "and" goes on with what is governed ("of science and technology").

    It does not with a second role ("aide to the mayor and special adviser to the port").
    """
    if doc[at - 1].tag_ not in _HEADS or doc[at + 1].tag_ not in _MODIFIERS:
        return False
    for i in range(at + 1, min(len(doc), at + 5)):
        if _is_role(doc, i):
            return False
        if doc[i].tag_ not in _MODIFIERS:
            break
    return True
