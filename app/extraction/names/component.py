"""The spaCy component for names: the model's entities, corrected by the whole article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from app.domain import Document, EntityKind, Mention, MentionType, Span, ZoneKind
from app.extraction import attributes
from app.extraction.names.boundaries import name_span
from app.extraction.names.candidates import Candidate, candidates
from app.extraction.names.kinds import kinds_of
from app.extraction.names.recovery import Known
from app.extraction.names.surfaces import name_key

NAME = "onrecord_names"
METADATA = (ZoneKind.AUTHOR, ZoneKind.AGENCY, ZoneKind.PUBLISHED, ZoneKind.UPDATED)

attributes.register()


@Language.component(NAME, requires=["doc.ents"], assigns=["doc._.mentions"])
def names_component(doc: Doc) -> Doc:
    """Set `doc._.mentions` to the names of the article, in text order, without overlaps."""
    doc._.mentions = tuple(find_names(doc))
    return doc


def find_names(doc: Doc) -> list[Mention]:
    """The article's names with one kind each; bylines and printed times hold none."""
    text = attributes.text_of(doc)
    document: Document | None = doc._.document
    forbidden = document.spans(*METADATA) if document is not None else []
    found = list(candidates(doc, _taken(len(text), forbidden)))
    kinds = kinds_of(doc, found)
    named = _kept(text, found, kinds)
    taken = _taken(len(text), [*named, *forbidden])
    surfaces = _surfaces(text, named)
    for span, kind in Known(kinds, surfaces).find(doc, taken):
        named[span] = kind
    return [Mention(span=span, type=MentionType.NAME, kind=named[span]) for span in sorted(named)]


def _kept(
    text: str, found: Sequence[Candidate], kinds: dict[str, EntityKind]
) -> dict[Span, EntityKind]:
    """The candidates that have a kind, each with its final boundaries."""
    named: dict[Span, EntityKind] = {}
    end = 0
    for candidate in found:
        kind = kinds.get(name_key(candidate.surface))
        if kind is None:
            continue
        span = name_span(text, candidate.span.start, candidate.span.end, kind)
        if span is not None and span.start >= end:
            named[span] = kind
            end = span.end
    return named


def _surfaces(text: str, named: dict[Span, EntityKind]) -> dict[str, EntityKind]:
    """Every surface with the kind it has most often."""
    counts: dict[str, Counter[EntityKind]] = {}
    for span, kind in named.items():
        counts.setdefault(span.of(text), Counter())[kind] += 1
    return {surface: counter.most_common(1)[0][0] for surface, counter in counts.items()}


def _taken(length: int, spans: Sequence[Span]) -> bytearray:
    """A mark for every code point that is spoken for."""
    taken = bytearray(length + 1)
    for span in spans:
        taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    return taken
