from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine

from app.domain import (
    ArticleEntity,
    Candidate,
    EntityKind,
    MergeProposal,
    Precision,
    PrintedTime,
    ResolvedEntity,
    Traits,
)
from app.store.candidates import MOST, StoredCandidates, write_keys
from app.store.check import check
from app.store.entities import ensure_entities
from app.store.profiles import KEPT, as_json, from_json, less, more, profiles, write_profiles
from app.store.proposals import write_proposals
from app.store.session import reading, writing
from tests.builders import NOW, OTHER_INFO, TEXT, document, extraction
from tests.store.test_write import rows, write

PERSON = EntityKind.PERSON


def stored(engine: Engine) -> dict[str, Any]:
    with reading(engine) as connection:
        names = dict(connection.exec_driver_sql("SELECT pk, name FROM entity").all())
        return {names[pk]: told for pk, told in profiles(connection, names).items()}


def candidates(engine: Engine, *keys: str) -> dict[str, list[Candidate]]:
    with reading(engine) as connection:
        return {k: list(v) for k, v in StoredCandidates(connection).named(keys).items()}


def test_traits_survive_storage() -> None:
    traits = Traits(
        {"mayor": 2}, {"harbour watch": 1}, {"lindholm": 1}, {"ferry": 3}, {"Ana Berg": 2}, 2,
        date(2020, 1, 2), date(2021, 1, 2), context=(1, -2),
    )  # fmt: skip
    assert from_json(as_json(traits)) == traits
    assert from_json(as_json(Traits())) == Traits()


def test_an_article_read_again_counts_once(engine: Engine) -> None:
    write(engine, document(), extraction())
    first = stored(engine)
    assert first["Mira Kovalenko"]["n"] == 1
    assert first["Mira Kovalenko"]["w"] == {"harbour watch": 1}
    write(engine, document(), extraction(), OTHER_INFO)
    assert stored(engine) == first


def test_an_article_read_again_is_no_evidence_for_itself(engine: Engine) -> None:
    fuller = TEXT.replace("Mira Kovalenko", "Mira Anna Kovalenko")
    person = replace(extraction().entities[0], name="Mira Anna Kovalenko")
    longer = replace(extraction(fuller.replace("Mira Anna", "Mira")), mentions=(), quotes=())
    longer = replace(longer, entities=(person, *longer.entities[1:]))
    write(engine, document(), extraction())
    second = document(fuller, url="https://news.example/second")
    write(engine, second, longer)
    people = "SELECT name FROM entity WHERE kind = 'person'"
    assert rows(engine, people) == [("Mira Kovalenko",)]
    # One article attests the fuller name, however often it is read.
    write(engine, second, longer, OTHER_INFO)
    assert rows(engine, people) == [("Mira Kovalenko",)]


def test_a_revision_replaces_what_the_article_said(engine: Engine) -> None:
    write(engine, document(), extraction())
    fewer = replace(extraction(), entities=extraction().entities[:1], mentions=(), quotes=())
    write(engine, document(TEXT + "\n\nMore."), fewer)
    told = stored(engine)
    assert told["Mira Kovalenko"]["w"] == {}
    assert told["Harbour Watch"]["n"] == 0
    assert told["Harbour Watch"]["w"] == {}


def test_what_is_withdrawn_is_told_no_more(engine: Engine) -> None:
    write(engine, document(), extraction())
    write(engine, document(url="https://news.example/2"), extraction())
    with writing(engine) as connection:
        write_profiles(connection, 1, (), ())
    assert stored(engine)["Mira Kovalenko"]["n"] == 1
    assert rows(engine, "SELECT article FROM article_traits") == [(2,)]


def test_contexts_are_summed_and_what_is_withdrawn_is_taken_off() -> None:
    first, second = (as_json(Traits(context=c, articles=1)) for c in ((3, -1), (2, 2)))
    none = as_json(Traits(articles=1))
    del none["v"]  # as earlier versions wrote it
    assert more(first, second)["v"] == [5, 1]
    assert more(none, first)["v"] == more(first, none)["v"] == [3, -1]
    assert less(more(first, second), second)["v"] == [3, -1]
    assert less(more(none, first), first)["v"] == [0, 0]
    assert less(first, first)["v"] == []
    longer = as_json(Traits(context=(1, 2, 3), articles=1))
    assert more(first, longer)["v"] == [3, -1]


def test_days_widen(engine: Engine) -> None:
    for n, day in enumerate((datetime(2021, 3, 4), datetime(2020, 3, 4), datetime(2022, 3, 4))):
        time = PrintedTime(day, Precision.DAY, "a day")
        written = replace(document(url=f"https://news.example/{n}"), published=time)
        write(engine, written, extraction())
    assert stored(engine)["Mira Kovalenko"]["f"] == "2020-03-04"
    assert stored(engine)["Mira Kovalenko"]["l"] == "2022-03-04"


def test_a_profile_stays_small_and_keeps_what_is_common(engine: Engine) -> None:
    write(engine, document(), extraction())
    mira = ResolvedEntity(ArticleEntity(PERSON, "Mira Kovalenko"), "e_x")
    with writing(engine) as connection:
        (pk,) = ensure_entities(connection, [mira], NOW)
        for n in range(60):
            told = Traits(topics={"harbour": 1, f"word{n}": 1, f"other{n}": 1}, articles=1)
            connection.exec_driver_sql("DELETE FROM article_traits")
            write_profiles(connection, 1, [replace(mira, traits=told)], [pk])
        topics = profiles(connection, [pk])[pk]["t"]
    assert len(topics) == KEPT["t"]
    assert topics["harbour"] == 60
    assert "word59" in topics


def test_a_key_leads_to_the_first_of_those_that_share_it(engine: Engine) -> None:
    many = [
        ResolvedEntity(ArticleEntity(PERSON, f"Ana{n} Berg"), f"e_{n:02}", keys=("^berg",))
        for n in range(MOST + 5)
    ]
    with writing(engine) as connection:
        pks = ensure_entities(connection, many, NOW)
        write_keys(connection, many, pks)
        write_keys(connection, many, pks)
    found = candidates(engine, "^berg", "nobody")
    assert [c.uid for c in found["^berg"]] == [f"e_{n:02}" for n in range(MOST)]
    assert "nobody" not in found


def test_candidates_bring_their_profile_and_merges_are_followed(engine: Engine) -> None:
    write(engine, document(), extraction())
    (mira,) = candidates(engine, "mira kovalenko")["mira kovalenko"]
    assert mira.articles == 1
    assert mira.traits is not None
    assert mira.traits.names == {"harbour watch": 1}
    with writing(engine) as connection:
        for sql in (
            "INSERT INTO entity SELECT 90, 'e_kept', kind, 'Mira', 'mira', NULL, status,"
            " first_seen, last_seen, 0, 0, 0, 0, 0 FROM entity WHERE kind = 'person'",
            "UPDATE entity SET merged_into = 90 WHERE name = 'Mira Kovalenko'",
        ):
            connection.exec_driver_sql(sql)
    assert [c.uid for c in candidates(engine, "mira kovalenko")["mira kovalenko"]] == ["e_kept"]


def propose(engine: Engine, score: float, article: int = 1) -> None:
    one, other = (
        ResolvedEntity(ArticleEntity(PERSON, name), uid)
        for name, uid in (("Ana Berg", "e_1"), ("A. Berg", "e_2"))
    )
    proposing = replace(other, proposals=(MergeProposal("e_1", score, ("alike",)),))
    with writing(engine) as connection:
        pks = ensure_entities(connection, [one, proposing], NOW)
        write_proposals(connection, article, [one, proposing], pks, NOW)


def test_a_pair_is_proposed_once_with_the_better_score(engine: Engine) -> None:
    for article, score in enumerate((0.7, 0.9, 0.8), start=1):
        write(engine, document(url=f"https://news.example/{article}"), extraction())
        propose(engine, score, article)
    found = "SELECT e.uid, o.uid, p.score FROM merge_proposal p JOIN entity e ON e.pk = p.entity "
    assert rows(engine, found + "JOIN entity o ON o.pk = p.other") == [("e_1", "e_2", 0.9)]


def test_what_an_article_proposes_no_more_is_gone(engine: Engine) -> None:
    write(engine, document(), extraction())
    propose(engine, 0.9)
    propose(engine, 0.7)
    assert rows(engine, "SELECT score FROM merge_proposal") == [(0.7,)]
    write(engine, document(), extraction(), OTHER_INFO)
    assert rows(engine, "SELECT score FROM merge_proposal") == []


def test_what_an_editor_dismissed_stays_dismissed(engine: Engine) -> None:
    write(engine, document(), extraction())
    propose(engine, 0.7)
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE merge_proposal SET status = 'dismissed'")
    propose(engine, 0.9)
    assert rows(engine, "SELECT status, score FROM merge_proposal") == [("dismissed", 0.7)]


def test_a_profile_that_counts_wrong_is_found(engine: Engine) -> None:
    write(engine, document(), extraction())
    write(engine, document(), extraction(), OTHER_INFO)
    with reading(engine) as connection:
        assert list(check(connection)) == []
    with writing(engine) as connection:
        connection.exec_driver_sql("DELETE FROM article_traits")
    with reading(engine) as connection:
        assert any("profiles count" in fault for fault in check(connection))
