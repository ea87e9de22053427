"""Identity across articles: keys, profiles, merge proposals, external ids.

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-24
"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "entity_key",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity"],
            ["entity.pk"],
        ),
        sa.PrimaryKeyConstraint("key", "rank"),
    )
    with op.batch_alter_table("entity_key", schema=None) as batch_op:
        batch_op.create_index("ix_entity_key_entity", ["entity", "key"], unique=False)

    op.create_table(
        "entity_traits",
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("traits", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity"],
            ["entity.pk"],
        ),
        sa.PrimaryKeyConstraint("entity"),
    )
    op.create_table(
        "article_traits",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("traits", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["article.pk"],
        ),
        sa.PrimaryKeyConstraint("article"),
    )
    op.create_table(
        "merge_proposal",
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["article.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["entity"],
            ["entity.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["other"],
            ["entity.pk"],
        ),
        sa.PrimaryKeyConstraint("entity", "other"),
    )
    with op.batch_alter_table("merge_proposal", schema=None) as batch_op:
        batch_op.create_index("ix_merge_proposal_other", ["other", "entity"], unique=False)
        batch_op.create_index("ix_merge_proposal_article", ["article"], unique=False)

    op.create_table(
        "external_id",
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity"],
            ["entity.pk"],
        ),
        sa.PrimaryKeyConstraint("authority", "id"),
    )
    with op.batch_alter_table("external_id", schema=None) as batch_op:
        batch_op.create_index("ix_external_id_entity", ["entity", "authority", "id"], unique=False)

    # Entities of before stay found by their full names (the oldest of each); extracting their
    # articles again brings the rest.
    op.execute(
        sa.text(
            "INSERT INTO entity_key (key, rank, entity) SELECT norm, n - 1, pk FROM ("
            "SELECT norm, pk, row_number() OVER (PARTITION BY norm ORDER BY pk) AS n FROM entity "
            "WHERE kind <> 'person' OR norm LIKE '% %') AS named WHERE n <= 16"
        )
    )


def downgrade() -> None:

    with op.batch_alter_table("external_id", schema=None) as batch_op:
        batch_op.drop_index("ix_external_id_entity")

    op.drop_table("external_id")
    with op.batch_alter_table("merge_proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_merge_proposal_article")
        batch_op.drop_index("ix_merge_proposal_other")

    op.drop_table("merge_proposal")
    op.drop_table("article_traits")
    op.drop_table("entity_traits")
    with op.batch_alter_table("entity_key", schema=None) as batch_op:
        batch_op.drop_index("ix_entity_key_entity")

    op.drop_table("entity_key")
