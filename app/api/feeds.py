"""A page of quotes as a feed: what both formats say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import Request
from sqlalchemy import Connection

from app.api.pagination import Paging
from app.api.schemas import exports as x
from app.exports.defaults import Defaults
from app.exports.entries import Entry, entry, feed_title, feed_urn
from app.store.read.exports import export_page, known_entities, last_change, last_changes
from app.store.read.quote_keys import QuoteFilter

# What a feed's id does not depend on.
_FREE = frozenset({"cursor", "limit"})


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed. `modified` is a time since which nothing on record has changed."""

    id: str
    title: str
    subtitle: str
    address: str
    first: str
    next: str | None
    entries: list[Entry]
    modified: datetime | None


def read_feed(
    connection: Connection,
    request: Request,
    paging: Paging,
    wanted: QuoteFilter,
    defaults: Defaults,
) -> Feed:
    """The page that `paging` asks for of the quotes of a filter, newest first."""
    after = paging.after(datetime)
    modified = _settled(last_change(connection))
    rows, end = export_page(connection, wanted, after=after, limit=paging.limit)
    uids = {row.quote.uid for row in rows} | {row.quote.article_uid for row in rows}
    uids |= {row.quote.speaker_uid for row in rows if row.quote.speaker_uid is not None}
    changes = last_changes(connection, uids)
    speakers, about = list(wanted.speakers or ()), list(wanted.about or ())
    named = known_entities(connection, [*speakers, *about])

    def names(ids: list[str]) -> list[str]:
        return list(dict.fromkeys(named[uid].name for uid in ids if uid in named))

    query = request.query_params
    asked = [pair for pair in query.multi_items() if pair[0] not in _FREE]
    return Feed(
        id=feed_urn(asked),
        title=feed_title(names(speakers), names(about), query.get("q")),
        subtitle=defaults.sentence(),
        address=str(request.url),
        first=str(request.url.remove_query_params("cursor")),
        next=paging.next_url(end),
        entries=[entry(row, changes, str(request.url_for("list_quotes"))) for row in rows],
        modified=modified,
    )


def json_feed(feed: Feed, documentation: str) -> x.JsonFeed:
    """A feed as JSON Feed 1.1; `documentation` is the address of what describes its extension."""
    return x.JsonFeed(
        version="https://jsonfeed.org/version/1.1",
        title=feed.title,
        description=feed.subtitle,
        feed_url=feed.address,
        next_url=feed.next,
        items=[_item(each, documentation) for each in feed.entries],
    )


def _item(found: Entry, documentation: str) -> x.FeedItem:
    own = x.FeedQuote(
        about=documentation,
        quote=found.quote_id,
        speaker=found.speaker_id,
        address=found.address,
    )
    return x.FeedItem(
        id=found.id,
        url=found.link,
        title=found.title,
        content_html=found.html,
        content_text=found.text,
        date_published=found.published,
        date_modified=found.updated,
        authors=[x.FeedAuthor(name=found.speaker)],
        language=found.language,
        onrecord=own,
    )


def _settled(changed: datetime | None) -> datetime | None:
    """`changed`, unless more could change in the same second, which HTTP's dates do not tell."""
    if changed is None or changed > datetime.now(UTC) - timedelta(seconds=2):
        return None
    return changed
