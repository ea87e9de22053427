"""One router a resource. `ROUTERS` is all of them."""

from app.api.routers import articles, entities, extract, locations, quotes, service

ROUTERS = (
    quotes.router,
    entities.router,
    locations.router,
    articles.router,
    extract.router,
    service.router,
)
