"""Extraction of batches, in this process or over several, in the order in which they come."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from app.domain import Document, Extraction
from app.errors import OnrecordError, WorkerError
from app.processes import CONTEXT, follow_parent

if TYPE_CHECKING:
    from app.extraction.pipeline import Extractor

log = logging.getLogger(__name__)


Batch = list[Document]
# An extraction, or the reason why there is none.
Extracted = list[Extraction | str]


@dataclass(frozen=True, slots=True)
class ExtractorSettings:
    """What a worker process needs to build its extractor."""

    model: str
    method: str
    matrix_kernel: str
    batch_size: int


T = TypeVar("T")


def in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size` items, the last one shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def build(settings: ExtractorSettings) -> Extractor:
    """An extractor; spaCy is imported here and not before."""
    from app.extraction.pipeline import Extractor

    return Extractor(
        settings.model,
        settings.method,  # type: ignore[arg-type]
        settings.matrix_kernel,  # type: ignore[arg-type]
        settings.batch_size,
    )


def extract_batch(extractor: Extractor, batch: Batch) -> Extracted:
    """Extract a batch; where it fails, article by article, so that only the culprit is lost."""
    try:
        return list(extractor.extract(batch))
    except Exception:
        log.warning("a batch of %d articles failed; trying them one by one", len(batch))
    extracted: Extracted = []
    for document in batch:
        try:
            extracted.extend(extractor.extract([document]))
        except Exception as error:
            # The exception's own words may hold the article's: they are for debugging only.
            kind = type(error).__name__
            log.debug("extraction of %s failed", document.origin, exc_info=True)
            extracted.append(f"extraction failed ({kind}); ONRECORD_LOG_LEVEL=DEBUG shows where")
    return extracted


def extract_here(
    settings: ExtractorSettings, batches: Iterable[Batch]
) -> Iterator[tuple[Batch, Extracted]]:
    """Extract in this process; the model is loaded when the first batch comes."""
    extractor = None
    for batch in batches:
        extractor = extractor or build(settings)
        yield batch, extract_batch(extractor, batch)


_extractor: Extractor | None = None


def _start(settings: ExtractorSettings) -> None:
    global _extractor
    follow_parent()
    _extractor = build(settings)


def _work(batch: Batch) -> Extracted:
    assert _extractor is not None
    return extract_batch(_extractor, batch)


def extract_over(
    settings: ExtractorSettings, batches: Iterable[Batch], workers: int
) -> Iterator[tuple[Batch, Extracted]]:
    """Extract over `workers` processes; at most two batches a worker are under way at once.

    Raises WorkerError when a process dies (killed, out of memory): what came before is complete.
    """
    pool = ProcessPoolExecutor(
        workers, mp_context=CONTEXT, initializer=_start, initargs=(settings,)
    )
    under_way: deque[tuple[Batch, Future[Extracted]]] = deque()
    try:
        for batch in batches:
            under_way.append((batch, pool.submit(_work, batch)))
            if len(under_way) == 2 * workers:
                first, future = under_way.popleft()
                yield first, future.result()
        for first, future in under_way:
            yield first, future.result()
    except BrokenProcessPool as error:
        raise WorkerError(
            "a worker process ended unexpectedly (killed, or out of memory); what was written "
            "stays: run the same command again, with fewer --workers if memory was short"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def extracting(
    settings: ExtractorSettings, batches: Iterable[Batch], workers: int
) -> Iterator[tuple[Batch, Extracted]]:
    """Extract batches in order, in this process for one worker, over processes for more."""
    if workers < 1:
        raise OnrecordError("--workers must be at least 1")
    if workers == 1:
        return extract_here(settings, batches)
    return extract_over(settings, batches, workers)
