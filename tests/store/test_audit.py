from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from app.store import audit
from app.store.read.audit import audit_page
from app.store.session import reading, writing

NOW = datetime(2031, 3, 1, tzinfo=UTC)


def entry(number: int) -> audit.AuditEntry:
    # Pairs have the same time.
    at = NOW + timedelta(days=number // 2)
    return audit.AuditEntry(at, "k_1", "203.0.113.1", "PATCH", f"/v1/quotes/{number}", 200, None)


def test_pages_go_through_the_log_newest_first(engine: Engine) -> None:
    entries = [entry(number) for number in range(7)]
    with writing(engine) as connection:
        for one in entries:
            audit.record(connection, one)
    with reading(engine) as connection:
        found, after = [], None
        while True:
            page = audit_page(connection, after=after, limit=3)
            assert (page.total.value, page.total.exact) == (7, True)
            found += page.rows
            after = page.after
            if after is None:
                break
    assert found == entries[::-1]


def test_pruning_keeps_what_is_not_older(engine: Engine) -> None:
    with writing(engine) as connection:
        for number in range(6):
            audit.record(connection, entry(number))
        assert audit.prune(connection, NOW + timedelta(days=1)) == 2
        assert audit.prune(connection, NOW + timedelta(days=1)) == 0
    with reading(engine) as connection:
        assert audit_page(connection, after=None, limit=9).total.value == 4
