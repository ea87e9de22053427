"""Where things stand in a parsed article: sentences, paragraphs, roles, quotation marks."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from app.domain import Span
from app.extraction.attributes import text_of
from app.extraction.coreference.pronouns import SUBJECTS, Place
from app.extraction.coreference.quoted import quoted_mask
from app.extraction.names.lexicon import SAYING
from app.extraction.names.tokens import token_range

# How far up the parse a mention's place is known.
HIGHEST = 8
# A longer chain of conjuncts is no English sentence.
LONGEST_LIST = 20


class Places:
    """The places of an article's tokens; built once, in one pass."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.quoted = quoted_mask(text_of(doc))
        self.sentence: list[int] = []
        self.paragraph: list[int] = []
        self.has_subject = bytearray(len(doc))
        sentence = paragraph = -1
        fresh = True
        for token in doc:
            if token.dep_ in SUBJECTS:
                self.has_subject[token.head.i] = 1
            if token.is_sent_start or token.i == 0:
                sentence += 1
            if fresh and not token.is_space:
                paragraph += 1
                fresh = False
            if token.is_space and "\n" in token.text:
                fresh = True
            self.sentence.append(sentence)
            self.paragraph.append(max(paragraph, 0))

    def tokens(self, span: Span) -> tuple[int, int]:
        """The first token of a span and the one after its last."""
        return token_range(self.doc, span)

    def of_span(self, span: Span) -> Place:
        """The place of a mention, by its head word."""
        start, end = self.tokens(span)
        return self.of_token(self.doc[start:end].root, span.start)

    def of_token(self, token: Token, start: int) -> Place:
        """The place of a mention whose head is `token` and whose first character is `start`."""
        head = token
        # In "Kovalenko and Brandt said" both are subjects of "said"; same for an apposition.
        for _ in range(LONGEST_LIST):
            if head.dep_ not in ("conj", "appos") or head.head.i == head.i:
                break
            head = head.head
        above = self._above(token)
        return Place(
            start=start,
            sentence=self.sentence[token.i],
            paragraph=self.paragraph[token.i],
            role=head.dep_,
            verb=head.head.i,
            quoted=bool(self.quoted[start]),
            says=head.dep_ in SUBJECTS and head.head.lower_ in SAYING,
            above=above,
            token=token.i,
            under=token.head.lower_ if token.dep_ == "pobj" else "",
            clause=next(
                (i for i, link in above if self.has_subject[i] and link not in SUBJECTS), -1
            ),
        )

    def _above(self, token: Token) -> tuple[tuple[int, str], ...]:
        """The tokens above one in the parse, as `Place.above` has them."""
        found: list[tuple[int, str]] = []
        while token.head.i != token.i and len(found) < HIGHEST:
            relation = token.dep_
            if relation in ("advcl", "pcomp") and token.tag_ in ("VBG", "VBN"):
                relation = relation if self.has_subject[token.i] else "controlled"
            elif relation == "prep" and found and found[-1][1] == "controlled":
                relation = "controlled"
            found.append((token.head.i, relation))
            token = token.head
        return tuple(found)
