"""Which quotes pass a filter: their keys in the page's order, and how many there are.

One condition leads and gives rows in order from its own index; what else is asked is asked of each
of them, in correlated EXISTS, which planners leave where they stand. The condition with the fewest
rows leads: a page costs at most as many steps as it has rows, and fewer where the others pass often
(docs/decisions/0008-lists.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, true

from app.store.read import base
from app.store.read.base import (
    AS_SORTED,
    EVER,
    REDATED,
    Key,
    Ordering,
    Part,
    Period,
    Total,
    any_of,
    article,
    at_least,
    count_parts,
    entity,
    merged_pks,
    page_keys,
    quote,
    quote_entity,
    whole,
)
from app.store.read.hits import FEW, Ranked, Sought, compared, ranked
from app.store.search import QUOTES, Stretch
from app.store.search_query import parse

# So many values of a filter are each read in order; of more, all rows are sorted. SQLite joins at
# most 500 statements.
_MOST_PARTS = 50
# Sizes only tell leads apart: articles are counted so far, and any usual number of quotes will do.
_ARTICLES_COUNTED = 5_000
_QUOTES_AN_ARTICLE = 10

_BY_QUOTE = Ordering(quote.c.sort_at, quote.c.pk)
_BY_ABOUT = Ordering(quote_entity.c.sort_at, quote_entity.c.quote)
# A quote's time is its article's.
_BY_ARTICLE = Ordering(article.c.sort_at, quote.c.pk, across=True)


class _Lead(StrEnum):
    """What gives the rows, each from its own index in order."""

    SPEAKER = "speaker"
    ABOUT = "about"
    ARTICLE = "article"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes: None means no condition; a sequence means any of its values.

    `speakers` and `about` are public entity ids; merged ones stand for what they were merged into.
    Quotes without a confidence are below any `min_confidence`. `q` is what a person typed to
    search for: `search_query.parse` reads it.
    """

    speakers: Sequence[str] | None = None
    about: Sequence[str] | None = None
    kinds: Sequence[str] | None = None
    statuses: Sequence[str] | None = None
    publishers: Sequence[str] | None = None
    cue_classes: Sequence[str] | None = None
    polarities: Sequence[str] | None = None
    min_confidence: float | None = None
    period: Period = EVER
    q: str | None = None


def quote_keys(
    connection: Connection, wanted: QuoteFilter, *, after: Key | None, limit: int
) -> tuple[list[int], Key | None, Total]:
    """The pks of a page, newest first, where the next one starts, and how many quotes there are."""
    search = _Search(connection, wanted)
    pks, end = search.page(after, limit)
    total = whole(pks, after, end) or search.total(at_least=len(pks) + (end is not None))
    return pks, end, total


def ranked_quote_keys(
    connection: Connection, wanted: QuoteFilter, *, after: Key | None, limit: int
) -> tuple[Ranked, Total]:
    """A page of the newest quotes that pass, the most relevant first, and how many there are.

    `wanted` must have a `q`.
    """
    search = _Search(connection, wanted)
    found = ranked(search.sought(), after, limit)
    return found, search.total(at_least=len(found.pks) + (found.after is not None))


def quote_pks(
    connection: Connection, wanted: QuoteFilter, *, after: Key | None, limit: int
) -> tuple[list[int], Key | None]:
    """`quote_keys` without how many there are, which can cost more than a page."""
    return _Search(connection, wanted).page(after, limit)


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to a filter's quotes, what leads them, and the entities that the filter means."""

    parts: Sequence[Part]
    lead: str
    speakers: tuple[int, ...] | None
    about: tuple[int, ...] | None


def ways(connection: Connection, wanted: QuoteFilter, most: int) -> Ways:
    """How the newest `most` quotes of a filter are found, for those who count them."""
    return _Search(connection, wanted).ways(most)


class _Search:
    """One filter, its entities looked up, and the sizes of what may lead."""

    def __init__(self, connection: Connection, wanted: QuoteFilter) -> None:
        self._connection = connection
        self._wanted = wanted
        self._speakers = merged_pks(connection, wanted.speakers)
        self._about = merged_pks(connection, wanted.about)
        self._sizes: dict[_Lead, int] = {}
        if self._speakers is not None:
            self._sizes[_Lead.SPEAKER] = self._counted(func.sum(entity.c.quotes), self._speakers)
        if self._about is not None:
            self._sizes[_Lead.ABOUT] = self._counted(func.sum(entity.c.quoted_about), self._about)
        if wanted.publishers is not None or not wanted.period.is_ever:
            self._sizes[_Lead.ARTICLE] = self._of_articles()

    def _counted(self, counters: ColumnElement[int], pks: Sequence[int]) -> int:
        statement = select(func.coalesce(counters, 0)).where(entity.c.pk.in_(pks))
        found: int = self._connection.execute(statement).scalar_one()
        return found

    def _of_articles(self) -> int:
        chosen = select(article.c.pk).where(
            *any_of(article.c.publisher, self._wanted.publishers),
            *self._wanted.period.around(article.c.sort_at),
        )
        rows = chosen.limit(_ARTICLES_COUNTED).subquery()
        found = self._connection.execute(select(func.count()).select_from(rows)).scalar_one()
        return found * _QUOTES_AN_ARTICLE

    def lead(self, otherwise: _Lead) -> _Lead:
        """What has the fewest rows."""
        return min(self._sizes, key=self._sizes.__getitem__, default=otherwise)

    def ways(self, most: int) -> Ways:
        """The ways to all quotes of the filter; those of a search lead to the newest `most`."""
        if self._wanted.q is not None:
            found = [pk for _, pk in self.sought().keys(None, most)]
            keys = select(quote.c.sort_at.label("key"), quote.c.pk.label("pk"))
            part = Part(keys.where(quote.c.pk.in_(found)), _BY_QUOTE)
            return Ways([part], "search", self._speakers, self._about)
        lead = self.lead(_Lead.QUOTE)
        return Ways(self.parts(lead), lead, self._speakers, self._about)

    def page(self, after: Key | None, limit: int) -> tuple[list[int], Key | None]:
        """The pks of a page, newest first, and where the next one starts."""
        if self._wanted.q is None:
            return page_keys(self._connection, self.parts(self.lead(_Lead.QUOTE)), after, limit)
        return self.sought().page(after, limit)

    def sought(self) -> Sought:
        """The search for the filter's words, with all that else is asked."""
        period = self._wanted.period
        query = parse(self._wanted.q or "")
        as_sorted = [] if period.is_ever else [AS_SORTED, *period.published()]
        there = select(article.c.pk).where(
            article.c.pk == quote.c.article, *self._of_article(), *as_sorted
        )
        others = None if self._asks_only("q") else self.parts(self.lead(_Lead.QUOTE))
        outside = None if period.is_ever else [self._redated()]
        return Sought(
            self._connection,
            QUOTES,
            query,
            [*self._of_quote(), there.exists()],
            Stretch.of_time(*period.edges()),
            None if others is None else compared(self._connection, quote, query, others),
            None if outside is None else compared(self._connection, quote, query, outside),
            is_few=min(self._sizes.values(), default=FEW + 1) <= FEW,
        )

    def total(self, *, at_least: int = 0) -> Total:
        """How many quotes there are; a search has found `at_least` so many."""
        if self._wanted.q is not None:
            return self.sought().total(at_least)
        if self._speakers is not None and self._asks_only("speakers"):
            # A quote has one speaker: the counters say it, however many there are.
            return Total(self._sizes[_Lead.SPEAKER], exact=True)
        if self._about is not None and self._asks_only("about"):
            if len(self._about) == 1:
                return Total(self._sizes[_Lead.ABOUT], exact=True)
            # A quote may be about several of them: one alone may be enough.
            if self._counted(func.max(entity.c.quoted_about), self._about) > base.COUNT_CAP:
                return Total(base.COUNT_CAP, exact=False)
        # Without an order articles are quicker, unless the quotes' index answers rare conditions.
        otherwise = _Lead.QUOTE if len(self._of_quote()) > 1 else _Lead.ARTICLE
        lead = self.lead(otherwise)
        overlapping = lead is _Lead.ABOUT and len(self._about or ()) > 1
        return count_parts(self._connection, self.parts(lead), overlapping=overlapping)

    def _asks_only(self, name: str) -> bool:
        return self._wanted == replace(QuoteFilter(), **{name: getattr(self._wanted, name)})

    def parts(self, lead: _Lead) -> list[Part]:
        """The ways to all quotes of the filter, the first ones from the index of `lead`."""
        period = self._wanted.period
        as_sorted = [] if period.is_ever else [AS_SORTED, *period.published()]
        if lead is _Lead.SPEAKER:
            chosen = _each(quote.c.speaker, self._speakers)
            parts = [self._by_quote(one, as_sorted) for one in chosen]
        elif lead is _Lead.ABOUT:
            chosen = _each(quote_entity.c.entity, self._about)
            parts = [self._by_about(one, as_sorted) for one in chosen]
        elif lead is _Lead.ARTICLE:
            bounds = period.around(article.c.sort_at)
            chosen = _each(article.c.publisher, self._wanted.publishers)
            parts = [self._by_article([one, *bounds, *as_sorted]) for one in chosen]
        else:
            parts = [self._by_quote(None, as_sorted)]
        if not period.is_ever:
            parts.append(self._redated())
        return parts

    def _by_quote(
        self, speaker: ColumnElement[bool] | None, of_article: Sequence[ColumnElement[bool]]
    ) -> Part:
        keys = select(quote.c.sort_at.label("key"), quote.c.pk.label("pk"))
        there = select(article.c.pk).where(
            article.c.pk == quote.c.article, *self._of_article(), *of_article
        )
        statement = keys.where(
            true() if speaker is None else speaker,
            *self._wanted.period.around(quote.c.sort_at),
            *self._of_quote(speaker=speaker is None),
            there.exists(),
        )
        return Part(statement, _BY_QUOTE)

    def _by_about(
        self, lead: ColumnElement[bool], of_article: Sequence[ColumnElement[bool]]
    ) -> Part:
        keys = select(quote_entity.c.sort_at.label("key"), quote_entity.c.quote.label("pk"))
        there = (
            select(quote.c.pk)
            .select_from(quote.join(article, article.c.pk == quote.c.article))
            .where(
                quote.c.pk == quote_entity.c.quote,
                *self._of_quote(about=False),
                *self._of_article(),
                *of_article,
            )
            .correlate(quote_entity)
        )
        bounds = self._wanted.period.around(quote_entity.c.sort_at)
        return Part(keys.where(lead, *bounds, there.exists()), _BY_ABOUT)

    def _by_article(self, of_article: Sequence[ColumnElement[bool]]) -> Part:
        keys = select(article.c.sort_at.label("key"), quote.c.pk.label("pk"))
        source = article.join(quote, quote.c.article == article.c.pk)
        conditions = (*of_article, article.c.status == "usable", *self._of_quote())
        return Part(keys.select_from(source).where(*conditions), _BY_ARTICLE)

    def _redated(self) -> Part:
        period = self._wanted.period
        chosen = select(article.c.pk, article.c.sort_at).where(
            REDATED,
            *period.around(article.c.published_sort),
            *period.published(),
            *self._of_article(),
        )
        # They are few: all are taken and sorted. The planner would else read all quotes in order.
        few = chosen.cte("redated").prefix_with("MATERIALIZED")
        keys = select(few.c.sort_at.label("key"), quote.c.pk.label("pk"))
        source = few.join(quote, quote.c.article == few.c.pk)
        statement = keys.select_from(source).where(*self._of_quote())
        return Part(statement, Ordering(few.c.sort_at, quote.c.pk))

    def _of_quote(self, *, speaker: bool = True, about: bool = True) -> list[ColumnElement[bool]]:
        wanted = self._wanted
        found = [
            quote.c.visible.is_(True),
            *any_of(quote.c.kind, wanted.kinds),
            *any_of(quote.c.speaker_status, wanted.statuses),
            *any_of(quote.c.cue_class, wanted.cue_classes),
            *any_of(quote.c.polarity, wanted.polarities),
            *at_least(quote.c.confidence, wanted.min_confidence),
        ]
        if speaker and self._speakers is not None:
            # Not as a plain condition, for which the planner would take the speaker's index.
            one = select(entity.c.pk).where(entity.c.pk == quote.c.speaker)
            found.append(one.where(*any_of(entity.c.pk, self._speakers)).exists())
        if about and self._about is not None:
            inside = select(quote_entity.c.quote).where(quote_entity.c.quote == quote.c.pk)
            found.append(inside.where(*any_of(quote_entity.c.entity, self._about)).exists())
        return found

    def _of_article(self) -> list[ColumnElement[bool]]:
        publishers = any_of(article.c.publisher, self._wanted.publishers)
        return [article.c.status == "usable", *publishers]


def _each(column: ColumnElement[Any], values: Sequence[Any] | None) -> list[ColumnElement[bool]]:
    """A condition for each value; one for all where there are none or very many."""
    if values is None:
        return [true()]
    if 0 < len(values) <= _MOST_PARTS:
        return [column == value for value in dict.fromkeys(values)]
    return [column.in_(values)]
