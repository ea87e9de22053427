"""What goes together with an entity, and when it occurs."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.api import counting, parameters, present
from app.api.caching import answer
from app.api.dependencies import DatabaseDep, PagingDep, make_router
from app.api.documentation import answers, redirects
from app.api.entity_path import found_or_redirect
from app.api.schemas.statistics import (
    RelatedList,
    RelatedWindow,
    Timeline,
    TimelineInterval,
    TimelineWindow,
)
from app.store.read import related, timeline
from app.store.read.base import SortValue

router = make_router("entities")

_SORTS: dict[related.RelatedSort, type[SortValue]] = {
    "articles:desc": int,
    "strength:desc": float,
}


@router.get(
    "/entities/{entity_id}/related",
    operation_id="list_related_entities",
    summary="List the entities mentioned together with an entity",
    response_model=RelatedList,
    responses=redirects()
    | answers("invalid-parameter", "invalid-cursor", "not-found", "gone", "store-unavailable"),
)
def list_related_entities(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    entity_id: parameters.EntityId,
    kind: parameters.EntityKinds = None,
    sort: counting.RelatedSort = "articles:desc",
) -> Response:
    """People, organisations and locations that articles are about together with this entity.

    `articles` counts articles in which both are among the 16 most salient entities. `strength` is
    Dunning's log-likelihood ratio (G²) of that number, of both entities' own articles and of all
    articles on record: whoever is in most articles anyway is not related for that. Sorted by
    strength are the 1,000 entities with the most common articles.
    """
    after = paging.after(_SORTS[sort])
    with database.reading() as connection:
        found = found_or_redirect(connection, request, entity_id)
        if isinstance(found, RedirectResponse):
            return found
        page = related.related_page(
            connection, found.pk, kind, sort, after=after, limit=paging.limit
        )
    window = None
    if sort == "strength:desc":
        window = RelatedWindow(
            most_co_mentioned=related.WINDOW, is_whole=page.total.value < related.WINDOW
        )
    listed = RelatedList(
        results=[counting.related_entity(row) for row in page.rows],
        stable=False,
        window=window,
        **present.listing(page, paging),
    )
    return answer(request, listed)


@router.get(
    "/entities/{entity_id}/timeline",
    operation_id="get_entity_timeline",
    summary="Get an entity's counts over time",
    response_model=Timeline,
    responses=redirects() | answers("invalid-parameter", "not-found", "gone", "store-unavailable"),
)
def get_entity_timeline(
    request: Request,
    database: DatabaseDep,
    entity_id: parameters.EntityId,
    interval: counting.Interval = "month",
    published_from: counting.FirstDay = None,
    published_to: counting.EndDay = None,
) -> Response:
    """In how many articles an entity is by day, week or month, and how often it is mentioned,
    quoted and quoted about there.

    Days are those (UTC) under which articles sort. Intervals in which it does not occur are left
    out; those at the edges of a period have the days inside it alone. At most 1,000 intervals, the
    newest, are answered.
    """
    with database.reading() as connection:
        found = found_or_redirect(connection, request, entity_id)
        if isinstance(found, RedirectResponse):
            return found
        rows, is_whole = timeline.timeline(
            connection, found.pk, interval, published_from, published_to
        )
    told = Timeline(
        interval=interval,
        results=[TimelineInterval(**asdict(row)) for row in rows],
        window=TimelineWindow(newest=timeline.MOST, is_whole=is_whole),
    )
    return answer(request, told)
