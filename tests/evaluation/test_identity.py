"""Identity across articles: the scores, and what the resolver reaches on articles of our own."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlmodel import col

from app.documents import Limits
from app.evaluation.identity import PairScore, b_cubed, pair_score
from app.ingestion import workers
from app.ingestion.job import Job
from app.resolution.evidence import weights
from app.resolution.linking import resolve
from app.store.candidates import StoredCandidates
from app.store.check import check
from app.store.session import reading, writing
from app.store.tables import Entity, ExtractionRow, MentionRow, Revision
from app.store.write import Outcome, ensure_run, standing, write_article
from tests.builders import INFO, NOW
from tests.evaluation.identity_scores import Answers, in_time, ingested, resolved, scored
from tests.evaluation.learn_identity import choices, learn
from tests.identity_set import PARTS, TAUGHT, Gold, Marked, read_plan, read_set, written
from tests.ingestion.conftest import SETTINGS, Told

AT_LEAST_ARTICLES = 150
SHUFFLES = (1, 2, 3)

# Wrong merges at most, and recall at least, of people and organisations. From the first two nothing
# was learnt, and nobody read them: they say what to expect (docs/decisions/0012).
WHOLE = "tuning and heldout"
LIMITS = {
    "eleventh": (0.015, 0.78),
    "tenth": (0.05, 0.66),
    "tuning": (0.01, 0.92),
    "heldout": (0.01, 0.92),
    WHOLE: (0.01, 0.92),
    "third": (0.04, 0.75),
    "fourth": (0.03, 0.84),
    "fifth": (0.04, 0.78),
    "sixth": (0.09, 0.69),
    "seventh": (0.03, 0.76),
    "eighth": (0.05, 0.72),
    "ninth": (0.05, 0.77),
}
# Taken as they come, shuffles of the order agree at least so far (B3).
LEAST_AGREEMENT = {WHOLE: 0.97, "tuning": 0.97, "heldout": 0.97, "third": 0.95, "fourth": 0.95}
LEAST_AGREEMENT_OF_LARGE = 0.88


# --- the scores -----------------------------------------------------------------------------------


def test_pairs_are_counted_by_hand() -> None:
    score = pair_score([("a", 1), ("a", 1), ("a", 2), ("b", 2)])
    assert score == PairScore(true=3, said=2, right=1)
    assert score.wrong_share == 0.5
    assert score.recall == pytest.approx(1 / 3)


def test_b_cubed_by_hand() -> None:
    # Precision (1 + 1 + 1/2 + 1/2) / 4, recall (2/3 + 2/3 + 1/3 + 1) / 4.
    score = b_cubed([("a", 1), ("a", 1), ("a", 2), ("b", 2)])
    assert score == pytest.approx(2 * 0.75 * (8 / 3 / 4) / (0.75 + 8 / 3 / 4))


@given(st.lists(st.integers(0, 5)))
def test_a_grouping_agrees_with_itself_under_other_names(groups: list[int]) -> None:
    occurrences = [(group, f"e{group}") for group in groups]
    assert b_cubed(occurrences) == pytest.approx(1.0)
    assert pair_score(occurrences).wrong_share == 0.0
    assert pair_score(occurrences).recall == 1.0


# --- the articles ---------------------------------------------------------------------------------


def test_the_set_is_large_enough_and_its_parts_share_nobody() -> None:
    parts = {part: read_set(part) for part in PARTS}
    ids = [article.id for part in PARTS for article in parts[part]]
    assert len(set(ids)) == len(ids) >= AT_LEAST_ARTICLES
    plan = read_plan()
    for part, articles in parts.items():
        borne = {key for a in articles for key in a.bearers if not key.startswith("l.")}
        assert {plan[key] for key in borne} == {part}
        assert borne == {key for key, of in plan.items() if of == part}


def test_marks_stand_where_the_names_are() -> None:
    for part in PARTS:
        for article in read_set(part):
            assert "[" not in article.document.text
            for mention in article.extraction.mentions:
                assert mention.entity is not None
                entity = article.extraction.entities[mention.entity]
                surface = mention.span.of(article.document.text)
                assert surface in (entity.name, *entity.aliases)


# --- the resolver ---------------------------------------------------------------------------------


@lru_cache
def in_a_job(part: str) -> Answers:
    return ingested([a for one in part.split(" and ") for a in read_set(one)])


@pytest.mark.parametrize("part", LIMITS)
def test_few_are_merged_wrongly_and_most_are_found(part: str) -> None:
    score = scored(in_a_job(part))
    most_wrong, least_recall = LIMITS[part]
    assert score.wrong_share <= most_wrong, score
    assert score.recall >= least_recall, score


@pytest.mark.parametrize("part", LIMITS)
@pytest.mark.parametrize("seed", SHUFFLES)
def test_taken_in_another_order_most_stay_the_same(part: str, seed: int) -> None:
    articles = in_time([a for one in part.split(" and ") for a in read_set(one)])
    first = resolved(articles)
    random.Random(seed).shuffle(articles)
    other = resolved(articles)
    agreement = b_cubed([(first[place][1], other[place][1]) for place in sorted(first)])
    assert agreement >= LEAST_AGREEMENT.get(part, LEAST_AGREEMENT_OF_LARGE)


@pytest.mark.parametrize("part", [WHOLE, "eleventh"])
@pytest.mark.parametrize("seed", SHUFFLES)
def test_ingested_in_another_order_the_entities_are_the_same(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, seed: int
) -> None:
    articles = [a for one in part.split(" and ") for a in read_set(one)]
    monkeypatch.setattr(workers, "build", lambda settings: Gold(articles))
    random.Random(seed).shuffle(articles)
    file = written(tmp_path / "articles.jsonl", articles)
    report = Job(engine, INFO, SETTINGS, Limits(), Told()).ingest([file])
    assert report.outcomes == {Outcome.NEW: len(articles)}
    first, other = in_a_job(part), on_record(engine, articles)
    assert first.keys() == other.keys()
    assert b_cubed([(first[place][1], other[place]) for place in sorted(first)]) == 1.0
    with reading(engine) as connection:
        assert list(check(connection)) == []


def on_record(engine: Engine, articles: Iterable[Marked]) -> dict[tuple[str, str], str]:
    """The id on record of each gold entity of each article, by where its first name stands."""
    stands = (
        select(col(Revision.text), col(MentionRow.start), col(Entity.uid))
        .join(ExtractionRow, col(ExtractionRow.pk) == col(MentionRow.extraction))
        .join(Revision, col(Revision.pk) == col(ExtractionRow.revision))
        .join(Entity, col(Entity.pk) == col(MentionRow.entity))
    )
    with reading(engine) as connection:
        uids = {(text, start): uid for text, start, uid in connection.execute(stands)}
    found = {}
    for article in articles:
        for mention in article.extraction.mentions:
            assert mention.entity is not None
            place = article.id, article.bearers[mention.entity]
            found.setdefault(place, uids[article.document.text, mention.span.start])
    return found


def test_the_weights_are_those_that_are_learnt() -> None:
    learnt = learn([choice for part in TAUGHT for choice in choices(read_set(part))])
    assert learnt.keys() == weights().keys()
    for kind, of_kind in learnt.items():
        assert weights()[kind] == pytest.approx(of_kind, abs=0.01)


@pytest.mark.parametrize("part", ["tuning", "sixth"])
def test_the_store_gives_what_the_record_in_memory_gives(engine: Engine, part: str) -> None:
    articles = in_time(read_set(part))[:70]
    stored: Answers = {}
    for article in articles:
        with writing(engine) as connection:
            run = ensure_run(connection, INFO, NOW)
            state = standing(connection, article.document, run)
            record = StoredCandidates(connection, state.article)
            found = resolve(article.id, article.extraction, record, article.document)
            write_article(connection, article.document, article.extraction, found, state, run, NOW)
        for key, one in zip(article.bearers, found, strict=True):
            stored[article.id, key] = (one.entity.kind, one.uid)
    assert stored == resolved(articles)


def test_the_set_is_hard_by_name_alone() -> None:
    """Exact names merge the namesakes of the set, and miss its other names."""
    for part in PARTS:
        by_name = pair_score(
            (key, article.extraction.entities[index].name)
            for article in read_set(part)
            for index, key in enumerate(article.bearers)
            if not key.startswith("l.")
        )
        assert by_name.wrong_share > 0.1
        assert by_name.recall < 0.8


def test_no_text_is_written_to_a_pattern() -> None:
    """No five words stand in more than a handful of articles."""
    grams: Counter[tuple[str, ...]] = Counter()
    for part in PARTS:
        for article in read_set(part):
            words = article.document.text.split()
            grams.update({tuple(words[i : i + 5]) for i in range(len(words) - 4)})
    assert grams.most_common(1)[0][1] <= 5
