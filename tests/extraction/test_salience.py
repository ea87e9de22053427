from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from app.documents import document_from_text
from app.domain import (
    ArticleEntity,
    Document,
    EntityKind,
    Mention,
    MentionType,
    Quote,
    QuoteKind,
    Span,
    Zone,
    ZoneKind,
)
from app.extraction import salience as s
from app.extraction.pipeline import make_doc, to_extraction
from app.extraction.salience import Layout, layout_of, salience

BODY = 50
LAYOUT = Layout(
    paragraphs=(BODY, 400, 900, 1500),
    headings=(Span(0, 40),),
    imprint=(Span(41, 49),),
    title="Harbour reopens",
)
ENTITIES = (
    ArticleEntity(EntityKind.PERSON, "Mira Kovalenko", ("Kovalenko",)),
    ArticleEntity(EntityKind.ORGANISATION, "Harbour Watch"),
    ArticleEntity(EntityKind.LOCATION, "Lindholm"),
)


def mention(start: int, entity: int = 0, type_: MentionType = MentionType.NAME) -> Mention:
    return Mention(Span(start, start + 5), type_, EntityKind.PERSON, entity)


MENTIONS = st.builds(
    mention, st.integers(0, 2_000), st.integers(0, 2), st.sampled_from(list(MentionType))
)
QUOTES = st.builds(
    lambda start, speaker, about: Quote(
        (Span(start, start + 9),), QuoteKind.DIRECT, speaker=speaker, about=tuple(sorted(about))
    ),
    st.integers(0, 2_000),
    st.none() | st.integers(0, 2),
    st.sets(st.integers(0, 2)),
)
LAYOUTS = st.sampled_from(
    [LAYOUT, replace(LAYOUT, headings=()), replace(LAYOUT, headings=(), title=None), Layout()]
)
ARTICLES = st.tuples(LAYOUTS, st.lists(MENTIONS, max_size=12), st.lists(QUOTES, max_size=5))


def of(
    layout: Layout,
    mentions: list[Mention],
    quotes: Sequence[Quote] = (),
    acting: Sequence[Mention] = (),
) -> list[float]:
    return salience(layout, ENTITIES, mentions, quotes, [m.span for m in acting])


@given(ARTICLES)
def test_it_lies_between_0_and_1(article: tuple[Layout, list[Mention], list[Quote]]) -> None:
    layout, mentions, quotes = article
    found = of(layout, mentions, quotes, mentions)
    assert len(found) == len(ENTITIES)
    assert all(0 <= value <= 1 for value in found)


@given(ARTICLES, MENTIONS)
def test_another_mention_lowers_nobody_but_others(
    article: tuple[Layout, list[Mention], list[Quote]], more: Mention
) -> None:
    layout, mentions, quotes = article
    before = of(layout, mentions, quotes)
    after = of(layout, [*mentions, more], quotes)
    for entity in range(len(ENTITIES)):
        if entity == more.entity:
            assert after[entity] >= before[entity]
        else:
            assert after[entity] <= before[entity]


@given(ARTICLES, QUOTES)
def test_another_quote_lowers_nobody(
    article: tuple[Layout, list[Mention], list[Quote]], more: Quote
) -> None:
    layout, mentions, quotes = article
    before = of(layout, mentions, quotes)
    after = of(layout, mentions, [*quotes, more])
    assert all(b <= a for b, a in zip(before, after, strict=True))


@given(ARTICLES)
def test_the_order_of_mentions_and_quotes_does_not_matter(
    article: tuple[Layout, list[Mention], list[Quote]],
) -> None:
    layout, mentions, quotes = article
    assert of(layout, mentions, quotes) == pytest.approx(of(layout, mentions[::-1], quotes[::-1]))


def alone(*mentions: Mention, layout: Layout = LAYOUT, acting: Sequence[Mention] = ()) -> float:
    """The salience of the first entity beside one mention of another."""
    return of(layout, [*mentions, mention(1_900, 1)], acting=acting)[0]


def test_what_makes_an_entity_salient() -> None:
    once = alone(mention(1_000))
    assert alone(mention(60)) > once
    assert alone(mention(1_000), mention(1_010)) > once
    assert alone(mention(1_000), mention(1_600)) > alone(mention(1_000), mention(1_010))
    assert alone(mention(1_000), acting=[mention(1_000)]) > once
    assert alone(mention(2), mention(1_000)) > alone(mention(60), mention(1_000))
    by = [Quote((Span(3, 9),), QuoteKind.DIRECT, speaker=0)]
    about = [Quote((Span(3, 9),), QuoteKind.DIRECT, about=(0,))]
    for quotes in (by, about):
        assert of(LAYOUT, [mention(1_000)], quotes)[0] > of(LAYOUT, [mention(1_000)])[0]


def test_a_name_counts_more_than_a_pronoun() -> None:
    name, nominal, pronoun = (alone(mention(1_000, 0, t)) for t in MentionType)
    assert name > nominal > pronoun


def test_a_title_outside_the_text_names_whole_words() -> None:
    def titled(title: str) -> float:
        return of(replace(LAYOUT, headings=(), title=title), [mention(1_000)])[0]

    assert titled("Mira Kovalenko's harbour") == titled("MIRA KOVALENKO: “no”")
    assert titled("What Kovalenko saw") > titled("What Kovalenkos saw") == titled("Nothing")


def test_without_any_title_the_rest_is_the_whole() -> None:
    untitled = replace(LAYOUT, headings=(), title=None)
    assert alone(mention(60), layout=untitled) > alone(mention(60), layout=LAYOUT)


def test_an_imprint_is_not_what_an_article_is_about() -> None:
    assert of(LAYOUT, [mention(42)]) == [0, 0, 0]


def test_nothing_gives_nothing() -> None:
    assert salience(Layout(), (), (), ()) == []
    assert of(Layout(), []) == [0, 0, 0]


def test_the_layout_is_that_of_the_zones() -> None:
    zones = (
        Zone(ZoneKind.HEADING, Span(0, 10)),
        Zone(ZoneKind.AUTHOR, Span(14, 20)),
        Zone(ZoneKind.PARAGRAPH, Span(30, 90)),
        Zone(ZoneKind.HEADING, Span(92, 99)),
        Zone(ZoneKind.PARAGRAPH, Span(100, 120)),
    )
    found = layout_of(Document("x" * 200, "test", title="T", zones=zones))
    assert found == Layout((30, 100), (Span(0, 10),), (Span(14, 20),), "T")
    assert layout_of(None) == Layout()
    assert not layout_of(Document("x", "test")).has_title


def test_an_article_is_about_its_protagonist(nlp: Language) -> None:
    text = (
        "Kovalenko reopens the port of Lisbon\n\n"
        "LISBON (Reuters) - Mira Kovalenko reopened the port on Monday.\n\n"
        "“We are ready,” Kovalenko said. She thanked her crew.\n\n"
        "A ferry from Madeira had arrived, Peter Brandt wrote in the Funchal Gazette."
    )
    doc = nlp(make_doc(nlp, document_from_text(text, "test")))
    found = {e.name: e.salience for e in to_extraction(doc).entities}
    ranked = sorted(found, key=lambda name: -(found[name] or 0))
    assert ranked[0] == "Mira Kovalenko"
    assert ranked[1] == "Lisbon"
    assert all(value is not None and 0 <= value <= 1 for value in found.values())
    assert (found["Mira Kovalenko"] or 0) > 2 * (found["Peter Brandt"] or 1)


def test_the_weights_are_a_whole() -> None:
    weights = (s.TITLE, s.EARLY, s.OFTEN, s.SHARE, s.SPREAD, s.SUBJECT, s.QUOTED)
    assert sum(weights) == pytest.approx(1)


def test_of_very_many_headings_the_right_one_is_found() -> None:
    headings = tuple(Span(20 * i, 20 * i + 10) for i in range(20_000))
    layout = Layout(paragraphs=(headings[-1].end + 10,), headings=headings)
    entity = ArticleEntity(EntityKind.PERSON, "Mira")

    def value(start: int) -> float:
        span = Span(start, start + 4)
        # So many that trying heading by heading would take minutes.
        mentions = [Mention(span, MentionType.NAME, EntityKind.PERSON, 0)] * 20_000
        return salience(layout, [entity], mentions, ())[0]

    assert value(20 * 5_000) > value(20 * 5_000 + 12)
