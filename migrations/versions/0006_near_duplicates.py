"""Near-duplicates: a sketch of every article, and clusters of those that are alike.

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-28
"""

from __future__ import annotations

import heapq
import re
from itertools import islice
from zlib import crc32

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SORTED_BY = ["sort_at", "pk", "status", "language", "published_sort"]
# As app/near_duplicates.py had them when this was written.
SHINGLE, SKETCH, LEAST, MOST_WORDS = 5, 16, 40, 20_000
WORD = re.compile(r"\w+")
AT_ONCE = 50


def upgrade() -> None:
    op.add_column(
        "article",
        sa.Column("is_duplicate", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.drop_index("ix_article_sort", "article")
    op.create_index("ix_article_sort", "article", [*SORTED_BY, "is_duplicate"])
    some = sa.text("cluster IS NOT NULL")
    op.create_index(
        "ix_article_cluster", "article", ["cluster", "pk"], sqlite_where=some, postgresql_where=some
    )
    op.create_table(
        "article_sketch",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.pk"]),
        sa.PrimaryKeyConstraint("hash", "article"),
    )
    op.create_index("ix_article_sketch_article", "article_sketch", ["article"])
    _fill()


def _fill() -> None:
    """Sketch what is there, so that copies that come later find it.

    Articles that are there already are not compared with one another: lists stay as they were.
    """
    connection = op.get_bind()
    texts = sa.text(
        "SELECT a.pk, r.text FROM article a"
        " JOIN revision r ON r.article = a.pk AND r.n = a.current_revision"
        " WHERE a.status = 'usable' AND a.pk > :last ORDER BY a.pk LIMIT :most"
    )
    adding = sa.text("INSERT INTO article_sketch (hash, article) VALUES (:hash, :article)")
    last = 0
    while some := connection.execute(texts, {"last": last, "most": AT_ONCE}).all():
        last = some[-1][0]
        rows = [{"hash": number, "article": pk} for pk, text in some for number in _sketch(text)]
        if rows:
            connection.execute(adding, rows)


def _sketch(text: str) -> list[int]:
    words = [found.group() for found in islice(WORD.finditer(text.casefold()), MOST_WORDS)]
    runs = zip(*(words[first:] for first in range(SHINGLE)), strict=False)
    found = {crc32(" ".join(run).encode("utf-8", "surrogatepass")) for run in runs}
    return heapq.nsmallest(SKETCH, found) if len(found) >= LEAST else []


def downgrade() -> None:
    op.drop_table("article_sketch")
    op.drop_index("ix_article_cluster", "article")
    op.drop_index("ix_article_sort", "article")
    op.create_index("ix_article_sort", "article", SORTED_BY)
    op.drop_column("article", "is_duplicate")
    op.execute("UPDATE article SET cluster = NULL WHERE cluster IS NOT NULL")
