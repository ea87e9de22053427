"""Full text over quotes and articles.

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-24
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# `position` of app/store/search.py: the second of the sort time, then the key. By it newer rows
# have greater row ids, and the index gives the newest first. Seconds that 36 bits do not hold are
# cut.
POSITION = (
    "min(CAST(strftime('%s', substr({0}.sort_at, 1, 19)) AS INTEGER), 68719476735) * 134217728"
    " + {0}.pk"
)
OPTIONS = "content='', tokenize='unicode61 remove_diacritics 2', prefix='3'"


def upgrade() -> None:
    # Contentless: the texts are in their own tables, and the index need not keep them again.
    op.execute(f"CREATE VIRTUAL TABLE quote_search USING fts5(text, {OPTIONS})")
    op.execute(f"CREATE VIRTUAL TABLE article_search USING fts5(title, text, {OPTIONS})")
    # In the order of their ids: FTS5 begins a new segment wherever the next id is smaller.
    op.execute(
        f"INSERT INTO quote_search (rowid, text) SELECT {POSITION.format('q')}, q.text"
        " FROM quote q WHERE q.visible ORDER BY 1"
    )
    op.execute(
        f"INSERT INTO article_search (rowid, title, text) SELECT {POSITION.format('a')},"
        " coalesce(a.title, ''), r.text FROM article a"
        " JOIN revision r ON r.article = a.pk AND r.n = a.current_revision"
        " WHERE a.status = 'usable' ORDER BY 1"
    )


def downgrade() -> None:
    op.execute("DROP TABLE article_search")
    op.execute("DROP TABLE quote_search")
