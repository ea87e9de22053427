"""The trained attributor: what the network finds, and free speech beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from spacy.tokens import Doc

from app.extraction.attributes import text_of
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.tagger.agents import with_agents
from app.extraction.quotes.tagger.confidence import Confidence
from app.extraction.quotes.tagger.free_speech import with_free_speech
from app.extraction.quotes.tagger.reading import Reading, Scorer, scored
from app.extraction.quotes.tagger.runtime import loaded

FOLDER = Path(__file__).parents[2] / "models" / "quotes"


class TaggerAttributor:
    """Finds attributions with a network."""

    def __init__(self, network: Scorer, confidence: Confidence) -> None:
        self.network = network
        self.confidence = confidence

    @classmethod
    def load(cls, folder: Path = FOLDER) -> TaggerAttributor:
        """The one whose weights are in `folder`; raises ModelError if they cannot be loaded."""
        return cls(loaded(folder), Confidence.load(folder))

    def __call__(self, doc: Doc, regions: Regions) -> Sequence[Attribution]:
        """The attributions of a document, in text order; read here if it was not before."""
        reading: Reading | None = doc._.reading
        read = scored(text_of(doc), regions, self.network) if reading is None else reading.found
        found = []
        for attribution, values in read:
            sure = self.confidence.of(values)
            if sure >= self.confidence.least:
                found.append(replace(attribution, confidence=round(sure, 3)))
        return with_free_speech(doc, regions, with_agents(doc, found))
