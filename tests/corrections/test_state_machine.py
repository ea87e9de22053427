"""Corrections, extraction anew and revisions in every order: what is served stays right."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.corrections import articles as withdrawing
from app.corrections import entities, quotes
from app.corrections.editing import Edit, lay_again
from app.corrections.undoing import undo
from app.domain import SpeakerStatus
from app.errors import ConflictError, GoneError
from app.store import migrate
from app.store.session import open_database, reading, writing
from app.store.write import Outcome
from tests.corrections.newspaper import (
    NOW,
    PEOPLE,
    Said,
    document,
    everything_served,
    infos,
    ingest,
    query,
    rows,
    sound,
)

ARTICLES = 4
EDIT = Edit("an editor", NOW, "because")


@cache
def empty_database() -> bytes:
    """A migrated database: migrating takes longer than all that is done with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        engine = open_database(f"sqlite:///{path}")
        migrate.upgrade(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        return path.read_bytes()


class Corrected(RuleBasedStateMachine):
    """A record, and beside it what an editor would say that it must show."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "onrecord.db"
        path.write_bytes(empty_database())
        self.engine = open_database(f"sqlite:///{path}")
        self.said = {
            n: Said(PEOPLE[n % 3], "We shall never close pier and quay of", PEOPLE[(n + 1) % 3])
            for n in range(ARTICLES)
        }
        self.leads = dict.fromkeys(self.said, "")
        self.versions = dict.fromkeys(self.said, 0)
        self.withdrawn: set[int] = set()
        # article → the corrections of its quote, the last one rules
        self.given: dict[int, list[tuple[str, str | None]]] = {n: [] for n in self.said}
        self.rejected: dict[int, list[str]] = {n: [] for n in self.said}
        self.made: list[tuple[str, str, Any]] = []

    def teardown(self) -> None:
        self.engine.dispose()
        self._folder.cleanup()

    @initialize()
    def first(self) -> None:
        for number in self.said:
            self._write(number)
        self.start = everything_served(self.engine)

    def _write(self, number: int) -> Outcome:
        found = document(number, self.said[number], self.leads[number])
        return ingest(self.engine, found, self.said[number], infos()[self.versions[number]])

    def _quote(self, number: int) -> tuple[str, bool]:
        [(uid, visible)] = rows(
            self.engine,
            """SELECT q.uid, q.visible FROM quote q JOIN article a ON a.pk = q.article
               JOIN extraction x ON x.pk = q.extraction
               WHERE a.url = :url AND x.is_current ORDER BY q.pk DESC LIMIT 1""",
            url=f"https://news.example/{number}",
        )
        return str(uid), bool(visible)

    def _active(self) -> list[str]:
        found = rows(
            self.engine,
            "SELECT uid FROM entity WHERE merged_into IS NULL AND status = 'active' ORDER BY pk",
        )
        return [str(uid) for (uid,) in found]

    # --- what happens ---------------------------------------------------------------------------

    @rule(number=st.integers(0, ARTICLES - 1))
    def extract_anew(self, number: int) -> None:
        self.versions[number] = 1 - self.versions[number]
        outcome = self._write(number)
        expected = Outcome.WITHDRAWN if number in self.withdrawn else Outcome.REEXTRACTED
        assert outcome is expected

    @rule(number=st.integers(0, ARTICLES - 1), lead=st.integers(0, 10_000))
    def revise_around(self, number: int, lead: int) -> None:
        """A paragraph above the quote shifts every offset and changes no word of it."""
        self.leads[number] = f"Paragraph {lead} of the day.\n\n"
        assert self._write(number) in (Outcome.REVISED, Outcome.UNCHANGED, Outcome.WITHDRAWN)

    @rule(number=st.integers(0, ARTICLES - 1), word=st.sampled_from(["really", "ever", "today"]))
    def revise_words(self, number: int, word: str) -> None:
        """A word more in the quote makes it another quote; its correction finds it again."""
        before = self.said[number]
        words = f"We shall {word} never close pier and quay of"
        self.said[number] = Said(before.speaker, words, before.about)
        if self._write(number) is Outcome.UNCHANGED:
            self.said[number] = before

    @rule(number=st.integers(0, ARTICLES - 1), data=st.data())
    def correct_speaker(self, number: int, data: st.DataObject) -> None:
        if number in self.withdrawn or not self._quote(number)[1]:
            return
        who = data.draw(st.sampled_from([*self._active(), None]))
        speaker = quotes.Speaker(who) if who else quotes.Speaker(None, SpeakerStatus.UNRESOLVED)
        with writing(self.engine) as connection:
            made = quotes.correct_speaker(connection, EDIT, self._quote(number)[0], speaker)
        self.given[number].append((made.uid, who))
        self.made.append((made.uid, "speaker", number))

    @rule(number=st.integers(0, ARTICLES - 1))
    def reject(self, number: int) -> None:
        if number in self.withdrawn or not self._quote(number)[1]:
            return
        with writing(self.engine) as connection:
            made = quotes.reject(connection, EDIT, self._quote(number)[0])
        self.rejected[number].append(made.uid)
        self.made.append((made.uid, "rejection", number))

    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self._active() or [""]))
        other = data.draw(st.sampled_from(self._active() or [""]))
        if one == other:
            return
        with writing(self.engine) as connection:
            made = entities.merge(connection, EDIT, one, other)
        self.made.append((made.uid, "merge", one))

    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self._active() or [""]))
        found = rows(
            self.engine,
            """SELECT DISTINCT a.uid FROM article a JOIN extraction x ON x.article = a.pk
               JOIN extraction_entity d ON d.extraction = x.pk
               JOIN entity e ON e.pk = d.entity WHERE e.uid = :uid AND x.is_current""",
            uid=one,
        )
        there = sorted(str(uid) for (uid,) in found)
        if len(there) < 2:
            return
        listed = data.draw(st.sets(st.sampled_from(there), min_size=1, max_size=len(there) - 1))
        with writing(self.engine) as connection:
            made = entities.split(connection, EDIT, one, listed, None)
        self.made.append((made.uid, "split", made.new["entity"]))

    @rule(data=st.data())
    def suppress(self, data: st.DataObject) -> None:
        active = self._active()
        if len(active) < 2:
            return
        with writing(self.engine) as connection:
            made = entities.suppress(connection, EDIT, data.draw(st.sampled_from(active)))
        self.made.append((made.uid, "suppression", None))

    @rule(data=st.data(), name=st.sampled_from(["Dr Mira K", "Tomas the Younger"]))
    def rename(self, data: st.DataObject, name: str) -> None:
        active = self._active()
        if not active:
            return
        with writing(self.engine) as connection:
            made = entities.rename(connection, EDIT, data.draw(st.sampled_from(active)), name)
        self.made.append((made.uid, "rename", None))

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def undo_one(self, data: st.DataObject) -> None:
        self._undo(data.draw(st.sampled_from(self.made)))

    def _undo(self, one: tuple[str, str, Any]) -> bool:
        try:
            with writing(self.engine) as connection:
                undo(connection, EDIT, one[0])
        except ConflictError:
            # Another correction stands in the way: it has to be undone first.
            return False
        self.made.remove(one)
        for corrections in self.given.values():
            corrections[:] = [c for c in corrections if c[0] != one[0]]
        for rejections in self.rejected.values():
            rejections[:] = [uid for uid in rejections if uid != one[0]]
        return True

    @rule(number=st.integers(0, ARTICLES - 1))
    def withdraw(self, number: int) -> None:
        # Once in a while only: little can happen to what is gone.
        if self.withdrawn or len(self.made) < 4:
            return
        [(uid,)] = rows(
            self.engine, "SELECT uid FROM article WHERE url LIKE :url", url=f"%/{number}"
        )
        with writing(self.engine) as connection:
            withdrawing.withdraw(connection, EDIT, str(uid))
        with writing(self.engine) as connection, pytest.raises(GoneError):
            withdrawing.withdraw(connection, EDIT, str(uid))
        self.withdrawn.add(number)

    # --- what must hold -------------------------------------------------------------------------

    @invariant()
    def database_is_sound(self) -> None:
        assert sound(self.engine) == []

    @invariant()
    def laying_again_changes_nothing(self) -> None:
        """Whatever a correction touched was laid: nothing stale is left in any article."""
        before = everything_served(self.engine)
        with writing(self.engine) as connection:
            lay_again(
                connection, [pk for (pk,) in query(connection, "SELECT pk FROM article")], NOW
            )
        assert everything_served(self.engine) == before

    @invariant()
    def corrected_speakers_are_served(self) -> None:
        with reading(self.engine) as connection:
            for number in set(self.said) - self.withdrawn:
                self._compare(connection, number)

    def _compare(self, connection: Any, number: int) -> None:
        [(speaker, status, visible)] = query(
            connection,
            """SELECT e.uid, q.speaker_status, q.visible FROM quote q
               JOIN article a ON a.pk = q.article JOIN extraction x ON x.pk = q.extraction
               LEFT JOIN entity e ON e.pk = q.speaker
               WHERE a.url = :url AND x.is_current""",
            url=f"https://news.example/{number}",
        )
        if self.rejected[number]:
            assert not visible
        if not self.given[number]:
            return
        who = self.given[number][-1][1]
        if who is None:
            assert (speaker, status) == (None, "unresolved")
            return
        assert status == "resolved"
        assert speaker == self._survivor(connection, who)

    @staticmethod
    def _survivor(connection: Any, uid: str) -> str:
        while True:
            found = query(
                connection,
                """SELECT o.uid FROM entity e JOIN entity o ON o.pk = e.merged_into
                   WHERE e.uid = :uid""",
                uid=uid,
            )
            if not found:
                return uid
            uid = str(found[0][0])

    @precondition(lambda self: not self.withdrawn)
    @rule()
    def undo_everything(self) -> None:
        """With every correction undone and nothing extracted anew, all is as at the start."""
        left = len(self.made) + 1
        while self.made and left > len(self.made):
            left = len(self.made)
            for one in list(reversed(self.made)):
                self._undo(one)
        assert self.made == []
        if all(not lead for lead in self.leads.values()) and not any(self.versions.values()):
            words = {said.words for said in self.said.values()}
            if words == {"We shall never close pier and quay of"}:
                assert everything_served(self.engine) == self.start


Corrected.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=18,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestCorrected = Corrected.TestCase
