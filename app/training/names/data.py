"""From annotated articles to rows: the signs of a name of an article and what it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from app.documents import document_from_text
from app.domain import Document, EntityKind, ZoneKind
from app.evaluation.entities import Annotation, Article, articles_of, normalised
from app.evaluation.gold_rows import read_gold
from app.extraction.names.candidates import Candidate, candidates
from app.extraction.names.classifier import read
from app.extraction.names.evidence import SOME_SPORT, sport_share
from app.extraction.names.features import WordVectors, seen
from app.extraction.names.gazette import PLACES
from app.extraction.names.surfaces import name_key
from app.extraction.pipeline import OURS, make_doc
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.tagger.attributor import FOLDER as NETWORK
from app.extraction.quotes.tagger.reading import read as read_text
from app.extraction.quotes.tagger.runtime import loaded
from app.extraction.rows import LABELS

KINDS = {label: kind for kind, label in LABELS.items()}
# A candidate with other boundaries than the gold name tells its kind less surely.
OVERLAP_WEIGHT = 0.5
# A name of many mentions is still one name.
MOST_WEIGHT = 4.0
BATCH = 16
# A head that lets the network's states through.
WHOLE = np.eye(384, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Row:
    """A name of an article: signs, vectors, states, and one of its outcomes with a weight."""

    signs: dict[str, float]
    vectors: NDArray[np.float32]
    states: NDArray[np.float32]
    outcome: EntityKind | None
    weight: float


def read_rows(path: Path, nlp: Language) -> Iterator[Row]:
    """The rows of a file of articles `{"id", "text", "entities": [{"start", "end", "label"}]}`.

    Names in stretches that `ignore` lists (`[[start, end], …]`) teach nothing.
    """
    articles = list(articles_of(read_gold(path).rows.values()).values())
    for first in range(0, len(articles), BATCH):
        batch = articles[first : first + BATCH]
        documents = [_without_datelines(article.text) for article in batch]
        docs = nlp.pipe([make_doc(nlp, d) for d in documents], batch_size=BATCH, disable=OURS)
        for article, doc in zip(batch, docs, strict=True):
            yield from rows_of(article, doc)


def _without_datelines(text: str) -> Document:
    """A document whose datelines are read as the model sees them: there a rule decides."""
    document = document_from_text(text, "training")
    kept = tuple(zone for zone in document.zones if zone.kind is not ZoneKind.DATELINE)
    return replace(document, zones=kept)


def rows_of(article: Article, doc: Doc) -> Iterator[Row]:
    """One row for each outcome that a name's mentions have in gold.

    Left out are places in sports reports: in these articles a national team is a place, which
    `docs/annotation-guide.md` does not hold.
    """
    sport = sport_share(doc)
    names: dict[str, list[Candidate]] = defaultdict(list)
    ignored = bytearray(len(article.text) + 1)
    for start, end in article.ignore:
        ignored[start:end] = b"\x01" * (end - start)
    for candidate in candidates(doc, bytearray(len(article.text) + 1)):
        if any(ignored[candidate.span.start : candidate.span.end]):
            continue
        names[name_key(candidate.surface)].append(candidate)
    words = WordVectors(doc)
    mentioned = {
        key: (found[0].surface, [seen(doc, c.tokens, c.label, sport, words) for c in found])
        for key, found in names.items()
    }
    regions = Regions(quoted_regions(article.text))
    reading = read_text(article.text, regions, loaded(NETWORK), WHOLE)
    for key, signs, vectors in read(mentioned):
        if sport > SOME_SPORT and key in PLACES:
            continue
        states = np.mean([reading.of(c.span) for c in names[key]], axis=0)
        for outcome, weight in _outcomes(article, names[key]).items():
            yield Row(signs, vectors, states, outcome, weight)


def _outcomes(article: Article, mentions: Sequence[Candidate]) -> dict[EntityKind | None, float]:
    """What a name's mentions are in gold, with weights that grow as the root of their number."""
    counts: Counter[EntityKind | None] = Counter()
    total = 0.0
    for candidate in mentions:
        outcome, weight = _outcome(article, candidate)
        counts[outcome] += 1
        total += weight
    scale = min(total, MOST_WEIGHT) ** 0.5 / len(mentions)
    return {outcome: count * scale for outcome, count in counts.items()}


def _outcome(article: Article, candidate: Candidate) -> tuple[EntityKind | None, float]:
    start, end = candidate.span.start, candidate.span.end
    best: Annotation | None = None
    most = 0
    for gold in article.annotations:
        if gold.label not in KINDS:
            continue
        printed = normalised(article.text, gold.start, gold.end, gold.label)
        if printed == normalised(article.text, start, end, gold.label):
            return KINDS[gold.label], 1.0
        shared = min(printed[1], end) - max(printed[0], start)
        if shared > most:
            best, most = gold, shared
    if best is None:
        return None, 1.0
    return KINDS[best.label], OVERLAP_WEIGHT
