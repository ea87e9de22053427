"""Proving a database: what must hold of it whatever happened to the processes that wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from app.store import search
from app.store.co_mentions import MOST_SALIENT

# Each query gives the rows that break a rule; at most this many of them are shown.
SHOWN = 5

RULES: tuple[tuple[str, str], ...] = (
    (
        "every usable article has its current revision",
        """SELECT a.uid FROM article a LEFT JOIN revision r
           ON r.article = a.pk AND r.n = a.current_revision
           WHERE r.pk IS NULL AND a.status = 'usable'""",
    ),
    (
        "every usable article has one current extraction, of its current revision",
        """SELECT a.uid FROM article a
           LEFT JOIN extraction x ON x.article = a.pk AND x.is_current
           LEFT JOIN revision r ON r.pk = x.revision AND r.n = a.current_revision
           WHERE r.pk IS NULL AND a.status = 'usable'""",
    ),
    (
        "near-duplicates follow a usable article that leads them",
        """SELECT a.uid FROM article a LEFT JOIN article l ON l.uid = a.cluster
           WHERE a.is_duplicate <> coalesce(a.cluster <> a.uid, FALSE)
             OR (a.cluster IS NOT NULL AND (a.status <> 'usable' OR l.pk IS NULL
               OR l.status <> 'usable' OR l.cluster <> l.uid OR l.is_duplicate))""",
    ),
    (
        "a leader has near-duplicates",
        """SELECT a.uid FROM article a WHERE a.cluster = a.uid
           AND NOT EXISTS (SELECT 1 FROM article o WHERE o.cluster = a.uid AND o.pk <> a.pk)""",
    ),
    (
        "near-duplicates can be found by their sketch",
        """SELECT a.uid FROM article a WHERE a.cluster IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM article_sketch s WHERE s.article = a.pk)""",
    ),
    (
        "only usable articles can be found by their sketch",
        """SELECT a.uid FROM article_sketch s JOIN article a ON a.pk = s.article
           WHERE a.status <> 'usable'""",
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
        "visible quotes are of usable articles and by entities that may be shown",
        """SELECT q.uid FROM quote q JOIN article a ON a.pk = q.article
           LEFT JOIN entity e ON e.pk = q.speaker
           WHERE q.visible AND (a.status <> 'usable' OR q.is_rejected
             OR e.merged_into IS NOT NULL OR e.status <> 'active')""",
    ),
    (
        "nothing is served of entities that were merged or suppressed",
        """SELECT e.uid FROM entity e WHERE (e.merged_into IS NOT NULL OR e.status <> 'active')
           AND (e.articles <> 0 OR e.mentions <> 0 OR e.quotes <> 0 OR e.quoted_about <> 0
             OR EXISTS (SELECT 1 FROM extraction_entity d WHERE d.entity = e.pk)
             OR EXISTS (SELECT 1 FROM role o WHERE o.entity = e.pk)
             OR EXISTS (SELECT 1 FROM quote_entity t JOIN quote q ON q.pk = t.quote
               WHERE t.entity = e.pk AND q.visible))""",
    ),
    (
        "an extraction has a row of its own for each entity that is served",
        """SELECT e.uid FROM extraction_entity d JOIN entity e ON e.pk = d.entity
           GROUP BY e.uid, d.extraction HAVING count(*) > 1""",
    ),
    (
        "a quote is about an entity once",
        """SELECT q.uid FROM quote_entity t JOIN quote q ON q.pk = t.quote
           WHERE t.entity IS NOT NULL GROUP BY q.uid, t.entity HAVING count(*) > 1""",
    ),
    (
        "counters by day sum to the counters",
        """SELECT e.uid FROM entity e LEFT JOIN
           (SELECT entity, sum(articles) AS a, sum(mentions) AS m, sum(quotes) AS q,
              sum(quoted_about) AS t FROM entity_day GROUP BY entity) AS d ON d.entity = e.pk
           WHERE coalesce(d.a, 0) <> e.articles OR coalesce(d.m, 0) <> e.mentions
             OR coalesce(d.q, 0) <> e.quotes OR coalesce(d.t, 0) <> e.quoted_about""",
    ),
    (
        "counters of outlets equal what they count",
        """SELECT name FROM (
             SELECT publisher AS name, articles AS a, quotes AS q FROM publisher_day
             UNION ALL
             SELECT coalesce(publisher, ''), -1, 0 FROM article WHERE status = 'usable'
             UNION ALL
             SELECT coalesce(a.publisher, ''), 0, -1 FROM quote q
               JOIN article a ON a.pk = q.article WHERE q.visible) AS counted
           GROUP BY name HAVING sum(a) <> 0 OR sum(q) <> 0""",
    ),
    (
        "co-mentions are counted in both directions",
        """SELECT e.uid FROM co_mention c JOIN entity e ON e.pk = c.entity
           LEFT JOIN co_mention d ON d.entity = c.other AND d.other = c.entity
           WHERE d.articles IS NULL OR d.articles <> c.articles OR c.articles <= 0""",
    ),
    (
        "co-mentions equal what they count",
        f"""WITH chosen AS (
             SELECT extraction, entity FROM (
               SELECT d.extraction, d.entity, row_number() OVER (PARTITION BY d.extraction
                 ORDER BY coalesce(d.salience, -1) DESC, d.entity) AS place
               FROM extraction_entity d JOIN extraction x ON x.pk = d.extraction
               WHERE x.is_current AND d.entity IS NOT NULL) AS ranked
             WHERE place <= {MOST_SALIENT})
           SELECT e.uid FROM (
             SELECT entity, articles AS n FROM co_mention
             UNION ALL
             SELECT entity, 1 - (SELECT count(*) FROM chosen c
               WHERE c.extraction = chosen.extraction) FROM chosen) AS counted
           JOIN entity e ON e.pk = counted.entity GROUP BY e.uid HAVING sum(counted.n) <> 0""",
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
            UNION SELECT entity, place FROM extraction_entity
              WHERE place IS NOT NULL AND entity IS NOT NULL) AS k
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
               FROM extraction_entity WHERE place IS NOT NULL AND entity IS NOT NULL
             UNION ALL
             SELECT d.entity, json_extract(a.value, '$[0]'),
                 CAST(json_extract(a.value, '$[1]') * 1000 + 0.5 AS INTEGER)
               FROM extraction_entity d, json_each(d.alternatives) a
               WHERE d.entity IS NOT NULL
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
        yield from search.check(connection)
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
