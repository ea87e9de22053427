from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from app.domain import (
    ArticleEntity,
    Candidate,
    CandidateSource,
    EntityKind,
    Extraction,
    ResolvedEntity,
)
from app.identity import name_norm
from app.resolution import linking

PERSON = EntityKind.PERSON


def resolve(
    uid: str, entities: Sequence[ArticleEntity], record: CandidateSource
) -> list[ResolvedEntity]:
    return linking.resolve(uid, Extraction(entities=tuple(entities)), record)


class Record:
    """A record held in a list."""

    def __init__(self, *known: Candidate, earlier: Sequence[Candidate] = ()) -> None:
        self.known = known
        self.of_article = earlier

    def earlier(self) -> Sequence[Candidate]:
        return self.of_article

    def named(self, names: Collection[str]) -> Mapping[str, Sequence[Candidate]]:
        return {n: [c for c in self.known if name_norm(c.name) == n] for n in names}


def test_a_full_name_finds_its_entity() -> None:
    record = Record(Candidate("e_known", PERSON, "Mira Kovalenko"))
    (found,) = resolve("a_1", [ArticleEntity(PERSON, "MIRA KOVALENKO")], record)
    assert found.uid == "e_known"


def test_a_bare_surname_is_nobody_of_another_article() -> None:
    record = Record(Candidate("e_known", PERSON, "Kovalenko"))
    (found,) = resolve("a_1", [ArticleEntity(PERSON, "Kovalenko")], record)
    assert found.uid != "e_known"
    assert resolve("a_1", [ArticleEntity(PERSON, "Kovalenko")], record) == [found]


def test_a_place_of_one_word_finds_its_entity() -> None:
    record = Record(Candidate("e_known", EntityKind.LOCATION, "Lindholm"))
    (found,) = resolve("a_1", [ArticleEntity(EntityKind.LOCATION, "Lindholm")], record)
    assert found.uid == "e_known"


def test_kinds_are_kept_apart() -> None:
    record = Record(Candidate("e_known", EntityKind.LOCATION, "Lindholm"))
    (found,) = resolve("a_1", [ArticleEntity(EntityKind.ORGANISATION, "Lindholm")], record)
    assert found.uid != "e_known"


def test_namesakes_in_one_article_are_two() -> None:
    record = Record(Candidate("e_known", PERSON, "Ana Berg"))
    twins = [ArticleEntity(PERSON, "Ana Berg")] * 3
    uids = [r.uid for r in resolve("a_1", twins, record)]
    assert uids[0] == "e_known"
    assert len(set(uids)) == 3


def test_an_article_extracted_again_keeps_an_entity_whose_best_name_changes() -> None:
    before = Candidate("e_before", PERSON, "Ana Berg", frozenset({"ana berg", "berg"}))
    record = Record(earlier=[before])
    longer = ArticleEntity(PERSON, "Ana R. Berg", ("Ana Berg", "Berg"))
    assert [r.uid for r in resolve("a_1", [longer], record)] == ["e_before"]


def test_an_exact_name_is_never_lost_to_anothers_alias() -> None:
    before = Candidate("e_before", PERSON, "Ana Berg", frozenset({"ana berg", "berg"}))
    record = Record(earlier=[before])
    other = ArticleEntity(PERSON, "Jon Berg", ("Berg",))
    same = ArticleEntity(PERSON, "Ana Berg")
    first, second = resolve("a_1", [other, same], record)
    assert second.uid == "e_before"
    assert first.uid != "e_before"


def test_another_kind_is_another_entity_also_under_an_earlier_name() -> None:
    before = Candidate("e_before", PERSON, "Berg", frozenset({"berg"}))
    (found,) = resolve(
        "a_1", [ArticleEntity(EntityKind.LOCATION, "Berg")], Record(earlier=[before])
    )
    assert found.uid != "e_before"
