from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import httpx
import lxml.etree
import pytest
from sqlalchemy import Engine, text

from app.api.schemas.exports import JsonFeed
from app.corrections.editing import Edit
from app.corrections.entities import rename
from app.corrections.quotes import Speaker, correct_speaker, reject
from app.main import create_app
from app.store.session import writing
from tests.api import newsroom
from tests.api.conftest import settings_for
from tests.api.newsroom import LINDHOLM, MIRA, TOMAS, ids, store, uid
from tests.api.test_problems import check

FEEDS = ["/v1/quotes/feed.atom", "/v1/quotes/feed.json"]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


class Read:
    """A feed in either format."""

    def __init__(self, response: httpx.Response) -> None:
        assert response.status_code == 200, response.text
        self.headers = response.headers
        if response.headers["content-type"].startswith("application/feed+json"):
            feed = response.json()
            JsonFeed.model_validate_json(response.content)
            self.title, self.about = feed["title"], feed["description"]
            self.self, self.next = feed["feed_url"], feed.get("next_url")
            self.ids = [item["id"] for item in feed["items"]]
            self.titles = [item["title"] for item in feed["items"]]
            self.updated = [item["date_modified"] for item in feed["items"]]
            self.published = [item.get("date_published") for item in feed["items"]]
        else:
            assert response.headers["content-type"] == "application/atom+xml"
            feed = lxml.etree.fromstring(response.content)

            def all_of(path: str) -> list[Any]:
                found: Any = feed.xpath(path, namespaces=ATOM)
                return [str(one) for one in found]

            [self.title], [self.about] = all_of("a:title/text()"), all_of("a:subtitle/text()")
            [self.self] = all_of("a:link[@rel='self']/@href")
            self.next = next(iter(all_of("a:link[@rel='next']/@href")), None)
            self.ids = all_of("a:entry/a:id/text()")
            self.titles = all_of("a:entry/a:title/text()")
            self.updated = all_of("a:entry/a:updated/text()")
            self.published = all_of("a:entry/a:published/text()")


def feed(client: httpx.Client, path: str) -> Read:
    return Read(client.get(path))


def all_pages(client: httpx.Client, path: str) -> list[Read]:
    pages = [feed(client, path)]
    while pages[-1].next is not None:
        pages.append(feed(client, pages[-1].next))
    return pages


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize(
    "query", ["", f"speaker={uid(MIRA)}", f"about={uid(LINDHOLM)}&polarity=denied", "kind=direct"]
)
def test_a_feed_pages_through_what_the_export_has(
    client: httpx.Client, path: str, query: str
) -> None:
    pages = all_pages(client, f"{path}?limit=4&{query}")
    found = [one for page in pages for one in page.ids]
    lines = client.get(f"/v1/quotes/export.ndjson?{query}").text.splitlines()
    assert len(found) == len(set(found)) == len(lines) > 4
    assert all(len(page.ids) == 4 for page in pages[:-1])
    assert pages[0].self == f"{client.base_url}{path}?limit=4&{query}"
    assert pages[0].headers["link"] == f'<{pages[0].next}>; rel="next"'


def test_both_formats_say_the_same(client: httpx.Client) -> None:
    one, other = (feed(client, f"{path}?speaker={uid(MIRA)}&limit=9") for path in FEEDS)
    for name in ("title", "about", "ids", "titles", "updated", "published"):
        assert getattr(one, name) == getattr(other, name), name
    assert one.title == "Quotes by Mira Kovalenko"
    assert one.titles[0] == "Mira Kovalenko: “Pier 24 will open 🚢,”"
    assert one.published[0] == "2031-03-02T00:30:00Z"


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_says_which_defaults_it_took(client: httpx.Client, path: str) -> None:
    assert (
        "(polarity=asserted&speaker_status=resolved&min_confidence=0.5)" in feed(client, path).about
    )
    told = feed(client, f"{path}?polarity=denied&min_confidence=0.1").about
    assert "(speaker_status=resolved)" in told
    everything = feed(client, f"{path}?all=true&limit=200")
    assert everything.about == "Nothing is left out by default."
    assert len(everything.ids) == len(ids(client, "/v1/quotes?limit=200"))
    assert any(title.startswith("US officials (indirect):") for title in everything.titles)
    assert any("(indirect, denied)" in title for title in everything.titles)


@pytest.mark.parametrize("path", FEEDS)
def test_a_moved_server_repeats_nothing(world: Engine, client: httpx.Client, path: str) -> None:
    here = feed(client, path)
    app = create_app(settings_for(world))
    with newsroom.asking(app, headers={"host": "quotes.example"}, timeout=60) as moved:
        there = feed(moved, path)
    assert there.self == f"http://quotes.example{path}"
    assert (there.ids, there.updated) == (here.ids, here.updated)
    assert len(here.ids) == 25


@pytest.mark.parametrize("path", FEEDS)
def test_an_unchanged_feed_is_304(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    again = client.get(path, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_knows_when_the_record_last_changed(
    own: httpx.Client, engine: Engine, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(newsroom, "NOW", datetime(2024, 5, 1, 12, 0, 0, 700_000, tzinfo=UTC))
    store(engine, newsroom.article(1))
    first = own.get(path)
    modified = first.headers["last-modified"]
    assert parsedate_to_datetime(modified) == datetime(2024, 5, 1, 12, tzinfo=UTC)

    def asked(since: str, **headers: str) -> int:
        return own.get(path, headers={"if-modified-since": since, **headers}).status_code

    assert asked(modified) == 304
    later = parsedate_to_datetime(modified) + timedelta(seconds=1)
    assert asked(format_datetime(later, usegmt=True)) == 304
    earlier = parsedate_to_datetime(modified) - timedelta(seconds=1)
    assert asked(format_datetime(earlier, usegmt=True)) == 200
    for no_date in ("yesterday", "", "2024-05-01", "Wed, 99 May 2024 12:00:00 GMT"):
        assert asked(no_date) == 200
    # The tag says more than the time.
    assert asked(modified, **{"if-none-match": '"other"'}) == 200
    assert asked(modified, **{"if-none-match": first.headers["etag"]}) == 304
    monkeypatch.setattr(newsroom, "NOW", datetime(2024, 5, 2, tzinfo=UTC))
    # An article that is older than those in the feed, and comes later.
    store(engine, newsroom.article(-9))
    assert asked(modified) == 200
    assert len(feed(own, path).ids) == 2


@pytest.mark.parametrize("path", FEEDS)
def test_a_second_that_is_not_over_has_no_time_of_change(
    own: httpx.Client, engine: Engine, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(newsroom, "NOW", datetime.now(UTC) + timedelta(minutes=1))
    store(engine, newsroom.article(1))
    response = own.get(path)
    assert "etag" in response.headers
    assert "last-modified" not in response.headers


@pytest.mark.parametrize("path", FEEDS)
def test_a_correction_updates_the_entry_and_keeps_its_id(
    own: httpx.Client, engine: Engine, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(newsroom, "NOW", datetime(2024, 5, 1, tzinfo=UTC))
    store(engine, newsroom.article(1))
    store(engine, newsroom.article(2))
    before = feed(own, path)
    newest, *_ = ids(own, "/v1/quotes?kind=direct")

    def edit(day: int) -> Edit:
        return Edit("editor", datetime(2024, 5, day, 10, tzinfo=UTC))

    with writing(engine) as connection:
        correct_speaker(connection, edit(3), newest, Speaker(uid(TOMAS)))
    after = feed(own, path)
    assert after.ids == before.ids
    assert after.titles[0].startswith("Tomas Quillfeather: ")
    assert after.updated[0] == "2024-05-03T10:00:00Z"
    assert after.headers["etag"] != before.headers["etag"]
    assert after.headers["last-modified"] == "Fri, 03 May 2024 10:00:00 GMT"
    with writing(engine) as connection:
        rename(connection, edit(4), uid(MIRA), "Mira Kovalenko-Berg")
    renamed = feed(own, path)
    assert renamed.ids == before.ids
    assert renamed.titles[1].startswith("Mira Kovalenko-Berg: ")
    assert renamed.updated == [after.updated[0], "2024-05-04T10:00:00Z"]
    with writing(engine) as connection:
        reject(connection, edit(5), newest)
    left = own.get(path, headers={"if-modified-since": renamed.headers["last-modified"]})
    assert Read(left).ids == before.ids[1:]


@pytest.mark.parametrize("path", FEEDS)
def test_a_cursor_belongs_to_its_feed(client: httpx.Client, path: str) -> None:
    following = feed(client, f"{path}?limit=4").next
    assert following is not None
    check(client.get(f"{following}&kind=direct"), 422, "invalid-cursor")
    other = FEEDS[1 - FEEDS.index(path)]
    check(client.get(following.replace(path, other)), 422, "invalid-cursor")
    check(client.get(f"{path}?cursor=x"), 422, "invalid-cursor")
    check(client.get(f"{path}?limit=201"), 422, "invalid-parameter")


def test_what_is_accepted_is_answered(client: httpx.Client) -> None:
    readers = ["*/*", "application/xml", "text/xml, */*;q=0.1", "application/atom+xml"]
    for accept in readers:
        assert client.get(FEEDS[0], headers={"accept": accept}).status_code == 200
    for accept in ("application/feed+json", "application/json", "*/*"):
        assert client.get(FEEDS[1], headers={"accept": accept}).status_code == 200
    for path in FEEDS:
        check(client.get(path, headers={"accept": "text/csv, image/png"}), 406, "not-acceptable")


HOSTILE = ["\0", "\ud800", "&lt;", '"><x>', "\u202e", "'; DROP TABLE quote --", "e_" + "x" * 190]


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("name", ["speaker", "about", "publisher"])
def test_no_parameter_breaks_the_document(client: httpx.Client, path: str, name: str) -> None:
    for value in HOSTILE:
        raw = value.encode("utf-8", "surrogatepass")
        quoted = "".join(f"%{byte:02x}" for byte in raw)
        response = client.get(f"{path}?{name}={quoted}")
        assert Read(response).ids == []


@pytest.mark.parametrize("path", FEEDS)
def test_hostile_articles_stay_inside_their_entries(
    own: httpx.Client, engine: Engine, path: str
) -> None:
    store(engine, newsroom.article(1))
    store(engine, newsroom.article(2))
    evil = "a\0\x08\x1b</entry><script>alert(1)</script>]]>&#0;\ufffe\u202e🏗"
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE article SET title = :evil, publisher = :evil, url = :url WHERE pk = 1"),
            {"evil": evil, "url": "javascript:alert(1)"},
        )
        connection.execute(text("UPDATE quote SET text = :evil WHERE article = 1"), {"evil": evil})
    read = feed(own, path)
    assert len(read.ids) == 2
    response = own.get(path)
    assert "javascript:" not in response.text
    for html in re.findall(r'"content_html":"(.*?[^\\])"', response.text) or [response.text]:
        assert "<script" not in html
