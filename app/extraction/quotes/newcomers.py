"""Names that only their place as a source gives away.

The model of names misses or mistypes some ("Politico reported", "Krell said"); a capitalised proper
noun that says something is a name all the same, and becomes an entity of the article.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from app.domain import ArticleEntity, EntityKind, Mention, MentionType, Span
from app.extraction.attributes import text_of
from app.extraction.names.boundaries import name_span
from app.extraction.names.evidence import surface_votes
from app.extraction.names.lexicon import CALENDAR, OFFICES
from app.extraction.names.surfaces import name_key
from app.extraction.names.tokens import token_range
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.references import head_of, is_described
from app.extraction.quotes.speakers import Speakers
from app.words import words

LONGEST = 4
# What papers and pollsters do rather than people.
REPORTING = words("according report reported reports reporting reveals revealed polled found")
# A line with such a share of capitalised words is a headline, where capitals tell nothing.
HEADLINE = 0.7
HEADLINE_WORDS = 25


def newcomers(
    doc: Doc,
    found: Sequence[Attribution],
    speakers: Speakers,
    entities: Sequence[ArticleEntity],
) -> tuple[list[Mention], list[ArticleEntity]]:
    """Mentions and entities, to be added to the article's, for sources that are unknown names.

    `speakers` knows what is known already.
    """
    text = text_of(doc)
    added: list[ArticleEntity] = []
    mentions: dict[Span, Mention] = {}
    known: dict[str, int] = {}
    for attribution in found:
        for source in attribution.source[:1]:
            head = head_of(text, source)
            if head is None or speakers.knows(source, head):
                continue
            if is_described(text, source, head):
                continue
            span = _name(doc, text, source, head)
            if span is None or any(span.overlaps(m.span) for m in speakers.within(source)):
                continue
            surface = " ".join(span.of(text).split())
            cue = " ".join(part.of(text) for part in attribution.cue).lower().split()
            kind = _kind(doc, span, surface, cue)
            key = name_key(surface)
            if key not in known:
                known[key] = len(entities) + len(added)
                known.setdefault(key.split(" ")[-1], known[key])
                added.append(ArticleEntity(kind, surface))
            entity = known[key]
            kind = added[entity - len(entities)].kind
            mentions[span] = Mention(span, MentionType.NAME, kind, entity)
    return sorted(mentions.values(), key=lambda m: m.span), added


def _name(doc: Doc, text: str, source: Span, head: Span) -> Span | None:
    """The name that ends in the head of a source; None where it is hardly one."""
    _, end = token_range(doc, head)
    first = end
    low, _ = token_range(doc, source)
    while first > low and end - first < LONGEST and _proper(doc[first - 1]):
        first -= 1
    if first == end or _in_headline(doc, first):
        return None
    last = doc[end - 1]
    if last.lower_ in OFFICES or (end - first == 1 and not _no_accident(doc, doc[first])):
        return None
    return name_span(text, doc[first].idx, last.idx + len(last), EntityKind.PERSON)


def _proper(token: Token) -> bool:
    """Whether a token is a capitalised proper noun, no day or month."""
    capital = token.tag_ == "NNP" and token.text[:1].isupper()
    return capital and token.lower_ not in CALENDAR


def _no_accident(doc: Doc, token: Token) -> bool:
    """Whether the capital of a lone word means something: it does not open its sentence."""
    before = doc[token.i - 1].lower_ if token.i else ""
    return len(token) > 2 and not (token.is_sent_start or before in ("“", '"', "''", "``"))


def _in_headline(doc: Doc, i: int) -> bool:
    """Whether a token stands in a line of capitalised words."""
    low = high = i
    while low > 0 and i - low < HEADLINE_WORDS and "\n" not in doc[low - 1].text:
        low -= 1
    while high < len(doc) and high - i < HEADLINE_WORDS and "\n" not in doc[high].text:
        high += 1
    words = [t.text for t in doc[low:high] if t.is_alpha]
    return len(words) > 4 and sum(w[0].isupper() for w in words) > HEADLINE * len(words)


def _kind(doc: Doc, span: Span, surface: str, cue: Sequence[str]) -> EntityKind:
    """What its words say it is; else "the" and reporting speak for a body, and so do two words.

    The model misses few people under given name and surname: a pair without a given name is rather
    a paper or a society.
    """
    votes = surface_votes(surface, shouted=False)
    if votes:
        return max(votes, key=lambda kind: votes[kind])
    first, _ = token_range(doc, span)
    if (
        not REPORTING.isdisjoint(cue)
        or surface.count(" ") == 1
        or (first and doc[first - 1].lower_ == "the")
    ):
        return EntityKind.ORGANISATION
    return EntityKind.PERSON
