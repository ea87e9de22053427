"""Fills a migrated SQLite database in bulk with a world: rows as writing would have left them.

What is learnt for resolution alone (profiles of entities) is left out; `onrecord check` finds the
rest sound.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from app.domain import ArticleEntity, EntityKind
from app.identity import derive, entity_uid, fingerprint, name_norm, quote_uid, sha256
from app.near_duplicates import shingles, sketch
from app.resolution.names import stored_keys
from app.store import migrate
from app.store.candidates import MOST
from app.store.co_mentions import MOST_SALIENT
from app.store.name_parts import name_parts
from app.store.session import open_database
from tests.bench.searched import fill_search
from tests.bench.world import World, Written, kind_of
from tests.builders import INFO

AT_ONCE = 1_000
CUE_CLASSES = {"believes": "belief", "hopes": "feeling"}
COLUMNS = {
    "article": "pk uid url_key url status title language publisher authors published_at"
    " published_day published_sort published sort_at first_seen_at changed_at current_revision"
    " seen sightings",
    "article_sketch": "hash article",
    "revision": "pk article n text sha256 zones created_at",
    "extraction": "pk article revision run is_current created_at",
    "mention": "extraction start end type label resolved entity",
    "extraction_entity": "extraction resolved entity salience place confidence alternatives",
    "role": "extraction resolved norm entity start end text sort_at",
    "quote": "pk uid article fingerprint occurrence extraction start text cue source kind cue_class"
    " polarity verbatim speaker_extracted speaker status_extracted speaker_status described_as"
    " organisation_extracted organisation confidence evidence sort_at is_corrected is_rejected"
    " visible",
    "quote_span": "quote extraction role start end",
    "quote_entity": "quote resolved entity sort_at",
    "change": "uid op at",
    "entity": "pk uid kind name norm status is_renamed first_seen last_seen articles mentions"
    " quotes quoted_about",
    "alias": "entity surface norm origin",
    "entity_key": "key rank entity",
    "name_part": "part entity",
    "entity_day": "entity day articles mentions quotes quoted_about",
    "publisher_day": "publisher day articles quotes",
    "co_mention": "entity other articles",
    "place": "key name kind lat lon country region population",
    "entity_place": "entity place articles weight",
}


def fill(path: Path, articles: int) -> None:
    """Make and fill the database at `path`; some minutes for 70,000 articles."""
    engine = open_database(f"sqlite:///{path}")
    migrate.upgrade(engine)
    engine.dispose()
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous = OFF", "cache_size = -1000000", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    with _without_indexes(connection):
        _Filling(connection).fill(World(articles))
    fill_search(connection)
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


@contextmanager
def _without_indexes(connection: sqlite3.Connection) -> Iterator[None]:
    """Rows go in quicker without indexes, which are then made from them in one go."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in rows:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, statement in rows:
        connection.execute(statement)


def stored(moment: datetime) -> str:
    """A moment as SQLAlchemy writes it for SQLite."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}"


class _Entity:
    """An entity on record, with its counters."""

    __slots__ = ("articles", "first", "key", "kind", "last", "name", "pk", "uid")

    def __init__(self, pk: int, kind: str, name: str, article_uid: str, at: str) -> None:
        self.pk, self.kind, self.name = pk, kind, name
        self.uid = entity_uid(kind, name, article_uid)
        self.first = self.last = at
        self.articles = 0
        self.key = f"made:{pk}" if kind == "location" else None


class _Filling:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._entities: dict[int, _Entity] = {}
        self._quotes = 0
        # (entity, day) → articles, mentions, quotes, quoted about
        self._days: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        self._outlets: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        self._together: list[list[int]] = []

    def fill(self, world: World) -> None:
        self._connection.execute("BEGIN")
        self._connection.execute(
            "INSERT INTO run (pk, extractor_version, model, model_digest, settings_digest,"
            " started_at) VALUES (1, ?, ?, ?, ?, '2023-01-01 00:00:00.000000')",
            (INFO.version, INFO.model, INFO.model_digest, INFO.settings_digest),
        )
        for article in world.articles():
            self._article(world, article)
            if article.number % AT_ONCE == AT_ONCE - 1:
                self._flush()
        self._entity_rows()
        self._sums()
        self._flush()
        self._connection.execute("COMMIT")

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            columns = COLUMNS[table].split()
            names = ", ".join(f'"{name}"' for name in columns)
            marks = ", ".join("?" * len(columns))
            statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
            self._connection.executemany(statement, rows)
        self._rows.clear()

    def _article(self, world: World, made: Written) -> None:
        pk = made.number + 1
        url_key = f"outlet{pk % 200}.example/{made.at:%Y/%m}/{pk}"
        uid = derive("a", "url", url_key)
        at, day = stored(made.at), f"{made.at:%Y-%m-%d}"
        entities = [self._entity(world, bearer, uid, at) for bearer in made.bearers]
        published = {
            "instant": f"{made.at:%Y-%m-%dT%H:%M:%SZ}",
            "date": day,
            "printed": f"{made.at:%b %d, %Y at %H:%M}",
            "precision": "minute",
            "zone_assumed": None,
        }
        rows = self._rows
        rows["article"].append(
            (pk, uid, url_key, f"https://{url_key}", "usable", made.title, made.language,
             made.outlet, "[]", at, day, at, json.dumps(published), at, at, at, 1,
             f'["{uid[-16:]}"]', 1)
        )  # fmt: skip
        rows["article_sketch"] += [(number, pk) for number in sketch(shingles(made.text))]
        zones = [["paragraph", start, end, None] for start, end in made.breaks]
        rows["revision"].append((pk, pk, 1, made.text, sha256(made.text), json.dumps(zones), at))
        rows["extraction"].append((pk, pk, pk, 1, 1, at))
        rows["change"].append((uid, "upsert", at))
        counts = self._mentions(pk, made, entities)
        self._details(pk, made, entities, counts, at)
        self._quotes_of(pk, uid, made, entities, at, day)
        for index, count in counts.items():
            sums = self._days[entities[index].pk, day]
            sums[0] += 1
            sums[1] += count
            entities[index].articles += 1
        outlet = self._outlets[made.outlet or "", day]
        outlet[0] += 1
        outlet[1] += len(made.quotes)

    def _entity(self, world: World, bearer: int, article_uid: str, at: str) -> _Entity:
        found = self._entities.get(bearer)
        if found is None:
            pk = len(self._entities) + 1
            found = _Entity(pk, kind_of(bearer), world.name(bearer), article_uid, at)
            self._entities[bearer] = found
        found.first, found.last = min(found.first, at), max(found.last, at)
        return found

    def _mentions(self, pk: int, made: Written, entities: list[_Entity]) -> Counter[int]:
        counts: Counter[int] = Counter()
        for mention in sorted(made.mentions, key=lambda mention: mention.start):
            entity = entities[mention.entity]
            counts[mention.entity] += 1
            self._rows["mention"].append(
                (pk, mention.start, mention.end, mention.type, entity.kind, entity.pk, entity.pk)
            )
        return counts

    def _details(
        self, pk: int, made: Written, entities: list[_Entity], counts: Counter[int], at: str
    ) -> None:
        most = max(counts.values())
        ranked = []
        for index, entity in enumerate(entities):
            salience = round(counts[index] / most, 3)
            ranked.append((-salience, entity.pk))
            place = (entity.key, 1.0, "[]") if entity.key else (None, None, None)
            self._rows["extraction_entity"].append((pk, entity.pk, entity.pk, salience, *place))
        self._together.append(sorted(pk for _, pk in sorted(ranked)[:MOST_SALIENT]))
        for start, end, index in made.roles:
            entity, text = entities[index].pk, made.text[start:end]
            self._rows["role"].append((pk, entity, text, entity, start, end, text, at))

    def _quotes_of(
        self, pk: int, uid: str, made: Written, entities: list[_Entity], at: str, day: str
    ) -> None:
        seen: Counter[str] = Counter()
        rows = self._rows
        for said in made.quotes:
            self._quotes += 1
            quote, text = self._quotes, said.text
            print_ = fingerprint(text)
            speaker = None if said.speaker is None else entities[said.speaker].pk
            speaks_for = None if said.organisation is None else entities[said.organisation].pk
            others = [e.uid for e in entities[:2] if e.pk != speaker] if said.via != "name" else []
            evidence = {
                "via": said.via,
                "antecedent": said.antecedent,
                "alternatives": [[other, 0.1] for other in others],
                "described_as": said.described_as,
            }
            cue = made.text[slice(*said.cue)]
            rows["quote"].append(
                (quote, quote_uid(uid, print_, seen[print_]), pk, print_, seen[print_], pk,
                 said.content[0], text, cue, made.text[slice(*said.source)], said.kind,
                 CUE_CLASSES.get(cue, "speech"), said.polarity, 1, speaker, speaker, said.status,
                 said.status, said.described_as, speaks_for, speaks_for, said.confidence,
                 json.dumps(evidence), at, 0, 0, 1)
            )  # fmt: skip
            seen[print_] += 1
            spans = (("content", said.content), ("cue", said.cue), ("source", said.source))
            rows["quote_span"] += [(quote, pk, role, *span) for role, span in spans]
            if speaker is not None:
                self._days[speaker, day][2] += 1
            for index in said.about:
                entity = entities[index].pk
                rows["quote_entity"].append((quote, entity, entity, at))
                self._days[entity, day][3] += 1

    def _entity_rows(self) -> None:
        totals: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for (pk, _), sums in self._days.items():
            totals[pk] = [a + b for a, b in zip(totals[pk], sums, strict=True)]
        ranks: Counter[str] = Counter()
        parts: set[tuple[str, int]] = set()
        rows = self._rows
        for entity in self._entities.values():
            pk, norm = entity.pk, name_norm(entity.name)
            rows["entity"].append(
                (pk, entity.uid, entity.kind, entity.name, norm, "active", 0, entity.first,
                 entity.last, *totals[pk])
            )  # fmt: skip
            surfaces = [entity.name]
            if entity.kind == "person":
                surfaces.append(entity.name.split()[-1])
            for surface in surfaces:
                rows["alias"].append((pk, surface, name_norm(surface), "text"))
                parts.update((part, pk) for part in name_parts(name_norm(surface)))
            for key in stored_keys(ArticleEntity(EntityKind(entity.kind), entity.name)):
                if ranks[key] < MOST:
                    rows["entity_key"].append((key, ranks[key], pk))
                    ranks[key] += 1
            if entity.key:
                lat, lon = pk % 120 - 60 + 0.25, pk * 7 % 340 - 170 + 0.5
                rows["place"].append((entity.key, entity.name, "town", lat, lon, "DE", None, pk))
                rows["entity_place"].append(
                    (pk, entity.key, entity.articles, 1_000 * entity.articles)
                )
        rows["name_part"] += sorted(parts)

    def _sums(self) -> None:
        rows = self._rows
        rows["entity_day"] += [(pk, day, *sums) for (pk, day), sums in sorted(self._days.items())]
        rows["publisher_day"] += [(*key, *sums) for key, sums in sorted(self._outlets.items())]
        codes = np.concatenate([_pairs(some) for some in self._together])
        found, counts = np.unique(codes, return_counts=True)
        one, other = found >> 32, found & 0xFFFFFFFF
        rows["co_mention"] += zip(one.tolist(), other.tolist(), counts.tolist(), strict=True)


def _pairs(pks: list[int]) -> Any:
    """All ordered pairs, as one number each."""
    some = np.array(pks, dtype=np.int64)
    pairs = (some[:, None] << 32) | some[None, :]
    return pairs[~np.eye(len(some), dtype=bool)]
