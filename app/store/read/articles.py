"""Articles: pages by any filter, and one article with its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from app.store.read.base import (
    AS_SORTED,
    EVER,
    IS_NEWEST,
    REDATED,
    Key,
    Ordering,
    Page,
    Part,
    Period,
    Provenance,
    Total,
    any_of,
    article,
    count_parts,
    entity,
    extraction,
    keys_statement,
    mention,
    merged_pks,
    page_keys,
    quote,
    revision,
    run,
    whole,
)
from app.store.read.hits import Keys, SearchSort, Sought, ranked
from app.store.search import ARTICLES, Stretch
from app.store.search_hits import is_hit
from app.store.search_query import SearchQuery, parse


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles: None means no condition; a sequence means any of its values.

    `url_keys` are normalised addresses. `entities` and `speakers` are public entity ids; merged
    ones stand for what they were merged into. `q` is what a person typed to search for:
    `search_query.parse` reads it. Near-duplicates of another article are left out unless
    `with_duplicates`.
    """

    url_keys: Sequence[str] | None = None
    entities: Sequence[str] | None = None
    speakers: Sequence[str] | None = None
    publishers: Sequence[str] | None = None
    languages: Sequence[str] | None = None
    period: Period = EVER
    q: str | None = None
    with_duplicates: bool = False


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as a list shows it. `cluster` is the id of what leads its near-duplicates."""

    pk: int
    uid: str
    url: str | None
    title: str | None
    publisher: str | None
    agency: str | None
    authors: list[str]
    language: str | None
    published: dict[str, Any] | None
    cluster: str | None


@dataclass(frozen=True, slots=True)
class ArticleState:
    """Whether an article can be shown, and its current extraction (None before the first)."""

    pk: int
    status: str
    extraction: int | None


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """An article in full. `zones` is `[[kind, start, end, value], …]`, code points into `text`.

    `duplicates` are the newest of its near-duplicates, where it leads any.
    """

    row: ArticleRow
    duplicates: list[ArticleRow]
    dateline: str | None
    updated: dict[str, Any] | None
    first_seen_at: datetime
    changed_at: datetime
    sightings: int
    revision: int
    text: str
    zones: list[Any]
    provenance: Provenance | None


# So many near-duplicates stand beside the article that leads them.
MOST_DUPLICATES = 50

_FIELDS = tuple(field.name for field in fields(ArticleRow))
_COLUMNS = tuple(article.c[name] for name in _FIELDS)


def _row(row: Row[Any]) -> ArticleRow:
    values = row._mapping
    return ArticleRow(**{name: values[name] for name in _FIELDS})


# Entities of at most so many articles lead, although all their articles are then sorted; those of
# more are asked for of each article in the page's order, which soon has enough of them.
_FEW_ARTICLES = 1_000
_IN_ORDER = Ordering(article.c.sort_at, article.c.pk)


def article_page(
    connection: Connection, wanted: ArticleFilter, *, after: Key | None, limit: int
) -> Page[ArticleRow]:
    """The articles that pass a filter, newest first."""
    search = _Search(connection, wanted)
    pks, end = search.page(after, limit)
    total = whole(pks, after, end) or search.total(at_least=len(pks) + (end is not None))
    return Page(article_rows(connection, pks), end, total)


def found_page(
    connection: Connection,
    wanted: ArticleFilter,
    sort: SearchSort,
    *,
    after: Key | None,
    limit: int,
) -> tuple[Page[ArticleRow], bool | None]:
    """The articles that pass a filter, newest first or the newest of them by relevance.

    With the latter, whether all of them were ranked (`hits.Ranked`); else None.
    """
    if sort == "published:desc":
        return article_page(connection, wanted, after=after, limit=limit), None
    search = _Search(connection, wanted)
    found = ranked(search.sought(), after, limit)
    total = search.total(at_least=len(found.pks) + (found.after is not None))
    return Page(article_rows(connection, found.pks), found.after, total), found.is_whole


def current_texts(connection: Connection, pks: Sequence[int]) -> dict[int, str]:
    """The newest text of each of some articles."""
    statement = select(article.c.pk, revision.c.text).select_from(article.join(revision, IS_NEWEST))
    return {row.pk: row.text for row in connection.execute(statement.where(article.c.pk.in_(pks)))}


def article_rows(connection: Connection, pks: Sequence[int]) -> list[ArticleRow]:
    """The articles with these keys, in their order."""
    found = connection.execute(select(*_COLUMNS).where(article.c.pk.in_(pks)))
    rows = {row.pk: _row(row) for row in found}
    return [rows[pk] for pk in pks]


class _Search:
    """One filter, its entities looked up."""

    def __init__(self, connection: Connection, wanted: ArticleFilter) -> None:
        self._connection = connection
        self._wanted = wanted
        self._conditions: list[ColumnElement[bool]] = [
            article.c.status == "usable",
            *any_of(article.c.url_key, wanted.url_keys),
            *any_of(article.c.publisher, wanted.publishers),
            *any_of(article.c.language, wanted.languages),
            *_mentioning(connection, merged_pks(connection, wanted.entities)),
            *_quoting(connection, merged_pks(connection, wanted.speakers)),
            *wanted.period.published(),
            *([] if wanted.with_duplicates else [article.c.is_duplicate.is_(False)]),
        ]

    def page(self, after: Key | None, limit: int) -> tuple[list[int], Key | None]:
        """The pks of a page, newest first, and where the next one starts."""
        if self._wanted.q is None:
            return page_keys(self._connection, self._parts(), after, limit)
        return self.sought().page(after, limit)

    def total(self, at_least: int) -> Total:
        """How many articles there are; a search has found `at_least` so many."""
        if self._wanted.q is None:
            return count_parts(self._connection, self._parts())
        return self.sought().total(at_least)

    def sought(self) -> Sought:
        """The search for the filter's words, with all that else is asked."""
        wanted = self._wanted
        query = parse(wanted.q or "")
        period = wanted.period
        conditions = [*self._conditions, *([] if period.is_ever else [AS_SORTED])]
        asks_only = wanted == ArticleFilter(q=wanted.q, with_duplicates=True)
        return Sought(
            self._connection,
            ARTICLES,
            query,
            conditions,
            Stretch.of_time(*period.edges()),
            None if asks_only else self._among(query, self._parts(), few=False),
            None if period.is_ever else self._among(query, self._parts()[1:], few=True),
        )

    def _among(self, query: SearchQuery, parts: Sequence[Part], *, few: bool) -> Keys:
        """The hits among the rows of `parts`."""

        def keys(after: Key | None, limit: int) -> list[Key]:
            hit = is_hit(ARTICLES, query, few=few)
            hits = [replace(part, statement=part.statement.where(hit)) for part in parts]
            rows = self._connection.execute(keys_statement(hits, after, limit))
            return [(row.key, row.pk) for row in rows]

        return keys

    def _parts(self) -> list[Part]:
        period = self._wanted.period
        keys = select(article.c.sort_at.label("key"), article.c.pk.label("pk"))
        keys = keys.where(*self._conditions)
        if period.is_ever:
            return [Part(keys, _IN_ORDER)]
        as_sorted = keys.where(AS_SORTED, *period.around(article.c.sort_at))
        redated = keys.where(REDATED, *period.around(article.c.published_sort))
        return [Part(as_sorted, _IN_ORDER), Part(redated, _IN_ORDER)]


def _is_frequent(connection: Connection, pks: Sequence[int]) -> bool:
    summed = select(func.coalesce(func.sum(entity.c.articles), 0)).where(entity.c.pk.in_(pks))
    found: int = connection.execute(summed).scalar_one()
    return found > _FEW_ARTICLES


def _mentioning(
    connection: Connection, entities: Sequence[int] | None
) -> list[ColumnElement[bool]]:
    if entities is None:
        return []
    source = extraction.join(mention, mention.c.extraction == extraction.c.pk)
    # `is_current` as its index has it.
    conditions = (extraction.c.is_current, *any_of(mention.c.entity, entities))
    mentioned = select(extraction.c.article).select_from(source).where(*conditions)
    if _is_frequent(connection, entities):
        return [mentioned.where(extraction.c.article == article.c.pk).exists()]
    return [article.c.pk.in_(mentioned)]


def _quoting(connection: Connection, speakers: Sequence[int] | None) -> list[ColumnElement[bool]]:
    if speakers is None:
        return []
    conditions = (quote.c.visible.is_(True), *any_of(quote.c.speaker, speakers))
    quoted = select(quote.c.article).where(*conditions)
    if _is_frequent(connection, speakers):
        # A quote's time is its article's: with it the speaker's index leads to the few rows.
        here = (quote.c.article == article.c.pk, quote.c.sort_at == article.c.sort_at)
        return [quoted.where(*here).exists()]
    return [article.c.pk.in_(quoted)]


def article_state(connection: Connection, uid: str) -> ArticleState | None:
    """Whether the article of that id can be shown; None for an unknown id."""
    # By way of the revision, whose indexes both joins can use.
    current = (extraction.c.revision == revision.c.pk) & extraction.c.is_current.is_(True)
    statement = (
        select(article.c.pk, article.c.status, extraction.c.pk.label("extraction"))
        .select_from(article.join(revision, IS_NEWEST).outerjoin(extraction, current))
        .where(article.c.uid == uid)
    )
    row = connection.execute(statement).first()
    return None if row is None else ArticleState(**row._mapping)


def article_detail(connection: Connection, state: ArticleState) -> ArticleDetail:
    """One article with the text of its current revision."""
    columns = (
        *_COLUMNS,
        article.c.dateline,
        article.c.updated,
        article.c.first_seen_at,
        article.c.changed_at,
        article.c.sightings,
        revision.c.n,
        revision.c.text,
        revision.c.zones,
    )
    statement = select(*columns).select_from(article.join(revision, IS_NEWEST))
    row = connection.execute(statement.where(article.c.pk == state.pk)).one()
    return ArticleDetail(
        row=_row(row),
        duplicates=_duplicates(connection, row.uid) if row.cluster == row.uid else [],
        dateline=row.dateline,
        updated=row.updated,
        first_seen_at=row.first_seen_at,
        changed_at=row.changed_at,
        sightings=row.sightings,
        revision=row.n,
        text=row.text,
        zones=row.zones,
        provenance=None
        if state.extraction is None
        else extraction_source(connection, state.extraction)[1],
    )


def _duplicates(connection: Connection, leader: str) -> list[ArticleRow]:
    of_cluster = select(*_COLUMNS).where(
        article.c.cluster == leader, article.c.is_duplicate.is_(True)
    )
    newest = of_cluster.order_by(article.c.sort_at.desc(), article.c.pk.desc())
    return [_row(row) for row in connection.execute(newest.limit(MOST_DUPLICATES))]


def extraction_source(connection: Connection, pk: int) -> tuple[str, Provenance]:
    """The text that an extraction's offsets count into, and its provenance."""
    source = extraction.join(revision, revision.c.pk == extraction.c.revision).join(
        run, run.c.pk == extraction.c.run
    )
    columns = (revision.c.text, revision.c.n, run.c.extractor_version, run.c.model)
    row = connection.execute(
        select(*columns).select_from(source).where(extraction.c.pk == pk)
    ).one()
    return row.text, Provenance(row.extractor_version, row.model, row.n)
