"""What an article costs in small and large records: resolved, written, joined; not extracted.

Both records are filled in bulk by one distribution: whom an article mentions is drawn by Zipf's
law, so that a few are in very many articles and most in one.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import accumulate
from pathlib import Path

from sqlalchemy import Engine

from app.domain import ArticleEntity, Document, EntityKind, Extraction, Mention, MentionType, Span
from app.identity import entity_uid, name_norm
from app.ingestion.fragments import Joining
from app.ingestion.storing import store_document
from app.resolution.names import stored_keys
from app.store import migrate
from app.store.candidates import MOST
from app.store.profiles import KEPT
from app.store.session import open_database, writing
from app.store.write import ensure_run
from tests.bench.measure import Figure, cpu_seconds
from tests.builders import INFO

SIZES = (1_000, 100_000)
MEASURED = 150
ENTITIES_OF_AN_ARTICLE, MENTIONS_OF_AN_ENTITY, WORDS = 12, 3, 4_000
BEARERS = 60_000
GIVEN, SURNAMES = 300, 20_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
AT = "2026-01-01 00:00:00.000000"
_LETTERS = "bdfgklmnprstvz"


def figures() -> Iterator[Figure]:
    """CPU milliseconds an article at both sizes, and how far the cost grows."""
    with tempfile.TemporaryDirectory() as folder:
        engines = []
        for size in SIZES:
            engine = open_database(f"sqlite:///{Path(folder) / f'{size}.db'}")
            migrate.upgrade(engine)
            fill(engine, size)
            engines.append(engine)
        costs: list[list[float]] = [[] for _ in SIZES]
        draw = Draw(random.Random(2))
        jobs = [Joining(engine) for engine in engines]
        for number in range(MEASURED):
            document, extraction = draw.article(f"new {number}")
            for job, cost in zip(jobs, costs, strict=True):
                cost.append(cpu_seconds(partial(store, job, document, extraction)))
        joins = [1000 * cpu_seconds(job.join) / MEASURED for job in jobs]
        for engine in engines:
            engine.dispose()
    medians = [1000 * statistics.median(cost) for cost in costs]
    for size, median, join in zip(SIZES, medians, joins, strict=True):
        yield Figure(f"resolve_and_write_at_{size}", median, "CPU ms", MEASURED)
        yield Figure(f"join_at_{size}", join, "CPU ms an article", 1)
    yield Figure("resolve_growth", medians[1] / medians[0], "ratio", MEASURED)
    yield Figure(
        "resolve_and_join_growth",
        (medians[1] + joins[1]) / (medians[0] + joins[0]),
        "ratio",
        MEASURED,
    )


def store(job: Joining, document: Document, extraction: Extraction) -> None:
    """One article, as the job stores it."""
    with writing(job.engine) as connection:
        run = ensure_run(connection, INFO, NOW)
        uid, _ = store_document(connection, document, extraction, run)
    job.stored(uid, len(extraction.entities))


class Draw:
    """Articles by chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.weights = list(accumulate(1 / (rank + 10) for rank in range(BEARERS)))

    def bearers(self) -> list[int]:
        """Whom an article mentions, each once."""
        found = self.chance.choices(
            range(BEARERS), cum_weights=self.weights, k=ENTITIES_OF_AN_ARTICLE
        )
        return list(dict.fromkeys(found))

    def article(self, name: str) -> tuple[Document, Extraction]:
        """A text that names its entities among other words."""
        entities = [entity_of(bearer) for bearer in self.bearers()]
        parts, mentions, at = [f"{name}.\n\n"], [], len(name) + 3
        for index, entity in list(enumerate(entities)) * MENTIONS_OF_AN_ENTITY:
            before = " ".join(word(self.chance.randrange(WORDS)) for _ in range(12)) + " "
            span = Span(at + len(before), at + len(before) + len(entity.name))
            mentions.append(Mention(span, MentionType.NAME, entity.kind, index))
            parts.append(f"{before}{entity.name}. ")
            at = span.end + 2
        return Document("".join(parts), name), Extraction(tuple(mentions), tuple(entities))


def word(number: int) -> str:
    """The nth of the made-up words."""
    letters = []
    for _ in range(4):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at] + "aeiou"[at % 5])
    return "".join(letters)


def entity_of(bearer: int) -> ArticleEntity:
    """The nth entity: first names and surnames recur as they do among people."""
    kind = tuple(EntityKind)[bearer % 3]
    if kind is EntityKind.PERSON:
        # Some first names and surnames are common, most are rare; the square does that.
        chance = random.Random(bearer)
        given, surname = (int(n * chance.random() ** 2) for n in (GIVEN, SURNAMES))
        return ArticleEntity(kind, f"{word(given)} {word(1_000 + surname)}".title())
    ending = "" if kind is EntityKind.LOCATION else f" {word(bearer % 50)}"
    return ArticleEntity(kind, f"{word(bearer)}{ending}".title())


# --- filling --------------------------------------------------------------------------------------


def fill(engine: Engine, articles: int) -> None:
    """A record of so many articles, by bulk inserts: rows as writing would have left them."""
    with writing(engine) as connection:
        ensure_run(connection, INFO, NOW)
    draw = Draw(random.Random(1))
    mentioned = [draw.bearers() for _ in range(articles)]
    counts = Counter(bearer for some in mentioned for bearer in some)
    keys = {bearer: pk for pk, bearer in enumerate(counts, start=1)}
    database = sqlite3.connect(engine.url.database or "")
    with database:
        database.executemany(
            "INSERT INTO article (pk, uid, status, authors, sort_at, first_seen_at, changed_at,"
            " current_revision, seen, sightings)"
            f" VALUES (?, ?, 'usable', '[]', '{AT}', '{AT}', '{AT}', 1, '[\"\"]', 1)",
            ((pk, f"a_bulk{pk}") for pk in range(1, articles + 1)),
        )
        database.executemany(
            "INSERT INTO revision (pk, article, n, text, sha256, zones, created_at)"
            f" VALUES (?1, ?1, 1, 'x', 'x', '[]', '{AT}')",
            ((pk,) for pk in range(1, articles + 1)),
        )
        database.executemany(
            "INSERT INTO extraction (pk, article, revision, run, is_current, created_at)"
            f" VALUES (?1, ?1, ?1, 1, 1, '{AT}')",
            ((pk,) for pk in range(1, articles + 1)),
        )
        _fill_entities(database, counts, keys)
        database.executemany(
            'INSERT INTO mention (extraction, start, "end", type, label, entity)'
            " VALUES (?, 0, 1, 'name', 'person', ?)",
            (
                (pk, keys[bearer])
                for pk, some in enumerate(mentioned, start=1)
                for bearer in some
                for _ in range(MENTIONS_OF_AN_ENTITY)
            ),
        )
        database.execute("ANALYZE")
    database.close()


def _fill_entities(
    database: sqlite3.Connection, counts: Counter[int], keys: dict[int, int]
) -> None:
    chance = random.Random(3)
    ranks: Counter[str] = Counter()
    for bearer, pk in keys.items():
        entity, n = entity_of(bearer), counts[bearer]
        norm = name_norm(entity.name)
        uid = entity_uid(entity.kind, entity.name, "bulk")
        database.execute(
            "INSERT INTO entity (pk, uid, kind, name, norm, status, first_seen, last_seen,"
            " articles, mentions, quotes, quoted_about)"
            f" VALUES (?, ?, ?, ?, ?, 'active', '{AT}', '{AT}', ?, ?, 0, 0)",
            (pk, f"{uid}{pk}", str(entity.kind), entity.name, norm, n, 3 * n),
        )
        database.execute(
            "INSERT INTO alias (entity, surface, norm, origin) VALUES (?, ?, ?, 'text')",
            (pk, entity.name, norm),
        )
        for key in stored_keys(entity):
            if ranks[key] < MOST:
                database.execute("INSERT INTO entity_key VALUES (?, ?, ?)", (key, ranks[key], pk))
                ranks[key] += 1
        database.execute(
            "INSERT INTO entity_traits VALUES (?, ?)", (pk, json.dumps(profile(chance, n)))
        )


def profile(chance: random.Random, articles: int) -> dict[str, object]:
    """A profile as so many articles leave it: full after a few."""
    names = {"w": 8, "p": 4, "t": 24}

    def terms(sort: str) -> dict[str, int]:
        size = min(KEPT[sort], names.get(sort, 0) * articles)
        if sort == "t":
            return {word(chance.randrange(WORDS)): 1 for _ in range(size)}
        return {name_norm(entity_of(chance.randrange(BEARERS)).name): 1 for _ in range(size)}

    return {"n": articles, "f": None, "l": None} | {sort: terms(sort) for sort in KEPT}
