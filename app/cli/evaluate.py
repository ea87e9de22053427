"""What `onrecord evaluate` does with a file and with a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.cli.output import complain, fail, say
from app.errors import OnrecordError
from app.evaluation import floors as gate
from app.evaluation import gold as gold_sets
from app.evaluation import gold_file, gold_rows, quote_errors, quotes, report
from app.evaluation.gold_file import Predict
from app.evaluation.toponyms import Atlas


def evaluate_file(
    path: Path,
    predicted: Path | None,
    speakers: Path | None,
    most_errors: int,
    as_json: bool,
    predict: Callable[[], Predict],
    atlas: Callable[[], Atlas],
) -> None:
    """Score one file of gold articles, and print tables or JSON.

    `predict` makes the extractor where there are no `predicted` rows, `atlas` the resolver where
    gold has coordinates. Raises GoldError.
    """
    gold = gold_rows.read_gold(path)
    named = None if speakers is None else gold_rows.read_speakers(speakers, gold.rows)
    if most_errors and not gold.having("quotes"):
        raise OnrecordError(f"{path}: it has no quotes, and --errors lists errors of quotes")
    rows: gold_rows.Rows
    if predicted is None:
        rows = gold_file.extracted(gold.rows.values(), predict())
    else:
        rows, notes = gold_rows.read_predicted(predicted, gold.rows)
        for note in notes:
            complain(note)
    placed = any("lat" in e for row in gold.having("entities") for e in row["entities"])
    score = gold_file.score_file(gold, rows, named, atlas() if placed else None)
    if score.quotes is None and (score.entities is None or named or most_errors):
        lacking = "quotes" if gold.having("quotes") else "entities"
        raise OnrecordError(f"{predicted}: it has no {lacking}, which the gold file has")
    found: list[quote_errors.QuoteError] = []
    if most_errors:
        answers = quotes.articles_of(row for row in rows.values() if "quotes" in row)
        found += quote_errors.quote_errors(quotes.articles_of(gold.having("quotes")), answers)
    if as_json:
        made = {"gold": str(path), "digest": gold.digest, **report.as_json(score)}
        if most_errors:
            made["errors"] = report.errors_json(found, most_errors)
        say(json.dumps(made, indent=1))
        return
    for line in report.table(score):
        say(line)
    if most_errors:
        texts = {row["id"]: row["text"] for row in gold.having("quotes")}
        say("")
        for line in report.error_lines(found, texts, most_errors):
            say(line)


def evaluate_folder(
    folder: Path,
    floors_file: Path | None,
    write_file: Path | None,
    reason: str | None,
    as_json: bool,
    predict: Callable[[], Predict],
    atlas: Callable[[], Atlas],
) -> None:
    """Score a folder of gold sets, hold the figures against floors, and raise floors.

    Raises GoldError.
    """
    there = gold_sets.digests(folder)
    floors = None if floors_file is None else gate.read_floors(floors_file)
    old = gate.Floors()
    if write_file is not None and write_file.exists():
        old = gate.read_floors(write_file)
    if not there:
        if floors is None or write_file is not None:
            known = ", ".join(gold_sets.FILES)
            raise OnrecordError(f"there is no gold data at {folder}; expected any of {known}")
        say(f"accuracy gate skipped: there is no gold data at {folder}", err=as_json)
        return
    # Before the extraction, which takes a minute.
    fail(gate.other_gold(floors, there) if floors is not None else ())
    placed = any(name in there for name in gold_sets.TOPONYMS)
    evaluation = gold_sets.evaluate(folder, predict(), atlas() if placed else None)
    if as_json:
        say(json.dumps(gold_sets.as_json(folder, evaluation), indent=1))
    else:
        say(f"gold data of {folder}: {', '.join(evaluation.digests)}")
        for name, value in evaluation.scores:
            say(f"{value:7.2f}  {name}")
    if write_file is not None:
        today = datetime.now(UTC).date().isoformat()
        update = gate.updated(old, evaluation, reason, today)
        fail(update.refused)
        gate.write_floors(write_file, update.floors)
        for kept in update.kept:
            say(kept, err=as_json)
        say(f"floors written to {write_file}", err=as_json)
    if floors is not None:
        for name in gate.not_there(floors, evaluation.digests):
            say(f"accuracy gate skipped for {name}: it is not in {folder}", err=as_json)
        fail(gate.below(evaluation, floors))
        say("accuracy gate passed: nothing is under its floor", err=as_json)
