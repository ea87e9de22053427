"""Statistics: counts of quotes, rising speakers, outlets."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import Request, Response

from app.api import counting, parameters, present
from app.api.caching import answer
from app.api.dependencies import DatabaseDep, PagingDep, make_router
from app.api.documentation import answers
from app.api.filters import QuoteFilterDep
from app.api.schemas.statistics import (
    PublisherList,
    QuoteFacets,
    QuoteStatistics,
    RisingSpeakers,
)
from app.store.read import publishers, quote_counts, rising

router = make_router("statistics")


@router.get(
    "/stats/quotes",
    operation_id="count_quotes",
    summary="Count quotes by speaker, outlet, kind or time",
    response_model=QuoteStatistics,
    responses=answers("invalid-parameter", "store-unavailable"),
)
def count_quotes(
    request: Request,
    database: DatabaseDep,
    wanted: QuoteFilterDep,
    by: counting.By,
    limit: counting.Most = 50,
) -> Response:
    """How the quotes of any filter of `GET /v1/quotes` are distributed.

    Of filters by nothing, by speakers or by outlets, also with a period in days, and of any filter
    that few quotes pass, the counts are of all quotes; of others the newest 3,000 are counted:
    `window` says which. Quotes whose speaker is not on record are in no count `by=speaker`. Time
    goes by the day (UTC) under which articles sort; in a window that is not the whole the oldest
    interval may be incomplete.
    """
    with database.reading() as connection:
        found = quote_counts.counts_by(connection, wanted, by, limit)
    return answer(request, counting.quote_statistics(by, found))


@router.get(
    "/stats/facets",
    operation_id="list_facets",
    summary="List the facets of quotes",
    response_model=QuoteFacets,
    responses=answers("invalid-parameter", "store-unavailable"),
)
def list_facets(
    request: Request,
    database: DatabaseDep,
    wanted: QuoteFilterDep,
    limit: counting.MostOfEach = 10,
) -> Response:
    """All counts that a page of search results shows beside it, for any filter of `GET /v1/quotes`.

    The newest 3,000 quotes of the filter are counted; `window` says whether these are all. Where
    sums that are kept tell a facet of all quotes, its own `is_whole` is true.
    """
    with database.reading() as connection:
        found = quote_counts.facets(connection, wanted, limit)
    return answer(request, counting.quote_facets(found))


@router.get(
    "/stats/rising",
    operation_id="list_rising_speakers",
    summary="List speakers who are quoted more than before",
    response_model=RisingSpeakers,
    responses=answers("invalid-parameter", "store-unavailable"),
)
def list_rising_speakers(
    request: Request,
    database: DatabaseDep,
    days: counting.DaysCompared = 7,
    until: counting.Until = None,
    kind: parameters.EntityKinds = None,
    min_quotes: counting.MinQuotes = 3,
    limit: counting.Most = 20,
) -> Response:
    """Who has a larger share of all quotes in the last `days` than in the four times as many days
    before them, the least likely by chance first.

    Shares are compared and not numbers, so that a day with more articles lifts nobody.
    """
    with database.reading() as connection:
        last = until or rising.newest_day(connection) or datetime.now(UTC).date()
        found = rising.rising(
            connection, last, days, kinds=kind, min_quotes=min_quotes, limit=limit
        )
    return answer(request, counting.rising_speakers(found))


@router.get(
    "/publishers",
    operation_id="list_publishers",
    summary="List outlets",
    response_model=PublisherList,
    responses=answers("invalid-parameter", "invalid-cursor", "store-unavailable"),
)
def list_publishers(request: Request, database: DatabaseDep, paging: PagingDep) -> Response:
    """Outlets with their articles and quotes, the most articles first.

    Their names are what the filter `publisher` takes; the one without a name stands for articles of
    which no outlet is known.
    """
    after = paging.after(int)
    with database.reading() as connection:
        page = publishers.publisher_page(connection, after=after, limit=paging.limit)
    results = [counting.publisher_summary(row) for row in page.rows]
    listed = PublisherList(results=results, stable=False, **present.listing(page, paging))
    return answer(request, listed)
