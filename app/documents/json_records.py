"""JSON to documents: what is common to JSON Lines rows and JSON files.

A record's keys are `url, title, text | html, authors, publisher, published_at, language`, and
optionally `id, agency, updated_at`. Unknown keys are ignored.
"""

from __future__ import annotations

import json

from app.documents.compose import check_text, document_from_text
from app.documents.encoding import normalise_line_ends
from app.documents.html import document_from_html
from app.documents.limits import Limits
from app.documents.metadata import metadata_from_record, string_of
from app.domain import Document
from app.errors import DocumentError


class _RepeatedKeyError(ValueError):
    """A key stands twice in one object, so what it says is not certain."""


def parse_json(data: bytes, origin: str) -> object:
    """Parse strict JSON. Raises `DocumentError` saying what is wrong and where."""
    try:
        return json.loads(
            data.decode("utf-8"), object_pairs_hook=_without_repeats, parse_constant=_no_constant
        )
    except UnicodeDecodeError as error:
        reason = f"byte {error.start + 1} is not UTF-8; write the JSON in UTF-8"
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column" if error.lineno > 1 else "column"
        reason = (
            f"this is no JSON ({error.msg.lower()} at {where} {error.colno}); check the quoting"
        )
    except RecursionError:
        reason = "its JSON is nested too deeply; a row needs one flat object"
    except _RepeatedKeyError as error:
        reason = f'the key "{error}" stands twice; keep one of them'
    except ValueError as error:
        reason = f"this is no JSON ({error})"
    raise DocumentError(origin, reason)


def document_from_record(record: object, origin: str, limits: Limits) -> Document:
    """The document in one parsed record. Raises `DocumentError`."""
    if not isinstance(record, dict):
        raise DocumentError(origin, 'this is no JSON object; write {"text": "…"}')
    text, html = string_of(record, "text", origin), string_of(record, "html", origin)
    if text is not None and html is not None:
        raise DocumentError(origin, 'it has both "text" and "html"; keep one of them')
    metadata = metadata_from_record(record, origin)
    if html is not None:
        return document_from_html(html, origin, limits, **metadata)
    if text is None:
        raise DocumentError(origin, 'it has neither "text" nor "html"; one of them is needed')
    check_text(normalise_line_ends(text), origin, limits)
    return document_from_text(text, origin, **metadata)


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _RepeatedKeyError(_printable(key))
        found[key] = value
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON value")


def _printable(key: str) -> str:
    return key[:100].encode("utf-8", "backslashreplace").decode("utf-8")
