"""Proving a database: what must hold of it whatever happened to the processes that wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

# Each query gives the rows that break a rule; at most this many of them are shown.
SHOWN = 5

RULES: tuple[tuple[str, str], ...] = (
    (
        "every usable article has its current revision",
        """SELECT a.uid FROM article a LEFT JOIN revision r
           ON r.article = a.pk AND r.n = a.current_revision WHERE r.pk IS NULL""",
    ),
    (
        "every article has one current extraction, of its current revision",
        """SELECT a.uid FROM article a
           LEFT JOIN extraction x ON x.article = a.pk AND x.is_current
           LEFT JOIN revision r ON r.pk = x.revision AND r.n = a.current_revision
           WHERE r.pk IS NULL""",
    ),
    (
        "mentions lie inside their text",
        """SELECT m.pk FROM mention m JOIN extraction x ON x.pk = m.extraction
           JOIN revision r ON r.pk = x.revision
           WHERE m.start < 0 OR m.start >= m."end" OR m."end" > length(r.text)""",
    ),
    (
        "spans of quotes lie inside their text",
        """SELECT q.uid FROM quote_span s JOIN quote q ON q.pk = s.quote
           JOIN extraction x ON x.pk = s.extraction JOIN revision r ON r.pk = x.revision
           WHERE s.start < 0 OR s.start >= s."end" OR s."end" > length(r.text)""",
    ),
    (
        "spans of quotes belong to the quote's article",
        """SELECT q.uid FROM quote_span s JOIN quote q ON q.pk = s.quote
           JOIN extraction x ON x.pk = s.extraction WHERE x.article <> q.article""",
    ),
    (
        "visible quotes stand in the current extraction and have content there",
        """SELECT q.uid FROM quote q JOIN extraction x ON x.pk = q.extraction
           WHERE q.visible AND (NOT x.is_current OR NOT EXISTS (
             SELECT 1 FROM quote_span s
             WHERE s.quote = q.pk AND s.extraction = x.pk AND s.role = 'content'))""",
    ),
    (
        "quotes sort with their article",
        """SELECT q.uid FROM quote q JOIN article a ON a.pk = q.article
           WHERE q.sort_at <> a.sort_at""",
    ),
    (
        "a resolved speaker is an entity, and only a resolved one is",
        """SELECT uid FROM quote
           WHERE (speaker_status = 'resolved') <> (speaker IS NOT NULL)""",
    ),
    (
        "counters equal what they count",
        """SELECT e.uid FROM entity e WHERE
           e.mentions <> (SELECT count(*) FROM mention m JOIN extraction x ON x.pk = m.extraction
             WHERE m.entity = e.pk AND x.is_current)
           OR e.quotes <> (SELECT count(*) FROM quote q WHERE q.speaker = e.pk AND q.visible)
           OR e.quoted_about <> (SELECT count(*) FROM quote_entity t JOIN quote q ON q.pk = t.quote
             WHERE t.entity = e.pk AND q.visible)
           OR e.articles <> (SELECT count(*) FROM (
             SELECT x.article FROM mention m JOIN extraction x ON x.pk = m.extraction
               WHERE m.entity = e.pk AND x.is_current
             UNION SELECT q.article FROM quote q WHERE q.speaker = e.pk AND q.visible
             UNION SELECT q.article FROM quote_entity t JOIN quote q ON q.pk = t.quote
               WHERE t.entity = e.pk AND q.visible) AS in_articles)""",
    ),
    (
        "roles stand in their text, in current extractions",
        """SELECT o.text FROM role o JOIN extraction x ON x.pk = o.extraction
           JOIN revision r ON r.pk = x.revision
           WHERE NOT x.is_current OR o.text <> substr(r.text, o.start + 1, o."end" - o.start)""",
    ),
    (
        "salience and places are those of current extractions",
        """SELECT e.uid FROM extraction_entity d JOIN extraction x ON x.pk = d.extraction
           JOIN entity e ON e.pk = d.entity WHERE NOT x.is_current""",
    ),
    (
        "places of entities equal what they sum",
        """SELECT e.uid FROM entity e JOIN
           (SELECT entity, place FROM entity_place
            UNION SELECT entity, place FROM extraction_entity WHERE place IS NOT NULL) AS k
             ON k.entity = e.pk
           LEFT JOIN entity_place p ON p.entity = k.entity AND p.place = k.place
           WHERE p.place IS NULL OR p.weight < 0 OR p.articles <> (
             SELECT count(*) FROM extraction_entity d
             WHERE d.entity = k.entity AND d.place = k.place)""",
    ),
    (
        "every entity has its name among its aliases",
        """SELECT e.uid FROM entity e LEFT JOIN alias a ON a.entity = e.pk AND a.surface = e.name
           WHERE a.entity IS NULL""",
    ),
)

# The alternatives are JSON, which each database reads in its own words.
SQLITE_RULES: tuple[tuple[str, str], ...] = (
    (
        "profiles count the articles that tell them",
        """SELECT e.uid FROM entity_traits p JOIN entity e ON e.pk = p.entity
           LEFT JOIN (SELECT json_extract(t.value, '$[0]') AS entity,
               sum(json_extract(t.value, '$[1].n')) AS n
             FROM article_traits a, json_each(a.traits) t GROUP BY 1) AS told
             ON told.entity = p.entity
           WHERE json_extract(p.traits, '$.n') <> coalesce(told.n, 0)""",
    ),
    (
        "weights of places equal what they sum",
        """SELECT e.uid FROM (
             SELECT entity, place, CAST(confidence * 1000 + 0.5 AS INTEGER) AS weight
               FROM extraction_entity WHERE place IS NOT NULL
             UNION ALL
             SELECT d.entity, json_extract(a.value, '$[0]'),
                 CAST(json_extract(a.value, '$[1]') * 1000 + 0.5 AS INTEGER)
               FROM extraction_entity d, json_each(d.alternatives) a
             UNION ALL
             SELECT entity, place, -weight FROM entity_place) AS shares
           JOIN entity e ON e.pk = shares.entity
           GROUP BY e.uid, shares.place HAVING sum(shares.weight) <> 0""",
    ),
)


def check(connection: Connection) -> Iterator[str]:
    """Each thing that is wrong, in a sentence; nothing for a sound database.

    Reads everything: minutes for a large database.
    """
    try:
        if connection.dialect.name == "sqlite":
            yield from _sqlite(connection)
            yield from _broken_rules(connection, SQLITE_RULES)
        yield from _broken_rules(connection, RULES)
    except DatabaseError as error:
        yield f"the database cannot be read to its end ({error.orig}); restore it from a copy"


def _broken_rules(connection: Connection, rules: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for rule, broken in rules:
        rows = connection.execute(text(broken)).fetchmany(SHOWN + 1)
        if rows:
            more = " and more" if len(rows) > SHOWN else ""
            yield f"not so: {rule}: {', '.join(str(row[0]) for row in rows[:SHOWN])}{more}"


def _sqlite(connection: Connection) -> Iterator[str]:
    found = connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
    if found != ["ok"]:
        yield f"SQLite finds the file damaged: {'; '.join(map(str, found))}"
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(SHOWN)
    for table, key, parent, _ in orphans:
        yield f"row {key} of {table} refers to a row of {parent} that is not there"
