from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from app.domain import (
    ArticleEntity,
    Document,
    EntityKind,
    Mention,
    MentionType,
    Quote,
    QuoteKind,
    Span,
    SpeakerStatus,
    Via,
    Zone,
    ZoneKind,
)
from app.extraction.pipeline import make_doc
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.component import extract
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.rules import RuleAttributor

PIECES = [
    *"“”\"‘’'«» \n:?…(",
    *("''", "``", ". ", ", ", "said", "he ", "Mira Kovalenko ", "that ", "the bridge "),
    *("is closed", "according to ", "We go"),
]


def quotes(nlp: Language, text: str, *names: str, zones: tuple[Zone, ...] = ()) -> list[Quote]:
    """Quotes of a text in which every occurrence of `names` is a mention of its own entity."""
    doc = nlp(text)
    doc._.document = Document(text=text, origin="test", zones=zones)
    doc._.entities = tuple(ArticleEntity(EntityKind.PERSON, name) for name in names)
    found = []
    for i, name in enumerate(names):
        start = text.find(name)
        while start >= 0:
            span = Span(start, start + len(name))
            found.append(Mention(span, MentionType.NAME, EntityKind.PERSON, i))
            start = text.find(name, span.end)
    doc._.mentions = tuple(sorted(found, key=lambda m: m.span))
    return list(extract(doc, RuleAttributor()))


def test_a_whole_quote(nlp: Language) -> None:
    text = "“Ivo Brandt must resign,” Mira Kovalenko said."
    (quote,) = quotes(nlp, text, "Mira Kovalenko", "Ivo Brandt")
    assert quote.text(text) == "“Ivo Brandt must resign,”"
    assert (quote.kind, quote.verbatim) == (QuoteKind.DIRECT, True)
    assert (quote.status, quote.speaker, quote.about) == (SpeakerStatus.RESOLVED, 0, (1,))
    assert quote.confidence is None


def test_a_continued_quote_has_the_same_speaker_and_says_so(nlp: Language) -> None:
    text = "“We will go there,” Mira Kovalenko said.\n\n“They will surely stay at home.”"
    first, second = quotes(nlp, text, "Mira Kovalenko")
    assert (first.speaker, second.speaker) == (0, 0)
    assert second.evidence.via is Via.CONTINUATION


def test_a_translated_quote_is_not_verbatim(nlp: Language) -> None:
    text = "“We will go there,” Mira Kovalenko said through an interpreter."
    (quote,) = quotes(nlp, text, "Mira Kovalenko")
    assert (quote.kind, quote.verbatim) == (QuoteKind.DIRECT, False)


def test_a_pull_quote_is_resolved_through_its_quote(nlp: Language) -> None:
    heading = "“We look forward to seeing you”"
    text = f"{heading}\n\n“We all look forward to seeing you in Varn,” Mira Kovalenko said."
    zone = Zone(ZoneKind.HEADING, Span(0, len(heading)))
    pulled, quote = quotes(nlp, text, "Mira Kovalenko", zones=(zone,))
    assert (pulled.cue, pulled.source) == ((), ())
    assert (pulled.speaker, pulled.evidence.via) == (quote.speaker, Via.CONTEXT) == (0, Via.CONTEXT)


def test_a_quote_in_a_quote_has_a_parent(nlp: Language) -> None:
    text = "“Ivo Brandt told us that the bridge was closed,” Mira Kovalenko said."
    outer, inner = quotes(nlp, text, "Mira Kovalenko", "Ivo Brandt")
    assert (outer.parent, inner.parent) == (None, 0)
    assert (outer.speaker, inner.speaker) == (0, 1)
    assert inner.kind is QuoteKind.INDIRECT


def assert_sound(doc: Doc) -> None:
    for index, quote in enumerate(doc._.quotes):
        assert quote.content
        for part in (quote.content, quote.cue, quote.source):
            ends = [0, *(span.end for span in part)]
            assert all(b <= s.start for s, b in zip(part, ends, strict=False))
            assert all(span.end <= len(doc.text) for span in part)
        assert quote.parent is None or quote.parent < index
        assert (quote.speaker is not None) == (quote.status is SpeakerStatus.RESOLVED)
        assert (quote.described_as is not None) == (quote.status is SpeakerStatus.UNNAMED)
    starts = [quote.content[0].start for quote in doc._.quotes]
    assert starts == sorted(starts)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=80))
def test_spans_are_sound_whatever_the_text(nlp: Language, text: str) -> None:
    assert_sound(nlp(text))


class Found:
    """An attributor that finds what a test says: pieces of text for content, cue, source."""

    def __init__(self, *pieces: tuple[str, str, str]) -> None:
        self.pieces = pieces

    def __call__(self, doc: Doc, regions: Regions) -> list[Attribution]:
        return [Attribution(*(self._spans(doc.text, part) for part in p)) for p in self.pieces]

    @staticmethod
    def _spans(text: str, part: str) -> tuple[Span, ...]:
        start = text.index(part)
        return (Span(start, start + len(part)),) if part else ()


def speakers(nlp: Language, text: str, *pieces: tuple[str, str, str]) -> list[str | None]:
    """The names of who speaks, as a pipeline with that attributor finds them."""
    doc = make_doc(nlp, Document(text=text, origin="test"))
    with nlp.select_pipes(disable=["onrecord_quotes"]):
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
    found = extract(doc, Found(*pieces))
    names = [e.name for e in doc._.entities]
    return [None if q.speaker is None else names[q.speaker] for q in found]


def test_who_says_i_in_a_quote_is_its_speaker(nlp: Language) -> None:
    text = "“I said that it rained,” Susan Falk told us."
    outer = ("“I said that it rained,”", "told", "Susan Falk")
    assert speakers(nlp, text, outer, ("that it rained", "said", "I")) == ["Susan Falk"] * 2


def test_a_cue_without_a_source_has_the_subject_it_shares(nlp: Language) -> None:
    text = "Susan Falk left the hall, saying that it rained."
    assert speakers(nlp, text, ("that it rained", "saying", "")) == ["Susan Falk"]


def test_a_description_that_speaks_becomes_a_mention(nlp: Language) -> None:
    text = "The Harbour Commission met on Monday. The commission said that it rained."
    doc = make_doc(nlp, Document(text=text, origin="test"))
    with nlp.select_pipes(disable=["onrecord_quotes"]):
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
    before = len(doc._.mentions)
    (quote,) = extract(doc, Found(("that it rained", "said", "The commission")))
    assert quote.speaker is not None
    assert doc._.entities[quote.speaker].name == "Harbour Commission"
    assert len(doc._.mentions) == before + 1
    assert list(doc._.mentions) == sorted(doc._.mentions, key=lambda m: m.span)
