"""The spaCy component for quotes: attributions in, `Quote` values out.

The attributor is the seam: it finds content, cue and source spans; kinds, polarity, speakers,
nesting and the entities a quote is about are worked out here from whatever it found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from app.domain import (
    Document,
    Evidence,
    Quote,
    QuoteKind,
    Span,
    SpeakerStatus,
    Via,
    ZoneKind,
)
from app.extraction import attributes
from app.extraction.quotes import context, cues
from app.extraction.quotes.attributions import Attribution, Attributor
from app.extraction.quotes.kinds import Regions, kind_of
from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.rules import RuleAttributor
from app.extraction.quotes.speakers import Speaker, Speakers

NAME = "onrecord_quotes"

attributes.register()


@Language.component(
    NAME,
    assigns=["doc._.quotes"],
    requires=["doc._.mentions", "doc._.entities", "doc._.rivals"],
)
def quotes_component(doc: Doc) -> Doc:
    """Set `doc._.quotes`."""
    doc._.quotes = extract(doc, RuleAttributor())
    return doc


def extract(doc: Doc, attributor: Attributor) -> tuple[Quote, ...]:
    """The quotes of a document, in text order."""
    text = doc.text
    regions = Regions(quoted_regions(text))
    found = list(attributor(doc, regions))
    found = with_pull_quotes(text, doc._.document, regions, found)
    people = Speakers(text, doc._.mentions, doc._.entities, doc._.rivals)
    speakers = resolve(found, people)
    parents = context.parents(found)
    translations = context.Translations(text, regions)
    quotes = []
    for attribution, speaker, parent in zip(found, speakers, parents, strict=True):
        kind = kind_of(text, attribution.content, attribution.cue, regions)
        translated = kind is not QuoteKind.INDIRECT and translations.near(attribution.content)
        quotes.append(
            Quote(
                content=attribution.content,
                kind=kind,
                cue=attribution.cue,
                source=attribution.source,
                cue_class=cues.cue_class(text, attribution.cue),
                polarity=cues.polarity(text, attribution.content, attribution.cue),
                verbatim=kind is not QuoteKind.INDIRECT and not translated,
                status=speaker.status,
                speaker=speaker.entity,
                described_as=speaker.described_as,
                organisation=speaker.organisation,
                evidence=speaker.evidence,
                about=context.about(attribution, people, speaker.entity),
                parent=parent,
                confidence=attribution.confidence,
            )
        )
    return tuple(quotes)


def resolve(found: Sequence[Attribution], people: Speakers) -> list[Speaker]:
    """The speaker of each attribution; without a source, that of the quote it continues."""
    speakers: list[Speaker] = []
    for attribution in found:
        if attribution.source:
            speaker = people.of(attribution.source)
            if attribution.context:
                speaker = _inherited(speaker, Via.CONTEXT)
        elif attribution.continues is not None and attribution.continues < len(speakers):
            via = Via.CONTEXT if attribution.context else Via.CONTINUATION
            speaker = _inherited(speakers[attribution.continues], via)
        else:
            speaker = Speaker()
        speakers.append(speaker)
    # A pull quote may stand before the quote it was taken from.
    for i, attribution in enumerate(found):
        later = attribution.continues
        if not attribution.source and later is not None and later > i:
            speakers[i] = _inherited(speakers[later], Via.CONTEXT)
    return speakers


def _inherited(speaker: Speaker, via: Via) -> Speaker:
    """Another quote's speaker, with the evidence that it was taken over."""
    if speaker.status is SpeakerStatus.UNRESOLVED:
        return Speaker(evidence=Evidence(via=via, alternatives=speaker.evidence.alternatives))
    return replace(speaker, evidence=replace(speaker.evidence, via=via))


def with_pull_quotes(
    text: str, document: Document | None, regions: Regions, found: list[Attribution]
) -> list[Attribution]:
    """Add headings wholly in quotation marks, tied to the quote they were pulled from."""
    pulled: list[Span] = []
    for heading in document.spans(ZoneKind.HEADING) if document is not None else ():
        k = regions.at(heading.start)
        words = heading.of(text).split()
        if k is not None and regions.regions[k].end >= heading.end - 1 and len(words) > 2:
            pulled.append(heading)
    covered = {span.start for a in found for span in a.content}
    pulled = [span for span in pulled if span.start not in covered]
    if not pulled:
        return found
    origins = context.pull_quote_origins(text, pulled, found)
    added = [
        Attribution((span,), continues=origin, context=True)
        for span, origin in zip(pulled, origins, strict=True)
    ]
    merged = [*found, *added]
    order = sorted(range(len(merged)), key=lambda i: (merged[i].start, i))
    return _reordered(merged, order)


def _reordered(found: list[Attribution], order: list[int]) -> list[Attribution]:
    """Attributions in a new order, their links kept."""
    place = {old: new for new, old in enumerate(order)}
    return [
        replace(
            found[old],
            continues=None if found[old].continues is None else place[found[old].continues or 0],
        )
        for old in order
    ]
