"""What is served beside what was extracted; corrections, counters by day, co-mentions, keys.

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-24
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# As many entities of an article, the most salient ones, are counted with one another.
MOST_SALIENT = 16


def _text() -> Any:
    return sqlmodel.sql.sqltypes.AutoString()


def _time() -> Any:
    return sqlmodel.sql.sqltypes.UTCDateTime()


def _references(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.pk"])


def upgrade() -> None:
    _add_columns()
    _replace_tables()
    _create_tables()
    _fill_counters()
    _fill_name_parts()


def _add_columns() -> None:
    # Plain ALTER TABLE: a copy of the table would lose the rows that refer to it.
    op.add_column(
        "entity",
        sa.Column("is_renamed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index(
        "ix_entity_merged_into",
        "entity",
        ["merged_into"],
        sqlite_where=sa.text("merged_into IS NOT NULL"),
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.add_column("mention", sa.Column("resolved", sa.Integer(), nullable=True))
    op.execute("UPDATE mention SET resolved = entity")
    op.add_column(
        "quote", sa.Column("status_extracted", _text(), nullable=False, server_default="unresolved")
    )
    op.add_column("quote", sa.Column("organisation_extracted", sa.Integer(), nullable=True))
    for name in ("is_corrected", "is_rejected"):
        op.add_column(
            "quote", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute(
        "UPDATE quote SET status_extracted = speaker_status, organisation_extracted = organisation"
    )
    op.create_index("ix_quote_fingerprint", "quote", ["fingerprint", "sort_at", "pk"])
    op.create_index("ix_change_uid", "change", ["uid"])


def _replace_tables() -> None:
    """Tables whose key is now what resolution said, and that serve an entity beside it."""
    op.drop_index("ix_quote_entity_page", "quote_entity")
    _replace(
        "quote_entity",
        "quote, entity AS resolved, entity, sort_at",
        sa.Column("quote", sa.Integer(), nullable=False),
        sa.Column("resolved", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=True),
        sa.Column("sort_at", _time(), nullable=False),
        _references("quote", "quote"),
        _references("resolved", "entity"),
        _references("entity", "entity"),
        sa.PrimaryKeyConstraint("quote", "resolved"),
    )
    op.create_index("ix_quote_entity_page", "quote_entity", ["entity", "sort_at", "quote"])
    _replace(
        "extraction_entity",
        "extraction, entity AS resolved, entity, salience, place, confidence, alternatives",
        sa.Column("extraction", sa.Integer(), nullable=False),
        sa.Column("resolved", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=True),
        sa.Column("salience", sa.Float(), nullable=True),
        sa.Column("place", _text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("alternatives", sa.JSON(), nullable=True),
        _references("extraction", "extraction"),
        _references("resolved", "entity"),
        _references("entity", "entity"),
        sa.ForeignKeyConstraint(["place"], ["place.key"]),
        sa.PrimaryKeyConstraint("extraction", "resolved"),
    )
    op.create_index(
        "ix_extraction_entity_resolved", "extraction_entity", ["resolved", "extraction"]
    )
    op.create_index("ix_extraction_entity_entity", "extraction_entity", ["entity", "extraction"])
    op.drop_index("ix_role_entity", "role")
    _replace(
        "role",
        'extraction, entity AS resolved, norm, entity, start, "end", text, sort_at',
        sa.Column("extraction", sa.Integer(), nullable=False),
        sa.Column("resolved", sa.Integer(), nullable=False),
        sa.Column("norm", _text(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", _text(), nullable=False),
        sa.Column("sort_at", _time(), nullable=False),
        _references("extraction", "extraction"),
        _references("resolved", "entity"),
        _references("entity", "entity"),
        sa.PrimaryKeyConstraint("extraction", "resolved", "norm"),
    )
    op.create_index("ix_role_entity", "role", ["entity", "norm", "text", "sort_at"])
    # No version wrote to these two yet.
    op.drop_table("correction")
    op.drop_table("tombstone")


def _replace(name: str, columns: str, *parts: Any, rows: str = "") -> None:
    op.execute(f"CREATE TABLE {name}_before AS SELECT {columns} FROM {name} {rows}")
    op.drop_table(name)
    table = op.create_table(name, *parts)
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    op.execute(f"INSERT INTO {name} ({names}) SELECT {names} FROM {name}_before")
    op.execute(f"DROP TABLE {name}_before")


def _create_tables() -> None:
    op.create_table(
        "correction",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("uid", _text(), nullable=False),
        sa.Column("kind", _text(), nullable=False),
        sa.Column("target", _text(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=True),
        sa.Column("anchor", sa.JSON(), nullable=True),
        sa.Column("old", sa.JSON(), nullable=True),
        sa.Column("new", sa.JSON(), nullable=True),
        sa.Column("actor", _text(), nullable=False),
        sa.Column("reason", _text(), nullable=True),
        sa.Column("at", _time(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        _references("article", "article"),
        _references("undone_by", "correction"),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("uid"),
    )
    op.create_index("ix_correction_target", "correction", ["target"])
    op.create_index("ix_correction_article", "correction", ["article"])
    op.create_table(
        "reassignment",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("resolved", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("correction", sa.Integer(), nullable=False),
        _references("article", "article"),
        _references("resolved", "entity"),
        _references("entity", "entity"),
        _references("correction", "correction"),
        sa.PrimaryKeyConstraint("article", "resolved"),
    )
    op.create_index("ix_reassignment_correction", "reassignment", ["correction"])
    op.create_table(
        "tombstone",
        sa.Column("keyed_hash", _text(), nullable=False),
        sa.Column("uid", _text(), nullable=False),
        sa.Column("at", _time(), nullable=False),
        sa.PrimaryKeyConstraint("keyed_hash", "uid"),
    )
    op.create_index("ix_tombstone_uid", "tombstone", ["uid"])
    op.create_table(
        "secret",
        sa.Column("name", _text(), nullable=False),
        sa.Column("value", _text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "entity_day",
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("quoted_about", sa.Integer(), nullable=False),
        _references("entity", "entity"),
        sa.PrimaryKeyConstraint("entity", "day"),
    )
    op.create_index("ix_entity_day_day", "entity_day", ["day", "entity", "quotes"])
    op.create_table(
        "publisher_day",
        sa.Column("publisher", _text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("publisher", "day"),
    )
    op.create_index("ix_publisher_day_day", "publisher_day", ["day", "publisher"])
    op.create_table(
        "co_mention",
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        _references("entity", "entity"),
        _references("other", "entity"),
        sa.PrimaryKeyConstraint("entity", "other"),
    )
    op.create_index("ix_co_mention_articles", "co_mention", ["entity", "articles", "other"])
    op.create_table(
        "name_part",
        sa.Column("part", _text(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        _references("entity", "entity"),
        sa.PrimaryKeyConstraint("part", "entity"),
    )
    op.create_index("ix_name_part_entity", "name_part", ["entity", "part"])
    op.create_table(
        "api_key",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("uid", _text(), nullable=False),
        sa.Column("hash", _text(), nullable=False),
        sa.Column("scope", _text(), nullable=False),
        sa.Column("label", _text(), nullable=False),
        sa.Column("created_at", _time(), nullable=False),
        sa.Column("revoked_at", _time(), nullable=True),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("uid"),
    )
    op.create_table(
        "audit",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("at", _time(), nullable=False),
        sa.Column("actor", _text(), nullable=False),
        sa.Column("address", _text(), nullable=True),
        sa.Column("method", _text(), nullable=False),
        sa.Column("path", _text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("request_id", _text(), nullable=True),
        sa.PrimaryKeyConstraint("pk"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"])


_DAY = "date(a.sort_at)"
_FILL = (
    f"""INSERT INTO entity_day (entity, day, articles, mentions, quotes, quoted_about)
        SELECT entity, day, count(DISTINCT article), sum(m), sum(q), sum(t) FROM (
          SELECT m.entity AS entity, {_DAY} AS day, a.pk AS article, 1 AS m, 0 AS q, 0 AS t
            FROM mention m JOIN extraction x ON x.pk = m.extraction
            JOIN article a ON a.pk = x.article WHERE x.is_current AND m.entity IS NOT NULL
          UNION ALL SELECT q.speaker, {_DAY}, a.pk, 0, 1, 0
            FROM quote q JOIN article a ON a.pk = q.article
            WHERE q.visible AND q.speaker IS NOT NULL
          UNION ALL SELECT t.entity, {_DAY}, a.pk, 0, 0, 1
            FROM quote_entity t JOIN quote q ON q.pk = t.quote
            JOIN article a ON a.pk = q.article WHERE q.visible AND t.entity IS NOT NULL
        ) AS counted GROUP BY entity, day""",
    f"""INSERT INTO publisher_day (publisher, day, articles, quotes)
        SELECT coalesce(a.publisher, ''), {_DAY}, count(*), sum(
          (SELECT count(*) FROM quote q WHERE q.article = a.pk AND q.visible))
        FROM article a WHERE a.status = 'usable' GROUP BY coalesce(a.publisher, ''), {_DAY}""",
    f"""INSERT INTO co_mention (entity, other, articles)
        WITH chosen AS (
          SELECT extraction, entity FROM (
            SELECT d.extraction, d.entity, row_number() OVER (PARTITION BY d.extraction
              ORDER BY coalesce(d.salience, -1) DESC, d.entity) AS place
            FROM extraction_entity d JOIN extraction x ON x.pk = d.extraction
            WHERE x.is_current AND d.entity IS NOT NULL) AS ranked
          WHERE place <= {MOST_SALIENT})
        SELECT one.entity, other.entity, count(*) FROM chosen one
        JOIN chosen other ON other.extraction = one.extraction AND other.entity <> one.entity
        GROUP BY one.entity, other.entity""",
)


def _fill_counters() -> None:
    for statement in _FILL:
        op.execute(statement)


def _fill_name_parts() -> None:
    connection = op.get_bind()
    rows = {
        (" ".join(words[start:]), entity)
        for entity, norm in connection.execute(sa.text("SELECT entity, norm FROM alias"))
        for words in [norm.split()]
        for start in range(len(words))
    }
    if rows:
        connection.execute(
            sa.text("INSERT INTO name_part (part, entity) VALUES (:part, :entity)"),
            [{"part": part, "entity": entity} for part, entity in sorted(rows)],
        )


def downgrade() -> None:
    for table in (
        "audit",
        "api_key",
        "name_part",
        "co_mention",
        "publisher_day",
        "entity_day",
        "secret",
        "tombstone",
        "reassignment",
        "correction",
    ):
        op.drop_table(table)
    op.create_table(
        "tombstone",
        sa.Column("keyed_hash", _text(), nullable=False),
        sa.Column("at", _time(), nullable=False),
        sa.PrimaryKeyConstraint("keyed_hash"),
    )
    op.create_table(
        "correction",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("target_uid", _text(), nullable=False),
        sa.Column("anchor", sa.JSON(), nullable=False),
        sa.Column("field", _text(), nullable=False),
        sa.Column("old", sa.JSON(), nullable=True),
        sa.Column("new", sa.JSON(), nullable=True),
        sa.Column("actor", _text(), nullable=False),
        sa.Column("reason", _text(), nullable=True),
        sa.Column("at", _time(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        _references("undone_by", "correction"),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("ix_correction_target_uid", "correction", ["target_uid"])
    _go_back()
    op.drop_index("ix_change_uid", "change")
    op.drop_index("ix_quote_fingerprint", "quote")
    op.drop_index("ix_entity_merged_into", "entity")
    for table, columns in (
        ("quote", ("is_rejected", "is_corrected", "organisation_extracted", "status_extracted")),
        ("mention", ("resolved",)),
        ("entity", ("is_renamed",)),
    ):
        for column in columns:
            op.drop_column(table, column)


def _go_back() -> None:
    """The tables with the served entity in their key: merges and splits stay as they stand."""
    op.drop_index("ix_role_entity", "role")
    _replace(
        "role",
        'extraction, entity, norm, min(start) AS start, min("end") AS "end", min(text) AS text, '
        "min(sort_at) AS sort_at",
        sa.Column("extraction", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("norm", _text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", _text(), nullable=False),
        sa.Column("sort_at", _time(), nullable=False),
        _references("extraction", "extraction"),
        _references("entity", "entity"),
        sa.PrimaryKeyConstraint("extraction", "entity", "norm"),
        rows="WHERE entity IS NOT NULL GROUP BY extraction, entity, norm",
    )
    op.create_index("ix_role_entity", "role", ["entity", "norm", "text", "sort_at"])
    op.drop_index("ix_extraction_entity_entity", "extraction_entity")
    op.drop_index("ix_extraction_entity_resolved", "extraction_entity")
    _replace(
        "extraction_entity",
        "extraction, entity, salience, place, confidence, alternatives",
        sa.Column("extraction", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("salience", sa.Float(), nullable=True),
        sa.Column("place", _text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("alternatives", sa.JSON(), nullable=True),
        _references("extraction", "extraction"),
        _references("entity", "entity"),
        sa.ForeignKeyConstraint(["place"], ["place.key"]),
        sa.PrimaryKeyConstraint("extraction", "entity"),
        rows="WHERE entity IS NOT NULL",
    )
    op.drop_index("ix_quote_entity_page", "quote_entity")
    _replace(
        "quote_entity",
        "quote, entity, sort_at",
        sa.Column("quote", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("sort_at", _time(), nullable=False),
        _references("quote", "quote"),
        _references("entity", "entity"),
        sa.PrimaryKeyConstraint("quote", "entity"),
        rows="WHERE entity IS NOT NULL",
    )
    op.create_index("ix_quote_entity_page", "quote_entity", ["entity", "sort_at", "quote"])
