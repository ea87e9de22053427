from __future__ import annotations

import sqlite3
import string
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.store.search_hits import expression
from app.store.search_query import LEAST_OF_PREFIX, MOST_WORDS, SearchQuery, Term, parse
from app.store.search_tokens import TOKENIZE, tokens, words


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    """An index of one text at a time, as the migration makes it."""
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute(
            f"CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='{TOKENIZE}', prefix=3)"
        )
        made.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")
        yield made


def put(index: sqlite3.Connection, text: str) -> None:
    index.execute("INSERT INTO t (t) VALUES ('delete-all')")
    index.execute("INSERT INTO t (rowid, text) VALUES (1, ?)", (text,))


def one(text: str, *, prefix: bool = False) -> Term:
    return Term(tuple(text.split()), prefix)


QUERIES = [
    ("port aster", [one("port"), one("aster")], []),
    ('"port aster" crane', [one("port aster"), one("crane")], []),
    ("“Port Aster”", [one("port aster")], []),
    ("„Port Aster“ «crane»", [one("port aster"), one("crane")], []),
    ("crane*", [one("crane", prefix=True)], []),
    ("crane*, harbour", [one("crane", prefix=True), one("harbour")], []),
    ("cr*", [one("cr")], []),
    ("*", [], []),
    ("crane *", [one("crane")], []),
    ("u.s.*", [one("u s")], []),
    ("re-open*", [one("re open", prefix=True)], []),
    ('"crane*"', [one("crane")], []),
    ("-crane port", [one("port")], [one("crane")]),
    ('port -"big crane" -ship*', [one("port")], [one("big crane"), one("ship", prefix=True)]),
    ("-crane", [], [one("crane")]),
    ("well-known", [one("well known")], []),
    ("port - crane", [one("port"), one("crane")], []),
    ("port --crane", [one("port"), one("crane")], []),
    ("(-crane)", [one("crane")], []),
    ("don’t", [one("don t")], []),
    ("Jos\u00e9 JOSE\u0301 jose", [one("jose")], []),
    (
        "a OR b AND NOT NEAR(c, 3)",
        [*map(one, ["a", "or", "b", "and", "not", "near c", "3"])],
        [],
    ),
    ("title:port ^crane", [one("title port"), one("crane")], []),
    ('port "crane', [one("port"), one("crane")], []),
    ('"', [], []),
    ('""', [], []),
    (
        "' OR 1=1; DROP TABLE quote --",
        [*map(one, ["or", "1 1", "drop", "table", "quote"])],
        [],
    ),
    ("\0", [], []),
    ("po\0rt", [one("po rt")], []),
    ("\u200f\u202eport\u202c", [one("port")], []),
    ("\ud800 port", [one("port")], []),
    ("   ", [], []),
    ("", [], []),
]


@pytest.mark.parametrize(("typed", "wanted", "unwanted"), QUERIES)
def test_what_a_person_types_is_read(typed: str, wanted: list[Term], unwanted: list[Term]) -> None:
    assert parse(typed) == SearchQuery(tuple(wanted), tuple(unwanted))


def test_a_query_of_no_words_is_empty() -> None:
    assert parse("-crane").is_empty
    assert not parse("-crane port").is_empty
    assert not parse("-crane").finds("a port")
    assert parse("-crane").matches("a crane") == []


def test_so_many_words_are_read_and_no_more() -> None:
    many = [f"w{n}" for n in range(MOST_WORDS + 9)]
    assert len(parse(" ".join(many)).wanted) == MOST_WORDS
    [phrase] = parse(f'"{" ".join(many)}"').wanted
    assert phrase == Term(tuple(many[:MOST_WORDS]))
    assert len(parse("x " * 5_000).wanted) == 1
    assert parse("y" * 10_000).wanted == (Term(("y" * 10_000,)),)


MATCHES = [
    ("crane", "A Crane, two cranes.", ["Crane"]),
    ("crane*", "A Crane, two cranes.", ["Crane", "cranes"]),
    ('"port aster"', "PORT — Aster; port of Aster", ["PORT — Aster"]),
    ("pena", "Peña and Pen\u0303a.", ["Peña", "Pen\u0303a"]),
    ("port -crane", "port, crane", ["port"]),
    ('port "port aster"', "port aster port", ["port aster", "port"]),
    ('"a b" "b c"', "a b c", ["a b"]),
    ('"a b" b', "b a b", ["b", "a b"]),
    ("harb*", "🏗 harbour🚢", ["harbour"]),
    ("none", "", []),
]


@pytest.mark.parametrize(("typed", "text", "found"), MATCHES)
def test_matches_are_where_the_words_stand(typed: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in parse(typed).matches(text)] == found


ALPHABET = st.sampled_from(
    [
        *string.printable,
        *"\0éÉ\u0301\u0305ßİıﬁ“”„«»’–—ΣςЖж漢字ไทย🏗🥰\u200d\u200f\u202e\ufeff\ud800𝒜",
    ]
)
TEXTS = st.text(st.one_of(ALPHABET, st.characters()), max_size=60)
# Queries that have a chance to find something.
TYPED = st.one_of(
    TEXTS,
    st.lists(
        st.sampled_from(
            ["port", "pórt", "por*", "aster", '"port aster"', "-crane", '-"a port"', "ast", "OR"]
        ),
        max_size=5,
    ).map(" ".join),
)
SAID = st.one_of(
    TEXTS,
    st.lists(st.sampled_from(["Port", "aster", "CRANE", "a", "port’s", "—", "ports"]), max_size=9)
    .map(" ".join),
)  # fmt: skip


@given(typed=TYPED, text=SAID)
@example(typed='"\0" AND (', text="\0")
def test_no_query_fails_and_every_match_is_of_a_term(typed: str, text: str) -> None:
    query = parse(typed)
    end = 0
    for start, stop in query.matches(text):
        assert end <= start < stop <= len(text)
        end = stop
        folded = words(text[start:stop])
        assert any(
            folded == term.text() or (term.is_prefix and folded.startswith(term.text()))
            for term in query.wanted
        )
    if query.finds(text):
        assert query.matches(text)
    # An accent, which reads the words one by one, changes nothing before it.
    accented, plain = query.matches(f"{text} o\u0301"), query.matches(f"{text} o")
    assert [start for start, _ in accented] == [start for start, _ in plain]
    assert [end for _, end in accented if end <= len(text)] == [
        end for _, end in plain if end <= len(text)
    ]


@given(typed=TYPED, text=SAID)
def test_the_index_finds_what_the_query_says(
    index: sqlite3.Connection, typed: str, text: str
) -> None:
    query = parse(typed)
    text = text.encode("utf-8", "ignore").decode()
    put(index, text)
    if query.is_empty:
        assert not query.finds(text)
        return
    rows = index.execute("SELECT rowid FROM t WHERE t MATCH ?", (expression(query),)).fetchall()
    assert bool(rows) is query.finds(text)


@given(text=TEXTS)
def test_texts_are_read_as_sqlite_reads_them(index: sqlite3.Connection, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    put(index, text)
    rows = index.execute("SELECT term FROM v ORDER BY offset").fetchall()
    found = list(tokens(text))
    assert [token.folded for token in found] == [row[0] for row in rows]
    assert words(text).split() == [token.folded for token in found]


def test_every_character_is_folded_as_sqlite_folds_it(index: sqlite3.Connection) -> None:
    """Of the planes with scripts, in texts of a line each."""
    for first in range(0, 0x20000, 64):
        line = "".join(
            f"q{chr(code)}z " for code in range(first, first + 64) if not 0xD800 <= code < 0xE000
        )
        put(index, line)
        rows = index.execute("SELECT term FROM v ORDER BY offset").fetchall()
        assert [token.folded for token in tokens(line)] == [row[0] for row in rows]


def test_the_shortest_prefix_is_that_of_the_index() -> None:
    assert LEAST_OF_PREFIX == 3
    assert expression(parse("har* -ha* -x")) == '("har"*) NOT ("ha" OR "x")'
    assert expression(parse('a "b c"')) == '"a" AND "b c"'
