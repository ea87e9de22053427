"""The accuracy floors that CI holds figures against, and the rules by which they change.

The file is JSON::

    {"version": 1,
     "digests": {"quotes/polnear_dev.jsonl": SHA-256 of the gold that the floors were measured on},
     "floors": {"polnear_dev: joint F1, all": 60.7},
     "lowered": [{"date", "floor", "from", "to", "reason"}]}

Floors rise by themselves when they are written anew. Lowering one, dropping one, or pinning other
gold needs a reason, which stays in `lowered`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from app.errors import GoldError
from app.evaluation.gold import Evaluation, set_of

VERSION = 1
# Points under what was measured: so much may a harmless change of a library or of the machine cost.
MARGIN = 2.0
LOWERED_KEYS = {"date", "floor", "from", "to", "reason"}


@dataclass(frozen=True, slots=True)
class Floors:
    """Lowest figures by name, the gold files they belong to, and the record of what was lowered."""

    digests: Mapping[str, str] = field(default_factory=dict)
    floors: Mapping[str, float] = field(default_factory=dict)
    lowered: Sequence[Mapping[str, Any]] = ()


class Update(NamedTuple):
    """Floors after a measurement.

    `kept` tells of floors that stay less than `MARGIN` under their figure; `refused` of what needs
    a reason, in which case nothing is to be written.
    """

    floors: Floors
    kept: list[str]
    refused: list[str]


# --- the file -------------------------------------------------------------------------------------


def read_floors(path: Path) -> Floors:
    """The floors of a file. Raises GoldError that says what is wrong with it."""
    try:
        raw = json.loads(path.read_bytes())
    except OSError as error:
        raise GoldError([f"{path}: {(error.strerror or str(error)).lower()}"]) from error
    except (ValueError, RecursionError) as error:
        raise GoldError([f"{path}: this is no JSON ({error})"]) from error
    faults = [f"{path}: {fault}" for fault in _form_faults(raw)]
    if faults:
        raise GoldError(faults)
    return Floors(raw["digests"], raw["floors"], raw["lowered"])


def write_floors(path: Path, floors: Floors) -> None:
    """Write a file that `read_floors` reads; the old one stays until the new one is whole."""
    made = {
        "version": VERSION,
        "digests": dict(floors.digests),
        "floors": dict(floors.floors),
        "lowered": [dict(entry) for entry in floors.lowered],
    }
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(beside, path)


def _form_faults(raw: object) -> Iterator[str]:
    if not isinstance(raw, dict) or raw.get("version") != VERSION:
        yield (
            f'it is no floors file of version {VERSION} ({{"version", "digests", "floors", '
            '"lowered"}); write one with `onrecord evaluate FOLDER --write-floors FILE`'
        )
        return
    digests, floors, lowered = (raw.get(key) for key in ("digests", "floors", "lowered"))
    if not isinstance(digests, dict) or not all(isinstance(d, str) for d in digests.values()):
        yield 'its "digests" is no object of file names and SHA-256 digests'
        return
    if not isinstance(floors, dict):
        yield 'its "floors" is no object of figures and numbers'
        return
    pinned = {set_of(name) for name in digests}
    for name, floor in floors.items():
        if type(floor) not in (int, float):
            yield f'the floor of "{name}" is no number'
        if name.partition(":")[0] not in pinned:
            yield f'the floor of "{name}" has no pinned gold; "digests" lacks its file'
    if not isinstance(lowered, list) or not all(_is_entry(entry) for entry in lowered):
        yield f'its "lowered" is no list of objects with {", ".join(sorted(LOWERED_KEYS))}'


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and entry.keys() == LOWERED_KEYS and bool(entry["reason"])


# --- the gate -------------------------------------------------------------------------------------


def other_gold(floors: Floors, there: Mapping[str, str]) -> list[str]:
    """A sentence for each gold file that is not the one its floors were measured on."""
    return [
        f"{name} is not the gold that its floors were measured on: its SHA-256 begins with "
        f"{there[name][:12]}, pinned is {pinned[:12]}; use the pinned file, or measure floors anew "
        "(--write-floors, with --lower and the reason)"
        for name, pinned in floors.digests.items()
        if name in there and there[name] != pinned
    ]


def not_there(floors: Floors, there: Mapping[str, str]) -> list[str]:
    """The pinned gold files that are missing, so that their floors are not held."""
    return [name for name in floors.digests if name not in there]


def below(evaluation: Evaluation, floors: Floors) -> list[str]:
    """A sentence for each score that is under its floor, or missing although its set is there."""
    scores = dict(evaluation.scores)
    there = {set_of(name) for name in evaluation.digests}
    faults = []
    for name, floor in floors.floors.items():
        if name.partition(":")[0] not in there:
            continue
        value = scores.get(name)
        if value is None:
            faults.append(f"{name} was not measured; its floor is {floor}")
        elif value < floor:
            faults.append(f"{name} is {value:.1f}, under its floor of {floor}")
    return faults


# --- changing floors ------------------------------------------------------------------------------


def updated(floors: Floors, evaluation: Evaluation, reason: str | None, today: str) -> Update:
    """Floors `MARGIN` under what was measured; those of sets that are not there stay.

    Without a reason no floor sinks, none is dropped, and the gold stays the pinned one.
    """
    made = dict(floors.floors)
    lowered = list(floors.lowered)
    kept: list[str] = []
    refused: list[str] = []

    def lower(floor: str, was: float | str, to: float | str | None, refusal: str) -> bool:
        if reason is None:
            refused.append(f"{refusal}; give the reason with --lower")
            return False
        entry = {"date": today, "floor": floor, "from": was, "to": to, "reason": reason}
        lowered.append(entry)
        return True

    for name, digest in evaluation.digests.items():
        pinned = floors.digests.get(name, digest)
        if pinned != digest:
            lower(f"digest of {name}", pinned, digest, f"{name} is not the pinned gold")
    scores = dict(evaluation.scores)
    for name, value in scores.items():
        old, new = made.get(name), _under(value)
        if old is None or new >= old:
            made[name] = new
        elif reason is None and value >= old:
            kept.append(f"{name} is {value:.1f}, and its floor stays at {old}")
        elif lower(name, old, new, f"{name} is {value:.1f}; its floor of {old} would sink"):
            made[name] = new
    there = {set_of(name) for name in evaluation.digests}
    for name, old in floors.floors.items():
        gone = name.partition(":")[0] in there and name not in scores
        if gone and lower(name, old, None, f"{name} was not measured; its floor would go"):
            del made[name]
    return Update(Floors({**floors.digests, **evaluation.digests}, made, lowered), kept, refused)


def _under(value: float) -> float:
    return max(0.0, round(value - MARGIN, 1))
