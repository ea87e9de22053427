from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from app.domain import (
    ArticleEntity,
    Document,
    EntityKind,
    Extraction,
    ExtractorInfo,
    Mention,
    MentionType,
    Precision,
    PrintedTime,
    Span,
    Zone,
    ZoneKind,
)
from app.resolution.linking import resolve
from app.store.candidates import StoredCandidates
from app.store.session import reading, writing
from app.store.write import Outcome, ensure_run, standing, write_article
from tests.builders import INFO, NOW, OTHER_INFO, TEXT, document, extraction, span


def write(
    engine: Engine,
    written: Document,
    found: Extraction,
    info: ExtractorInfo = INFO,
    now: datetime = NOW,
) -> Outcome:
    with writing(engine) as connection:
        run = ensure_run(connection, info, now)
        state = standing(connection, written, run)
        record = StoredCandidates(connection, state.article)
        resolved = resolve(state.uid, found, record, written)
        return write_article(connection, written, found, resolved, state, run, now)


def rows(engine: Engine, sql: str) -> list[tuple[Any, ...]]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def visible_quotes(engine: Engine) -> dict[str, str]:
    return dict(rows(engine, "SELECT uid, text FROM quote WHERE visible"))


COUNTERS = "SELECT name, articles, mentions, quotes, quoted_about FROM entity ORDER BY name"
COUNTED = """
    SELECT e.name,
      (SELECT count(DISTINCT x.article) FROM mention m JOIN extraction x ON x.pk = m.extraction
        WHERE m.entity = e.pk AND x.is_current),
      (SELECT count(*) FROM mention m JOIN extraction x ON x.pk = m.extraction
        WHERE m.entity = e.pk AND x.is_current),
      (SELECT count(*) FROM quote q WHERE q.speaker = e.pk AND q.visible),
      (SELECT count(*) FROM quote_entity a JOIN quote q ON q.pk = a.quote
        WHERE a.entity = e.pk AND q.visible)
    FROM entity e ORDER BY e.name
"""


def test_a_new_article_is_stored_whole(engine: Engine) -> None:
    assert write(engine, document(), extraction()) is Outcome.NEW
    assert rows(engine, "SELECT text FROM revision") == [(TEXT,)]
    assert rows(engine, COUNTERS) == [
        ("Harbour Watch", 1, 1, 0, 0),
        ("Lindholm", 1, 1, 0, 1),
        ("Mira Kovalenko", 1, 2, 2, 0),
    ]
    spans = rows(
        engine,
        "SELECT role, s.start, s.end FROM quote_span s JOIN quote ON pk = quote "
        "WHERE kind = 'direct'",
    )
    assert {(role, TEXT[start:end]) for role, start, end in spans} == {
        ("content", "“The harbour will open,”"),
        ("cue", "said"),
        ("source", "Mira Kovalenko"),
    }


def test_the_same_again_is_unchanged(engine: Engine) -> None:
    write(engine, document(), extraction())
    before = rows(engine, "SELECT * FROM quote")
    assert write(engine, document(), extraction()) is Outcome.UNCHANGED
    assert rows(engine, "SELECT * FROM quote") == before
    assert rows(engine, "SELECT count(*) FROM extraction") == [(1,)]


def test_extracting_again_keeps_the_ids_of_unchanged_quotes(engine: Engine) -> None:
    write(engine, document(), extraction())
    first = visible_quotes(engine)
    fewer = replace(extraction(), quotes=extraction().quotes[:1])
    assert write(engine, document(), fewer, OTHER_INFO) is Outcome.REEXTRACTED
    assert visible_quotes(engine).items() < first.items()
    assert rows(engine, COUNTERS) == rows(engine, COUNTED)
    assert (
        write(engine, document(), extraction(), replace(INFO, version="3")) is Outcome.REEXTRACTED
    )
    assert visible_quotes(engine) == first
    assert rows(engine, COUNTERS) == rows(engine, COUNTED)


def test_an_earlier_extractor_may_come_back(engine: Engine) -> None:
    write(engine, document(), extraction())
    write(engine, document(), extraction(), OTHER_INFO)
    assert write(engine, document(), extraction()) is Outcome.REEXTRACTED
    assert rows(engine, "SELECT count(*), sum(is_current) FROM extraction") == [(2, 1)]
    assert rows(engine, COUNTERS) == rows(engine, COUNTED)


def test_a_revision_above_the_quotes_changes_none_of_their_ids(engine: Engine) -> None:
    write(engine, document(), extraction())
    first = visible_quotes(engine)
    longer = "Correction: an earlier version misnamed the quay.\n\n" + TEXT
    assert write(engine, document(longer), extraction(longer)) is Outcome.REVISED
    assert visible_quotes(engine) == first
    assert rows(engine, "SELECT n, current_revision FROM revision, article ORDER BY n") == [
        (1, 2),
        (2, 2),
    ]
    starts = rows(engine, "SELECT start FROM quote ORDER BY start")
    assert [longer[start] for (start,) in starts] == ["“", "L"]


def test_the_same_words_twice_are_two_quotes(engine: Engine) -> None:
    twice = TEXT + "\n\n" + TEXT
    found = extraction(twice)
    again = replace(
        found.quotes[0], content=(replace_span(found.quotes[0].content[0], len(TEXT) + 2),)
    )
    write(engine, document(twice), replace(found, quotes=(*found.quotes, again)))
    assert rows(engine, "SELECT occurrence FROM quote WHERE kind = 'direct' ORDER BY 1") == [
        (0,),
        (1,),
    ]


def replace_span(old: Any, by: int) -> Any:
    return type(old)(old.start + by, old.end + by)


def test_full_names_link_across_articles_and_bare_surnames_do_not(engine: Engine) -> None:
    found = extraction()
    write(engine, document(), found)
    write(engine, document(url="https://other.example/2"), found)
    assert rows(engine, "SELECT name, articles FROM entity ORDER BY name") == [
        ("Harbour Watch", 2),
        ("Lindholm", 2),
        ("Mira Kovalenko", 2),
    ]
    bare = "Kovalenko sang."
    alone = Extraction(
        (Mention(span(bare, "Kovalenko"), MentionType.NAME, EntityKind.PERSON, 0),),
        (ArticleEntity(EntityKind.PERSON, "Kovalenko"),),
    )
    write(engine, document(bare, url="https://other.example/3"), alone)
    write(engine, document(bare, url="https://other.example/4"), alone)
    assert rows(engine, "SELECT count(*) FROM entity WHERE name = 'Kovalenko'") == [(2,)]
    assert rows(engine, COUNTERS) == rows(engine, COUNTED)


def test_a_quote_inside_a_quote_knows_its_parent(engine: Engine) -> None:
    found = extraction()
    child = replace(found.quotes[1], parent=0)
    write(engine, document(), replace(found, quotes=(found.quotes[0], child)))
    assert rows(
        engine, "SELECT p.kind FROM quote q JOIN quote p ON p.pk = q.parent WHERE q.kind='indirect'"
    ) == [("direct",)]


def test_a_printed_time_without_a_zone_sorts_but_is_no_instant(engine: Engine) -> None:
    time = PrintedTime(datetime(2021, 3, 4, 7, 12), Precision.MINUTE, "March 4, 2021 at 7:12 am")
    write(engine, replace(document(), published=time), extraction())
    ((published, instant, sort_at),) = rows(
        engine, "SELECT published, published_at, sort_at FROM article"
    )
    assert instant is None
    assert '"date": "2021-03-04"' in published
    assert sort_at.startswith("2021-03-04 07:12:00")


def test_an_undated_article_sorts_by_when_it_was_first_seen(engine: Engine) -> None:
    write(engine, document(), extraction())
    ((published, sort_at),) = rows(engine, "SELECT published, sort_at FROM article")
    assert published is None
    assert sort_at.startswith("2026-01-02 03:04:05")


def test_a_withdrawn_article_stays_out(engine: Engine) -> None:
    write(engine, document(), extraction())
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE article SET status = 'withdrawn'")
    assert write(engine, document(TEXT + " More."), extraction()) is Outcome.WITHDRAWN
    assert rows(engine, "SELECT count(*) FROM revision") == [(1,)]


def test_two_runs_over_the_same_give_the_same_ids(engine: Engine, tmp_path: Any) -> None:
    from app.store import migrate
    from app.store.session import open_database

    other = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    migrate.upgrade(other)
    for database in (engine, other):
        write(database, document(), extraction())
    for table in ("article", "entity", "quote"):
        sql = f"SELECT uid FROM {table} ORDER BY pk"
        assert rows(engine, sql) == rows(other, sql)
    other.dispose()


def test_an_older_copy_does_not_turn_the_record_back(engine: Engine) -> None:
    newer = "Correction.\n\n" + TEXT
    assert write(engine, document(), extraction()) is Outcome.NEW
    assert write(engine, document(newer), extraction(newer)) is Outcome.REVISED
    for _ in range(2):
        assert write(engine, document(), extraction()) is Outcome.UNCHANGED
        assert write(engine, document(newer), extraction(newer)) is Outcome.UNCHANGED
    # Another extractor reads the current text again, and only that.
    assert write(engine, document(), extraction(), OTHER_INFO) is Outcome.UNCHANGED
    assert write(engine, document(newer), extraction(newer), OTHER_INFO) is Outcome.REEXTRACTED
    assert rows(engine, "SELECT current_revision FROM article") == [(2,)]


def test_new_metadata_for_the_same_text_updates_the_article(engine: Engine) -> None:
    write(engine, document(), extraction())
    ids = visible_quotes(engine)
    titled = replace(document(), title="Harbour opens", publisher="Lindholm Post")
    assert write(engine, titled, extraction()) is Outcome.UPDATED
    assert write(engine, titled, extraction()) is Outcome.UNCHANGED
    assert write(engine, document(), extraction()) is Outcome.UNCHANGED
    assert rows(engine, "SELECT title, publisher, current_revision FROM article") == [
        ("Harbour opens", "Lindholm Post", 1)
    ]
    assert visible_quotes(engine) == ids
    assert rows(engine, COUNTERS) == rows(engine, COUNTED)


def test_re_extraction_brings_the_zones_of_the_new_reading(engine: Engine) -> None:
    write(engine, document(), extraction())
    zoned = replace(document(), zones=(Zone(ZoneKind.PARAGRAPH, Span(0, 10)),))
    assert write(engine, zoned, extraction(), OTHER_INFO) is Outcome.REEXTRACTED
    assert rows(engine, "SELECT zones FROM revision") == [('[["paragraph", 0, 10, null]]',)]


def test_an_entity_keeps_its_id_when_its_best_name_changes(engine: Engine) -> None:
    write(engine, document(), extraction())
    uid = rows(engine, "SELECT uid FROM entity WHERE kind = 'person'")
    found = extraction()
    renamed = replace(found.entities[0], name="Mira R. Kovalenko", aliases=("Mira Kovalenko",))
    found = replace(found, entities=(renamed, *found.entities[1:]))
    write(engine, document(), found, OTHER_INFO)
    assert rows(engine, "SELECT uid FROM entity WHERE kind = 'person'") == uid


def test_a_merged_entity_gets_what_its_name_brings(engine: Engine) -> None:
    write(engine, document(), extraction())
    with writing(engine) as connection:
        for sql in (
            "INSERT INTO entity SELECT 90, 'e_kept', kind, 'Mira', 'mira', NULL, status,"
            " first_seen, last_seen, 0, 0, 0, 0, 0 FROM entity WHERE kind = 'person'",
            "INSERT INTO entity SELECT 91, 'e_mid', kind, 'Mi', 'mi', 90, status,"
            " first_seen, last_seen, 0, 0, 0, 0, 0 FROM entity WHERE pk = 90",
            "UPDATE entity SET merged_into = 91 WHERE name = 'Mira Kovalenko'",
        ):
            connection.exec_driver_sql(sql)
    write(engine, document(url="https://news.example/2"), extraction())
    assert rows(engine, "SELECT mentions, quotes FROM entity WHERE uid = 'e_kept'") == [(2, 2)]


def test_a_suppressed_entity_gains_nothing_from_its_name(engine: Engine) -> None:
    write(engine, document(), extraction())
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE entity SET status = 'suppressed' WHERE kind = 'person'")
    write(engine, document(url="https://news.example/2"), extraction())
    assert rows(engine, "SELECT mentions FROM entity WHERE status = 'suppressed'") == [(2,)]


def test_thousands_of_names_fit(engine: Engine) -> None:
    many = tuple(ArticleEntity(EntityKind.ORGANISATION, f"Firm {n}") for n in range(40_000))
    assert write(engine, document(), Extraction(entities=many)) is Outcome.NEW
    assert rows(engine, "SELECT count(*) FROM entity") == [(40_000,)]
