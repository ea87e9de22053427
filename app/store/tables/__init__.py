"""The tables. `migrations/` is the only way to a database that has them; a test compares the two.

Spans belong to an extraction; a quote belongs to its article and outlives extractions, since its
identity is (article, normalised content, occurrence) and never its offsets. Public ids (`uid`) are
derived by hash where two undisturbed runs must agree, and are never used again.

Indexes for newest-first pages are ascending: both SQLite and PostgreSQL read them backwards, and
Alembic can compare plain columns but not descending expressions.
"""

from app.store.tables.access import ApiKey, AuditRow
from app.store.tables.articles import (
    Article,
    ArticleSketch,
    ExtractionEntity,
    ExtractionRow,
    MentionRow,
    Revision,
    RoleRow,
    Run,
)
from app.store.tables.corrections import Change, Correction, Reassignment, Secret, Tombstone
from app.store.tables.counters import CoMention, EntityDay, PublisherDay
from app.store.tables.entities import (
    Alias,
    ArticleTraits,
    Entity,
    EntityKey,
    EntityTraits,
    ExternalId,
    MergeProposalRow,
    NamePart,
)
from app.store.tables.places import EntityPlace, PlaceRow
from app.store.tables.quotes import QuoteEntity, QuoteRow, QuoteSpan

__all__ = [
    "Alias",
    "ApiKey",
    "Article",
    "ArticleSketch",
    "ArticleTraits",
    "AuditRow",
    "Change",
    "CoMention",
    "Correction",
    "Entity",
    "EntityDay",
    "EntityKey",
    "EntityPlace",
    "EntityTraits",
    "ExternalId",
    "ExtractionEntity",
    "ExtractionRow",
    "MentionRow",
    "MergeProposalRow",
    "NamePart",
    "PlaceRow",
    "PublisherDay",
    "QuoteEntity",
    "QuoteRow",
    "QuoteSpan",
    "Reassignment",
    "Revision",
    "RoleRow",
    "Run",
    "Secret",
    "Tombstone",
]
