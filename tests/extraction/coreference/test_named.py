from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain import EntityKind, Mention, MentionType, Span
from app.extraction.coreference.named import Named, name_entities

KINDS = {
    "P": EntityKind.PERSON,
    "O": EntityKind.ORGANISATION,
    "L": EntityKind.LOCATION,
}


def named(marked: str) -> Named:
    """The entities of a text whose names stand as "{P|Mira Kovalenko}", with their kinds."""
    text, mentions = "", []
    for part in marked.replace("}", "{").split("{"):
        kind, bar, surface = part.partition("|")
        if bar:
            span = Span(len(text), len(text) + len(surface))
            mentions.append(Mention(span, MentionType.NAME, KINDS[kind]))
        text += surface if bar else part
    return name_entities(text, mentions)


def entities(marked: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(e.name, str(e.kind), e.aliases) for e in named(marked).entities]


def test_entities_stand_in_order_of_first_mention() -> None:
    found = named("{O|Falk Society} met {P|Mira Kovalenko} in {L|Lindholm}; {P|Kovalenko} left.")
    assert [e.name for e in found.entities] == ["Falk Society", "Mira Kovalenko", "Lindholm"]
    assert [m.entity for m in found.mentions] == [0, 1, 2, 1]


def test_brackets_explain_both_ways() -> None:
    union = ("Union of Harbour Pilots", "organisation", ("HPU",))
    assert entities("{O|Union of Harbour Pilots} ({O|HPU}) struck.") == [union]
    assert entities("{O|HPU} (the {O|Union of Harbour Pilots}) struck.") == [union]
    assert len(entities("{O|Union of Harbour Pilots} met the {O|HPU}.")) == 2


def test_a_part_of_a_persons_name_is_that_person() -> None:
    mira = ("Mira Kovalenko", "person", ("Mira",))
    assert entities("{P|Mira Kovalenko} sang. {O|Mira} left.") == [mira]
    found = named("{P|Mira Kovalenko} sang. {O|Mira} left.")
    assert {m.kind for m in found.mentions} == {EntityKind.PERSON}


def test_a_clipped_name_is_that_person() -> None:
    kevin = ("Kevin Falkenberg", "person", ("K-Falk",))
    assert entities("{P|Kevin Falkenberg} sang. {O|K-Falk} left.") == [kevin]


def test_a_firm_with_somebody_of_its_name_stays_a_firm() -> None:
    often = "{P|Mira Kovalenko} of {O|Kovalenko} sang. " + "{O|Kovalenko} paid. " * 4
    assert [kind for _, kind, _ in entities(often)] == ["person", "organisation"]
    longer = "{P|Mira Kovalenko} sang. {O|Kovalenko Shipping} paid. {O|Kovalenko} lost."
    assert [kind for _, kind, _ in entities(longer)] == ["person", "organisation"]
    place = "{P|Charlotte Falk} spoke in {L|Charlotte}."
    assert [kind for _, kind, _ in entities(place)] == ["person", "location"]


def test_a_profession_told_of_another_form_of_the_name_makes_two() -> None:
    two = "Lawyer {P|John Varn} spoke. Capt. {P|Jack Varn} slept."
    assert [e.name for e in named(two).entities] == ["John Varn", "Jack Varn"]
    two = "{P|John R. Varn}, a lawyer, spoke. {P|Jack Varn}, the harbour's pilot, slept."
    assert len(named(two).entities) == 2


def test_what_one_person_may_be_beside_another_makes_none() -> None:
    for one in (
        "Gov. {P|Mike Varn} spoke. {P|Michael Varn}, the party's leader, left.",
        "Lawyer {P|John Varn} met the captain. {P|Jack Varn} was glad.",
        "The nurse, {P|Liz Varn}, spoke. {P|Elizabeth Varn}, a mother of two, left.",
    ):
        assert len(named(one).entities) == 1


def test_a_namesake_is_somebody_else() -> None:
    two = named("Mayor {P|Jan Varn} spoke. His namesake {P|Jan Varn} slept. {P|Jan Varn} left.")
    assert [e.name for e in two.entities] == ["Jan Varn", "Jan Varn"]
    assert [m.entity for m in two.mentions] == [0, 1, 0]
    three = named("{P|Jan Varn} spoke. The other {P|Jan Varn} and the other {P|Jan Varn} slept.")
    assert [m.entity for m in three.mentions] == [0, 1, 1]
    assert len(named("The other {P|Jan Varn} slept. {P|Varn} left.").entities) == 1


def test_rivals_are_entities_of_the_article() -> None:
    found = named("{L|Ostrow}: {P|Jan Brandt} and {P|Mira Brandt} sang. {P|Brandt} left.")
    (ranked,) = found.rivals.values()
    assert {found.entities[entity].name for entity, _ in ranked} == {"Jan Brandt", "Mira Brandt"}


WORDS = st.sampled_from(
    [
        "Mira",
        "Kovalenko",
        "Kovalneko",
        "US",
        "U.S.",
        "Union",
        "of",
        "the",
        "Court",
        "-",
        "al-Sahli",
        "K-Kov",
        "“Bob”",
        "(",
        ",",
        ".",
        "HPU",
        "Inc.",
        "Jr.",
        "’s",
        "The",
        "Sir",
        "Korea",
        "South",
        "&",
        "12",
        "é",
    ]
)
SURFACES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from("POL"), SURFACES), max_size=6))
def test_any_name_has_an_entity_of_its_kind(names: list[tuple[str, str]]) -> None:
    found = named(", ".join(f"{{{kind}|{surface}}}" for kind, surface in names))
    assert len(found.mentions) == len(names)
    used = {m.entity for m in found.mentions}
    assert used == set(range(len(found.entities)))
    for mention in found.mentions:
        assert mention.entity is not None
        assert found.entities[mention.entity].kind is mention.kind
