"""The short way of a speaker's quotes answers as the general way does, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import Engine, text

from app.domain import Precision, PrintedTime
from app.identity import entity_uid
from app.main import create_app
from app.store.session import writing
from tests.api import newsroom
from tests.api.conftest import settings_for

MIRA, TOMAS = (newsroom.uid(entity) for entity in (newsroom.MIRA, newsroom.TOMAS))
ODD = "\x00\x1f\x7f\"\\/ \u2028 \u202e‮“🏗” é \ufeff <script>&amp;' \b\f\n\r\t"
ASKED = (
    f"speaker={MIRA}",
    f"speaker={MIRA}&limit=1",
    f"limit=3&speaker={MIRA}",
    f"speaker={TOMAS}&limit=200",
    f"speaker={newsroom.uid(newsroom.WATCH)}",
    f"speaker={entity_uid('person', 'Nobody', '')}",
    "speaker=",
    f"speaker={MIRA}&speaker={TOMAS}",
    f"speaker={MIRA}&limit=0",
    f"speaker={MIRA}&limit=201",
    f"speaker={MIRA}&limit=007",
    f"speaker={MIRA}&limit=%D9%A3",
    f"speaker={MIRA}&limit=5&limit=5",
    f"speaker={MIRA}&limit=99999999999999999999",
    f"speaker={MIRA}&limit=",
    f"speaker={MIRA}&cursor=",
    f"speaker={MIRA}&cursor=forged",
    f"speaker={MIRA}&cursor={'x' * 4001}",
    f"speaker={MIRA}&kind=direct",
    f"speaker={MIRA}&speakr=1",
    f"speaker={'e' * 201}",
    "speaker=%00%FF%ED%A0%80",
    f"speaker={MIRA}%00",
    "speaker=' OR 1=1 --",
)


Ways = tuple[httpx.Client, httpx.Client]


@contextmanager
def both_ways(engine: Engine) -> Iterator[Ways]:
    """Clients of two servers on a database: as it is, and with no short way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.api.quick._QUICK", {})
        general = create_app(settings_for(engine))
    quick = create_app(settings_for(engine))
    with newsroom.asking(quick) as one, newsroom.asking(general) as other:
        yield one, other


@pytest.fixture(scope="module")
def ways(world: Engine) -> Iterator[Ways]:
    with both_ways(world) as clients:
        yield clients


def same(ways: Ways, query: str, **headers: str) -> httpx.Response:
    """What both ways answer."""
    one, other = (_asked(client, query, headers) for client in ways)
    assert one.status_code == other.status_code
    assert one.content == other.content
    assert _headers(one) == _headers(other)
    return one


def _asked(client: httpx.Client, query: str, headers: dict[str, str]) -> httpx.Response:
    # The same host for both: it stands in `next`.
    return client.get(f"/v1/quotes?{query}", headers={"Host": "record.example", **headers})


def _headers(response: httpx.Response) -> dict[str, str]:
    own = ("date", "x-request-id", "x-ratelimit-remaining")
    return {name: value for name, value in response.headers.items() if name not in own}


@pytest.mark.parametrize("query", ASKED)
def test_both_ways_answer_alike(ways: Ways, query: str) -> None:
    same(ways, query)


def test_both_ways_page_alike(ways: Ways) -> None:
    query, seen = f"speaker={MIRA}&limit=7", 0
    while True:
        page = same(ways, query).json()
        seen += len(page["results"])
        if page["next"] is None:
            break
        query = page["next"].split("?")[1]
    assert seen == page["total"]["value"] > 14


@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*;q=0", "text/*, */*"])
def test_both_ways_mind_what_is_accepted(ways: Ways, accept: str) -> None:
    same(ways, f"speaker={MIRA}", accept=accept)


def test_both_ways_answer_304(ways: Ways) -> None:
    tag = same(ways, f"speaker={MIRA}&limit=4").headers["etag"]
    assert same(ways, f"speaker={MIRA}&limit=4", **{"If-None-Match": tag}).status_code == 304


def test_both_ways_answer_alike_whatever_is_on_record(engine: Engine) -> None:
    """Odd words, numbers and times; hidden quotes; a merged and a suppressed speaker."""
    seconds = PrintedTime(
        datetime(2031, 3, 1, 7, 12, 5, 120_000),
        Precision.SECOND,
        ODD.replace("\0", ""),
        datetime(2031, 3, 1, 7, 12, 5, 120_000, tzinfo=UTC),
        "Europe/Berlin",
    )
    day = PrintedTime(datetime(987, 3, 1), Precision.DAY, "1 March")
    times = ("daily", seconds, day, None)
    for number in range(12):
        newsroom.store(engine, newsroom.article(number, published=times[number % 4]))
    with writing(engine) as connection:
        for statement, value in (
            ("UPDATE quote SET text = :v, cue = :v, described_as = :v WHERE pk % 5 = 0", ODD[1:]),
            ("UPDATE quote SET cue = NULL, confidence = :v WHERE pk % 7 = 0", 1e-7),
            ("UPDATE quote SET confidence = :v WHERE pk % 7 = 1", 1.0),
            ("UPDATE quote SET confidence = :v WHERE pk % 7 = 2", 0.1 + 0.2),
            ("UPDATE quote SET organisation = (SELECT min(pk) FROM entity) WHERE pk % 3 = :v", 0),
            ("UPDATE quote SET visible = :v WHERE pk % 11 = 0", False),
            ("UPDATE article SET title = :v, publisher = :v WHERE pk % 2 = 0", ODD[1:]),
            ("UPDATE article SET url = NULL, status = 'withheld' WHERE pk = :v", 5),
        ):
            connection.execute(text(statement), {"v": value})
    with both_ways(engine) as ways:
        for query in (f"speaker={MIRA}&limit=5", f"speaker={TOMAS}"):
            page = same(ways, query).json()
            assert page["results"]
            while page["next"] is not None:
                page = same(ways, page["next"].split("?")[1]).json()
        with writing(engine) as connection:
            merged = "UPDATE entity SET merged_into = (SELECT pk FROM entity WHERE uid = :m)"
            connection.execute(text(f"{merged} WHERE uid = :t"), {"m": MIRA, "t": TOMAS})
            suppressed = text("UPDATE entity SET status = 'suppressed' WHERE uid = :m")
            connection.execute(suppressed, {"m": newsroom.uid(newsroom.WATCH)})
        same(ways, f"speaker={TOMAS}")
        same(ways, f"speaker={newsroom.uid(newsroom.WATCH)}")


def test_the_short_way_is_taken(world: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without threads and models: the general way of the same operation is out of order here."""

    def broken(*_: object, **__: object) -> None:
        raise AssertionError("the general way was taken")

    monkeypatch.setattr("app.store.read.quotes.quote_page", broken)
    app = create_app(settings_for(world))
    with newsroom.asking(app) as client:
        assert client.get(f"/v1/quotes?speaker={MIRA}&limit=2").status_code == 200
