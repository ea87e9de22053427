from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.corrections import articles, entities, quotes
from app.corrections.editing import Edit
from app.domain import (
    ArticleEntity,
    Document,
    EntityKind,
    Extraction,
    ExtractorInfo,
    Mention,
    MentionType,
)
from app.ingestion import workers
from app.ingestion.reprocessing import Difference, Reprocessing
from app.ingestion.storing import store_document
from app.store.session import writing
from app.store.write import ensure_run
from tests.builders import span
from tests.corrections.newspaper import (
    NOW,
    PEOPLE,
    Said,
    document,
    everything_served,
    extraction,
    infos,
    ingest,
    rows,
    sound,
    speakers,
    uid_of,
)
from tests.ingestion.conftest import SETTINGS

FIRST, SECOND = infos()
EDIT = Edit("an editor", NOW)
SAID = {n: Said(PEOPLE[n % 2], "We shall never close the pier of", PEOPLE[2]) for n in range(3)}


class NewExtractor:
    """Finds what the first one did, with what was changed."""

    def __init__(self, said: dict[int, Said], gone: frozenset[int] = frozenset()) -> None:
        self.said = said
        self.gone = gone
        self.seen: list[str] = []

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for found in documents:
            self.seen.append(found.origin)
            number = next(n for n in self.said if found.url == f"https://news.example/{n}")
            made = extraction(found, SAID[number])
            if number in self.gone:
                made = replace(made, quotes=())
            elif self.said[number] != SAID[number]:
                about = made.quotes[0].about
                made = replace(made, quotes=(replace(made.quotes[0], speaker=about[0]),))
            yield made


@pytest.fixture
def record(engine: Engine) -> Engine:
    for number, said in SAID.items():
        ingest(engine, document(number, said), said, FIRST)
    return engine


def reprocess(
    engine: Engine,
    extractor: NewExtractor,
    monkeypatch: pytest.MonkeyPatch,
    info: ExtractorInfo = SECOND,
    **how: bool,
) -> tuple[list[Difference], str]:
    monkeypatch.setattr(workers, "build", lambda settings: extractor)
    job = Reprocessing(engine, info, SETTINGS, **how)  # type: ignore[arg-type]
    return list(job.differences()), job.report.summary()


def test_what_stays_the_same_keeps_its_ids_and_is_no_difference(
    record: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything_served(record)
    assert reprocess(record, NewExtractor(SAID), monkeypatch) == (
        [],
        "3 articles extracted anew; quotes: 0 gained, 0 lost, 0 speaker changed",
    )
    assert everything_served(record) == before
    assert rows(
        record,
        "SELECT DISTINCT extractor_version FROM run r JOIN extraction x"
        " ON x.run = r.pk WHERE x.is_current",
    ) == [("2",)]
    assert sound(record) == []


def test_what_this_extractor_did_already_is_passed_over_unless_all_is_asked(
    record: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = NewExtractor(SAID)
    reprocess(record, NewExtractor(SAID), monkeypatch)
    reprocess(record, again, monkeypatch)
    assert again.seen == []
    reprocess(record, again, monkeypatch, everything=True)
    assert len(again.seen) == 3


def test_quotes_gained_and_lost_and_other_speakers_are_told(
    record: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = SAID | {1: replace(SAID[1], speaker="Somebody Else")}
    found, summary = reprocess(record, NewExtractor(other, frozenset({0})), monkeypatch)
    assert summary.endswith("0 gained, 1 lost, 1 speaker changed")
    lost, changed = sorted(found, key=lambda d: d.change)
    assert (lost.change, lost.after) == ("lost", None)
    assert lost.before is not None
    assert lost.before.name == PEOPLE[0]
    assert changed.as_json()["before"]["name"] == PEOPLE[1]
    assert changed.as_json()["after"]["name"] == PEOPLE[2]
    back, summary = reprocess(record, NewExtractor(SAID), monkeypatch, FIRST)
    assert summary.endswith("1 gained, 0 lost, 1 speaker changed")
    assert lost.quote in {d.quote for d in back}
    assert sound(record) == []


def test_a_trial_tells_and_writes_nothing(record: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything_served(record)
    _, summary = reprocess(
        record, NewExtractor(SAID, frozenset({0, 1, 2})), monkeypatch, is_trial=True
    )
    assert summary.endswith("0 gained, 3 lost, 0 speaker changed")
    assert everything_served(record) == before
    assert rows(record, "SELECT count(*) FROM change WHERE op = 'delete'") == [(0,)]


def test_corrections_are_laid_over_what_is_found(
    record: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    [(quote, rejected)] = rows(
        record,
        """SELECT max(CASE WHEN a.url LIKE '%/0' THEN q.uid END),
           max(CASE WHEN a.url LIKE '%/1' THEN q.uid END)
           FROM quote q JOIN article a ON a.pk = q.article""",
    )
    third = uid_of(record, PEOPLE[2])
    with writing(record) as connection:
        quotes.correct_speaker(connection, EDIT, str(quote), quotes.Speaker(third))
        quotes.reject(connection, EDIT, str(rejected))
        entities.rename(connection, EDIT, third, "Edda Sorrel the Elder")
    before = speakers(record)
    found, _ = reprocess(record, NewExtractor(SAID), monkeypatch)
    assert found == []
    assert speakers(record) == before
    assert before[0][2] == "Edda Sorrel the Elder"
    assert len(before) == 2


def test_a_withdrawn_article_is_left_alone(record: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    [(uid,)] = rows(record, "SELECT uid FROM article WHERE url LIKE '%/2'")
    with writing(record) as connection:
        articles.withdraw(connection, EDIT, str(uid))
    extractor = NewExtractor(SAID)
    reprocess(record, extractor, monkeypatch)
    assert len(extractor.seen) == 2
    assert sound(record) == []


class OneName:
    """Reads Lantern House as some kind, by the number of the article."""

    def __init__(self, kinds: Sequence[EntityKind]) -> None:
        self.kinds = kinds

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for found in documents:
            kind = self.kinds[int(found.text.split()[2])]
            mention = Mention(span(found.text, "Lantern House"), MentionType.NAME, kind, 0)
            yield Extraction((mention,), (ArticleEntity(kind, "Lantern House"),))


def kinds_served(engine: Engine) -> list[tuple[str, str]]:
    """Of each article the kind of its mention and of its entity."""
    return rows(
        engine,
        "SELECT m.label, e.kind FROM mention m JOIN extraction x ON x.pk = m.extraction"
        " JOIN entity e ON e.pk = m.entity WHERE x.is_current ORDER BY x.article",
    )


def test_a_kind_that_was_wrong_gives_way_to_the_right_one(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, body = EntityKind.LOCATION, EntityKind.ORGANISATION
    wrong = OneName([place, place, body])
    for number in range(3):
        text = f"On day {number} Lantern House spoke."
        found = Document(text, "test", url=f"https://news.example/{number}")
        [extracted] = wrong.extract([found])
        with writing(engine) as connection:
            store_document(connection, found, extracted, ensure_run(connection, FIRST, NOW))
    # Two read a place: so is the third.
    assert kinds_served(engine) == [("location", "location")] * 3
    for info in (SECOND, replace(SECOND, version="3")):
        monkeypatch.setattr(workers, "build", lambda settings: OneName([body] * 3))
        list(Reprocessing(engine, info, SETTINGS).differences())
        assert sound(engine) == []
    assert kinds_served(engine) == [("organisation", "organisation")] * 3
