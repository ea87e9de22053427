"""A record by chance, its rows as writing leaves them, and its quotes to count by hand."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

from sqlalchemy import Connection, insert

from app.store.read import base

NOW = datetime(2031, 6, 1, tzinfo=UTC)
FIRST = date(2031, 1, 29)
OUTLETS = (None, "The Aster Courier", "Lindholm Post")
ENTITIES = 9
SUPPRESSED, MERGED = 7, 8
"""Entities by number: one that is suppressed, one that was merged into the first."""


@dataclass(frozen=True)
class Said:
    """A quote that lists show."""

    at: datetime
    pk: int
    kind: str
    speaker_status: str
    cue_class: str
    polarity: str
    speaker: int | None
    about: frozenset[int]
    publisher: str | None
    published_day: date | None

    @property
    def day(self) -> date:
        return self.at.date()


def uid(number: int) -> str:
    return f"e_{number}"


def fill(connection: Connection, seed: int, articles: int = 40, days: int = 40) -> list[Said]:
    """Write articles of some weeks; their quotes, newest first."""
    chance = random.Random(seed)
    said: list[Said] = []
    counters: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    by_day: dict[tuple[int, date], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    by_outlet: dict[tuple[str, date], list[int]] = defaultdict(lambda: [0, 0])
    together: Counter[tuple[int, int]] = Counter()
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    quotes = 0
    for article in range(1, articles + 1):
        at = datetime.combine(FIRST, datetime.min.time(), UTC)
        at += timedelta(days=chance.randrange(days), hours=chance.choice((0, 12, 23)))
        usable = chance.random() < 0.9
        outlet = chance.choice(OUTLETS)
        is_dated = chance.random() < 0.7
        rows["article"].append(_article(article, at, outlet, usable, is_dated))
        present = chance.sample(range(7), chance.randrange(1, 6))
        if usable:
            by_outlet[outlet or "", at.date()][0] += 1
            together.update(permutations(present, 2))
            for number in present:
                for counts in (counters[number], by_day[number, at.date()]):
                    counts[0] += 1
                    counts[1] += 2
        for n in range(chance.randrange(6)):
            quotes += 1
            visible = usable and chance.random() < 0.9
            speaker = chance.choice([*present, None])
            about = frozenset(chance.sample(present, chance.randrange(min(3, len(present) + 1))))
            found = Said(
                at,
                quotes,
                chance.choice(("direct", "indirect", "mixed")),
                "unnamed" if speaker is None else "resolved",
                chance.choice(("speech", "speech", "belief")),
                chance.choice(("asserted", "asserted", "denied")),
                speaker,
                about,
                outlet,
                at.date() if is_dated else None,
            )
            rows["quote"].append(_quote(found, article, n, visible))
            rows["quote_entity"] += [_about(quotes, number, at) for number in about]
            if not visible:
                continue
            said.append(found)
            by_outlet[outlet or "", at.date()][1] += 1
            if speaker is not None:
                counters[speaker][2] += 1
                by_day[speaker, at.date()][2] += 1
            for number in about:
                counters[number][3] += 1
                by_day[number, at.date()][3] += 1
    names = ("articles", "mentions", "quotes", "quoted_about")
    entities = [_entity(n, dict(zip(names, counters[n], strict=True))) for n in range(ENTITIES)]
    connection.execute(insert(base.run), [_run()])
    connection.execute(insert(base.article), rows["article"])
    connection.execute(insert(base.revision), [_revision(n) for n in range(1, articles + 1)])
    connection.execute(insert(base.extraction), [_extraction(n) for n in range(1, articles + 1)])
    connection.execute(insert(base.entity), entities)
    # What writing takes care of not to leave there must not show either.
    together.update({(0, SUPPRESSED): 50, (0, MERGED): 50})
    by_day[SUPPRESSED, FIRST][2] = by_day[MERGED, FIRST][2] = 50
    sums: dict[Any, list[dict[str, Any]]] = {
        base.entity_day: [
            {"entity": n + 1, "day": day, **dict(zip(names, counts, strict=True))}
            for (n, day), counts in by_day.items()
        ],
        base.publisher_day: [
            {"publisher": outlet, "day": day, "articles": counts[0], "quotes": counts[1]}
            for (outlet, day), counts in by_outlet.items()
        ],
        base.co_mention: [
            {"entity": one + 1, "other": other + 1, "articles": n}
            for (one, other), n in together.items()
        ],
        base.quote: rows["quote"],
        base.quote_entity: rows["quote_entity"],
    }
    for table, values in sums.items():
        if values:
            connection.execute(insert(table), values)
    return sorted(said, key=lambda quote: (quote.at, quote.pk), reverse=True)


def _article(
    pk: int, at: datetime, outlet: str | None, usable: bool, is_dated: bool
) -> dict[str, Any]:
    return {
        "pk": pk,
        "uid": f"a_{pk}",
        "status": "usable" if usable else "withdrawn",
        "publisher": outlet,
        "authors": [],
        "published_day": at.date() if is_dated else None,
        "published_sort": at if is_dated else None,
        "sort_at": at,
        "first_seen_at": NOW,
        "changed_at": NOW,
        "current_revision": 1,
        "seen": [],
        "sightings": 1,
    }


def _quote(said: Said, article: int, n: int, visible: bool) -> dict[str, Any]:
    speaker = None if said.speaker is None else said.speaker + 1
    return {
        "pk": said.pk,
        "uid": f"q_{said.pk}",
        "article": article,
        "fingerprint": f"{n}",
        "occurrence": 0,
        "extraction": article,
        "start": n,
        "text": "That will do.",
        "kind": said.kind,
        "cue_class": said.cue_class,
        "polarity": said.polarity,
        "verbatim": True,
        "speaker_extracted": speaker,
        "speaker": speaker,
        "status_extracted": said.speaker_status,
        "speaker_status": said.speaker_status,
        "evidence": {},
        "sort_at": said.at,
        "is_corrected": False,
        "is_rejected": False,
        "visible": visible,
    }


def _about(quote: int, number: int, at: datetime) -> dict[str, Any]:
    return {"quote": quote, "resolved": number + 1, "entity": number + 1, "sort_at": at}


def _entity(number: int, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "pk": number + 1,
        "uid": uid(number),
        "kind": ("person", "organisation", "location")[number % 3],
        "name": f"Name {number}",
        "norm": f"name {number}",
        "merged_into": 1 if number == MERGED else None,
        "status": "suppressed" if number == SUPPRESSED else "active",
        "is_renamed": False,
        "first_seen": NOW,
        "last_seen": NOW,
        **counts,
    }


def _run() -> dict[str, Any]:
    return {
        "pk": 1,
        "extractor_version": "0.1.0",
        "model": "m",
        "model_digest": "d",
        "settings_digest": "s",
        "started_at": NOW,
    }


def _revision(pk: int) -> dict[str, Any]:
    return {
        "pk": pk,
        "article": pk,
        "n": 1,
        "text": "That will do.",
        "sha256": "",
        "zones": [],
        "created_at": NOW,
    }


def _extraction(pk: int) -> dict[str, Any]:
    return {
        "pk": pk,
        "article": pk,
        "revision": pk,
        "run": 1,
        "is_current": True,
        "created_at": NOW,
    }
