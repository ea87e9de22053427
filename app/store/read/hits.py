"""What a search finds together with every other filter: pages, totals and the ranked window.

Hits come from the full-text index in the page's order, and what else is asked is asked of each.
Where few of many hits pass, that would read them all: the other filters then give the rows, and
each row is compared with the query. What leads changes nothing but the cost
(docs/decisions/0008-lists.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import ColumnElement, Connection, Table, select

from app.store import search_hits
from app.store.read import base
from app.store.read.base import Key, Part, Total, keys_statement
from app.store.search import Index, Stretch
from app.store.search import Key as Place
from app.store.search_query import SearchQuery

SearchSort = Literal["published:desc", "relevance"]

WINDOW = 1_000
"""So many of the newest hits are ranked by relevance."""
FEW = 500
"""So many rows of other filters are compared with the query without asking the index."""

# A page looks at so many hits before the other filters lead.
_HITS_LOOKED_AT = 10_000
_FIRST_ROWS, _MOST_ROWS = 200, 1_000

Keys = Callable[[Key | None, int], list[Key]]
"""The first keys behind one, the newest first: so many at most."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A search among the rows of an index.

    `conditions` is all that else is asked, of `index.rows`; `stretch` is where in time that holds.
    `otherwise` finds the same rows without asking the index first (None where words alone are
    asked), of which there are `is_few`; `outside` finds those that stand outside the stretch.
    """

    connection: Connection
    index: Index
    query: SearchQuery
    conditions: Sequence[ColumnElement[bool]]
    stretch: Stretch
    otherwise: Keys | None
    outside: Keys | None
    is_few: bool = False

    def keys(self, after: Key | None, limit: int) -> list[Key]:
        """The first hits behind `after`, at most `limit`."""
        if self.query.is_empty:
            return []
        if self.otherwise is not None and self.is_few:
            return self.otherwise(after, limit)
        place = cast("Place | None", after)
        within = self.stretch
        if self.otherwise is not None:
            last = self._nth(search_hits.behind(within, place), _HITS_LOOKED_AT)
            within = within.from_on(last)
        found: list[Key] = list(
            search_hits.newest(
                self.connection,
                self.index,
                self.query,
                self.conditions,
                within=within,
                after=place,
                limit=limit,
            )
        )
        if self.otherwise is not None and within is not self.stretch and len(found) < limit:
            return self.otherwise(after, limit)
        if self.outside is not None:
            found = sorted([*found, *self.outside(after, limit)], reverse=True)[:limit]
        return found

    def page(self, after: Key | None, limit: int) -> tuple[list[int], Key | None]:
        """The pks of a page, newest first, and where the next one starts."""
        found = self.keys(after, limit + 1)
        return [pk for _, pk in found[:limit]], found[limit - 1] if len(found) > limit else None

    def total(self, at_least: int) -> Total:
        """How many hits there are: exactly, unless the words alone have more than COUNT_CAP."""
        cap = base.COUNT_CAP
        if self.query.is_empty:
            return Total(0, exact=True)
        if self.otherwise is not None and self.is_few:
            return Total.up_to(cap, len(self.otherwise(None, cap + 1)))
        last = None if self.otherwise is None else self._nth(self.stretch, cap + 1)
        found = search_hits.count(
            self.connection,
            self.index,
            self.query,
            # The index has only what is shown.
            [] if self.otherwise is None else self.conditions,
            within=self.stretch.from_on(last),
            limit=cap + 1,
        )
        if self.outside is not None:
            found += len(self.outside(None, cap + 1))
        found = max(found, at_least)
        return Total(min(found, cap), exact=last is None and found <= cap)

    def _nth(self, within: Stretch, n: int) -> int | None:
        return search_hits.nth(self.connection, self.index, self.query, within, n)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Some of the newest hits, the most relevant first, and where the next page starts.

    The key behind a page is the window's first row and a rank in one: so each page ranks the same
    rows, whatever has arrived since. `is_whole` says that no hit is older than the window.
    """

    pks: list[int]
    after: Key | None
    is_whole: bool


def ranked(sought: Sought, after: Key | None, limit: int) -> Ranked:
    """A page of the newest WINDOW hits, by relevance; of the same relevance the newer first."""
    start, first = None, 0
    if after is not None:
        pk, first = divmod(after[1], WINDOW)
        # Behind the key that would stand right before the first row.
        start = (after[0], pk + 1)
    window = sought.keys(start, WINDOW + 1)
    is_whole = len(window) <= WINDOW
    window = window[:WINDOW]
    values = search_hits.scores(
        sought.connection, sought.index, sought.query, cast("list[Place]", window)
    )
    order = sorted(range(len(window)), key=lambda place: (-values[place], place))
    last = first + limit
    end = None
    if last < len(order):
        moment, newest = window[0]
        end = (moment, newest * WINDOW + last)
    return Ranked([window[place][1] for place in order[first:last]], end, is_whole)


def compared(
    connection: Connection, rows: Table, query: SearchQuery, parts: Sequence[Part]
) -> Keys:
    """The rows of `parts` whose `text` passes a query, read in order until there are enough."""
    texts = select(rows.c.pk, rows.c.text)

    def keys(after: Key | None, limit: int) -> list[Key]:
        found: list[Key] = []
        size = _FIRST_ROWS
        while True:
            some = connection.execute(keys_statement(parts, after, size)).all()
            pks = [row.pk for row in some]
            chosen = texts.where(rows.c.pk.in_(pks))
            known = {row.pk: row.text for row in connection.execute(chosen)}
            found += [(row.key, row.pk) for row in some if query.finds(known[row.pk])]
            if len(some) < size or len(found) >= limit:
                return found[:limit]
            after = (some[-1].key, some[-1].pk)
            size = min(2 * size, _MOST_ROWS)

    return keys
