"""Entities: people, organisations and locations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse

from app.api import parameters, present
from app.api.caching import answer
from app.api.dependencies import Database, DatabaseDep, PagingDep, make_router
from app.api.documentation import answers, redirects
from app.api.entity_path import found_or_redirect
from app.api.items import entity_item
from app.api.pagination import Paging
from app.api.schemas.entities import EntityItem, EntityList
from app.api.schemas.quotes import QuoteList
from app.domain import EntityKind
from app.store.read import entities, quotes
from app.store.read.base import SortValue
from app.store.read.quote_keys import QuoteFilter

router = make_router("entities")

Fields = Annotated[
    list[Literal["merge_proposals"]] | None,
    Query(description="What to add to the answer.", examples=[["merge_proposals"]]),
]
DEFAULT_SORT: entities.Sort = "mentions:desc"
# The sort column's type, and whether its values stay as they were at insert.
SORTS: dict[entities.Sort, tuple[type[SortValue], bool]] = {
    "mentions:desc": (int, False),
    "quotes:desc": (int, False),
    "name:asc": (str, True),
    "first_seen:desc": (datetime, False),
}
_LIST = answers("invalid-parameter", "invalid-cursor", "store-unavailable")


@router.get(
    "/entities",
    operation_id="list_entities",
    summary="List entities",
    response_model=EntityList,
    responses=_LIST,
)
def list_entities(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    q: parameters.NamePrefix = None,
    kind: parameters.EntityKinds = None,
    min_mentions: parameters.MinMentions = 1,
    sort: parameters.EntitySort = DEFAULT_SORT,
) -> Response:
    """People, organisations and locations, the most mentioned first.

    `q` finds by the beginning of a name or alias. Merged entities are listed once, under the name
    that stayed.
    """
    wanted = entities.EntityFilter(prefix=q, kinds=kind, min_mentions=min_mentions)
    return _list(request, database, paging, wanted, sort)


def _list(
    request: Request,
    database: Database,
    paging: Paging,
    wanted: entities.EntityFilter,
    sort: entities.Sort,
) -> Response:
    value_type, stable = SORTS[sort]
    after = paging.after(value_type)
    with database.reading() as connection:
        page = entities.entity_page(connection, wanted, sort, after=after, limit=paging.limit)
    results = [present.entity_summary(row) for row in page.rows]
    listed = EntityList(results=results, stable=stable, **present.listing(page, paging))
    return answer(request, listed)


def _shorthand(kind: EntityKind) -> Callable[..., Response]:
    def endpoint(
        request: Request,
        database: DatabaseDep,
        paging: PagingDep,
        q: parameters.NamePrefix = None,
        min_mentions: parameters.MinMentions = 1,
        sort: parameters.EntitySort = DEFAULT_SORT,
    ) -> Response:
        kinds: Sequence[str] = (kind,)
        wanted = entities.EntityFilter(prefix=q, kinds=kinds, min_mentions=min_mentions)
        return _list(request, database, paging, wanted, sort)

    return endpoint


for _name, _kind in (
    ("people", EntityKind.PERSON),
    ("organisations", EntityKind.ORGANISATION),
    ("locations", EntityKind.LOCATION),
):
    router.add_api_route(
        f"/{_name}",
        _shorthand(_kind),
        operation_id=f"list_{_name}",
        summary=f"List {_name}",
        description=f"The same as `GET /v1/entities?kind={_kind}`: {_name}, the most mentioned "
        "first; `q` finds by the beginning of a name or alias.",
        response_model=EntityList,
        responses=_LIST,
    )


@router.get(
    "/entities/{entity_id}",
    operation_id="get_entity",
    summary="Get an entity",
    response_model=EntityItem,
    responses=redirects() | answers("invalid-parameter", "not-found", "gone", "store-unavailable"),
)
def get_entity(
    request: Request,
    database: DatabaseDep,
    entity_id: parameters.EntityId,
    fields: Fields = None,
) -> Response:
    """One entity: its name and aliases, how often it is mentioned, quoted and quoted about, what
    articles call it (`roles`), where it is (`place`) and what it is in authority files.

    `fields=merge_proposals` adds other entities that articles show to be the same, with a score and
    reasons.

    The id of an entity that was merged into another redirects there (308).
    """
    with database.reading() as connection:
        found = found_or_redirect(connection, request, entity_id)
        if isinstance(found, RedirectResponse):
            return found
        item = entity_item(connection, found.pk, bool(fields))
    return answer(request, item)


@router.get(
    "/entities/{entity_id}/quotes",
    operation_id="list_entity_quotes",
    summary="List the quotes by an entity",
    response_model=QuoteList,
    responses=redirects()
    | answers(
        "invalid-parameter",
        "invalid-cursor",
        "not-found",
        "gone",
        "store-unavailable",
    ),
)
def list_entity_quotes(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    entity_id: parameters.EntityId,
    min_confidence: parameters.MinConfidence = None,
) -> Response:
    """What an entity said, newest first: `GET /v1/quotes?speaker={entity_id}`, and 404 for an
    entity that is not on record. `/v1/quotes` has more filters.
    """
    wanted = QuoteFilter(speakers=[entity_id], min_confidence=min_confidence)
    return list_quotes_below(request, database, paging, entity_id, wanted)


def list_quotes_below(
    request: Request, database: Database, paging: Paging, entity_id: str, wanted: QuoteFilter
) -> Response:
    """The quotes of a filter by an entity, as lists below its path answer them."""
    after = paging.after(datetime)
    with database.reading() as connection:
        found = found_or_redirect(connection, request, entity_id)
        if isinstance(found, RedirectResponse):
            return found
        page = quotes.quote_page(connection, wanted, after=after, limit=paging.limit)
    results = [present.quote_summary(row) for row in page.rows]
    return answer(request, QuoteList(results=results, **present.listing(page, paging)))
