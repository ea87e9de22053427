"""Reading the files that `onrecord evaluate` scores, with everything wrong in them named.

Gold articles are rows ``{"id", "text", "quotes": [{"content", "cue", "source"}]}`` or ``{"id",
"text", "entities": [{"start", "end", "label"}]}``, or have both lists. Predicted rows have the same
lists and need no text. Spans are ``[start, end]`` in code points of the gold text, end exclusive.
"""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.errors import GoldError
from app.evaluation.printable import named

# A row's id: a string or a whole number, compared as such.
Identity = Any
Row = Mapping[str, Any]
Rows = Mapping[Identity, Row]

EXPECTED = (
    'JSON Lines of {"id", "text", "quotes": [{"content", "cue", "source"}]} or {"id", "text", '
    '"entities": [{"start", "end", "label"}]}, spans as [start, end] in code points'
)
EXPECTED_SPEAKERS = 'JSON Lines of {"id", "speakers": [{"quote", "name", "status", "via"}]}'
LISTS = ("quotes", "entities")
QUOTE_SPANS = ("content", "cue", "source")
STATUSES = ("named", "unnamed", "unresolvable")
# A file of another form has a fault on every line; so many show what is wrong with it.
MOST_FAULTS = 10

# What is wrong with a row whose id is right and new.
Check = Callable[[Row], Iterator[str]]


class GoldFile(NamedTuple):
    """The articles of a gold file by id, and the file's SHA-256."""

    rows: Rows
    digest: str

    def having(self, key: str) -> list[Row]:
        """The rows that have a list of `quotes` or of `entities`."""
        return [row for row in self.rows.values() if key in row]


class Predicted(NamedTuple):
    """Predicted rows by id, and sentences about what is odd in them without being wrong."""

    rows: Rows
    notes: Sequence[str]


def read_gold(path: Path) -> GoldFile:
    """The gold articles of a file. Raises GoldError."""
    data = _bytes(path)
    rows = _rows(data, path, EXPECTED, _gold_faults)
    return GoldFile(rows, hashlib.sha256(data).hexdigest())


def read_predicted(path: Path, gold: Rows) -> Predicted:
    """The predicted articles of a file, checked against the gold texts. Raises GoldError."""

    def faults(row: Row) -> Iterator[str]:
        article = gold.get(row["id"])
        yield from _list_faults(row, None if article is None else len(article["text"]))
        if not any(key in row for key in LISTS):
            yield 'it has neither "quotes" nor "entities"'

    rows = _rows(_bytes(path), path, EXPECTED, faults)
    unknown = [i for i in rows if i not in gold]
    differing = [
        i
        for i, row in rows.items()
        if i in gold and row.get("text", gold[i]["text"]) != gold[i]["text"]
    ]
    notes = []
    if unknown:
        notes.append(
            f"{path}: {_articles(unknown)} not in the gold file and not scored "
            f"(first: {named(unknown[0])})"
        )
    if differing:
        notes.append(
            f"{path}: the text of {_articles(differing)} not the gold one; offsets were taken to "
            f"count into the gold text (first: {named(differing[0])})"
        )
    return Predicted(rows, notes)


def read_speakers(path: Path, gold: Rows) -> Rows:
    """The speakers of gold quotes, checked against these. Raises GoldError."""

    def faults(row: Row) -> Iterator[str]:
        article = gold.get(row["id"])
        if article is None or "quotes" not in article:
            yield "the gold file has no quotes of an article of this id"
            return
        speakers: Any = row.get("speakers")
        if not _list_of_objects(speakers):
            yield 'it lacks a list of "speakers"'
            return
        for number, speaker in enumerate(speakers):
            for fault in _speaker_faults(speaker, len(article["quotes"])):
                yield f"speaker {number} {fault}"

    return _rows(_bytes(path), path, EXPECTED_SPEAKERS, faults)


def _articles(identities: Sequence[Identity]) -> str:
    return "1 article is" if len(identities) == 1 else f"{len(identities)} articles are"


# --- lines ----------------------------------------------------------------------------------------


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GoldError([f"{path}: {(error.strerror or str(error)).lower()}"]) from error


def _rows(data: bytes, path: Path, expected: str, check: Check) -> dict[Identity, Row]:
    rows: dict[Identity, Row] = {}
    line_of: dict[Identity, int] = {}
    faults: list[str] = []
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            row = _object(line)
            first = line_of.setdefault(row["id"], number)
            if first != number:
                raise ValueError(f"its id {named(row['id'])} is that of line {first} already")
        except ValueError as error:
            faults.append(f"{path}:{number}: {error}")
            continue
        rows[row["id"]] = row
        faults += [f"{path}:{number}: {fault}" for fault in check(row)]
    if not rows and not faults:
        faults.append(f"{path}: it has no rows")
    if len(faults) > MOST_FAULTS:
        more = len(faults) - MOST_FAULTS
        faults[MOST_FAULTS:] = [f"{path}: and {more} more faults"]
    if faults:
        raise GoldError([*faults, f"{path}: expected are {expected}"])
    return rows


def _object(line: bytes) -> Row:
    """A row with an id. Raises ValueError that says what is wrong."""
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} is not UTF-8") from None
    except json.JSONDecodeError as error:
        told = f"{error.msg.lower()} at column {error.colno}"
        raise ValueError(f"this is no JSON ({told})") from None
    except RecursionError:
        raise ValueError("its JSON is nested too deeply") from None
    if not isinstance(row, dict):
        raise ValueError("this is no JSON object")
    if type(row.get("id")) not in (str, int):
        raise ValueError('it lacks an "id", a string or a whole number')
    return row


# --- rows -----------------------------------------------------------------------------------------


def _gold_faults(row: Row) -> Iterator[str]:
    text = row.get("text")
    if not any(key in row for key in LISTS):
        yield 'it has neither "quotes" nor "entities"'
        return
    if not isinstance(text, str):
        yield 'it lacks a string "text"'
    faulty = False
    for fault in _list_faults(row, len(text) if isinstance(text, str) else None):
        faulty = True
        yield fault
    if not faulty:
        for number, quote in enumerate(row.get("quotes", ())):
            if not any(start < end for start, end in quote.get("content") or ()):
                yield f'quote {number} has no "content"'


def _list_faults(row: Row, length: int | None) -> Iterator[str]:
    """What is wrong with the quotes and entities; `length` is the text's, None if not known."""
    for key in LISTS:
        if key in row and not _list_of_objects(row[key]):
            yield f'its "{key}" is no list of objects'
            return
    for number, quote in enumerate(row.get("quotes", ())):
        for key in QUOTE_SPANS:
            for fault in _span_faults(quote.get(key), length):
                yield f'"{key}" of quote {number} {fault}'
        if not isinstance(quote.get("speaker"), str | None):
            yield f'"speaker" of quote {number} is no name'
    for number, entity in enumerate(row.get("entities", ())):
        for fault in _entity_faults(entity, length):
            yield f"entity {number} {fault}"
    for fault in _span_faults(row.get("ignore"), length):
        yield f'its "ignore" {fault}'
    if row.get("eval_span") is not None:
        for fault in _span_faults([row["eval_span"]], length):
            yield f'its "eval_span" {fault}'


def _entity_faults(entity: Mapping[str, Any], length: int | None) -> Iterator[str]:
    yield from _span_faults([[entity.get("start"), entity.get("end")]], length)
    if not isinstance(entity.get("label"), str):
        yield 'lacks a string "label"'
    for key in ("cluster", "entity"):
        if not isinstance(entity.get(key), str | int | None):
            yield f'has a "{key}" that is neither string nor number'
    for key in ("name", "canonical"):
        if not isinstance(entity.get(key), str | None):
            yield f'has a "{key}" that is no string'


def _speaker_faults(speaker: Mapping[str, Any], quotes: int) -> Iterator[str]:
    quote, status, name = speaker.get("quote"), speaker.get("status"), speaker.get("name")
    if type(quote) is not int or not 0 <= quote < quotes:
        yield f'has {named(quote)} for "quote"; the article has {quotes} gold quotes, from 0 on'
    if status not in STATUSES:
        yield f'has {named(status)} for "status", which is none of {", ".join(STATUSES)}'
    if name is not None and not isinstance(name, str) and not _list_of_strings(name):
        yield 'has a "name" that is neither a string nor a list of strings'
    elif status == "named" and not name:
        yield 'is named and has no "name"'
    if not _list_of_strings(speaker.get("alt") or []):
        yield 'has an "alt" that is no list of strings'
    if not isinstance(speaker.get("via"), str | None):
        yield 'has a "via" that is no string'


def _span_faults(raw: object, length: int | None) -> Iterator[str]:
    if raw is None:
        return
    if not isinstance(raw, list):
        yield "is no list of [start, end]"
        return
    for pair in raw:
        if not isinstance(pair, list) or [type(x) for x in pair] != [int, int]:
            yield f"has {named(pair)}, which is no [start, end]"
        elif pair[0] > pair[1]:
            yield f"has {named(pair)}, which ends before it starts"
        elif pair[0] < 0 or (length is not None and pair[1] > length):
            limit = "" if length is None else f" of {length} code points"
            yield f"has {named(pair)}, which is outside the text{limit}"


def _list_of_objects(raw: object) -> bool:
    return isinstance(raw, list) and all(isinstance(item, dict) for item in raw)


def _list_of_strings(raw: object) -> bool:
    return isinstance(raw, list) and all(isinstance(item, str) for item in raw)
