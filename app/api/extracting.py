"""Extraction on request: one extractor, loaded at its first use, one request at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from anyio import CapacityLimiter, create_task_group, sleep, to_thread
from starlette.requests import ClientDisconnect

from app.api import places, present
from app.api.offsets import OffsetMap, OffsetUnit
from app.api.schemas import extract as x
from app.api.schemas import quotes as q
from app.api.schemas.articles import Mention
from app.api.schemas.common import EntityRef
from app.domain import Document, Extraction, ExtractorInfo, Quote
from app.errors import BusyError, ModelError, TextTooLongError


class Extractor(Protocol):
    """What is asked of an extractor (see `app.extraction.process`)."""

    @property
    def info(self) -> ExtractorInfo:
        """Its version and model."""
        ...

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction a document, in order."""
        ...


ExtractorFactory = Callable[[], Extractor]
Extracted = tuple[Document, Extraction, ExtractorInfo]

# As many as `app.documents` has children to read pages with.
_READERS = 4
# Seconds between two looks whether a waiting client is still there.
_LOOK_EVERY = 0.5


class Source(NamedTuple):
    """How to read a document; `is_page` for HTML, which another process reads."""

    read: Callable[[], Document]
    is_page: bool = False


class Extracting:
    """Runs extractions in a thread of their own, one after the other.

    Pages are read beforehand, each in a process that may take all the time it is given: a slow one
    keeps other pages waiting only if there are as many as processes, and no text. Those that wait
    hold no thread of the pool that queries run in. The extractor is made at the first extraction,
    since it brings spaCy and its model with it.
    """

    def __init__(self, factory: ExtractorFactory, max_text_chars: int, max_waiting: int) -> None:
        self._factory = factory
        self._max_text_chars = max_text_chars
        self._max_waiting = max_waiting
        self._reading = CapacityLimiter(_READERS)
        self._one_at_a_time = CapacityLimiter(1)
        self._thread = CapacityLimiter(1)
        self._present = 0
        self._stopping = False
        self._extractor: Extractor | None = None

    @property
    def info(self) -> ExtractorInfo | None:
        """Version and model of the extractor, None before the first extraction."""
        return None if self._extractor is None else self._extractor.info

    async def run(
        self, source: Source, is_gone: Callable[[], Awaitable[bool]] | None = None
    ) -> Extracted:
        """Read a document and extract it.

        `is_gone` is asked while it waits: nothing is extracted for a client that has left, nor
        once the server is stopping.
        Raises what reading raises, TextTooLongError, ModelError where there is no model, BusyError
        where too many wait, be it for a reader or for the extractor, ExtractionTimeoutError and
        ExtractionFailedError, and ClientDisconnect.
        """
        if self._present > self._max_waiting:
            raise BusyError(
                f"{self._max_waiting} extractions wait already. Try again in a moment, or run "
                "`onrecord extract` over many texts."
            )
        self._present += 1
        try:
            return await self._run(source, is_gone)
        except ModuleNotFoundError as error:
            # What is installed from requirements-api.lock has no readers and no spaCy.
            raise ModelError(
                f"This server was installed without extraction (it lacks {error.name}). Ask one "
                "that was installed from requirements.lock, such as the image `full`."
            ) from error
        finally:
            self._present -= 1

    def stop(self) -> None:
        """Answer those that wait, and finish only the text at hand; the server is stopping."""
        self._stopping = True

    def close(self) -> None:
        """End the extractor's process, where it has one."""
        close = getattr(self._extractor, "close", None)
        if close is not None:
            close()

    async def _run(
        self, source: Source, is_gone: Callable[[], Awaitable[bool]] | None
    ) -> Extracted:
        read = source.read
        if source.is_page:
            document = await to_thread.run_sync(read, limiter=self._reading)
            read = partial(_same, document)
        await self._turn(is_gone or _never)
        try:
            return await to_thread.run_sync(self._extract, read, limiter=self._thread)
        finally:
            self._one_at_a_time.release()

    async def _turn(self, is_gone: Callable[[], Awaitable[bool]]) -> None:
        """Wait for the extractor, for as long as the client waits and the server goes on.

        Raises ClientDisconnect and BusyError; the caller releases `_one_at_a_time` otherwise.
        """
        acquired = given_up = False
        async with create_task_group() as group:

            async def watch() -> None:
                nonlocal given_up
                while not (self._stopping or await is_gone()):
                    await sleep(_LOOK_EVERY)
                given_up = True
                group.cancel_scope.cancel()

            group.start_soon(watch)
            await self._one_at_a_time.acquire()
            acquired = True
            # Who left since the watch last looked is noticed now.
            given_up = given_up or self._stopping or await is_gone()
            group.cancel_scope.cancel()
        if not given_up:
            return
        if acquired:
            self._one_at_a_time.release()
        if self._stopping:
            raise BusyError("The server is stopping. Try again in a moment.")
        raise ClientDisconnect

    def _extract(self, read: Callable[[], Document]) -> Extracted:
        document = read()
        if len(document.text) > self._max_text_chars:
            raise TextTooLongError(
                f"The text has {len(document.text):,} characters; {self._max_text_chars:,} are "
                "allowed. Split it."
            )
        if self._extractor is None:
            self._extractor = self._factory()
        [extraction] = self._extractor.extract([document])
        return document, extraction, self._extractor.info


async def _never() -> bool:
    return False


def _same(document: Document) -> Document:
    return document


def extract_answer(extracted: Extracted, unit: OffsetUnit) -> x.ExtractAnswer:
    """An extraction as an answer, with ids that count entities and quotes from 1."""
    document, extraction, info = extracted
    at = OffsetMap(document.text, unit)
    stored_zones = [(z.kind, z.span.start, z.span.end, z.value) for z in document.zones]
    return x.ExtractAnswer(
        offset_unit=unit,
        language=document.language,
        title=document.title,
        published=present.domain_time(document.published),
        text=document.text,
        zones=present.zones(stored_zones, at),
        entities=_entities(extraction, at),
        quotes=[
            _quote(index, quote, extraction, stored_zones, at)
            for index, quote in enumerate(extraction.quotes)
        ],
        provenance=x.ExtractProvenance(extractor=info.version, model=info.model),
    )


def _entities(extraction: Extraction, at: OffsetMap) -> list[x.ExtractedEntity]:
    mentions: list[list[Mention]] = [[] for _ in extraction.entities]
    for m in extraction.mentions:
        if m.entity is not None:
            mentions[m.entity].append(
                present.mention(m.span.start, m.span.end, m.type, m.confidence, at)
            )
    return [
        x.ExtractedEntity(
            id=f"e{index + 1}",
            kind=entity.kind,
            name=entity.name,
            aliases=list(entity.aliases),
            salience=entity.salience,
            mentions=mentions[index],
            roles=[present.span(s.start, s.end, at) for s in entity.roles],
            place=places.located(entity.located),
        )
        for index, entity in enumerate(extraction.entities)
    ]


def _reference(index: int, extraction: Extraction) -> EntityRef:
    return EntityRef(id=f"e{index + 1}", name=extraction.entities[index].name)


def _speaker(quote: Quote, extraction: Extraction) -> q.Speaker:
    who = None if quote.speaker is None else _reference(quote.speaker, extraction)
    whom = None if quote.organisation is None else _reference(quote.organisation, extraction)
    return q.Speaker(
        id=None if who is None else who.id,
        name=None if who is None else who.name,
        status=quote.status,
        described_as=quote.described_as,
        organisation=whom,
    )


def _evidence(quote: Quote, extraction: Extraction, at: OffsetMap) -> q.Evidence:
    found = quote.evidence
    antecedent = found.antecedent
    return q.Evidence(
        via=found.via,
        antecedent=None
        if antecedent is None
        else present.span(antecedent.start, antecedent.end, at),
        alternatives=[
            q.Alternative(
                entity=f"e{other.entity + 1}",
                name=extraction.entities[other.entity].name,
                score=other.score,
            )
            for other in found.alternatives
        ],
    )


def _quote(
    index: int,
    quote: Quote,
    extraction: Extraction,
    zones: Sequence[tuple[str, int, int, str | None]],
    at: OffsetMap,
) -> x.ExtractedQuote:
    cue = [(s.start, s.end) for s in quote.cue]
    return x.ExtractedQuote(
        id=f"q{index + 1}",
        kind=quote.kind,
        text=quote.text(at.text),
        speaker=_speaker(quote, extraction),
        cue=" ".join(at.text[start:end] for start, end in cue) or None,
        cue_class=quote.cue_class,
        polarity=quote.polarity,
        confidence=quote.confidence,
        content=[present.span(s.start, s.end, at) for s in quote.content],
        cue_span=present.hull(cue, at),
        source=present.hull([(s.start, s.end) for s in quote.source], at),
        evidence=_evidence(quote, extraction, at),
        about=[_reference(other, extraction) for other in quote.about],
        paragraph=present.paragraph(zones, quote.content[0].start, at),
        parent=None if quote.parent is None else f"q{quote.parent + 1}",
        verbatim=quote.verbatim,
    )
