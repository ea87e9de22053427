from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, event

from app.store.read import changes
from app.store.session import reading, writing
from app.store.snapshots import log_changes
from tests.api import newsroom

AT = datetime(2031, 6, 1, tzinfo=UTC)


def log(engine: Engine, *rows: tuple[str, str]) -> None:
    with writing(engine) as connection:
        log_changes(connection, list(rows), AT)


def followed(client: httpx.Client, path: str = "/v1/changes") -> list[tuple[int, str, str]]:
    """What a mirror reads: all pages."""
    found = []
    following: str | None = path
    while following is not None:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [(row["seq"], row["id"], row["op"]) for row in page["results"]]
        following = page["next"]
    seqs = [seq for seq, *_ in found]
    assert seqs == sorted(set(seqs))
    return found


def test_an_empty_record_has_none(own: httpx.Client) -> None:
    assert own.get("/v1/changes").json() == {"results": [], "next": None, "last": 0}


def test_articles_that_arrive_and_change_are_told(own: httpx.Client, engine: Engine) -> None:
    first, second = (newsroom.store(engine, newsroom.article(n)) for n in (1, 2))
    assert followed(own) == [(1, first, "upsert"), (2, second, "upsert")]
    row = own.get("/v1/changes?limit=1").json()["results"][0]
    assert (row["type"], row["at"]) == ("article", "2031-06-01T00:00:00Z")
    newsroom.store(engine, newsroom.article(1))
    assert own.get("/v1/changes?after=2").json() == {"results": [], "next": None, "last": 2}


def test_an_id_that_changed_again_comes_once_where_it_last_did(
    own: httpx.Client, engine: Engine
) -> None:
    log(engine, ("a_1", "upsert"), ("q_1", "delete"), ("a_2", "upsert"), ("a_1", "delete"))
    log(engine, ("e_1", "upsert"), ("e_1", "merge"))
    expected = [(2, "q_1", "delete"), (3, "a_2", "upsert"), (4, "a_1", "delete")]
    expected += [(6, "e_1", "merge")]
    assert followed(own) == expected
    assert followed(own, "/v1/changes?limit=1") == expected
    assert followed(own, "/v1/changes?after=3") == expected[2:]
    types = [row["type"] for row in own.get("/v1/changes").json()["results"]]
    assert types == ["quote", "article", "article", "entity"]


def test_a_mirror_that_pages_while_the_record_changes_misses_nothing(
    own: httpx.Client, engine: Engine
) -> None:
    log(engine, *((f"a_{n}", "upsert") for n in range(10)))
    told: dict[str, str] = {}
    after, rounds = 0, 0
    while True:
        page = own.get(f"/v1/changes?after={after}&limit=3").json()
        for row in page["results"]:
            assert row["seq"] > after
            after = row["seq"]
            told[row["id"]] = row["op"]
        if rounds < 4:
            # One that was told changes again, one that was not is gone before it is.
            log(engine, (f"a_{rounds}", "upsert"), (f"a_{9 - rounds}", "delete"))
            rounds += 1
        elif page["next"] is None:
            break
    assert told == {f"a_{n}": "delete" if n > 5 else "upsert" for n in range(10)}
    assert page["last"] == after == 18


def test_ids_that_changed_very_often_cost_bounded_pages(
    own: httpx.Client, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "WINDOW", 5)
    log(engine, *(("a_1", "upsert") for _ in range(12)), ("a_2", "upsert"))
    page = own.get("/v1/changes").json()
    assert (page["results"], page["last"]) == ([], 13)
    assert page["next"].endswith("/v1/changes?after=5")
    assert followed(own) == [(12, "a_1", "upsert"), (13, "a_2", "upsert")]
    # A window that ends where the log does is the last one.
    assert own.get("/v1/changes?after=8").json()["next"] is None


def test_the_next_page_is_linked(own: httpx.Client, engine: Engine) -> None:
    log(engine, ("a_1", "upsert"), ("a_2", "upsert"))
    answer = own.get("/v1/changes?limit=1")
    following = f"{own.base_url}/v1/changes?limit=1&after=1"
    assert answer.json()["next"] == following
    assert answer.headers["link"] == f'<{following}>; rel="next"'
    again = own.get("/v1/changes?limit=1", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert own.get(following).json()["next"] is None


def test_a_change_of_an_open_transaction_is_told_after_its_commit(
    own: httpx.Client, engine: Engine
) -> None:
    log(engine, ("a_1", "upsert"))
    with writing(engine) as connection:
        log_changes(connection, [("a_2", "upsert")], AT)
        assert own.get("/v1/changes").json()["last"] == 1
    log(engine, ("a_3", "upsert"))
    assert [row[1] for row in followed(own, "/v1/changes?after=1")] == ["a_2", "a_3"]


def test_a_number_is_never_given_twice(own: httpx.Client, engine: Engine) -> None:
    log(engine, ("a_1", "upsert"), ("a_2", "upsert"))
    with writing(engine) as connection:
        connection.exec_driver_sql("DELETE FROM change")
    log(engine, ("a_3", "upsert"))
    assert followed(own) == [(3, "a_3", "upsert")]


@pytest.mark.parametrize(
    "query",
    [
        *("after=-1", "after=x", "after=1.5", "after=", "after=9223372036854775808"),
        *("after=1&after=2", "after=%00", "after=1;DROP TABLE change"),
        *("limit=0", "limit=201", "since=1"),
    ],
)
def test_bad_bounds_are_refused(client: httpx.Client, query: str) -> None:
    assert client.get(f"/v1/changes?{query}").status_code == 422


def test_beyond_the_end_there_is_nothing(client: httpx.Client) -> None:
    page = client.get(f"/v1/changes?after={2**63 - 1}").json()
    assert page["results"] == []
    assert page["next"] is None
    assert 0 < page["last"] < 2**63 - 1


def test_a_page_looks_at_no_more_than_its_rows(engine: Engine) -> None:
    """The log is read in order from where the mirror stands; each id is sought in its index."""
    log(engine, *((f"a_{n}", "upsert") for n in range(50)))
    plans: list[str] = []

    def explain(_: Any, cursor: Any, statement: str, values: Any, *more: Any) -> None:
        if "later" in statement:
            rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plans.extend(row[3] for row in rows)

    event.listen(engine, "before_cursor_execute", explain)
    with reading(engine) as connection:
        changes.change_page(connection, after=10, limit=5)
    event.remove(engine, "before_cursor_execute", explain)
    assert any("ix_change_uid" in step for step in plans)
    assert any("USING INTEGER PRIMARY KEY (rowid>" in step for step in plans)
    assert not any("TEMP B-TREE" in step for step in plans)
