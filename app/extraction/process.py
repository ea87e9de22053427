"""An extractor in a process of its own, for a server: it can be killed, and holds nothing up.

The server's threads never wait for spaCy's locks, a text that takes too long costs its own request
only, and memory that a giant text took goes back with the process.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from typing import Any

from app import logs
from app.domain import Document, Extraction, ExtractorInfo
from app.errors import ExtractionFailedError, ExtractionTimeoutError, ModelError
from app.extraction.info import extractor_info
from app.processes import CONTEXT, follow_parent

log = logging.getLogger("onrecord.extraction")

# Seconds for importing spaCy and loading the model, on a busy machine.
START_WITHIN = 180.0


class ExtractorProcess:
    """Extracts one document at a time in a child, which starts at the first one.

    Not safe for use by several threads at once.
    """

    def __init__(
        self,
        model: str,
        method: str = "tagger",
        matrix_kernel: str = "auto",
        batch_size: int = 16,
        timeout: float = 60.0,
    ) -> None:
        self.info: ExtractorInfo = extractor_info(model, method)
        self.timeout = timeout
        self._settings = (model, method, matrix_kernel, batch_size)
        self._child: Any = None
        self._pipe: Connection[Any, Any] | None = None

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction a document, in order.

        Raises ModelError, ExtractionTimeoutError after `timeout` seconds for a document, and
        ExtractionFailedError; the next document then gets a new child where the old one is gone.
        """
        for document in documents:
            yield self._extract(document)

    def close(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child = None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None

    def _extract(self, document: Document) -> Extraction:
        pipe = self._pipe or self._start()
        try:
            pipe.send(document)
            if not pipe.poll(self.timeout):
                self.close()
                raise ExtractionTimeoutError(
                    f"The text took longer than {self.timeout:g} seconds. Split it."
                )
            answer = pipe.recv()
        except (EOFError, OSError) as error:
            self.close()
            log.error("the extracting process ended unexpectedly; the next text gets a new one")
            raise ExtractionFailedError("The text could not be extracted.") from error
        if isinstance(answer, Extraction):
            return answer
        log.error("extraction failed: %s", answer)
        raise ExtractionFailedError("The text could not be extracted.")

    def _start(self) -> Connection[Any, Any]:
        here, there = CONTEXT.Pipe()
        arguments = (there, logging.getLogger().level, *self._settings)
        self._child = CONTEXT.Process(target=_serve, args=arguments, daemon=True)
        self._child.start()
        there.close()
        self._pipe = here
        try:
            answer = here.recv() if here.poll(START_WITHIN) else "it did not start in time"
        except EOFError:
            answer = "its process ended"
        if answer is not None:
            self.close()
            raise ModelError(f"The extractor could not be started: {answer}")
        return here


def _serve(
    pipe: Connection[Any, Any],
    level: int,
    model: str,
    method: Any,
    matrix_kernel: Any,
    batch_size: int,
) -> None:
    """What the child runs: says when it is ready (None) or why not, then answers documents."""
    follow_parent()
    logs.configure(logging.getLevelName(level))
    try:
        from app.extraction.pipeline import Extractor

        extractor = Extractor(model, method, matrix_kernel, batch_size)
    except Exception as error:
        pipe.send(str(error))
        return
    pipe.send(None)
    while True:
        try:
            document = pipe.recv()
        except EOFError:
            return
        try:
            [answer] = extractor.extract([document])
            pipe.send(answer)
        except Exception as error:
            # The exception's own words may hold the text's: they are for debugging only.
            log.debug("extraction failed", exc_info=True)
            pipe.send(type(error).__name__)
