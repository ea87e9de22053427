"""Quotes, entities and articles in full: what their own paths answer, and what a correction of them
is compared with (`If-Match`)."""

from __future__ import annotations

from fastapi import Request
from sqlalchemy import Connection

from app.api import present
from app.api.article_path import shown, withheld
from app.api.offsets import OffsetMap, OffsetUnit
from app.api.quote_path import shown_quote
from app.api.schemas.articles import ArticleItem
from app.api.schemas.entities import EntityItem
from app.api.schemas.quotes import QuoteItem
from app.store.read import articles, entities, identity, quotes
from app.store.read.places import attested_places
from app.store.read.sightings import sightings

# What the schema of an entity says.
MOST_ROLES = MOST_PROPOSALS = 50


def quote_item(connection: Connection, uid: str, unit: OffsetUnit, may_read: bool) -> QuoteItem:
    """The quote of that id. Raises NotFoundError, and GoneError for one that is not shown."""
    pk = shown_quote(connection, uid)
    found = quotes.quote_detail(connection, pk)
    seen = sightings(connection, pk)
    at = OffsetMap(found.source.text, unit)
    return present.quote_item(found, seen, at, is_readable=may_read)


def entity_item(connection: Connection, pk: int, with_proposals: bool) -> EntityItem:
    """The entity of that key."""
    proposals = None
    if with_proposals:
        proposals = identity.merge_proposals(connection, pk, MOST_PROPOSALS)
    return present.entity_item(
        entities.entity_row(connection, pk),
        entities.aliases(connection, pk),
        entities.roles(connection, pk, MOST_ROLES),
        attested_places(connection, [pk]).get(pk),
        identity.external_ids(connection, pk),
        proposals,
    )


def article_item(
    connection: Connection, request: Request, uid: str, unit: OffsetUnit, may_read: bool
) -> ArticleItem:
    """The article of that id. Raises NotFoundError, and GoneError for a withdrawn one."""
    found = articles.article_detail(connection, shown(connection, uid))
    return present.article_item(found, OffsetMap(found.text, unit), withheld(request, may_read))
