"""Locations on a map."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from app.api import parameters, present
from app.api.caching import answer
from app.api.dependencies import (
    GEOJSON,
    JSON_RANGES,
    DatabaseDep,
    PagingDep,
    accepting,
    make_router,
)
from app.api.documentation import answers
from app.api.places import feature
from app.api.routers.entities import DEFAULT_SORT, SORTS
from app.api.schemas.places import LocationCollection
from app.domain import EntityKind
from app.store.read import entities
from app.store.read.places import attested_places

router = make_router("entities", accepted=accepting(*JSON_RANGES, GEOJSON))


class _GeoJSON(JSONResponse):
    """Names the media type in the OpenAPI document."""

    media_type = GEOJSON


@router.get(
    "/locations.geojson",
    operation_id="list_locations_geojson",
    summary="List locations as GeoJSON",
    response_class=_GeoJSON,
    response_model=LocationCollection,
    responses=answers("invalid-parameter", "invalid-cursor", "store-unavailable"),
)
def list_locations_geojson(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    q: parameters.NamePrefix = None,
    min_mentions: parameters.MinMentions = 1,
    sort: parameters.EntitySort = DEFAULT_SORT,
) -> Response:
    """The locations of `GET /v1/locations` that were found on the map, as a FeatureCollection.

    Coordinates are longitude, latitude (RFC 7946). Follow `next` as in any list.
    """
    value_type, stable = SORTS[sort]
    wanted = entities.EntityFilter(q, (EntityKind.LOCATION,), min_mentions, located=True)
    after = paging.after(value_type)
    with database.reading() as connection:
        page = entities.entity_page(connection, wanted, sort, after=after, limit=paging.limit)
        places = attested_places(connection, [row.pk for row in page.rows])
    collection = LocationCollection(
        type="FeatureCollection",
        features=[feature(row, places[row.pk]) for row in page.rows],
        stable=stable,
        **present.listing(page, paging),
    )
    return answer(request, collection, GEOJSON)
