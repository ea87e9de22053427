from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from app.store.session import open_database
from tests.conftest import ROOT
from tests.e2e.running import Command, Served


def test_ingesting_twice_is_as_once_and_says_so(
    onrecord: Command, ingested: str, seed: Path
) -> None:
    assert "1 article: 1 new" in ingested
    again = onrecord("ingest", str(seed))
    assert again.returncode == 0
    assert "1 article: 1 unchanged" in again.stderr


def test_migrating_twice_says_that_nothing_was_to_do(onrecord: Command, ingested: str) -> None:
    assert onrecord("migrate").stdout == "the database is up to date\n"


def test_a_bad_file_is_named_and_the_status_tells(
    onrecord: Command, ingested: str, tmp_path: Path
) -> None:
    done = onrecord("ingest", str(tmp_path / "missing.txt"))
    assert done.returncode == 1
    assert "missing.txt: no such file or directory" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_format_is_a_usage_error_that_names_the_known(onrecord: Command) -> None:
    done = onrecord("ingest", "seeds", "--format", "docx")
    assert done.returncode == 2
    assert "text, jsonl" in done.stderr


def test_an_unusable_database_is_one_sentence(tmp_path: Path, onrecord: Command) -> None:
    broken = tmp_path / "broken.db"
    broken.write_text("no database" * 200, encoding="utf-8")
    command = Command({**onrecord.environment, "ONRECORD_DATABASE_URL": f"sqlite:///{broken}"})
    done = command("ingest", "seeds")
    assert done.returncode == 1
    assert done.stderr.startswith("onrecord: ")
    assert done.stderr.count("\n") == 1


def test_a_missing_model_is_one_sentence(onrecord: Command) -> None:
    command = Command({**onrecord.environment, "ONRECORD_SPACY_MODEL": "no_such_model"})
    done = command("ingest", "seeds")
    assert done.returncode == 1
    assert "no_such_model" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_wrong_setting_is_told_without_a_trace(onrecord: Command) -> None:
    command = Command({**onrecord.environment, "ONRECORD_BATCH_SIZE": "many"})
    done = command("ingest", "seeds")
    assert done.returncode == 1
    assert "ONRECORD_BATCH_SIZE" in done.stderr
    assert "Traceback" not in done.stderr


def test_extract_reads_standard_input_and_writes_the_stable_form(onrecord: Command) -> None:
    text = "“The harbour will open,” said Mira Kovalenko, the mayor of Lisbon."
    done = onrecord("extract", "-", stdin=json.dumps({"id": "x", "text": text}) + "\n")
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)
    assert row["id"] == "x"
    (quote,) = row["quotes"]
    assert [text[s:e] for s, e in quote["content"]] == ["“The harbour will open,”"]
    assert quote["speaker"] == "Mira Kovalenko"
    assert quote["status"] == "resolved"
    assert {e["label"] for e in row["entities"]} >= {"PERSON", "LOCATION"}


def test_extract_over_two_processes_gives_the_same(onrecord: Command) -> None:
    lines = "".join(
        json.dumps({"id": n, "text": f"Mira Kovalenko said on day {n} that the harbour was open."})
        + "\n"
        for n in range(40)
    )
    one = onrecord("extract", "-", stdin=lines)
    two = onrecord("extract", "-", "--workers", "2", stdin=lines)
    assert two.returncode == 0, two.stderr
    assert one.stdout == two.stdout


def test_the_greeting_names_three_requests_that_answer(served: Served) -> None:
    addresses = re.findall(r"curl '(http[^']+)'", served.greeting)
    assert len(addresses) == 3
    for address in addresses:
        assert served.client.get(address).json()["results"]


def test_serving_an_unmigrated_database_says_what_to_run(onrecord: Command, tmp_path: Path) -> None:
    empty = f"sqlite:///{tmp_path / 'empty.db'}"
    open_database(empty).dispose()
    command = Command({**onrecord.environment, "ONRECORD_DATABASE_URL": empty})
    for arguments in (("serve", "--port", "0"), ("check",), ("ingest", "seeds")):
        done = command(*arguments)
        assert done.returncode == 1
        assert (
            done.stderr == "onrecord: the database has not been migrated; run `onrecord migrate`\n"
        )


def test_migrating_over_somebody_elses_tables_is_one_sentence(
    onrecord: Command, tmp_path: Path
) -> None:
    path = tmp_path / "theirs.db"
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute("CREATE TABLE article (x)")
    command = Command({**onrecord.environment, "ONRECORD_DATABASE_URL": f"sqlite:///{path}"})
    done = command("migrate")
    assert done.returncode == 1
    assert "already exists" in done.stderr
    assert "belongs to another program" in done.stderr
    assert done.stderr.count("\n") == 1


def test_extract_writes_utf8_whatever_the_locale_and_survives_half_characters(
    onrecord: Command,
) -> None:
    lines = '{"id": "\\ud800", "text": "Mira said so."}\n{"id": "é", "text": "Mira said “no”."}\n'
    locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "app", "extract", "-"],
        input=lines.encode(),
        capture_output=True,
        env={**onrecord.environment, **locale},
        cwd=ROOT,
    )
    rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["\ud800", "é"]
    assert done.returncode == 0


def test_an_output_that_cannot_be_written_is_one_sentence(onrecord: Command) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "app", "extract", "-"],
            input=b'{"id": 1, "text": "Mira said so."}\n',
            stdout=full,
            stderr=subprocess.PIPE,
            env=onrecord.environment,
            cwd=ROOT,
        )
    assert done.returncode == 1
    assert done.stderr.decode() == "onrecord: [Errno 28] No space left on device\n"


def test_an_empty_path_is_a_usage_error(onrecord: Command) -> None:
    done = onrecord("ingest", "")
    assert done.returncode == 2
    assert "a path is empty" in done.stderr


def test_an_ingest_that_is_asked_to_stop_ends_soundly_and_goes_on_later(
    onrecord: Command, tmp_path: Path
) -> None:
    path = tmp_path / "in.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for n in range(400):
            text = f"Mira Kovalenko said on day {n} that the harbour of Lisbon was open. " * 5
            out.write(json.dumps({"url": f"https://n.example/{n}", "text": text}) + "\n")
    url = f"sqlite:///{tmp_path / 'onrecord.db'}"
    command = Command({**onrecord.environment, "ONRECORD_DATABASE_URL": url})
    command("migrate")
    ingest = subprocess.Popen(
        [sys.executable, "-m", "app", "ingest", str(path)],
        stderr=subprocess.PIPE,
        text=True,
        env=command.environment,
        cwd=ROOT,
    )
    deadline = time.monotonic() + 60
    while stored(tmp_path / "onrecord.db") < 20 and time.monotonic() < deadline:
        time.sleep(0.02)
    ingest.terminate()
    _, said = ingest.communicate(timeout=60)
    assert ingest.returncode == 143
    assert "stopped before the end" in said
    assert 20 <= stored(tmp_path / "onrecord.db") < 400
    assert command("check").returncode == 0
    done = command("ingest", str(path))
    assert done.returncode == 0
    assert stored(tmp_path / "onrecord.db") == 400


def stored(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT count(*) FROM article").fetchone()[0])
