from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from app.store import keys
from app.store.audit import AuditEntry, record
from app.store.session import reading, writing
from tests.cli.conftest import Onrecord


def test_a_key_is_made_listed_and_revoked(onrecord: Onrecord, engine: Engine) -> None:
    done = onrecord("keys", "create", "--scope", "write", "--label", "night desk")
    assert done.returncode == 0
    [key] = done.stdout.splitlines()
    uid = keys.uid_in(key)
    assert uid is not None
    assert done.stderr.startswith(f"{uid}, scope write; keep the key")
    with reading(engine) as connection:
        found = keys.find_key(connection, uid)
    assert found is not None
    assert found.opens(key)
    assert (found.scope, found.label) == ("write", "night desk")

    listed = onrecord("keys", "list")
    [line] = listed.stdout.splitlines()
    assert line.startswith(f"{uid}  write  made ")
    assert line.endswith("  valid  night desk")
    assert key not in listed.stdout
    assert key.rpartition("_")[2] not in listed.stdout

    assert onrecord("keys", "revoke", uid).stdout == f"{uid} is revoked\n"
    assert "  revoked 20" in onrecord("keys", "list").stdout
    again = onrecord("keys", "revoke", uid)
    assert again.returncode == 1
    assert "there is no valid key" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("create",), "--scope"),
        (("create", "--scope", "root"), "root"),
        (("create", "--scope", "read", "--label", "a\nb"), "a label is one line"),
        (("create", "--scope", "read", "--label", "x" * 201), "a label is one line"),
        (("revoke",), "Missing argument"),
    ],
)
def test_a_wrong_command_makes_no_key(
    onrecord: Onrecord, engine: Engine, arguments: tuple[str, ...], told: str
) -> None:
    done = onrecord("keys", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    with reading(engine) as connection:
        assert not keys.any_key(connection)


@pytest.mark.parametrize("uid", ["k_none", "", "a\x1b[31m", "k_1' OR 1=1 --"])
def test_what_is_no_key_cannot_be_revoked(onrecord: Onrecord, engine: Engine, uid: str) -> None:
    done = onrecord("keys", "revoke", uid)
    assert done.returncode == 1
    assert "\x1b" not in done.stderr


def test_a_database_that_is_not_there_is_told(onrecord: Onrecord) -> None:
    done = onrecord("keys", "list")
    assert done.returncode == 1
    assert "onrecord migrate" in done.stderr


def test_the_log_of_writes_is_pruned_by_days(onrecord: Onrecord, engine: Engine) -> None:
    with writing(engine) as connection:
        for days in (1, 10, 100):
            at = datetime.now(UTC) - timedelta(days=days)
            record(connection, AuditEntry(at, "k_1", None, "POST", "/v1/articles", 201, None))
    assert onrecord("audit", "prune", "--days", "30").stdout == "1 deleted\n"
    assert onrecord("audit", "prune", "--days", "0").stdout == "2 deleted\n"
    assert onrecord("audit", "prune").returncode == 2
    assert onrecord("audit", "prune", "--days", "-1").returncode == 2
