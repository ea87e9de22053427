"""What a source says about an article beside its text, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypedDict
from urllib.parse import urlsplit

from app.documents.times import parse_iso
from app.domain import PrintedTime
from app.errors import DocumentError


class Metadata(TypedDict, total=False):
    """The fields of a `Document` that a source may state. A stated field wins over what is found
    in the text; None and absence are the same."""

    title: str | None
    url: str | None
    source_key: str | None
    authors: tuple[str, ...]
    agency: str | None
    publisher: str | None
    published: PrintedTime | None
    updated: PrintedTime | None
    dateline: str | None
    language: str | None


# Lists embed titles and names with every quote, so one giant would weigh on every page.
LONGEST_LINE = 1_000
LONGEST_URL = 4_000
MOST_AUTHORS = 200


def metadata_from_record(record: Mapping[str, object], origin: str) -> Metadata:
    """The metadata in a JSON object with the keys of a JSON Lines row.

    Keys: `id, title, url, authors, agency, publisher, published_at, updated_at, language`; others
    are ignored. Raises `DocumentError` naming the key that is wrong and what it should be.
    """
    metadata = Metadata(
        title=_line(record, "title", origin),
        url=_url(record, origin),
        source_key=_key(record, origin),
        authors=_authors(record, origin),
        agency=_line(record, "agency", origin),
        publisher=_line(record, "publisher", origin),
        published=_time(record, "published_at", origin),
        updated=_time(record, "updated_at", origin),
        language=_language(record, origin),
    )
    return metadata


def string_of(record: Mapping[str, object], key: str, origin: str) -> str | None:
    """The string at `key`, None where it is absent or null. Raises `DocumentError`."""
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise DocumentError(origin, f'"{key}" must be a string, not {_json_type(value)}')
    return _storable(value, key, origin)


def is_web_address(url: str) -> bool:
    """Whether `url` is an absolute http or https address."""
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def language_code(tag: str) -> str | None:
    """The ISO 639-1 code of a language tag ("en-GB" is "en"), None where it has none."""
    match = re.fullmatch(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{1,8})*", tag.strip())
    return match[1].lower() if match else None


def _storable(value: str, key: str, origin: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise DocumentError(
            origin,
            f'"{key}" holds half of a surrogate pair (\\ud800-\\udfff); write whole characters',
        ) from None
    if "\x00" in value:
        raise DocumentError(origin, f'"{key}" holds a NUL character; remove it')
    return value


def _line(record: Mapping[str, object], key: str, origin: str) -> str | None:
    """A string as one line; an empty one says nothing."""
    value = string_of(record, key, origin)
    line = " ".join(value.split()) if value is not None else ""
    return _bounded(line, key, LONGEST_LINE, origin) or None


def _bounded(value: str, key: str, longest: int, origin: str) -> str:
    if len(value) > longest:
        raise DocumentError(
            origin, f'"{key}" has {len(value):,} characters, more than the {longest:,} allowed'
        )
    return value


def _key(record: Mapping[str, object], origin: str) -> str | None:
    """The source's own id, under its publisher: two sources' ids "1" are two articles.

    An id without a publisher identifies nothing.
    """
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    else:
        value = _line(record, "id", origin)
    publisher = _line(record, "publisher", origin)
    return f"{publisher}: {value}" if value and publisher else None


def _url(record: Mapping[str, object], origin: str) -> str | None:
    value = string_of(record, "url", origin)
    value = _bounded(value.strip(), "url", LONGEST_URL, origin) if value else None
    if value and not is_web_address(value):
        raise DocumentError(origin, '"url" must be an absolute http or https address')
    return value or None


def _authors(record: Mapping[str, object], origin: str) -> tuple[str, ...]:
    value = record.get("authors")
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise DocumentError(origin, '"authors" must be a string or a list of strings')
    if len(names) > MOST_AUTHORS:
        raise DocumentError(
            origin, f'"authors" has {len(names):,} names, more than the {MOST_AUTHORS} allowed'
        )
    cleaned = (
        " ".join(
            _bounded(_storable(name, "authors", origin), "authors", LONGEST_LINE, origin).split()
        )
        for name in names
    )
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _time(record: Mapping[str, object], key: str, origin: str) -> PrintedTime | None:
    value = _line(record, key, origin)
    if value is None:
        return None
    try:
        return parse_iso(value)
    except ValueError:
        raise DocumentError(
            origin,
            f'"{key}" must be an ISO 8601 date or time such as 2021-09-08 or '
            "2021-09-08T07:12:00+02:00",
        ) from None


def _language(record: Mapping[str, object], origin: str) -> str | None:
    value = _line(record, "language", origin)
    if value is None:
        return None
    code = language_code(value)
    if code is None:
        raise DocumentError(origin, '"language" must be an ISO 639-1 code such as "en"')
    return code


def _json_type(value: object) -> str:
    names = {bool: "a boolean", int: "a number", float: "a number", list: "a list"}
    return names.get(type(value), "an object")
