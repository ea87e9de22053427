from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from app.store import keys
from app.store.keys import KeyScope
from app.store.session import reading, writing

NOW = datetime(2031, 3, 1, tzinfo=UTC)
READ, WRITE, ADMIN = KeyScope


def made(engine: Engine, scope: KeyScope = WRITE, label: str = "") -> tuple[str, str]:
    with writing(engine) as connection:
        return keys.create_key(connection, scope, label, NOW)


def test_each_scope_covers_those_before_it() -> None:
    assert [s for s in KeyScope if ADMIN.covers(s)] == [READ, WRITE, ADMIN]
    assert [s for s in KeyScope if WRITE.covers(s)] == [READ, WRITE]
    assert [s for s in KeyScope if READ.covers(s)] == [READ]


def test_a_key_is_found_by_its_uid_and_opens(engine: Engine) -> None:
    uid, key = made(engine, ADMIN, "night desk ☾")
    assert keys.uid_in(key) == uid
    with reading(engine) as connection:
        found = keys.find_key(connection, uid)
        assert keys.find_key(connection, "k_none") is None
    assert found is not None
    assert (found.scope, found.label, found.created_at) == (ADMIN, "night desk ☾", NOW)
    assert found.opens(key)
    assert not found.opens(key[:-1] + ("0" if key[-1] != "0" else "1"))
    assert not found.opens(key.replace(uid, "k_0000000000000000"))


def test_the_database_does_not_have_the_key(engine: Engine) -> None:
    _, key = made(engine)
    secret = key.rpartition("_")[2]
    assert len(bytes.fromhex(secret)) == 32
    with reading(engine) as connection:
        rows = connection.execute(text("SELECT * FROM api_key")).all()
    assert secret not in str(rows)


def test_a_revoked_key_opens_nothing_and_stays_on_record(engine: Engine) -> None:
    uid, key = made(engine)
    other, _ = made(engine)
    later = NOW.replace(day=2)
    with writing(engine) as connection:
        assert keys.revoke_key(connection, uid, later)
        assert not keys.revoke_key(connection, uid, later.replace(day=3))
        assert not keys.revoke_key(connection, "k_none", later)
    with reading(engine) as connection:
        first, second = keys.list_keys(connection)
    assert (first.uid, first.revoked_at) == (uid, later)
    assert (second.uid, second.revoked_at) == (other, None)
    assert not first.opens(key)


def test_that_there_was_a_key_is_not_forgotten(engine: Engine) -> None:
    with reading(engine) as connection:
        assert not keys.any_key(connection)
    uid, _ = made(engine)
    with writing(engine) as connection:
        keys.revoke_key(connection, uid, NOW)
    with reading(engine) as connection:
        assert keys.any_key(connection)


@pytest.mark.parametrize("label", ["a\nb", "a\0b", "\x1b[31m", "\u202eb", "x" * 201])
def test_a_label_is_a_printable_line(engine: Engine, label: str) -> None:
    with writing(engine) as connection, pytest.raises(ValueError, match="a label is one line"):
        keys.create_key(connection, READ, label, NOW)
    with reading(engine) as connection:
        assert not keys.any_key(connection)


GOOD = "onrecord_k_0123456789abcdef_" + "0" * 64


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        GOOD[:-1],
        GOOD + "0",
        GOOD + "\n",
        GOOD.upper(),
        GOOD.replace("k_0", "k_٠"),
        GOOD.replace("_k_", "_k_'"),
        "\0" + GOOD,
        GOOD.replace("0123", "012\0"),
        "onrecord_k_0123456789abcdef",
        "x" * 1_000_000,
    ],
)
def test_what_has_not_the_shape_of_a_key_is_none(wrong: str) -> None:
    assert keys.uid_in(GOOD) == "k_0123456789abcdef"
    assert keys.uid_in(wrong) is None
