"""The tables. `migrations/` is the only way to a database that has them; a test compares the two.

Spans belong to an extraction; a quote belongs to its article and outlives extractions, since its
identity is (article, normalised content, occurrence) and never its offsets. Public ids (`uid`) are
derived by hash where two undisturbed runs must agree, and are never used again.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

# Indexes for newest-first pages are ascending: both SQLite and PostgreSQL read them backwards, and
# Alembic can compare plain columns but not descending expressions.


# None is SQL's NULL and not the JSON text "null".
NULLABLE_JSON = JSON(none_as_null=True)


class Article(SQLModel, table=True):
    """An article as the API shows it; its text stands in its revisions.

    `sort_at` is the time of publication, else the time it was first seen: never null, never
    changed after insert, so that keyset pages neither repeat nor skip. A printed time without a
    zone has no `published_at`; `sort_at` then reads it as UTC. `published_sort` is the same for the
    newest revision: it follows what revisions say, `sort_at` does not. `published_day` and
    `published_sort` are null exactly where no time of publication is known.
    """

    __tablename__ = "article"
    __table_args__ = (
        # What stands behind the pk is read from the index alone, by counts and rare filters.
        Index("ix_article_sort", "sort_at", "pk", "status", "language", "published_sort"),
        # The few articles that a revision dated otherwise: filters by date look for them here.
        Index(
            "ix_article_redated",
            "published_sort",
            sqlite_where=text("published_sort != sort_at"),
            postgresql_where=text("published_sort != sort_at"),
        ),
        Index("ix_article_publisher", "publisher", "sort_at", "pk"),
    )

    pk: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    url_key: str | None = Field(default=None, unique=True)
    source_key: str | None = Field(default=None, unique=True)
    url: str | None = None
    status: str = Field(default="usable")
    title: str | None = None
    language: str | None = None
    publisher: str | None = None
    agency: str | None = None
    authors: list[str] = Field(default_factory=list, sa_type=JSON)
    dateline: str | None = None
    published_at: datetime | None = None
    published_day: date | None = None
    published_sort: datetime | None = None
    published: dict[str, Any] | None = Field(default=None, sa_type=NULLABLE_JSON)
    updated: dict[str, Any] | None = Field(default=None, sa_type=NULLABLE_JSON)
    sort_at: datetime
    first_seen_at: datetime
    changed_at: datetime
    current_revision: int = 1
    seen: list[str] = Field(default_factory=list, sa_type=JSON)
    sightings: int = 1
    cluster: str | None = None


class Revision(SQLModel, table=True):
    """One text of an article. `zones` is `[[kind, start, end, value], …]`."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("article", "n"),)

    pk: int | None = Field(default=None, primary_key=True)
    article: int = Field(foreign_key="article.pk")
    n: int
    text: str
    sha256: str
    zones: list[Any] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime


class Run(SQLModel, table=True):
    """One configuration of the extractor: what provenance names."""

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("extractor_version", "model_digest", "settings_digest"),)

    pk: int | None = Field(default=None, primary_key=True)
    extractor_version: str
    model: str
    model_digest: str
    settings_digest: str
    started_at: datetime


class ExtractionRow(SQLModel, table=True):
    """What a run found in a revision. Exactly one extraction of an article is current."""

    __tablename__ = "extraction"
    __table_args__ = (
        UniqueConstraint("revision", "run"),
        Index(
            "uq_extraction_current",
            "article",
            unique=True,
            # As SQLAlchemy writes the condition: SQLite uses a partial index only where the
            # query's condition is the same.
            sqlite_where=text("is_current = 1"),
            postgresql_where=text("is_current"),
        ),
    )

    pk: int | None = Field(default=None, primary_key=True)
    article: int = Field(foreign_key="article.pk")
    revision: int = Field(foreign_key="revision.pk")
    run: int = Field(foreign_key="run.pk")
    is_current: bool = True
    created_at: datetime


class Entity(SQLModel, table=True):
    """A person, organisation or location known across articles.

    `name` gets better as fuller forms are attested, until an editor gives it one (`is_renamed`);
    `norm`, by which lists sort, is that of the first name and stays.

    The counters count what stands in current extractions of usable articles; they change in the
    transaction that changes the rows.
    """

    __tablename__ = "entity"
    __table_args__ = (
        Index("ix_entity_first_seen", "first_seen", "pk"),
        Index("ix_entity_quotes", "quotes", "pk"),
        Index("ix_entity_mentions", "mentions", "pk", "kind"),
        # Partial, lest a list of what was not merged be read from it, in no order.
        Index(
            "ix_entity_merged_into",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
    )

    pk: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    kind: str
    name: str
    norm: str = Field(index=True)
    merged_into: int | None = Field(default=None, foreign_key="entity.pk")
    status: str = Field(default="active")
    is_renamed: bool = False
    first_seen: datetime
    last_seen: datetime
    articles: int = 0
    mentions: int = 0
    quotes: int = 0
    quoted_about: int = 0


class Alias(SQLModel, table=True):
    """A surface under which an entity was seen. `norm` is casefolded, white space folded."""

    __tablename__ = "alias"
    __table_args__ = (Index("ix_alias_norm", "norm", "entity"),)

    entity: int = Field(foreign_key="entity.pk", primary_key=True)
    surface: str = Field(primary_key=True)
    norm: str
    origin: str = "text"


class MentionRow(SQLModel, table=True):
    """A mention in an extraction: code points into the revision's text, end exclusive.

    `type` is name, nominal or pronoun; `label` the entity kind. `resolved` is what resolution said,
    `entity` what is served: see `store/laying.py`.
    """

    __tablename__ = "mention"
    __table_args__ = (
        Index("ix_mention_entity", "entity", "extraction"),
        Index("ix_mention_extraction", "extraction", "start"),
    )

    pk: int | None = Field(default=None, primary_key=True)
    extraction: int = Field(foreign_key="extraction.pk")
    start: int
    end: int
    type: str
    label: str
    resolved: int | None = None
    entity: int | None = Field(default=None, foreign_key="entity.pk")
    confidence: float | None = None


class PlaceRow(SQLModel, table=True):
    """A place of the gazetteer that some article was located at; `key` is its key there."""

    __tablename__ = "place"

    key: str = Field(primary_key=True)
    name: str
    kind: str
    lat: float
    lon: float
    country: str | None = None
    region: str | None = None
    population: int = 0


class ExtractionEntity(SQLModel, table=True):
    """What an article's current extraction says of an entity: how far it is about it, where it is.

    An article that is extracted again, or withdrawn, loses these rows. `alternatives` is
    `[[key of a place, score], …]`, best first; null where the entity is no location on the map.

    `resolved` is what resolution said, `entity` what is served; of two rows of an extraction that
    corrections make one entity the more salient has it, the other has none.
    """

    __tablename__ = "extraction_entity"
    __table_args__ = (
        Index("ix_extraction_entity_resolved", "resolved", "extraction"),
        Index("ix_extraction_entity_entity", "entity", "extraction"),
    )

    extraction: int = Field(foreign_key="extraction.pk", primary_key=True)
    resolved: int = Field(foreign_key="entity.pk", primary_key=True)
    entity: int | None = Field(default=None, foreign_key="entity.pk")
    salience: float | None = None
    place: str | None = Field(default=None, foreign_key="place.key")
    confidence: float | None = None
    alternatives: list[Any] | None = Field(default=None, sa_type=NULLABLE_JSON)


class RoleRow(SQLModel, table=True):
    """What an article calls an entity ("US Secretary of State"), where it first does.

    Kept for current extractions only, as `extraction_entity` is. `norm` is folded like that of an
    alias; `sort_at` is the article's. `resolved` and `entity` are as there.
    """

    __tablename__ = "role"
    __table_args__ = (
        # All that an entity's page says of its roles is read from the index alone.
        Index("ix_role_entity", "entity", "norm", "text", "sort_at"),
    )

    extraction: int = Field(foreign_key="extraction.pk", primary_key=True)
    resolved: int = Field(foreign_key="entity.pk", primary_key=True)
    norm: str = Field(primary_key=True)
    entity: int | None = Field(default=None, foreign_key="entity.pk")
    start: int
    end: int
    text: str
    sort_at: datetime


class EntityPlace(SQLModel, table=True):
    """How well a place is attested for an entity, summed over `extraction_entity`.

    `articles` counts those that were located there; `weight` sums its shares of the evidence, in
    thousandths, of articles where it is an alternative as well. Like the counters of an entity both
    change in the transaction that changes the rows: an entity of a hundred thousand articles is
    shown on a map without reading them.
    """

    __tablename__ = "entity_place"

    entity: int = Field(foreign_key="entity.pk", primary_key=True)
    place: str = Field(foreign_key="place.key", primary_key=True)
    articles: int
    weight: int


class QuoteRow(SQLModel, table=True):
    """A quote of an article, the same row through revisions and re-extractions.

    `speaker_extracted`, `status_extracted` and `organisation_extracted` are what the machine said;
    `speaker`, `speaker_status` and `organisation` what is served (`is_corrected` where an editor
    said it). `visible` is false once the current extraction lacks it, an editor rejected it
    (`is_rejected`), its speaker is suppressed or its article not usable. `text`, `cue` and `source`
    are those of the newest extraction that has it; `evidence` is
    `{"via": …, "antecedent": [start, end] or null, "alternatives": [[entity uid, score], …]}`.
    """

    __tablename__ = "quote"
    __table_args__ = (
        UniqueConstraint("article", "fingerprint", "occurrence"),
        # What stands behind the pk is read from the index alone, by counts and rare filters.
        Index(
            "ix_quote_speaker",
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
        ),
        Index(
            "ix_quote_sort",
            "sort_at",
            "pk",
            "article",
            "visible",
            "kind",
            "speaker_status",
            "cue_class",
            "polarity",
            "confidence",
        ),
        Index("ix_quote_article", "article", "start"),
        # The same words in other articles.
        Index("ix_quote_fingerprint", "fingerprint", "sort_at", "pk"),
    )

    pk: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    article: int = Field(foreign_key="article.pk")
    fingerprint: str
    occurrence: int
    extraction: int = Field(foreign_key="extraction.pk")
    parent: int | None = Field(default=None, foreign_key="quote.pk")
    start: int
    text: str
    cue: str | None = None
    source: str | None = None
    kind: str
    cue_class: str
    polarity: str
    verbatim: bool = True
    speaker_extracted: int | None = Field(default=None, foreign_key="entity.pk")
    speaker: int | None = Field(default=None, foreign_key="entity.pk")
    status_extracted: str
    speaker_status: str
    described_as: str | None = None
    organisation_extracted: int | None = None
    organisation: int | None = Field(default=None, foreign_key="entity.pk")
    confidence: float | None = None
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    sort_at: datetime
    is_corrected: bool = False
    is_rejected: bool = False
    visible: bool = True


class QuoteSpan(SQLModel, table=True):
    """A content, cue or source span of a quote in one extraction."""

    __tablename__ = "quote_span"

    quote: int = Field(foreign_key="quote.pk", primary_key=True)
    extraction: int = Field(foreign_key="extraction.pk", primary_key=True)
    role: str = Field(primary_key=True)
    start: int = Field(primary_key=True)
    end: int


class QuoteEntity(SQLModel, table=True):
    """Whom a quote is about: an entity meant by a mention inside the quote's content.

    `resolved` is what resolution said, `entity` what is served; of two rows of a quote that
    corrections make one entity only one has it.
    """

    __tablename__ = "quote_entity"
    __table_args__ = (Index("ix_quote_entity_page", "entity", "sort_at", "quote"),)

    quote: int = Field(foreign_key="quote.pk", primary_key=True)
    resolved: int = Field(foreign_key="entity.pk", primary_key=True)
    entity: int | None = Field(default=None, foreign_key="entity.pk")
    sort_at: datetime


class Correction(SQLModel, table=True):
    """An editor's correction, laid over extractions; nothing here is ever deleted.

    `kind` is speaker, rejection, rename, merge, split, suppression, withdrawal or undo. `target` is
    the uid of what was corrected, `anchor` what finds a quote again after its words changed:
    `{"article": uid, "text": …, "fingerprint": …}`. `old` and `new` are JSON that depends on the
    kind (docs/corrections.md). An undo is a correction of its own: `undone_by` names it.
    """

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_article", "article"),)

    pk: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    kind: str
    target: str = Field(index=True)
    article: int | None = Field(default=None, foreign_key="article.pk")
    anchor: dict[str, Any] | None = Field(default=None, sa_type=NULLABLE_JSON)
    old: Any = Field(default=None, sa_type=NULLABLE_JSON, nullable=True)
    new: Any = Field(default=None, sa_type=NULLABLE_JSON, nullable=True)
    actor: str
    reason: str | None = None
    at: datetime
    undone_by: int | None = Field(default=None, foreign_key="correction.pk")


class Reassignment(SQLModel, table=True):
    """A split: in this article, what resolution says is `resolved` is served as `entity`."""

    __tablename__ = "reassignment"
    __table_args__ = (Index("ix_reassignment_correction", "correction"),)

    article: int = Field(foreign_key="article.pk", primary_key=True)
    resolved: int = Field(foreign_key="entity.pk", primary_key=True)
    entity: int = Field(foreign_key="entity.pk")
    correction: int = Field(foreign_key="correction.pk")


class Change(SQLModel, table=True):
    """What a mirror must fetch again; `seq` only grows, also after deletions."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_uid", "uid"), {"sqlite_autoincrement": True})

    seq: int | None = Field(default=None, primary_key=True)
    uid: str
    op: str
    at: datetime


class Tombstone(SQLModel, table=True):
    """A keyed hash of what must not come back: a withdrawn article, a suppressed name.

    `uid` is what it stands for, so that an undo finds it.
    """

    __tablename__ = "tombstone"

    keyed_hash: str = Field(primary_key=True)
    uid: str = Field(primary_key=True, index=True)
    at: datetime


class Secret(SQLModel, table=True):
    """A random key of this database ("tombstone"), made at first use."""

    __tablename__ = "secret"

    name: str = Field(primary_key=True)
    value: str


class EntityKey(SQLModel, table=True):
    """What an entity can be found by when an article is resolved: a full name, or a key of its own.

    `rank` numbers those that share a key; only the first few are kept (`candidates.MOST`), so that
    looking up the commonest surname costs no more than any other.
    """

    __tablename__ = "entity_key"
    __table_args__ = (Index("ix_entity_key_entity", "entity", "key"),)

    key: str = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    entity: int = Field(foreign_key="entity.pk")


class EntityTraits(SQLModel, table=True):
    """The profile of an entity: `profiles.as_json` of what its articles' current extractions say.

    The commonest terms alone are kept. It changes in the transaction that changes the articles.
    """

    __tablename__ = "entity_traits"

    entity: int = Field(foreign_key="entity.pk", primary_key=True)
    traits: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class ArticleTraits(SQLModel, table=True):
    """What an article added to profiles, `[[entity, traits], …]`: taken off if it is read anew."""

    __tablename__ = "article_traits"

    article: int = Field(foreign_key="article.pk", primary_key=True)
    traits: list[Any] = Field(default_factory=list, sa_type=JSON)


class MergeProposalRow(SQLModel, table=True):
    """Two entities that an article shows to be one, the older first; nothing is merged by itself.

    `score` is in [0, 1], `reasons` a list of short sentences, `status` open or dismissed.
    """

    __tablename__ = "merge_proposal"
    __table_args__ = (
        Index("ix_merge_proposal_other", "other", "entity"),
        Index("ix_merge_proposal_article", "article"),
    )

    entity: int = Field(foreign_key="entity.pk", primary_key=True)
    other: int = Field(foreign_key="entity.pk", primary_key=True)
    article: int = Field(foreign_key="article.pk")
    score: float
    reasons: list[str] = Field(default_factory=list, sa_type=JSON)
    status: str = "open"
    at: datetime


class ExternalId(SQLModel, table=True):
    """The identifier that an authority file gives an entity."""

    __tablename__ = "external_id"
    __table_args__ = (Index("ix_external_id_entity", "entity", "authority", "id"),)

    authority: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    entity: int = Field(foreign_key="entity.pk")


class EntityDay(SQLModel, table=True):
    """An entity's counters by the day under which its articles sort (UTC): see `counters.py`."""

    __tablename__ = "entity_day"
    __table_args__ = (Index("ix_entity_day_day", "day", "entity", "quotes"),)

    entity: int = Field(foreign_key="entity.pk", primary_key=True)
    day: date = Field(primary_key=True)
    articles: int = 0
    mentions: int = 0
    quotes: int = 0
    quoted_about: int = 0


class PublisherDay(SQLModel, table=True):
    """Usable articles and visible quotes by outlet ("" where none is known) and day (UTC)."""

    __tablename__ = "publisher_day"
    __table_args__ = (Index("ix_publisher_day_day", "day", "publisher"),)

    publisher: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    articles: int = 0
    quotes: int = 0


class CoMention(SQLModel, table=True):
    """In how many articles two entities are among the most salient ones, once in each direction."""

    __tablename__ = "co_mention"
    __table_args__ = (Index("ix_co_mention_articles", "entity", "articles", "other"),)

    entity: int = Field(foreign_key="entity.pk", primary_key=True)
    other: int = Field(foreign_key="entity.pk", primary_key=True)
    articles: int


class NamePart(SQLModel, table=True):
    """An alias from each of its words on, folded: what type-ahead looks up."""

    __tablename__ = "name_part"
    __table_args__ = (Index("ix_name_part_entity", "entity", "part"),)

    part: str = Field(primary_key=True)
    entity: int = Field(foreign_key="entity.pk", primary_key=True)


class ApiKey(SQLModel, table=True):
    """A key that callers present; only its hash is kept. `uid` names it in lists and logs."""

    __tablename__ = "api_key"

    pk: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    hash: str
    scope: str
    label: str
    created_at: datetime
    revoked_at: datetime | None = None


class AuditRow(SQLModel, table=True):
    """One writing request: who asked what, and what came of it; never a body."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_at", "at"), {"sqlite_autoincrement": True})

    pk: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor: str
    address: str | None = None
    method: str
    path: str
    status: int
    request_id: str | None = None
