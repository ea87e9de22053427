"""One router a resource. `ROUTERS` is all of them."""

from app.api.routers import (
    article_parts,
    article_writing,
    articles,
    audit,
    changes,
    corrections,
    entities,
    entity_lists,
    exports,
    extract,
    feeds,
    linked,
    locations,
    quotes,
    related,
    service,
    statistics,
)

ROUTERS = (
    # What is asked most often comes first: routers are tried in turn.
    quotes.list_router,
    # Files among the quotes come before `/quotes/{quote_id}`, which would take their names for ids.
    feeds.atom_router,
    feeds.json_router,
    exports.csv_router,
    exports.ndjson_router,
    linked.router,
    quotes.router,
    # `/entities/suggest` comes before `/entities/{entity_id}`.
    entity_lists.router,
    entities.router,
    related.router,
    locations.router,
    articles.router,
    article_parts.router,
    article_parts.linked_data_router,
    article_writing.router,
    changes.router,
    corrections.router,
    statistics.router,
    extract.router,
    audit.router,
    service.router,
)
