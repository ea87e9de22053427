"""The spaCy component for quotes: attributions in, `Quote` values out.

The attributor is the seam: it finds content, cue and source spans; kinds, polarity, speakers,
nesting and the entities a quote is about are worked out here from whatever it found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

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
from app.extraction.quotes.attributions import Attribution, Attributor, reordered
from app.extraction.quotes.continuations import continued, implied
from app.extraction.quotes.kinds import Regions, kind_of
from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.newcomers import newcomers
from app.extraction.quotes.rules import RuleAttributor
from app.extraction.quotes.speakers import Speaker, Speakers
from app.extraction.quotes.tree import tree_of

NAME = "onrecord_quotes"
Method = Literal["tagger", "rules"]

attributes.register()


@Language.factory(
    NAME,
    default_config={"method": "tagger"},
    assigns=["doc._.quotes", "doc._.mentions", "doc._.entities"],
    requires=["doc._.mentions", "doc._.entities", "doc._.rivals", "doc._.described"],
)
def make_component(nlp: Language, name: str, method: Method) -> QuotesComponent:
    """The component for a method; raises ModelError where its weights cannot be loaded."""
    return QuotesComponent(attributor(method))


class QuotesComponent:
    """Sets `doc._.quotes`."""

    def __init__(self, attributor: Attributor) -> None:
        self.attributor = attributor

    def __call__(self, doc: Doc) -> Doc:
        """The same doc."""
        doc._.quotes = extract(doc, self.attributor)
        return doc


def attributor(method: Method) -> Attributor:
    """The attributor of a method; raises ModelError where its weights cannot be loaded."""
    if method == "rules":
        return RuleAttributor()
    # Without the tagger its libraries and weights are not needed.
    from app.extraction.quotes.tagger.attributor import TaggerAttributor

    return TaggerAttributor.load()


def extract(doc: Doc, attributor: Attributor) -> tuple[Quote, ...]:
    """The quotes of a document, in text order."""
    text = attributes.text_of(doc)
    regions = Regions(quoted_regions(text))
    found = list(attributor(doc, regions))
    found = with_pull_quotes(text, doc._.document, regions, found)
    found = continued(text, regions, found)
    people = speakers_of(doc, found)
    parents = context.parents(found)
    speakers = resolve(doc, found, people, parents)
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
    doc._.mentions = tuple(sorted((*doc._.mentions, *people.spoke), key=lambda m: m.span))
    return tuple(quotes)


def speakers_of(doc: Doc, found: Sequence[Attribution]) -> Speakers:
    """What resolves the sources of a document, names that only a source gives away added to it."""
    people = Speakers(
        attributes.text_of(doc), doc._.mentions, doc._.entities, doc._.rivals, doc._.described
    )
    mentions, entities = newcomers(doc, found, people, doc._.entities)
    if not mentions:
        return people
    doc._.mentions = tuple(sorted((*doc._.mentions, *mentions), key=lambda m: m.span))
    doc._.entities = (*doc._.entities, *entities)
    return Speakers(
        attributes.text_of(doc), doc._.mentions, doc._.entities, doc._.rivals, doc._.described
    )


def resolve(
    doc: Doc,
    found: Sequence[Attribution],
    people: Speakers,
    parents: Sequence[int | None],
) -> list[Speaker]:
    """The speaker of each attribution; without a source, that of the quote it continues.

    Who says "I" within a quote is its speaker; where a cue has no source, the sentence may imply
    one.
    """
    speakers: list[Speaker] = []
    for attribution, parent in zip(found, parents, strict=True):
        if attribution.source:
            speaker = people.of(attribution.source)
            if attribution.context:
                speaker = _inherited(speaker, Via.CONTEXT)
            own = speaker.status is SpeakerStatus.UNRESOLVED and people.first_person(attribution)
            if own and parent is not None and parent < len(speakers):
                speaker = _inherited(speakers[parent], Via.CONTEXT)
        elif attribution.continues is not None and attribution.continues < len(speakers):
            via = Via.CONTEXT if attribution.context else Via.CONTINUATION
            speaker = _inherited(speakers[attribution.continues], via)
        elif attribution.cue:
            source = implied(tree_of(doc), attribution)
            speaker = _inherited(people.of([source]), Via.CONTEXT) if source else Speaker()
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
    return reordered(merged, order)
