"""Roles, salience and places of entities.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-24
"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "place",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("country", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("region", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "entity_place",
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity"],
            ["entity.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["place"],
            ["place.key"],
        ),
        sa.PrimaryKeyConstraint("entity", "place"),
    )
    op.create_table(
        "extraction_entity",
        sa.Column("extraction", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("salience", sa.Float(), nullable=True),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("alternatives", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entity"],
            ["entity.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["extraction"],
            ["extraction.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["place"],
            ["place.key"],
        ),
        sa.PrimaryKeyConstraint("extraction", "entity"),
    )
    op.create_table(
        "role",
        sa.Column("extraction", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("norm", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sort_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity"],
            ["entity.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["extraction"],
            ["extraction.pk"],
        ),
        sa.PrimaryKeyConstraint("extraction", "entity", "norm"),
    )
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.create_index("ix_role_entity", ["entity", "norm", "text", "sort_at"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.drop_index("ix_role_entity")

    op.drop_table("role")
    op.drop_table("extraction_entity")
    op.drop_table("entity_place")
    op.drop_table("place")
