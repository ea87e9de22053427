"""Authority files: CSV with a header, or JSON Lines; one person, organisation or location a line.

Fields: `id` and `name` (needed), `kind` (person, organisation or location; needed), `aliases` (in
CSV separated by `|`), `description`, `coordinates` ("latitude,longitude" in degrees; in JSON also a
list of both). A file comes from anywhere: everything is bounded, and what is wrong is named by its
line.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain import EntityKind
from app.errors import DocumentError

FIELDS = ("id", "name", "kind", "aliases", "description", "coordinates")
LONGEST_NAME, LONGEST_DESCRIPTION, MOST_ALIASES = 300, 5_000, 500
LONGEST_LINE = 200_000
KINDS = {str(kind): kind for kind in EntityKind} | {"organization": EntityKind.ORGANISATION}


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """One entry; `origin` is its file and line, `coordinates` are degrees of WGS 84."""

    origin: str
    id: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    description: str = ""
    coordinates: tuple[float, float] | None = None


class _FaultError(Exception):
    """What is wrong with a line."""


def read_authority(path: Path) -> Iterator[AuthorityEntry | DocumentError]:
    """The entries of a file, with a DocumentError for each line that is none; raises nothing.

    An id that came before is a fault as well. Behind a fault of the file's form nothing is read.
    """
    seen: dict[str, int] = {}
    try:
        # A form feed or U+2028 in a name ends no line; only "\n" does.
        with path.open(encoding="utf-8-sig", errors="strict", newline="") as lines:
            for number, found in _rows(path, lines):
                origin = f"{path}:{number}"
                if isinstance(found, _FaultError):
                    yield DocumentError(origin, str(found))
                    continue
                try:
                    entry = _entry(origin, found)
                    if entry.id in seen:
                        raise _FaultError(
                            f"the id {entry.id!r} stands in line {seen[entry.id]} too"
                        )
                except _FaultError as fault:
                    yield DocumentError(origin, str(fault))
                    continue
                seen[entry.id] = number
                yield entry
    except UnicodeDecodeError:
        yield DocumentError(str(path), "it is not UTF-8 throughout; convert it")
    except OSError as error:
        yield DocumentError(str(path), (error.strerror or str(error)).lower())


def _rows(path: Path, lines: Any) -> Iterator[tuple[int, Mapping[str, Any] | _FaultError]]:
    """Each row with the number of its line."""
    read: Callable[[Iterator[str]], Iterator[tuple[int, Mapping[str, Any] | _FaultError]]]
    read = _csv_rows if path.suffix.casefold() == ".csv" else _json_rows
    yield from read(_bounded(lines))


def _bounded(lines: Any) -> Iterator[str]:
    """The lines of a file, cut where they are longer than any row may be."""
    while line := lines.readline(LONGEST_LINE):
        yield line


def _json_rows(lines: Iterator[str]) -> Iterator[tuple[int, Mapping[str, Any] | _FaultError]]:
    number = 0
    for line in lines:
        number += 1
        if len(line) >= LONGEST_LINE and not line.endswith("\n"):
            yield number, _FaultError(f"the line is longer than {LONGEST_LINE:,} characters")
            return
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield number, _FaultError("the line is no JSON")
            continue
        is_row = isinstance(row, dict)
        yield number, row if is_row else _FaultError("the line is no JSON object")


def _csv_rows(lines: Iterator[str]) -> Iterator[tuple[int, Mapping[str, Any] | _FaultError]]:
    reader = csv.reader(lines, strict=True)
    header: list[str] | None = None
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            # Where quotation marks do not match, what follows cannot be told apart.
            yield number, _FaultError(f"the line is no CSV ({error}); nothing behind it was read")
            return
        if header is None:
            header = [name.strip().casefold() for name in row]
            if fault := _header_fault(header):
                yield number, fault
                return
        elif len(row) != len(header) and row:
            yield number, _FaultError(f"the line has {len(row)} fields, the header {len(header)}")
        elif row:
            yield number, dict(zip(header, row, strict=True))
    if header is None:
        yield 1, _FaultError("the file is empty; its first line must name the fields")


def _header_fault(header: list[str]) -> _FaultError | None:
    unknown = [name for name in header if name not in FIELDS]
    lacking = [name for name in FIELDS[:3] if name not in header]
    if lacking or unknown or len(set(header)) != len(header):
        return _FaultError(
            f"the first line must name the fields, of {', '.join(FIELDS)}, each once; id, name and "
            "kind are needed"
        )
    return None


def _entry(origin: str, row: Mapping[str, Any]) -> AuthorityEntry:
    unknown = [str(name)[:40] for name in row if name not in FIELDS]
    if unknown:
        raise _FaultError(f"unknown field {unknown[0]!r}; known are {', '.join(FIELDS)}")
    kind = KINDS.get(_text(row, "kind", LONGEST_NAME, needed=True).casefold())
    if kind is None:
        raise _FaultError("kind is none of person, organisation, location")
    return AuthorityEntry(
        origin,
        _text(row, "id", LONGEST_NAME, needed=True),
        _text(row, "name", LONGEST_NAME, needed=True),
        kind,
        _aliases(row.get("aliases")),
        _text(row, "description", LONGEST_DESCRIPTION),
        _coordinates(row.get("coordinates")),
    )


def _text(row: Mapping[str, Any], name: str, longest: int, needed: bool = False) -> str:
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and name == "id":
        value = str(value)
    if not isinstance(value, str | None):
        raise _FaultError(f"{name} is no text")
    return _clean(value or "", name, longest, needed)


def _clean(value: str, name: str, longest: int, needed: bool = False) -> str:
    folded = " ".join(value.split())
    if needed and not folded:
        raise _FaultError(f"{name} is missing")
    if len(folded) > longest:
        raise _FaultError(f"{name} is longer than {longest:,} characters")
    if any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in folded):
        raise _FaultError(f"{name} holds characters that no text has")
    return folded


def _aliases(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    some = value.split("|") if isinstance(value, str) else value
    if not isinstance(some, list) or not all(isinstance(alias, str) for alias in some):
        raise _FaultError("aliases is no list of texts")
    if len(some) > MOST_ALIASES:
        raise _FaultError(f"there are more than {MOST_ALIASES} aliases")
    cleaned = (_clean(alias, "an alias", LONGEST_NAME) for alias in some)
    return tuple(dict.fromkeys(alias for alias in cleaned if alias))


def _coordinates(value: Any) -> tuple[float, float] | None:
    if value is None or value == "":
        return None
    parts = value.split(",") if isinstance(value, str) else value
    try:
        lat, lon = (float(part) for part in parts)
    except (TypeError, ValueError, OverflowError) as error:
        raise _FaultError('coordinates are no "latitude,longitude" in degrees') from error
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise _FaultError("coordinates lie on no globe")
    return lat, lon
