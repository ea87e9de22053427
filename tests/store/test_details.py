"""Salience, places and roles: written with the article, replaced with its extraction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.domain import (
    Document,
    Extraction,
    ExtractorInfo,
    Located,
    Place,
    Precision,
    PrintedTime,
    ResolvedEntity,
    Span,
)
from app.identity import entity_uid
from app.store.check import check
from app.store.read import entities as read
from app.store.read.places import MOST_ALTERNATIVES, Whereabouts, attested_places
from app.store.session import reading, writing
from app.store.write import ensure_run, standing, write_article
from tests.builders import INFO, NOW, OTHER_INFO, TEXT, document, extraction, span
from tests.store.test_write import rows

COAST = Place("geonames:1", "Lindholm", "town", 54.75, 8.875, "DE", "Schleswig-Holstein", 1200)
INLAND = Place("geonames:2", "Lindholm", "town", 57.0, 14.5, "SE", None, 300)
SEA = Place("sea:lindholm", "Lindholm Deep", "sea", 55.0, 8.0)
PLACES = (COAST, INLAND, SEA)


def write(engine: Engine, written: Document, found: Extraction, info: ExtractorInfo = INFO) -> None:
    """Store an article; whatever has one name is one entity, wherever it is."""
    resolved = [ResolvedEntity(e, entity_uid(e.kind, e.name, "")) for e in found.entities]
    with writing(engine) as connection:
        run = ensure_run(connection, info, NOW)
        state = standing(connection, written, run)
        write_article(connection, written, found, resolved, state, run, NOW)


def found(
    located: Located | None = None,
    roles: Sequence[Span] = (),
    salience: float | None = 0.5,
    text: str = TEXT,
) -> Extraction:
    made = extraction(text)
    person, organisation, place = made.entities
    return replace(
        made,
        entities=(
            replace(person, roles=tuple(roles), salience=salience),
            organisation,
            replace(place, located=located),
        ),
    )


def whereabouts(engine: Engine, name: str = "Lindholm") -> Whereabouts | None:
    [(pk,)] = rows(engine, f"SELECT pk FROM entity WHERE name = '{name}'")
    with reading(engine) as connection:
        return attested_places(connection, [pk]).get(pk)


def roles_of(engine: Engine, name: str = "Mira Kovalenko") -> list[read.RoleSeen]:
    [(pk,)] = rows(engine, f"SELECT pk FROM entity WHERE name = '{name}'")
    with reading(engine) as connection:
        return read.roles(connection, pk, 50)


def sound(engine: Engine) -> bool:
    with reading(engine) as connection:
        return list(check(connection)) == []


def test_they_are_written_with_the_article(engine: Engine) -> None:
    located = Located(COAST, 0.75, ((INLAND, 0.25),))
    write(engine, document(), found(located, [span(TEXT, "harbour")]))
    assert rows(engine, "SELECT text, norm, start FROM role") == [
        ("harbour", "harbour", TEXT.index("harbour"))
    ]
    details = "SELECT name, salience, place FROM extraction_entity JOIN entity ON pk = entity"
    assert set(rows(engine, details)) == {
        ("Mira Kovalenko", 0.5, None),
        ("Harbour Watch", None, None),
        ("Lindholm", None, "geonames:1"),
    }
    there = whereabouts(engine)
    assert there is not None
    assert (there.best.place, there.best.share) == (COAST, 0.75)
    assert [(one.place, one.share) for one in there.alternatives] == [(INLAND, 0.25)]
    assert whereabouts(engine, "Harbour Watch") is None
    assert sound(engine)


def test_another_extraction_replaces_them(engine: Engine) -> None:
    write(engine, document(), found(Located(COAST, 0.9), [span(TEXT, "harbour")]))
    write(engine, document(), found(Located(INLAND, 0.6), [span(TEXT, "ready")]), OTHER_INFO)
    assert [role.text for role in roles_of(engine)] == ["ready"]
    assert rows(engine, "SELECT place, articles, weight FROM entity_place") == [
        ("geonames:2", 1, 600)
    ]
    # The first extractor comes back: its extraction is taken up again.
    write(engine, document(), found(None, [], None), INFO)
    assert roles_of(engine) == []
    assert whereabouts(engine) is None
    assert rows(engine, "SELECT count(*) FROM extraction_entity") == [(3,)]
    assert sound(engine)


def test_a_place_is_kept_as_the_gazetteer_has_it_now(engine: Engine) -> None:
    write(engine, document(), found(Located(COAST, 0.9)))
    moved = replace(COAST, lat=54.8, name="Lindholm (Niebüll)")
    write(engine, document(url="https://news.example/2"), found(Located(moved, 0.9)))
    there = whereabouts(engine)
    assert there is not None
    assert there.best.place == moved


def test_the_best_attested_place_is_shown_with_its_mean_share(engine: Engine) -> None:
    for n in range(3):
        other = document(url=f"https://news.example/{n}")
        write(engine, other, found(Located(COAST, 0.8, ((INLAND, 0.2),))))
    write(engine, document(url="https://news.example/4"), found(Located(INLAND, 1.0)))
    there = whereabouts(engine)
    assert there is not None
    assert (there.best.place, there.best.share) == (COAST, 0.6)
    assert [(one.place, one.share) for one in there.alternatives] == [(INLAND, 0.4)]


def test_no_more_alternatives_are_shown_than_the_best(engine: Engine) -> None:
    others = tuple(
        (replace(INLAND, key=f"geonames:{n}"), 0.01 * n)
        for n in range(3, 3 + 2 * MOST_ALTERNATIVES)
    )
    write(engine, document(), found(Located(COAST, 0.3, others)))
    there = whereabouts(engine)
    assert there is not None
    assert len(there.alternatives) == MOST_ALTERNATIVES
    assert there.alternatives[0].place.key == others[-1][0].key


def test_a_place_given_twice_counts_once(engine: Engine) -> None:
    write(
        engine, document(), found(Located(COAST, 0.5, ((INLAND, 0.3), (COAST, 0.1), (INLAND, 0.1))))
    )
    there = whereabouts(engine)
    assert there is not None
    assert [(one.place, one.share) for one in there.alternatives] == [(INLAND, 0.3)]
    assert sound(engine)


def test_roles_are_summed_over_articles_with_their_days(engine: Engine) -> None:
    for day, role in (
        (3, "Harbour Watch"),
        (1, "harbour watch"),
        (9, "Harbour Watch"),
        (5, "ready"),
    ):
        moment = datetime(2031, 3, day, tzinfo=UTC)
        text = TEXT.replace("Lindholm", f"harbour watch {day} Lindholm")
        dated = replace(
            document(text, f"https://news.example/{day}"),
            published=PrintedTime(moment.replace(tzinfo=None), Precision.DAY, "printed", moment),
        )
        write(engine, dated, found(roles=[span(text, role)], text=text))
    first, second = roles_of(engine)
    assert (first.text, first.articles) == ("Harbour Watch", 3)
    assert (first.first_seen.day, first.last_seen.day) == (1, 9)
    assert (second.text, second.articles) == ("ready", 1)
    with reading(engine) as connection:
        assert read.roles(connection, 1, 1) == [first]
    assert sound(engine)


def test_a_role_said_twice_is_kept_once(engine: Engine) -> None:
    text = TEXT.replace(
        "Kovalenko added", "The harbour  master, the Harbour Master, Kovalenko added"
    )
    twice = [span(text, "harbour  master"), span(text, "Harbour Master")]
    write(engine, document(text), found(roles=twice, text=text))
    assert rows(engine, "SELECT text FROM role") == [("harbour  master",)]


def test_two_entities_that_were_merged_are_taken_together(engine: Engine) -> None:
    made = found(Located(COAST, 0.9), [span(TEXT, "harbour")])
    person, organisation, place = made.entities
    made = replace(
        made,
        entities=(person, replace(organisation, salience=0.7, roles=(span(TEXT, "ready"),)), place),
    )
    write(engine, document(), made)
    with writing(engine) as connection:
        connection.exec_driver_sql(
            "UPDATE entity SET merged_into = (SELECT pk FROM entity WHERE kind = 'person') "
            "WHERE kind = 'organisation'"
        )
    write(engine, document(), made, OTHER_INFO)
    [(pk, salience)] = rows(
        engine,
        "SELECT entity, salience FROM extraction_entity "
        "WHERE salience IS NOT NULL AND entity IS NOT NULL",
    )
    assert salience == 0.7
    assert sorted(rows(engine, f"SELECT text FROM role WHERE entity = {pk}")) == [
        ("harbour",),
        ("ready",),
    ]
    assert sound(engine)


SHARES = st.floats(0, 1).map(lambda share: round(share, 5))
LOCATED = st.builds(
    lambda order, shares: Located(
        order[0], shares[0], tuple(zip(order[1:], shares[1:], strict=True))
    ),
    st.permutations(PLACES),
    st.tuples(SHARES, SHARES, SHARES),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    writes=st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from([INFO, OTHER_INFO]), st.none() | LOCATED),
        max_size=6,
    )
)
def test_sums_are_true_whatever_is_extracted_again(
    engine: Engine, writes: list[tuple[int, ExtractorInfo, Located | None]]
) -> None:
    for n, info, located in writes:
        write(engine, document(url=f"https://news.example/{n}"), found(located), info)
    assert sound(engine)
    assert rows(engine, "SELECT * FROM entity_place WHERE articles = 0 AND weight = 0") == []
