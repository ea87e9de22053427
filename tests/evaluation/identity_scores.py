"""What the resolver makes of the articles of `tests/data/identity`, and how right that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from app.domain import EntityKind
from app.evaluation.identity import PairScore, pair_score
from app.resolution.fragments import grouped, mergers
from app.resolution.linking import resolve
from tests.identity_set import Marked
from tests.resolution.record import MemoryRecord

PEOPLE_AND_BODIES = (EntityKind.PERSON, EntityKind.ORGANISATION)

Answers = dict[tuple[str, str], tuple[EntityKind, str]]


def in_time(articles: Sequence[Marked]) -> list[Marked]:
    """Articles in order of their days."""

    def day(article: Marked) -> str:
        assert article.document.published is not None
        return article.document.published.day.isoformat() + article.id

    return sorted(articles, key=day)


def resolved(articles: Sequence[Marked]) -> Answers:
    """For each gold entity of each article its kind and the id it was given, in this order."""
    return _resolved(articles, MemoryRecord())


def ingested(articles: Sequence[Marked]) -> Answers:
    """The same as a job gives it: in order of time, people joined at the end."""
    record = MemoryRecord()
    answers = _resolved(in_time(articles), record)
    within: dict[str, set[int]] = defaultdict(set)
    for number, article in enumerate(articles):
        for key in article.bearers:
            within[answers[article.id, key][1]].add(number)
    groups = grouped(record.named(record.under), within.keys(), within)
    into = {merger.uid: merger.into for merger in mergers(groups)}
    return {place: (kind, into.get(uid, uid)) for place, (kind, uid) in answers.items()}


def _resolved(articles: Sequence[Marked], record: MemoryRecord) -> Answers:
    answers: Answers = {}
    for article in articles:
        found = resolve(article.id, article.extraction, record, article.document)
        record.remember(found)
        for key, one in zip(article.bearers, found, strict=True):
            answers[article.id, key] = (one.entity.kind, one.uid)
    return answers


def scored(answers: Answers, kinds: Collection[EntityKind] = PEOPLE_AND_BODIES) -> PairScore:
    """How many pairs of one entity are right, of those said and of those there are."""
    return pair_score((key, uid) for (_, key), (kind, uid) in answers.items() if kind in kinds)
