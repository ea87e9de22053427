"""Identity across articles: the scores, and what the resolver reaches on articles of our own."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.domain import EntityKind
from app.evaluation.identity import PairScore, b_cubed, pair_score
from app.resolution.linking import resolve
from app.store.candidates import StoredCandidates
from app.store.session import writing
from app.store.write import ensure_run, standing, write_article
from tests.builders import INFO, NOW
from tests.identity_set import Marked, read_plan, read_set
from tests.resolution.record import MemoryRecord

HALVES = ("tuning", "heldout", "third", "fourth")
PEOPLE_AND_BODIES = (EntityKind.PERSON, EntityKind.ORGANISATION)
AT_LEAST_ARTICLES = 150
SHUFFLES = (1, 2, 3)

# Wrong merges at most, and recall at least, of people and organisations. The weights were chosen on
# the tuning part. The others were measured blind once: docs/decisions/0012 has those figures, which
# say what to expect of other texts; their errors have been read since.
WHOLE = "tuning and heldout"
LIMITS = {
    "tuning": (0.01, 0.80),
    "heldout": (0.01, 0.77),
    "third": (0.08, 0.66),
    "fourth": (0.03, 0.75),
    WHOLE: (0.01, 0.80),
}
# Shuffles of the order agree at least so far (B3), and lose at most so much recall.
LEAST_AGREEMENT, MOST_LOST = {"tuning": 0.98, "heldout": 0.98, "third": 0.95, "fourth": 0.95}, 0.12

Answers = dict[tuple[str, str], tuple[EntityKind, str]]


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


def test_the_set_is_large_enough_and_its_halves_share_nobody() -> None:
    halves = {half: read_set(half) for half in HALVES}
    ids = [article.id for half in HALVES for article in halves[half]]
    assert len(set(ids)) == len(ids) >= AT_LEAST_ARTICLES
    plan = read_plan()
    for half, articles in halves.items():
        borne = {key for a in articles for key in a.bearers if not key.startswith("l.")}
        assert {plan[key] for key in borne} == {half}
        assert borne == {key for key, of in plan.items() if of == half}


def test_marks_stand_where_the_names_are() -> None:
    for half in HALVES:
        for article in read_set(half):
            assert "[" not in article.document.text
            for mention in article.extraction.mentions:
                assert mention.entity is not None
                entity = article.extraction.entities[mention.entity]
                surface = mention.span.of(article.document.text)
                assert surface in (entity.name, *entity.aliases)


# --- the resolver ---------------------------------------------------------------------------------


def resolved(articles: Sequence[Marked]) -> Answers:
    """For each gold entity of each article its kind and the id it was given, in this order."""
    record = MemoryRecord()
    answers: Answers = {}
    for article in articles:
        found = resolve(article.id, article.extraction, record, article.document)
        record.remember(found)
        for key, one in zip(article.bearers, found, strict=True):
            answers[article.id, key] = (one.entity.kind, one.uid)
    return answers


@lru_cache
def in_order_of_time(half: str) -> Answers:
    def day(article: Marked) -> str:
        assert article.document.published is not None
        return article.document.published.day.isoformat() + article.id

    articles = [article for one in half.split(" and ") for article in read_set(one)]
    return resolved(sorted(articles, key=day))


def scored(answers: Answers, kinds: Collection[EntityKind] = PEOPLE_AND_BODIES) -> PairScore:
    return pair_score((key, uid) for (_, key), (kind, uid) in answers.items() if kind in kinds)


@pytest.mark.parametrize("half", LIMITS)
def test_few_are_merged_wrongly_and_most_are_found(half: str) -> None:
    score = scored(in_order_of_time(half))
    most_wrong, least_recall = LIMITS[half]
    assert score.wrong_share <= most_wrong, score
    assert score.recall >= least_recall, score


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("seed", SHUFFLES)
def test_another_order_gives_the_same_entities(half: str, seed: int) -> None:
    articles = read_set(half)
    random.Random(seed).shuffle(articles)
    first, other = in_order_of_time(half), resolved(articles)
    agreement = b_cubed([(first[place][1], other[place][1]) for place in sorted(first)])
    assert agreement >= LEAST_AGREEMENT[half]
    assert scored(other).recall >= scored(first).recall - MOST_LOST


def test_the_store_gives_what_the_record_in_memory_gives(engine: Engine) -> None:
    articles = read_set("tuning")[:24]
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
    for half in HALVES:
        by_name = pair_score(
            (key, article.extraction.entities[index].name)
            for article in read_set(half)
            for index, key in enumerate(article.bearers)
            if not key.startswith("l.")
        )
        assert by_name.wrong_share > 0.1
        assert by_name.recall < 0.8


def test_no_text_is_written_to_a_pattern() -> None:
    """No five words stand in more than a handful of articles."""
    grams: Counter[tuple[str, ...]] = Counter()
    for half in HALVES:
        for article in read_set(half):
            words = article.document.text.split()
            grams.update({tuple(words[i : i + 5]) for i in range(len(words) - 4)})
    assert grams.most_common(1)[0][1] <= 5
