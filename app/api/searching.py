"""Searching: its query parameters, and what answers say of where the words stand."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from app.api.offsets import OffsetMap, OffsetUnit
from app.api.problems import Problem
from app.api.schemas import search as s
from app.store.read.hits import WINDOW, SearchSort
from app.store.search_query import SearchQuery, parse

NEWEST: SearchSort = "published:desc"

SearchWords = Annotated[
    str | None,
    Query(
        alias="q",
        description="Full text: all of the words, in any order; accents and case do not matter. "
        '`"a phrase"` in quotation marks, `harb*` for a beginning (of three characters or more), '
        '`-word` and `-"a phrase"` for what must not occur. Nothing else has a meaning, and '
        "nothing is an error: a query without a word to look for finds nothing.",
        examples=['"port aster" crane*'],
    ),
]
FoundSort = Annotated[
    SearchSort,
    Query(
        alias="sort",
        description="The newest first, or the most `relevance` to `q`: the newest 1,000 hits are "
        "then ranked, which `window` tells.",
        examples=["relevance"],
    ),
]

# A snippet has so many characters at most, and so many before its first match.
_SNIPPET, _BEFORE = 240, 60


def query_for(q: str | None, sort: SearchSort) -> SearchQuery | None:
    """The query of a request, None for none. Raises Problem for a ranking of nothing."""
    if q is None and sort == "relevance":
        text = "`relevance` ranks what `q` finds; give `q`, or leave `sort` out."
        raise Problem("invalid-parameter", text, errors=[("/query/sort", text)])
    return None if q is None else parse(q)


def window(is_whole: bool | None) -> s.Window | None:
    """What was ranked, None where nothing was."""
    return None if is_whole is None else s.Window(newest=WINDOW, is_whole=is_whole)


def matches(query: SearchQuery, text: str | None, unit: OffsetUnit) -> list[s.Match]:
    """Where a query's words stand in a text, counted in a unit; nowhere in none."""
    return [] if text is None else _matches(query.matches(text), OffsetMap(text, unit))


def article_matches(
    query: SearchQuery, title: str | None, text: str, unit: OffsetUnit
) -> s.ArticleMatches:
    """Where a query's words stand in an article; `text` is empty where it may not be read."""
    return s.ArticleMatches(title=matches(query, title, unit), snippet=snippet(query, text, unit))


def _matches(spans: list[tuple[int, int]], at: OffsetMap) -> list[s.Match]:
    return [s.Match(start=at(a), end=at(b), text=at.text[a:b]) for a, b in spans]


def snippet(query: SearchQuery, text: str, unit: OffsetUnit) -> s.Snippet | None:
    """The first passage with the most matches; None where the text has none."""
    spans = query.matches(text)
    if not spans:
        return None
    first, last = _widened(text, *_best(spans, _SNIPPET - _BEFORE))
    inside = [(a - first, b - first) for a, b in spans if first <= a and b <= last]
    passage = OffsetMap(text[first:last], unit)
    return s.Snippet(
        start=OffsetMap(text, unit)(first), text=passage.text, matches=_matches(inside, passage)
    )


def _best(spans: list[tuple[int, int]], room: int) -> tuple[int, int, int]:
    """The match that has the most others within `room` characters, and where these end."""
    best, most, last = 0, 0, 0
    for first, (start, _) in enumerate(spans):
        while last < len(spans) and spans[last][1] <= start + room:
            last += 1
        if last - first > most:
            best, most = first, last - first
    start, end = spans[best]
    return start, end, max(end, start + room)


def _widened(text: str, start: int, least: int, end: int) -> tuple[int, int]:
    """From some words before `start` to the end of a word between `least` and `end`."""
    first = max(0, start - _BEFORE)
    if first > 0:
        space = max(text.find(" ", first, start), text.find("\n", first, start))
        first = space + 1 if space >= 0 else start
    if end >= len(text):
        return first, len(text)
    space = max(text.rfind(" ", least, end), text.rfind("\n", least, end))
    return first, space if space >= 0 else end
