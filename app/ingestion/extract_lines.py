"""Extraction alone, without a database: what `onrecord extract` runs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from app.documents import Limits, document_from_text
from app.documents.json_lines import bounded_lines
from app.documents.json_records import parse_json
from app.domain import Document, Gazetteer
from app.errors import DocumentError
from app.extraction.rows import row
from app.ingestion.storing import located
from app.ingestion.workers import Batch, ExtractorSettings, extracting, in_batches


def extract_lines(
    lines: BinaryIO,
    origin: str,
    extractor: ExtractorSettings,
    limits: Limits,
    workers: int = 1,
    gazetteer: Gazetteer | None = None,
) -> Iterator[dict[str, Any] | DocumentError]:
    """One row of `extraction.rows` for each line `{"id", "text"}`, in order.

    A line that cannot be read, or whose text cannot be extracted, gives its DocumentError in its
    place. The row's `text` has its line ends normalised, and offsets count into that. Locations are
    put on the map where there is a gazetteer.
    """
    read = in_batches(_read(lines, origin, limits), extractor.batch_size)
    # Errors and identifiers travel beside the documents: a batch holds documents only.
    pending: deque[list[tuple[Any, Document | DocumentError]]] = deque()

    def documents() -> Iterator[Batch]:
        for batch in read:
            pending.append(batch)
            yield [found for _, found in batch if isinstance(found, Document)]

    for _, extracted in extracting(extractor, documents(), workers):
        results = iter(extracted)
        for identifier, found in pending.popleft():
            if isinstance(found, DocumentError):
                yield found
                continue
            result = next(results)
            if isinstance(result, str):
                yield DocumentError(found.origin, result)
            else:
                yield row(identifier, found.text, located(found, result, gazetteer))


def _read(
    lines: BinaryIO, origin: str, limits: Limits
) -> Iterator[tuple[Any, Document | DocumentError]]:
    for number, line in enumerate(bounded_lines(lines, limits.max_document_bytes), start=1):
        if line is not None and not line.strip():
            continue
        try:
            yield _document(line, f"{origin}:{number}", limits)
        except DocumentError as error:
            yield None, error


def _document(line: bytes | None, origin: str, limits: Limits) -> tuple[Any, Document]:
    if line is None:
        raise DocumentError(
            origin, f"the line is longer than {limits.max_document_bytes:,} bytes; split it"
        )
    record = parse_json(line, origin)
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise DocumentError(origin, 'the line must be an object with "id" and a string "text"')
    if len(record["text"]) > limits.max_text_chars:
        raise DocumentError(
            origin,
            f"its text is longer than {limits.max_text_chars:,} characters; split it or raise "
            "ONRECORD_MAX_TEXT_CHARS",
        )
    return record.get("id"), document_from_text(record["text"], origin)


def predicting(
    extractor: ExtractorSettings,
    limits: Limits,
    workers: int = 1,
    gazetteer: Gazetteer | None = None,
) -> Callable[[Iterable[tuple[Any, str]]], Iterator[dict[str, Any]]]:
    """A function from pairs of identifier and text to rows, in order; raises DocumentError."""

    def predict(texts: Iterable[tuple[Any, str]]) -> Iterator[dict[str, Any]]:
        identifiers: deque[Any] = deque()

        def documents() -> Iterator[Document]:
            for identifier, text in texts:
                identifiers.append(identifier)
                yield document_from_text(text, str(identifier))

        batches = in_batches(documents(), extractor.batch_size)
        for batch, extracted in extracting(extractor, batches, workers):
            for document, result in zip(batch, extracted, strict=True):
                if isinstance(result, str):
                    raise DocumentError(document.origin, result)
                extraction = located(document, result, gazetteer)
                yield row(identifiers.popleft(), document.text, extraction)

    return predict
