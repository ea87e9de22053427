"""The articles of `tests/data/identity`, with their names marked by who bears them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain import (
    ArticleEntity,
    Document,
    EntityKind,
    Extraction,
    Mention,
    MentionType,
    Precision,
    PrintedTime,
    Span,
)

FOLDER = Path(__file__).parent / "data" / "identity"
# Those that the weights are learnt from, and those that they are not.
TAUGHT = ("tuning", "heldout", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
LEFT_OUT = ("tenth", "eleventh")
PARTS = (*LEFT_OUT, *TAUGHT)
KINDS = {
    "p": EntityKind.PERSON,
    "o": EntityKind.ORGANISATION,
    "l": EntityKind.LOCATION,
}
_HEAD = re.compile(r"^# (\w+) \| (\d{4}-\d\d-\d\d) \| ([^|]+?) \|[ ]?(.*)$")
_MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")


@dataclass(frozen=True)
class Marked:
    """An article; `bearers` has for each entity of `extraction` the key of who it is."""

    id: str
    document: Document
    extraction: Extraction
    bearers: tuple[str, ...]


def read_set(part: str) -> list[Marked]:
    """The articles of a part (of `PARTS`), in the order of the file."""
    return list(_articles((FOLDER / f"{part}.txt").read_text(encoding="utf-8")))


def read_plan() -> dict[str, str]:
    """For each key of the plan the part it belongs to."""
    lines = (FOLDER / "plan.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {key: part for part, key, _, _ in rows}


def _articles(text: str) -> Iterator[Marked]:
    for block in text.strip().split("\n\n"):
        head, _, body = block.partition("\n")
        found = _HEAD.match(head)
        assert found, f"{head!r} is no heading of an article"
        name, day, publisher, title = found.groups()
        plain, marks = _plain(f"{title}\n\n{body}" if title else body)
        time = PrintedTime(datetime.fromisoformat(day), Precision.DAY, day)
        document = Document(
            plain, name, title=title or None, publisher=publisher, published=time, language="en"
        )
        yield _marked(name, document, marks)


def _plain(marked: str) -> tuple[str, list[tuple[Span, str]]]:
    """The text without its marks, and where they stood."""
    parts, marks, at, end = [], [], 0, 0
    for mark in _MARK.finditer(marked):
        parts += [marked[end : mark.start()], mark.group(1)]
        start = at + mark.start() - end
        at = start + len(mark.group(1))
        marks.append((Span(start, at), mark.group(2)))
        end = mark.end()
    return "".join([*parts, marked[end:]]), marks


def _marked(name: str, document: Document, marks: list[tuple[Span, str]]) -> Marked:
    """The article as a perfect extraction of names would give it: one entity a key."""
    surfaces: dict[str, list[str]] = {}
    for span, key in marks:
        surfaces.setdefault(key, []).append(span.of(document.text))
    bearers = tuple(surfaces)
    entities = []
    for key in bearers:
        # As extraction does: the longest form is the name, the others are aliases.
        forms = sorted(dict.fromkeys(surfaces[key]), key=len, reverse=True)
        entities.append(ArticleEntity(KINDS[key[0]], forms[0], tuple(forms[1:])))
    mentions = tuple(
        Mention(span, MentionType.NAME, KINDS[key[0]], bearers.index(key)) for span, key in marks
    )
    return Marked(name, document, Extraction(mentions, tuple(entities)), bearers)


class Gold:
    """An extractor that finds what is marked."""

    def __init__(self, articles: Iterable[Marked]) -> None:
        self.found = {article.document.text: article.extraction for article in articles}

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """What is marked in each document."""
        return (self.found[document.text] for document in documents)


def written(file: Path, articles: Iterable[Marked]) -> Path:
    """The articles as JSON Lines to be ingested, without their marks."""
    lines = (json.dumps(_line(article), ensure_ascii=False) + "\n" for article in articles)
    file.write_text("".join(lines), encoding="utf-8")
    return file


def _line(article: Marked) -> dict[str, str | None]:
    document = article.document
    assert document.published is not None
    day, outlet = document.published.printed, document.publisher
    return {"id": article.id, "text": document.text, "published_at": day, "publisher": outlet}
