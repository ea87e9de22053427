from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.dialects import postgresql

from app.identity import name_norm
from app.store import migrate
from app.store.name_parts import name_parts, write_name_parts
from app.store.read import suggest as module
from app.store.read.suggest import suggest
from app.store.read.suggest_statements import QUOTED, statements
from app.store.read.typing_errors import LONGEST, forgiven
from app.store.rows import table_of
from app.store.session import open_database
from app.store.tables import Alias, Entity
from tests.api.newsroom import NOW
from tests.store.read.test_pages import plans

HOSTILE = [
    "\0",
    "mara\0",
    "\ud800mara",
    "%",
    "_____",
    "*",
    "m%a",
    "mar*",
    "' OR 1=1 --",
    '"; DROP TABLE entity; --',
    "NEAR(mara lindqvist, 5)",
    "\u200f\u202emara",
    "שלום עולם",
    "مرحبا",
    "🏗🚢🏗🚢",
    "𝒎𝒂𝒓𝒂" * 20,
    "...",
    "!?-—„“",
    " \t\n\u3000",
    "",
    "x" * 500,
    "lindqvist " * 50,
    "ﷺ" * 100,
    "a\u0301" * 200,
    "\U0010ffff" * 5,
    "[]{}()\\",
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An empty database; `connection` takes back what a test writes."""
    made = open_database(f"sqlite:///{tmp_path_factory.mktemp('suggest') / 'onrecord.db'}")
    migrate.upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def connection(shared: Engine) -> Iterator[Connection]:
    with shared.connect() as made:
        yield made
        made.rollback()


Add = Callable[..., int]


@pytest.fixture
def add(connection: Connection) -> Add:
    """Adds an entity with its aliases, name included; gives its pk."""

    def added(name: str, *aliases: str, kind: str = "person", **more: object) -> int:
        pk = connection.execute(text("SELECT count(*) + 1 FROM entity")).scalar_one()
        row = {"pk": pk, "uid": f"e_{pk}", "kind": kind, "name": name, "norm": name_norm(name)}
        counts = {"articles": 1, "mentions": 1, "quotes": 0, "quoted_about": 0}
        fixed = {"status": "active", "is_renamed": False, "first_seen": NOW, "last_seen": NOW}
        connection.execute(insert(table_of(Entity)), row | counts | fixed | more)
        surfaces = dict.fromkeys((name, *aliases))
        rows = [
            {"entity": pk, "surface": s, "norm": name_norm(s), "origin": "text"} for s in surfaces
        ]
        connection.execute(insert(table_of(Alias)), rows)
        write_name_parts(connection, [(pk, name_norm(surface)) for surface in surfaces])
        return int(pk)

    return added


def names(connection: Connection, typed: str, **more: object) -> list[str]:
    values = {"kinds": None, "limit": 10} | more
    return [found.name for found in suggest(connection, typed, **values)]  # type: ignore[arg-type]


def test_a_name_has_a_part_for_each_of_its_words() -> None:
    assert name_parts("mara  of lindqvist") == ["mara of lindqvist", "of lindqvist", "lindqvist"]
    assert name_parts("") == []


def test_parts_are_written_once(connection: Connection, add: Add) -> None:
    pk = add("Mara Lindqvist", "Lindqvist")
    write_name_parts(connection, [(pk, "mara lindqvist"), (pk, "m lindqvist")])
    write_name_parts(connection, [])
    parts = connection.execute(text("SELECT part FROM name_part ORDER BY part")).scalars().all()
    assert parts == ["lindqvist", "m lindqvist", "mara lindqvist"]


@pytest.mark.parametrize(
    "typed", ["m", "Mar", "lindq", "LINDQVIST", "mara  lindqvist", "M.ara", "ＭＡＲＡ", " lind"]
)
def test_the_beginning_of_any_word_finds_a_name(
    connection: Connection, add: Add, typed: str
) -> None:
    add("Mara Lindqvist")
    add("Tomas Quillfeather")
    [found] = suggest(connection, typed, None, 10)
    assert (found.name, found.matched, found.is_fuzzy) == (
        "Mara Lindqvist",
        "Mara Lindqvist",
        False,
    )


def test_an_alias_finds_its_entity_and_is_told(connection: Connection, add: Add) -> None:
    add("Aster Harbour Authority", "AHA", "A.H.A. of Port Aster", kind="organisation")
    [found] = suggest(connection, "ah", None, 10)
    assert (found.name, found.matched) == ("Aster Harbour Authority", "AHA")
    [found] = suggest(connection, "port", None, 10)
    assert found.matched == "A.H.A. of Port Aster"
    [found] = suggest(connection, "a", None, 10)
    assert found.matched == "Aster Harbour Authority"


def test_the_best_is_who_is_mentioned_and_quoted_most(connection: Connection, add: Add) -> None:
    add("Mara One", mentions=100)
    add("Mara Two", mentions=100 - QUOTED, quotes=2)
    add("Mara Three", mentions=2, quotes=3)
    add("Mara Four", mentions=100)
    assert names(connection, "mara") == ["Mara Two", "Mara One", "Mara Four", "Mara Three"]
    assert names(connection, "mara", limit=1) == ["Mara Two"]


def test_kinds_are_any_of_those_wanted(connection: Connection, add: Add) -> None:
    add("Lind", kind="location")
    add("Lind", kind="organisation", mentions=2)
    add("Lind", mentions=3)
    found = suggest(connection, "lind", ["location", "person"], 10)
    assert [row.kind for row in found] == ["person", "location"]


@pytest.mark.parametrize(
    "typed",
    [
        "lindvist",
        "lindqqvist",
        "lindquist",
        "lidnqvist",
        "indqvist",
        "xlindqvist",
        "kindqvist",
        "ilndqvist",
        "marra l",
        "maralindq",
        "lindqvists",
        "linxq",
    ],
)
def test_one_typing_error_is_forgiven(connection: Connection, add: Add, typed: str) -> None:
    add("Mara Lindqvist")
    add("Tomas Quillfeather")
    [found] = suggest(connection, typed, None, 10)
    assert (found.name, found.matched, found.is_fuzzy) == ("Mara Lindqvist", "Mara Lindqvist", True)


def test_an_accent_left_out_is_forgiven(connection: Connection, add: Add) -> None:
    add("Zoé Brûlante")
    assert names(connection, "brulante") == ["Zoé Brûlante"]


@pytest.mark.parametrize("typed", ["lixd", "lidnvqist", "xar", "mra", "m-r-", "x" * LONGEST + "m"])
def test_two_errors_and_short_beginnings_are_not_forgiven(
    connection: Connection, add: Add, typed: str
) -> None:
    add("Mara Lindqvist")
    add("m" * LONGEST)
    found = names(connection, typed)
    assert found == (["Mara Lindqvist"] if typed == "lixd" else [])


def test_what_begins_exactly_so_comes_first(connection: Connection, add: Add) -> None:
    add("Bind Carefully", mentions=90)
    add("Link Rare", mentions=50)
    add("Lind Rarer")
    found = suggest(connection, "lind", None, 10)
    assert [(row.name, row.is_fuzzy) for row in found] == [
        ("Lind Rarer", False),
        ("Link Rare", True),
        ("Bind Carefully", True),
    ]
    assert names(connection, "lind", limit=1) == ["Lind Rarer"]


def test_an_entity_is_suggested_once(connection: Connection, add: Add) -> None:
    pk = add("Mara Lindqvist", *(f"Mara L{n}" for n in range(99)), mentions=9)
    add("Mara Quill")
    found = suggest(connection, "mara l", None, 1)
    assert [row.uid for row in found] == [f"e_{pk}"]
    assert names(connection, "mara", limit=2) == ["Mara Lindqvist", "Mara Quill"]
    assert names(connection, "mara l99") == ["Mara Lindqvist"]


def test_a_merged_entity_is_suggested_as_the_one_that_stayed(
    connection: Connection, add: Add
) -> None:
    stayed = add("Mara Lindqvist", mentions=7)
    middle = add("M. Lindqvist", merged_into=stayed, mentions=0)
    add("Marushka Vell", merged_into=middle, mentions=0)
    for typed, matched in (("vell", "Marushka Vell"), ("m lind", "M. Lindqvist")):
        [found] = suggest(connection, typed, None, 10)
        assert (found.uid, found.name, found.mentions) == (f"e_{stayed}", "Mara Lindqvist", 7)
        assert found.matched == matched
    assert names(connection, "lind") == ["Mara Lindqvist"]
    assert names(connection, "vell", kinds=["location"]) == []


def test_what_is_not_shown_is_not_suggested(connection: Connection, add: Add) -> None:
    gone = add("Mara Suppressed", status="suppressed")
    add("Mara Merged", merged_into=gone, mentions=0)
    add("Mara Unmentioned", mentions=0)
    assert names(connection, "mara") == names(connection, "marq") == []


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_is_typed_is_an_error(connection: Connection, add: Add, typed: str) -> None:
    add("Mara Lindqvist", "100%_Watch", "“Mara” (the harbour minister)", "…")
    assert names(connection, typed) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=30))
def test_any_text_may_be_typed(connection: Connection, typed: str) -> None:
    suggest(connection, typed, None, 10)


@given(start=st.text(alphabet="abé '", max_size=8).map(name_norm))
def test_what_is_forgiven_is_one_edit_away(start: str) -> None:
    tried = [variant for starts in forgiven(start) for variant in starts]
    assert len(tried) == len(set(tried))
    assert start not in tried
    assert all(abs(len(variant) - len(start)) <= 1 for variant in tried)
    for first, starts in enumerate(forgiven(start)):
        for variant in starts:
            assert first or variant[0] == start[0]


@pytest.mark.parametrize("kinds", [None, ["person"], ["location", "organisation"]])
@pytest.mark.parametrize("by_entity", [True, False])
def test_frequent_beginnings_find_what_reading_all_finds(
    connection: Connection,
    add: Add,
    monkeypatch: pytest.MonkeyPatch,
    kinds: list[str] | None,
    by_entity: bool,
) -> None:
    draw = random.Random(1)
    for number in range(150):
        add(
            f"{draw.choice(('Mara', 'Marek', 'Tomas'))} {draw.choice(('Lind', 'Quill'))}{number}",
            kind=draw.choice(("person", "organisation", "location")),
            mentions=draw.randrange(1, 40),
            quotes=draw.choice((0, 0, draw.randrange(20))),
            status=draw.choice(("active", "active", "suppressed")),
        )
    beginnings = ("m", "mar", "mara", "lind", "t", "quill1")
    expected = [suggest(connection, typed, kinds, 10) for typed in beginnings]
    monkeypatch.setattr(module, "_PARTS", 2)
    monkeypatch.setattr(module, "_PARTS_AN_ENTITY", 0 if by_entity else 10**6)
    # Of so few entities many must be taken for a rare beginning.
    monkeypatch.setattr(module, "_CHANCES", 100)
    assert [suggest(connection, typed, kinds, 10) for typed in beginnings] == expected
    monkeypatch.setattr(module, "_MOST_TAKEN", 1)
    for typed, best in zip(beginnings, expected, strict=True):
        found = suggest(connection, typed, kinds, 10)
        assert len(found) <= len(best)
        assert found or kinds


def test_name_parts_are_read_from_an_index(
    connection: Connection, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        add(f"Mara {number}")
    sent = plans(connection, lambda: suggest(connection, "marx", None, 20))
    monkeypatch.setattr(module, "_PARTS", 0)
    sent += plans(connection, lambda: suggest(connection, "mara", None, 1))
    monkeypatch.setattr(module, "_PARTS_AN_ENTITY", 0)
    sent += plans(connection, lambda: suggest(connection, "mara", None, 1))
    by_range = [plan for plan in sent if "(part>? AND part<?)" in plan]
    assert len(by_range) >= 6
    assert any("ix_name_part_entity (entity=?" in plan for plan in sent)
    for plan in sent:
        assert "SCAN name_part" not in plan
        assert "SCAN entity" not in plan


def test_other_databases_are_asked_in_their_words() -> None:
    asked = statements("postgresql")
    for name in ("numbers", "read", "by_part", "by_entity"):
        written = str(getattr(asked, name).compile(dialect=postgresql.dialect()))
        assert "json_each" not in written
    assert "json_array_elements_text(%(starts)s::JSON) AS starts" in str(
        asked.numbers.compile(dialect=postgresql.dialect())
    )
