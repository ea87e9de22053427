from __future__ import annotations

from app.domain import (
    Alternative,
    ArticleEntity,
    EntityKind,
    Mention,
    MentionType,
    Span,
    SpeakerStatus,
    Via,
)
from app.extraction.quotes.speakers import Speaker, Speakers

PERSON, ORGANISATION = EntityKind.PERSON, EntityKind.ORGANISATION
ENTITIES = (
    ArticleEntity(PERSON, "Mira Kovalenko"),
    ArticleEntity(ORGANISATION, "Nordbahn"),
    ArticleEntity(PERSON, "Susan Kovalenko"),
)
NAME, PRONOUN, NOMINAL = MentionType.NAME, MentionType.PRONOUN, MentionType.NOMINAL


def mention(text: str, part: str, kind: MentionType, entity: int | None) -> Mention:
    start = text.index(part)
    what = ENTITIES[entity].kind if entity is not None else PERSON
    return Mention(Span(start, start + len(part)), kind, what, entity)


def speaker(
    text: str, source: str, *mentions: Mention, ranked: tuple[tuple[int, float], ...] = ()
) -> Speaker:
    """Who speaks; `ranked` are the shares of whom the source may mean."""
    start = text.rindex(source)
    span = Span(start, start + len(source))
    return Speakers(text, mentions, ENTITIES, {span: ranked} if ranked else {}).of([span])


def test_a_name() -> None:
    text = "Mayor Mira Kovalenko said so."
    answer = speaker(text, "Mayor Mira Kovalenko", mention(text, "Mira Kovalenko", NAME, 0))
    assert (answer.status, answer.entity) == (SpeakerStatus.RESOLVED, 0)
    assert answer.evidence.via is Via.NAME


def test_a_name_behind_a_title_with_a_preposition() -> None:
    text = "Secretary of State Mira Kovalenko said so."
    answer = speaker(text, text[:33], mention(text, "Mira Kovalenko", NAME, 0))
    assert answer.entity == 0


def test_a_name_in_apposition() -> None:
    text = "The mayor, Mira Kovalenko, said so."
    answer = speaker(text, "The mayor, Mira Kovalenko", mention(text, "Mira Kovalenko", NAME, 0))
    assert answer.entity == 0


def test_a_pronoun_shows_the_name_it_stands_for() -> None:
    text = "Mira Kovalenko came. She said so."
    name, pronoun = mention(text, "Mira Kovalenko", NAME, 0), mention(text, "She", PRONOUN, 0)
    answer = speaker(text, "She", name, pronoun)
    assert answer.status is SpeakerStatus.RESOLVED
    assert (answer.evidence.via, answer.evidence.antecedent) == (Via.PRONOUN, name.span)


def test_runners_up_are_alternatives() -> None:
    text = "Mira Kovalenko came. She said so."
    name, pronoun = mention(text, "Mira Kovalenko", NAME, 0), mention(text, "She", PRONOUN, 0)
    answer = speaker(text, "She", name, pronoun, ranked=((0, 0.7), (2, 0.2)))
    assert (answer.status, answer.entity) == (SpeakerStatus.RESOLVED, 0)
    assert answer.evidence.alternatives == (Alternative(2, 0.2),)


def test_a_near_thing_is_left_open_with_both_named() -> None:
    text = "Mira Kovalenko and her sister Susan Kovalenko came. Kovalenko said so."
    start = text.rindex("Kovalenko")
    surname = Mention(Span(start, start + 9), NAME, PERSON, 2)
    answer = speaker(text, "Kovalenko", surname, ranked=((2, 0.51), (0, 0.49)))
    assert (answer.status, answer.entity) == (SpeakerStatus.UNRESOLVED, None)
    assert answer.evidence.via is Via.NAME
    assert answer.evidence.alternatives == (Alternative(2, 0.51), Alternative(0, 0.49))


def test_of_two_who_speak_together_one_is_the_alternative() -> None:
    text = "Mira Kovalenko and Susan Vogt said so."
    one = mention(text, "Mira Kovalenko", NAME, 0)
    other = mention(text, "Susan Vogt", NAME, 2)
    answer = speaker(text, "Mira Kovalenko and Susan Vogt", one, other)
    assert answer.status is SpeakerStatus.RESOLVED
    assert {answer.entity, *(a.entity for a in answer.evidence.alternatives)} == {0, 2}
    assert [a.score for a in answer.evidence.alternatives] == [0.5]


def test_an_open_pronoun_stays_open() -> None:
    answer = speaker("They said so.", "They")
    assert (answer.status, answer.evidence.via) == (SpeakerStatus.UNRESOLVED, Via.PRONOUN)


def test_a_relative_pronoun_means_the_name_before_it() -> None:
    text = "Mira Kovalenko, who said so, left."
    assert speaker(text, "who", mention(text, "Mira Kovalenko", NAME, 0)).entity == 0


def test_a_description_keeps_its_words() -> None:
    text = "However, US officials acknowledge it."
    answer = speaker(text, "US officials")
    assert (answer.status, answer.described_as) == (SpeakerStatus.UNNAMED, "US officials")


def test_a_spokesman_speaks_for_an_organisation() -> None:
    text = "A spokesman for Nordbahn said so."
    answer = speaker(text, "A spokesman for Nordbahn", mention(text, "Nordbahn", NAME, 1))
    assert (answer.status, answer.organisation) == (SpeakerStatus.UNNAMED, 1)
    assert answer.entity is None


def test_an_aide_is_not_the_person_she_works_for() -> None:
    text = "An aide to Mira Kovalenko said so."
    answer = speaker(text, "An aide to Mira Kovalenko", mention(text, "Mira Kovalenko", NAME, 0))
    assert answer.status is SpeakerStatus.UNNAMED


def test_titles_are_told_from_other_descriptions() -> None:
    text = "the Foreign Minister said so, her old friend said so."
    title = speaker(text, "the Foreign Minister", mention(text, "the Foreign Minister", NOMINAL, 0))
    friend = speaker(text, "her old friend", mention(text, "her old friend", NOMINAL, 0))
    assert (title.evidence.via, friend.evidence.via) == (Via.TITLE, Via.NOMINAL)


def test_an_unknown_name_is_unresolved() -> None:
    answer = speaker("So said Ivo Brandt.", "Ivo Brandt")
    assert (answer.status, answer.described_as) == (SpeakerStatus.UNRESOLVED, None)


def test_a_name_in_apposition_behind_a_title() -> None:
    text = "The city's mayor, Senator Mira Kovalenko, said so."
    answer = speaker(text, text[:41], mention(text, "Mira Kovalenko", NAME, 0))
    assert answer.entity == 0


def test_an_example_is_not_the_speaker() -> None:
    text = "Several mayors, including Mira Kovalenko, said so."
    answer = speaker(text, text[:40], mention(text, "Mira Kovalenko", NAME, 0))
    assert (answer.status, answer.entity) == (SpeakerStatus.UNNAMED, None)


def test_of_two_bodies_the_first_is_the_speaker() -> None:
    text = "Nordbahn and the Harbour newspaper chain said so."
    answer = speaker(text, text[:40], mention(text, "Nordbahn", NAME, 1))
    assert (answer.status, answer.entity) == (SpeakerStatus.RESOLVED, 1)


def test_a_letter_speaks_for_its_author() -> None:
    text = "Mira Kovalenko's letter said so."
    answer = speaker(text, text[:23], mention(text, "Mira Kovalenko", NAME, 0))
    assert (answer.status, answer.entity) == (SpeakerStatus.RESOLVED, 0)


def test_followers_are_unnamed_even_in_the_middle_of_a_sentence() -> None:
    answer = speaker("However, Republicans said so.", "Republicans")
    assert (answer.status, answer.described_as) == (SpeakerStatus.UNNAMED, "Republicans")


def test_initials_and_capitals_of_a_known_name() -> None:
    entities = (
        ArticleEntity(ORGANISATION, "Harbour News Service"),
        ArticleEntity(PERSON, "Ivo Brandt"),
    )
    text = "HNS said so. BRANDT: We go."
    people = Speakers(text, (), entities)
    assert people.of([Span(0, 3)]).entity == 0
    assert people.of([Span(13, 19)]).entity == 1


def test_a_description_is_a_mention_once_it_speaks() -> None:
    text = "Nordbahn fell. The company said so. The company left."
    said = mention(text, "The company", NOMINAL, 1)
    start = text.rindex("The company")
    left = Mention(Span(start, start + 11), NOMINAL, ORGANISATION, 1)
    people = Speakers(text, (mention(text, "Nordbahn", NAME, 1),), ENTITIES, {}, (said, left))
    answer = people.of([said.span])
    assert (answer.entity, answer.evidence.antecedent) == (1, Span(0, 8))
    assert people.spoke == [said]
