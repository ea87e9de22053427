from __future__ import annotations

from dataclasses import replace

from app.extraction.coreference.pronouns import (
    Antecedent,
    History,
    Place,
    allowed,
    beside,
    first_after,
    weighed,
)
from app.extraction.coreference.quoted import quoted_mask

HERE = Place(start=0, sentence=0, paragraph=0, role="nsubj", verb=1, quoted=False, says=False)


def at(sentence: int, **changes: object) -> Place:
    return replace(HERE, start=sentence * 50, sentence=sentence, verb=sentence + 10, **changes)  # type: ignore[arg-type]


def answer(history: History, word: str, place: Place) -> int | None:
    ranked = history.resolve(word, place)
    return ranked[0].antecedent.entity if ranked else None


def test_gender_excludes() -> None:
    history = History()
    history.add(Antecedent(at(0), 0, "f"))
    history.add(Antecedent(at(1), 1, "m"))
    assert answer(history, "she", at(2)) == 0
    assert answer(history, "he", at(2)) == 1


def test_the_nearer_subject_wins() -> None:
    history = History()
    history.add(Antecedent(at(0), 0, "m"))
    history.add(Antecedent(at(3), 1, "m"))
    history.add(Antecedent(at(3, role="pobj"), 2, "m"))
    assert answer(history, "he", at(4)) == 1


def test_he_in_a_quotation_is_not_its_speaker() -> None:
    history = History()
    history.add(Antecedent(at(0), 0, "m"))
    history.add(Antecedent(at(1, says=True), 1, "m"))
    assert answer(history, "he", at(1, quoted=True)) == 0


def test_an_object_is_not_the_subject_of_its_own_verb() -> None:
    subject = replace(HERE, verb=7)
    assert not allowed("him", replace(HERE, role="dobj", verb=7), subject)
    assert allowed("himself", replace(HERE, role="dobj", verb=7), subject)
    assert allowed("his", replace(HERE, role="poss", verb=7), subject)


def test_far_away_is_nobody() -> None:
    history = History()
    history.add(Antecedent(at(0), 0, "m"))
    assert answer(history, "he", at(50)) is None


def test_someone_without_a_name_may_be_meant() -> None:
    history = History()
    history.add(Antecedent(at(0, role="pobj"), 0, "f"))
    history.add(Antecedent(at(3), None, "f"))
    ranked = history.resolve("she", at(4))
    assert [one.antecedent.entity for one in ranked] == [None, 0]
    assert [entity for entity, _ in weighed(ranked)] == [0]
    assert weighed(ranked)[0][1] < 0.5


def test_the_shares_of_those_a_pronoun_may_mean() -> None:
    history = History()
    for entity in range(6):
        history.add(Antecedent(at(entity), entity, "m"))
    found = weighed(history.resolve("he", at(6)))
    assert [entity for entity, _ in found] == [5, 4, 3, 2]
    assert all(0 <= share <= 1 for _, share in found)
    assert sum(share for _, share in found) <= 1
    assert [share for _, share in found] == sorted((s for _, s in found), reverse=True)


def test_a_name_later_in_the_sentence() -> None:
    later = [Antecedent(at(0), 4, None)]
    assert first_after("his", at(0), later) == later[0]
    assert first_after("his", at(1), later) is None


def test_him_in_a_quotation_is_not_who_says_it() -> None:
    speaker = Antecedent(at(0, says=True), 4, "m")
    other = Antecedent(at(0, quoted=True), 5, "m")
    assert first_after("him", at(0, quoted=True), [speaker]) is None
    assert first_after("him", at(0, quoted=True), [other, speaker]) == other


def test_broken_quotation_marks_end_with_the_line() -> None:
    text = 'He said "yes. Nobody\nheard. ”No,” he said'
    mask = quoted_mask(text)
    assert mask[text.index("yes")] == 1
    assert mask[text.index("heard")] == 0
    assert mask[text.index("No,")] == 1
    assert mask[text.rindex("he")] == 0


def test_whom_a_relative_clause_tells_of_is_not_its_object() -> None:
    """X, who stood by him, …"""
    above = ((5, "pobj"), (4, "prep"), (2, "relcl"))
    him = replace(HERE, role="pobj", verb=5, above=above, under="by")
    assert not allowed("him", him, replace(HERE, token=2, verb=9))
    assert allowed("him", him, replace(HERE, token=1, verb=9))
    assert allowed("him", replace(him, above=((4, "ccomp"), (2, "relcl"))), replace(HERE, token=2))


def test_whom_somebody_speaks_about_is_not_that_person() -> None:
    """X spoke about him; but X closed the door behind him."""
    him = replace(HERE, role="pobj", verb=8, above=((8, "pobj"), (7, "prep")), under="about")
    assert not allowed("him", him, replace(HERE, verb=7))
    assert allowed("him", replace(him, under="behind"), replace(HERE, verb=7))


def test_his_is_who_stands_beside_it() -> None:
    """X met Y and his brother."""
    his = replace(at(1), role="poss", above=((9, "poss"), (6, "conj")))
    other = replace(at(1), start=40, role="dobj", token=6)
    assert beside(his, other)
    history = History()
    history.add(Antecedent(replace(at(1), token=3), 0, "m"))
    history.add(Antecedent(other, 1, "m"))
    assert answer(history, "his", his) == 1


def test_the_subject_of_the_pronouns_own_clause_comes_first() -> None:
    """X found that Y had lost his way."""
    history = History()
    history.add(Antecedent(replace(at(1), verb=5), 0, "m"))
    history.add(Antecedent(replace(at(1), verb=7), 1, "m"))
    history.add(Antecedent(replace(at(1), verb=5), 0, "m"))
    assert answer(history, "his", replace(at(1), role="poss", clause=7)) == 1


def test_someone_named_only_afterwards_may_be_meant() -> None:
    history = History()
    history.add(Antecedent(at(0, role="dobj"), 0, "m"))
    ahead = [Antecedent(at(2), 1, "m")]
    ranked = history.resolve("his", at(2, role="poss"), ahead)
    assert [one.antecedent.entity for one in ranked] == [1, 0]
    assert history.resolve("her", at(2, role="poss"), ahead) == []


def test_a_headline_reaches_the_sentences_below() -> None:
    later = [Antecedent(at(2), 0, "f")]
    assert first_after("she", at(0), later) is None
    assert first_after("she", at(0), later, reach=3) == later[0]
    assert first_after("he", at(0), later, reach=3) is None


def test_whose_something_the_sentence_is_about_may_be_meant() -> None:
    """X spoke. Y's lawyer agreed. He …"""
    history = History()
    history.add(Antecedent(at(0), 0, "m"))
    lawyer = at(1, role="poss", above=((6, "poss"), (7, "nsubj")))
    history.add(Antecedent(lawyer, 1, "m"))
    assert answer(history, "he", at(2)) == 1


def test_whose_something_is_only_an_object_is_not_meant() -> None:
    """X spoke. Somebody saw Y's lawyer. He …"""
    history = History()
    history.add(Antecedent(at(0), 0, "m"))
    history.add(Antecedent(at(1, role="poss", above=((6, "poss"), (7, "dobj"))), 1, "m"))
    assert answer(history, "he", at(2)) == 0


def test_nobody_is_what_is_his() -> None:
    """His daughter, X, … His daughter X …"""
    his = replace(at(0), role="poss", verb=7)
    other = Antecedent(replace(at(0), start=9, token=8), 0, "m")
    assert first_after("his", his, [other]) == other
    appositive = replace(other.place, above=((7, "appos"), (9, "nsubj")))
    assert first_after("his", his, [replace(other, place=appositive)]) is None
    assert first_after("his", his, [replace(other, place=replace(other.place, token=7))]) is None
