"""What names, coreference, places and resolution cost beside the models that read the text."""

from __future__ import annotations

import gc
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from spacy.tokens import Doc

from app.documents import document_from_text
from app.domain import Document, Extraction
from app.extraction import kernel, reader, salience
from app.extraction.coreference import component as coreference
from app.extraction.names import component as names
from app.extraction.pipeline import OURS, TOGETHER, Extractor, make_doc, to_extraction
from app.extraction.quotes import component as quotes
from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.tagger.reading import Scorer
from app.extraction.quotes.tagger.windows import windows
from app.extraction.quotes.tagger.words import read_words
from app.resolution.linking import resolve
from app.resolution.places import locate
from app.settings import Settings
from app.store import migrate
from app.store.candidates import StoredCandidates
from app.store.gazetteer import open_gazetteer
from app.store.session import open_database, writing
from app.store.write import ensure_run, standing, write_article
from tests.bench.extraction import texts
from tests.bench.measure import Figure
from tests.builders import INFO

T = TypeVar("T")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    """Adds up the CPU seconds of each stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def time(self, stage: str, work: Callable[..., T], *given: object) -> T:
        """The result of `work` on what is given, whose time goes to `stage`."""
        start = time.process_time()
        made = work(*given)
        self.seconds[stage] += time.process_time() - start
        return made


def figures() -> Iterator[Figure]:
    """Microseconds a word of each stage, and what is not the models' as a ratio of the models'."""
    settings = Settings()
    extractor = Extractor(settings.spacy_model, "tagger", kernel.choose("auto"))
    documents = [document_from_text(text, "bench") for text in texts()]
    words = sum(len(document.text.split()) for document in documents)
    clock = Clock()
    extracted(extractor, documents, Clock())  # warms up
    # Looking through all of the models for garbage takes as long as resolving all the articles, and
    # by chance it is done in one stage or another.
    gc.collect()
    gc.freeze()
    found = extracted(extractor, documents, clock)
    stored(documents, found, clock)
    gc.unfreeze()
    for stage, seconds in clock.seconds.items():
        yield Figure(f"stage_{stage}", 1e6 * seconds / words, "µs/word", len(documents))
    models = clock.seconds["model"] + clock.seconds["network"]
    beside = sum(clock.seconds[s] for s in ("names", "coreference", "places", "resolution"))
    yield Figure("names_resolution_places_vs_models", beside / models, "ratio", len(documents))


def extracted(extractor: Extractor, documents: list[Document], clock: Clock) -> list[Extraction]:
    """The extractions, each component timed."""
    nlp = extractor.nlp
    made = [make_doc(nlp, document) for document in documents]
    model = partial(nlp.pipe, batch_size=extractor.batch_size, component_cfg=TOGETHER, disable=OURS)
    docs: list[Doc] = clock.time("model", lambda: list(model(made)))
    network = nlp.get_pipe(quotes.NAME).attributor.network
    for doc in docs:
        clock.time("network", read, network, doc.text)
        for name in OURS:
            clock.time(STAGES[name], nlp.get_pipe(name), doc)
    return [to_extraction(doc) for doc in docs]


def read(network: Scorer, text: str) -> None:
    """What of the quotes' stage is the network's: it reads the text once more, alone."""
    words = read_words(text, quoted_regions(text), network.vocabulary)
    for window in windows(words):
        network.scores(words, window)


STAGES = {
    names.NAME: "names",
    coreference.NAME: "coreference",
    salience.NAME: "coreference",
    quotes.NAME: "quotes_and_network",
    reader.NAME: "quotes_and_network",
}


def stored(documents: list[Document], found: list[Extraction], clock: Clock) -> None:
    """Locate, resolve and write the articles into an empty record."""
    gazetteer = open_gazetteer(Settings().gazetteer)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'stages.db'}")
        migrate.upgrade(engine)
        for document, extraction in zip(documents, found, strict=True):
            where = clock.time("places", locate, document, extraction, gazetteer)
            with writing(engine) as connection:
                run = ensure_run(connection, INFO, NOW)
                state = standing(connection, document, run)
                record = StoredCandidates(connection, state.article)
                resolved = clock.time("resolution", resolve, state.uid, where, record, document)
                given = (connection, document, where, resolved, state, run, NOW)
                clock.time("writing", write_article, *given)
        engine.dispose()
