"""The spine.

Revision ID: 0001
Revises:
Create Date: 2026-11-24
"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "article",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("uid", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("url_key", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("source_key", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("publisher", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("agency", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("dateline", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("published_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("published_day", sa.Date(), nullable=True),
        sa.Column("published_sort", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("published", sa.JSON(), nullable=True),
        sa.Column("updated", sa.JSON(), nullable=True),
        sa.Column("sort_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("first_seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("current_revision", sa.Integer(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("sightings", sa.Integer(), nullable=False),
        sa.Column("cluster", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("source_key"),
        sa.UniqueConstraint("uid"),
        sa.UniqueConstraint("url_key"),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index("ix_article_publisher", ["publisher", "sort_at", "pk"], unique=False)
        batch_op.create_index(
            "ix_article_redated",
            ["published_sort"],
            unique=False,
            sqlite_where=sa.text("published_sort != sort_at"),
            postgresql_where=sa.text("published_sort != sort_at"),
        )
        batch_op.create_index(
            "ix_article_sort",
            ["sort_at", "pk", "status", "language", "published_sort"],
            unique=False,
        )

    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("uid", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("op", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "correction",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("target_uid", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("anchor", sa.JSON(), nullable=False),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["undone_by"],
            ["correction.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_target_uid"), ["target_uid"], unique=False)

    op.create_table(
        "entity",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("uid", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("norm", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("first_seen", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("last_seen", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("quoted_about", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["entity.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("entity", schema=None) as batch_op:
        batch_op.create_index("ix_entity_first_seen", ["first_seen", "pk"], unique=False)
        batch_op.create_index("ix_entity_mentions", ["mentions", "pk", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_entity_norm"), ["norm"], unique=False)
        batch_op.create_index("ix_entity_quotes", ["quotes", "pk"], unique=False)

    op.create_table(
        "run",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("extractor_version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("model", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("model_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("settings_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("extractor_version", "model_digest", "settings_digest"),
    )
    op.create_table(
        "tombstone",
        sa.Column("keyed_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("keyed_hash"),
    )
    op.create_table(
        "alias",
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("surface", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("norm", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("origin", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity"],
            ["entity.pk"],
        ),
        sa.PrimaryKeyConstraint("entity", "surface"),
    )
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.create_index("ix_alias_norm", ["norm", "entity"], unique=False)

    op.create_table(
        "revision",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["article.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("article", "n"),
    )
    op.create_table(
        "extraction",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["article.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["revision.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["run"],
            ["run.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("revision", "run"),
    )
    with op.batch_alter_table("extraction", schema=None) as batch_op:
        batch_op.create_index(
            "uq_extraction_current",
            ["article"],
            unique=True,
            sqlite_where=sa.text("is_current = 1"),
            postgresql_where=sa.text("is_current"),
        )

    op.create_table(
        "mention",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("extraction", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entity"],
            ["entity.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["extraction"],
            ["extraction.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index("ix_mention_entity", ["entity", "extraction"], unique=False)
        batch_op.create_index("ix_mention_extraction", ["extraction", "start"], unique=False)

    op.create_table(
        "quote",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("uid", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("extraction", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("cue", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("cue_class", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("polarity", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("verbatim", sa.Boolean(), nullable=False),
        sa.Column("speaker_extracted", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.Integer(), nullable=True),
        sa.Column("speaker_status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("described_as", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("organisation", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("sort_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["article.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["extraction"],
            ["extraction.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["entity.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["parent"],
            ["quote.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["speaker"],
            ["entity.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["speaker_extracted"],
            ["entity.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("article", "fingerprint", "occurrence"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.create_index("ix_quote_article", ["article", "start"], unique=False)
        batch_op.create_index(
            "ix_quote_sort",
            [
                "sort_at",
                "pk",
                "article",
                "visible",
                "kind",
                "speaker_status",
                "cue_class",
                "polarity",
                "confidence",
            ],
            unique=False,
        )
        batch_op.create_index(
            "ix_quote_speaker",
            [
                "speaker",
                "sort_at",
                "pk",
                "article",
                "visible",
                "kind",
                "speaker_status",
                "cue_class",
                "polarity",
                "confidence",
            ],
            unique=False,
        )

    op.create_table(
        "quote_entity",
        sa.Column("quote", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("sort_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity"],
            ["entity.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["quote"],
            ["quote.pk"],
        ),
        sa.PrimaryKeyConstraint("quote", "entity"),
    )
    with op.batch_alter_table("quote_entity", schema=None) as batch_op:
        batch_op.create_index("ix_quote_entity_page", ["entity", "sort_at", "quote"], unique=False)

    op.create_table(
        "quote_span",
        sa.Column("quote", sa.Integer(), nullable=False),
        sa.Column("extraction", sa.Integer(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction"],
            ["extraction.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["quote"],
            ["quote.pk"],
        ),
        sa.PrimaryKeyConstraint("quote", "extraction", "role", "start"),
    )


def downgrade() -> None:

    op.drop_table("quote_span")
    with op.batch_alter_table("quote_entity", schema=None) as batch_op:
        batch_op.drop_index("ix_quote_entity_page")

    op.drop_table("quote_entity")
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.drop_index("ix_quote_speaker")
        batch_op.drop_index("ix_quote_sort")
        batch_op.drop_index("ix_quote_article")

    op.drop_table("quote")
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.drop_index("ix_mention_extraction")
        batch_op.drop_index("ix_mention_entity")

    op.drop_table("mention")
    with op.batch_alter_table("extraction", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_extraction_current",
            sqlite_where=sa.text("is_current = 1"),
            postgresql_where=sa.text("is_current"),
        )

    op.drop_table("extraction")
    op.drop_table("revision")
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.drop_index("ix_alias_norm")

    op.drop_table("alias")
    op.drop_table("tombstone")
    op.drop_table("run")
    with op.batch_alter_table("entity", schema=None) as batch_op:
        batch_op.drop_index("ix_entity_quotes")
        batch_op.drop_index(batch_op.f("ix_entity_norm"))
        batch_op.drop_index("ix_entity_mentions")
        batch_op.drop_index("ix_entity_first_seen")

    op.drop_table("entity")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_target_uid"))

    op.drop_table("correction")
    op.drop_table("change")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index("ix_article_sort")
        batch_op.drop_index(
            "ix_article_redated",
            sqlite_where=sa.text("published_sort != sort_at"),
            postgresql_where=sa.text("published_sort != sort_at"),
        )
        batch_op.drop_index("ix_article_publisher")

    op.drop_table("article")
