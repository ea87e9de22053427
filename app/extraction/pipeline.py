"""The spaCy pipeline: which components there are and in what order, in one place.

    paragraphs → tok2vec, tagger, parser, ner (the model's own) → reader → names → coreference
    → quotes → salience

The model's lemmatizer and attribute ruler are left out (a fifth of its time): our components read
`tag_` and `dep_`, never `pos_` or `lemma_`.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from app.domain import (
    ArticleEntity,
    Document,
    Extraction,
    ExtractorInfo,
    Mention,
    Quote,
    Span,
    ZoneKind,
)
from app.errors import ModelError
from app.extraction import attributes, distinct, encoder, kernel, reader, recogniser, salience
from app.extraction.coreference import component as coreference
from app.extraction.info import extractor_info, model_folder
from app.extraction.names import component as names
from app.extraction.quotes import component as quotes

EXCLUDED = ("lemmatizer", "attribute_ruler", "senter")
OURS = (reader.NAME, names.NAME, coreference.NAME, quotes.NAME, salience.NAME)
BY_METHOD = (reader.NAME, quotes.NAME)
# The longest text that the model reads in one piece, in code points, and how many tokens it reads
# at once: its memory grows with that. Without bounds a million characters took 3.8 GB.
PIECE = 50_000
TOKENS_AT_ONCE = 20_000
# The parser reads a quarter of its batch at once; a step of it costs much the same for four texts
# and for sixteen.
TOGETHER = {"parser": {"batch_size": 64}}
# Code points of a run without white space that the tokenizer gets at once.
LONGEST_RUN = 100
LONG_RUN = re.compile(rf"\S{{{2 * LONGEST_RUN},}}")
LANGUAGES = frozenset({"en"})

attributes.register()


@Language.component("onrecord_paragraphs")
def paragraph_bounds(doc: Doc) -> Doc:
    """Start a sentence where a paragraph or heading starts, so that no parse runs across."""
    document: Document | None = doc._.document
    starts = {0}
    if document is not None:
        starts |= {s.start for s in document.spans(ZoneKind.PARAGRAPH, ZoneKind.HEADING)}
    # All at once: setting a token's `is_sent_start` looks through the whole doc each time.
    marks = np.zeros(len(doc), dtype=np.uint64)
    after_break = True
    for token in doc:
        if token.is_space:
            after_break = after_break or "\n" in token.text
            continue
        if after_break or token.idx in starts:
            marks[token.i] = 1
        after_break = False
    if len(doc):
        column: Any = marks.reshape(-1, 1)  # spaCy's stub has a type of its own for arrays
        doc.from_array(["SENT_START"], column)
    return doc


def load_model(name: str) -> Language:
    """Load an installed model by package name or path, without the components nobody reads.

    Raises ModelError, saying what to do, where it is missing or cannot be loaded.
    """
    folder = model_folder(name)
    try:
        with warnings.catch_warnings():
            # W095: a model of spaCy 3.7 under 3.8; its scores were measured under 3.8.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            config = recogniser.in_place_of_ner(folder)
            return spacy.load(folder, exclude=list(EXCLUDED), config=config)
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(
            f"spaCy model {name!r} cannot be loaded ({error}). Set ONRECORD_SPACY_MODEL to a model "
            "made for spaCy 3."
        ) from error


def build_pipeline(
    model: str, method: quotes.Method = "tagger", matrix_kernel: kernel.Kernel = "auto"
) -> Language:
    """The whole pipeline. Costs a second or two and 400 MB: build it once per process."""
    nlp = load_model(model)
    nlp.add_pipe("onrecord_paragraphs", first=True)
    for name in OURS:
        config = {"method": method} if name in BY_METHOD else {}
        nlp.add_pipe(name, last=True, config=config)
    distinct.apply(nlp)
    encoder.apply(nlp)
    kernel.apply(nlp, kernel.choose(matrix_kernel))
    return nlp


def make_doc(nlp: Language, document: Document) -> Doc:
    """Tokenise a document; spaCy keeps every character, so token offsets are text offsets.

    The tokenizer takes a run without white space apart mark by mark, in time that grows with the
    square of its length (10,000 brackets: 12 s). Longer runs than any word are cut before.
    """
    text = document.text
    cuts = [
        at for run in LONG_RUN.finditer(text) for at in range(run.start(), run.end(), LONGEST_RUN)
    ]
    if cuts:
        bounds = [0, *(at for at in cuts if at > 0), len(text)]
        parts = [nlp.make_doc(text[start:end]) for start, end in pairwise(bounds)]
        doc = _joined(parts)
    else:
        doc = nlp.make_doc(text)
    doc._.document = document
    return doc


def _joined(docs: list[Doc]) -> Doc:
    """The docs as one, character by character; what the model worked out on the way is left out."""
    left_out = ["tensor", "user_data"]
    # spaCy's stub lacks `exclude`.
    joined = Doc.from_docs(docs, ensure_whitespace=False, exclude=left_out)  # type: ignore[call-arg]
    assert joined is not None
    return joined


class Extractor:
    """Extracts documents with one pipeline. Not safe for use by several threads at once."""

    def __init__(
        self,
        model: str,
        method: quotes.Method = "tagger",
        matrix_kernel: kernel.Kernel = "auto",
        batch_size: int = 16,
    ) -> None:
        self.nlp = build_pipeline(model, method, matrix_kernel)
        self.batch_size = batch_size
        self.info: ExtractorInfo = extractor_info(model, method)

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Extract in batches; one Extraction a document, in order.

        A document in a language that the model does not read yields an empty extraction.
        """
        rest = iter(documents)
        while batch := list(islice(rest, self.batch_size)):
            yield from self._batch(batch)

    def _batch(self, batch: list[Document]) -> list[Extraction]:
        readable = [i for i, d in enumerate(batch) if d.language in LANGUAGES or d.language is None]
        docs = self._analysed([batch[i] for i in readable])
        found = {i: to_extraction(doc) for i, doc in zip(readable, docs, strict=True)}
        return [found.get(i, Extraction()) for i in range(len(batch))]

    def _analysed(self, documents: list[Document]) -> Iterator[Doc]:
        """The documents' `Doc`s with all components run, in order.

        The model reads pieces of bounded length, a bounded number of tokens at a time: its memory
        grows with what it reads at once. Our own components then see each text whole.
        """
        docs: list[list[Doc]] = [[] for _ in documents]
        whole = 0
        for group in self._groups(documents):
            read = self.nlp.pipe(
                [doc for _, doc in group],
                batch_size=self.batch_size,
                component_cfg=TOGETHER,
                disable=OURS,
            )
            for (i, _), doc in zip(group, read, strict=True):
                # The last document of a group may have pieces in the next one.
                for ready in range(whole, i):
                    yield self._whole(documents[ready], docs[ready])
                    docs[ready] = []
                whole = max(whole, i)
                docs[i].append(doc)
        for ready in range(whole, len(documents)):
            yield self._whole(documents[ready], docs[ready])
            docs[ready] = []

    def _groups(self, documents: list[Document]) -> Iterator[list[tuple[int, Doc]]]:
        """The tokenised pieces of all documents, with their document's index, some at a time."""
        group: list[tuple[int, Doc]] = []
        tokens = 0
        for i, document in enumerate(documents):
            for piece in in_pieces(document):
                doc = make_doc(self.nlp, piece)
                if group and tokens + len(doc) > TOKENS_AT_ONCE:
                    yield group
                    group, tokens = [], 0
                group.append((i, doc))
                tokens += len(doc)
        if group:
            yield group

    def _whole(self, document: Document, pieces: list[Doc]) -> Doc:
        doc = pieces[0]
        if len(pieces) > 1:
            doc = _joined(pieces)
            doc._.document = document
        for name in OURS:
            doc = self.nlp.get_pipe(name)(doc)
        return doc


def in_pieces(document: Document) -> Iterator[Document]:
    """The document, cut before paragraphs where it is longer than a piece.

    A paragraph longer than a piece is cut at white space, or anywhere if it has none. The pieces'
    texts together are the document's; their zones are its own, moved.
    """
    text = document.text
    if len(text) <= PIECE:
        yield document
        return
    bounds = [s.start for s in document.spans(ZoneKind.PARAGRAPH, ZoneKind.HEADING)]
    start = 0
    while start < len(text):
        end = _cut(text, bounds, start)
        zones = tuple(
            replace(zone, span=Span(zone.span.start - start, zone.span.end - start))
            for zone in document.zones
            if start <= zone.span.start and zone.span.end <= end
        )
        yield replace(document, text=text[start:end], zones=zones)
        start = end


def _cut(text: str, bounds: list[int], start: int) -> int:
    """Where the piece that starts at `start` ends: at the last good place within its length."""
    limit = start + PIECE
    if limit >= len(text):
        return len(text)
    last = bounds[bisect_right(bounds, limit) - 1] if bounds else 0
    if last > start:
        return last
    space = max(text.rfind(mark, start + 1, limit) for mark in (" ", "\n"))
    return space + 1 if space > start else limit


def to_extraction(doc: Doc) -> Extraction:
    """What the components left on a `Doc`, as a value that outlives it."""
    return Extraction(
        mentions=cast(tuple[Mention, ...], doc._.mentions),
        entities=cast(tuple[ArticleEntity, ...], doc._.entities),
        quotes=cast(tuple[Quote, ...], doc._.quotes),
    )
