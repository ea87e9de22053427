"""The extractor of `/v1/extract`, with its locations put on the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.api.extracting import Extractor
from app.domain import Document, Extraction, ExtractorInfo, Gazetteer
from app.resolution.places import locate


class Locating:
    """Another extractor whose locations are looked up in a gazetteer."""

    def __init__(self, extractor: Extractor, gazetteer: Gazetteer) -> None:
        self._extractor = extractor
        self._gazetteer = gazetteer

    @property
    def info(self) -> ExtractorInfo:
        """That of the extractor."""
        return self._extractor.info

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction a document, in order."""
        for document in documents:
            for extraction in self._extractor.extract([document]):
                yield locate(document, extraction, self._gazetteer)

    def close(self) -> None:
        """End the extractor's process, where it has one."""
        close = getattr(self._extractor, "close", None)
        if close is not None:
            close()
