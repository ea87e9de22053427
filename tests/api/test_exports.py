from __future__ import annotations

import csv
import io
import json
import time
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, text

from app.api.schemas.exports import ExportedQuote
from app.exports.text import csv_chunks, ndjson_chunks
from app.main import create_app
from app.store import migrate
from app.store.read import exports
from app.store.read.quote_keys import QuoteFilter
from app.store.session import open_database, reading
from tests.api import newsroom
from tests.api.conftest import ARTICLES, settings_for
from tests.api.crowd import multiply
from tests.api.newsroom import LINDHOLM, MIRA, TOMAS, ids, store, uid
from tests.api.test_problems import check

CROWD = 20_000
EXPORTS = ["/v1/quotes/export.csv", "/v1/quotes/export.ndjson"]


def rows_of(response: httpx.Response) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text
    if response.headers["content-type"].startswith("text/csv"):
        return list(csv.DictReader(io.StringIO(response.text, newline=""), strict=True))
    return [json.loads(line) for line in response.text.split("\n")[:-1]]


def exported(client: httpx.Client, path: str) -> list[str]:
    return [row["id"] for row in rows_of(client.get(path))]


QUERIES = [
    "",
    f"speaker={uid(MIRA)}",
    f"speaker={uid(MIRA)}&speaker={uid(TOMAS)}&min_confidence=0",
    f"about={uid(LINDHOLM)}&polarity=denied",
    "publisher=Lindholm+Post",
    "published_from=2031-03-01T05:00:00Z&published_to=2031-03-02",
    "kind=direct",
    "q=open",
    "q=paid+-open&polarity=denied",
    "speaker=e_nobody",
]


@pytest.mark.parametrize("path", EXPORTS)
@pytest.mark.parametrize("query", QUERIES)
def test_an_export_has_what_the_list_has_with_the_defaults(
    client: httpx.Client, path: str, query: str
) -> None:
    defaults = ["polarity=asserted", "speaker_status=resolved", "min_confidence=0.5"]
    missing = [one for one in defaults if one.split("=")[0] not in query]
    listed = ids(client, "/v1/quotes?" + "&".join([query, *missing]).lstrip("&"))
    assert listed or "nobody" in query
    response = client.get(f"{path}?{query}")
    assert [row["id"] for row in rows_of(response)] == listed
    assert response.headers["onrecord-defaults"] == "&".join(missing)


@pytest.mark.parametrize("path", EXPORTS)
def test_all_leaves_the_defaults_out(client: httpx.Client, path: str) -> None:
    everything = ids(client, "/v1/quotes?limit=200")
    response = client.get(f"{path}?all=true")
    assert [row["id"] for row in rows_of(response)] == everything
    assert len(everything) == 4 * ARTICLES
    assert response.headers["onrecord-defaults"] == ""
    denied = ids(client, "/v1/quotes?limit=200&polarity=denied")
    assert exported(client, f"{path}?all=true&polarity=denied") == denied


def test_the_default_confidence_is_a_setting(engine: Engine) -> None:
    store(engine, newsroom.article(1))
    found = []
    for least in (0, 0.5, 0.98):
        app = create_app(settings_for(engine, export_min_confidence=least))
        with newsroom.asking(app, timeout=60) as client:
            found.append(len(exported(client, EXPORTS[0])))
    assert found == [2, 1, 0]


def test_a_line_is_the_quote_of_the_list_with_its_provenance(client: httpx.Client) -> None:
    listed = client.get("/v1/quotes?limit=200").json()["results"]
    lines = rows_of(client.get("/v1/quotes/export.ndjson?all=true"))
    for line, quote in zip(lines, listed, strict=True):
        ExportedQuote.model_validate_json(json.dumps(line))
        origin = line.pop("provenance")
        assert line == {name: quote[name] for name in line}
    assert origin == client.get(f"/v1/quotes/{lines[-1]['id']}").json()["provenance"]


@pytest.mark.parametrize("path", EXPORTS)
def test_an_export_is_a_file_that_nobody_keeps(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    suffix = path.rpartition(".")[2]
    named = f'attachment; filename="onrecord-quotes.{suffix}"'
    assert response.headers["content-disposition"] == named
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers
    assert "last-modified" not in response.headers
    assert {"Accept", "Accept-Encoding"} <= set(response.headers["vary"].split(", "))


@pytest.mark.parametrize("path", EXPORTS)
def test_an_export_takes_no_page_and_names_what_it_takes(client: httpx.Client, path: str) -> None:
    for name in ("limit", "cursor", "sort", "speakr"):
        problem = check(client.get(f"{path}?{name}=1"), 422, "unknown-parameter")
        assert problem["errors"][0]["pointer"] == f"/query/{name}"
    check(client.get(f"{path}?min_confidence=2"), 422, "invalid-parameter")
    check(client.get(f"{path}?all=perhaps"), 422, "invalid-parameter")
    check(client.post(path), 405, "method-not-allowed")


@pytest.mark.parametrize("path", EXPORTS)
def test_what_is_accepted_is_answered(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    own = response.headers["content-type"].partition(";")[0]
    for accept in ("*/*", own, f"text/html, {own};q=0.5"):
        assert client.get(path, headers={"accept": accept}).status_code == 200
    problem = check(client.get(path, headers={"accept": "image/png"}), 406, "not-acceptable")
    assert own in problem["detail"]


@pytest.mark.parametrize("path", EXPORTS)
def test_a_database_that_is_missing_is_told_before_the_answer_begins(
    nowhere: httpx.Client, path: str
) -> None:
    check(nowhere.get(path), 503, "store-unavailable")


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database of so many quotes that no buffer on the way to a client holds them."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('crowd') / 'onrecord.db'}")
    migrate.upgrade(engine)
    store(engine, newsroom.article(1))
    multiply(engine, CROWD, "word " * 200)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def crowd(crowded: Engine) -> Iterator[httpx.Client]:
    """A client of a server on it that allows one export at a time."""
    app = create_app(settings_for(crowded, max_exports=1, rate_limit="off"))
    with newsroom.asking(app, timeout=60) as made:
        yield made


@pytest.mark.parametrize("chunks", [csv_chunks, ndjson_chunks])
def test_an_export_of_many_quotes_takes_the_memory_of_few(crowded: Engine, chunks: Any) -> None:
    def peak(most: int) -> int:
        tracemalloc.start()
        pages = exports.export_pages(lambda: reading(crowded), QuoteFilter())
        lines = sum(chunk.count(b"\n") for chunk in chunks(islice(pages, most)))
        _, size = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert lines >= min(most * exports.PAGE, CROWD)
        return size

    peak(1)
    few = peak(3)
    # The whole file has 25 MB and more.
    assert peak(CROWD) < few + 1_000_000


def test_all_pages_come_once_and_in_order(crowd: httpx.Client) -> None:
    lines = [json.loads(line) for line in crowd.get(f"{EXPORTS[1]}?all=true").iter_lines()]
    found = [line["id"] for line in lines]
    assert len(found) == len(set(found)) == CROWD + 4
    # Of one moment: in the order of their keys, the newest first.
    copies = [one for one in found if one.startswith("q_copy")]
    assert copies == sorted(copies, reverse=True)


def test_articles_that_arrive_meanwhile_repeat_and_skip_nothing(engine: Engine) -> None:
    for number in range(10):
        store(engine, newsroom.article(number))
    wanted = QuoteFilter()
    with reading(engine) as connection:
        rows, _ = exports.export_page(connection, wanted, after=None, limit=99)
    before = {row.quote.uid for row in rows}
    seen: list[str] = []
    for page in exports.export_pages(lambda: reading(engine), wanted, size=7):
        seen += [row.quote.uid for row in page]
        if len(seen) < 40:
            store(engine, newsroom.article(100 + len(seen)))
            store(engine, newsroom.article(-len(seen)))
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def test_a_quote_that_is_withdrawn_meanwhile_is_not_exported(engine: Engine) -> None:
    for number in range(4):
        store(engine, newsroom.article(number))
    pages = exports.export_pages(lambda: reading(engine), QuoteFilter(), size=4)
    first = next(iter(pages))
    with engine.begin() as connection:
        connection.execute(text("UPDATE article SET status = 'withdrawn' WHERE pk = 1"))
    left = [row.quote.article_uid for page in pages for row in page]
    assert len(first) == 4
    assert len(left) == 8


def broken_after(pages: int) -> Any:
    """A reading of pages that fails in the midst."""

    def export_page(*arguments: Any, **named: Any) -> Any:
        nonlocal pages
        pages -= 1
        if pages < 0:
            raise RuntimeError("the disk is gone")
        return real(*arguments, **named)

    real = exports.export_page
    return export_page


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br", "zstd"])
@pytest.mark.parametrize("path", EXPORTS)
def test_an_error_in_the_midst_breaks_the_connection_off(
    crowd: httpx.Client,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    encoding: str,
) -> None:
    monkeypatch.setattr(exports, "export_page", broken_after(3))
    with pytest.raises(httpx.RemoteProtocolError):
        crowd.get(f"{path}?all=true", headers={"accept-encoding": encoding})
    monkeypatch.setattr(exports, "export_page", broken_after(0))
    check(crowd.get(f"{path}?all=true"), 500, "internal-error")


def read_pages(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Fills with a number for every page that is read from here on."""
    read: list[int] = []
    real = exports.export_page

    def export_page(*arguments: Any, **named: Any) -> Any:
        read.append(len(read))
        return real(*arguments, **named)

    monkeypatch.setattr(exports, "export_page", export_page)
    return read


def settled(read: list[int]) -> int:
    """How many pages were read when no more are."""
    deadline = time.monotonic() + 60
    before = -1
    while len(read) != before:
        assert time.monotonic() < deadline, "it goes on"
        before = len(read)
        time.sleep(1)
    return before


def exported_at_last(client: httpx.Client, path: str) -> None:
    """Export as soon as there is a place."""
    deadline = time.monotonic() + 60
    while client.head(path).status_code == 503:
        assert time.monotonic() < deadline, "its place is still taken"
        time.sleep(0.1)


def test_a_client_that_goes_away_ends_the_work(
    crowd: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = read_pages(monkeypatch)
    with crowd.stream("GET", f"{EXPORTS[1]}?all=true", headers={"accept-encoding": ""}) as response:
        next(response.iter_raw())
    assert settled(read) < CROWD / exports.PAGE
    exported_at_last(crowd, EXPORTS[1])


@pytest.mark.parametrize("path", EXPORTS)
def test_head_makes_no_file(
    crowd: httpx.Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    read = read_pages(monkeypatch)
    head = crowd.head(path)
    assert (head.status_code, head.content, read) == (200, b"", [])
    full = crowd.get(path)
    for name in ("content-type", "content-disposition", "cache-control", "onrecord-defaults"):
        assert head.headers[name] == full.headers[name]
    assert "content-length" not in head.headers


def test_more_exports_than_allowed_are_told_to_wait(crowd: httpx.Client) -> None:
    plain = {"accept-encoding": "identity"}
    with crowd.stream("GET", EXPORTS[1], headers=plain) as response:
        assert response.status_code == 200
        # Without a name the iterator would be closed, and the connection with it.
        chunks = response.iter_raw()
        next(chunks)
        refused = crowd.get(EXPORTS[0])
        check(refused, 503, "busy")
        assert refused.headers["retry-after"] == "30"
    exported_at_last(crowd, EXPORTS[0])
