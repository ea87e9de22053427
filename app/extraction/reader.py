"""The spaCy component that runs the network over a text, once for all that ask it.

The quotes are its own; a head on its first layers tells kinds of names beside.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from app.extraction import attributes
from app.extraction.names.classifier import weights
from app.extraction.quotes.component import Method
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.marks import quoted_regions

NAME = "onrecord_reader"

attributes.register()


@Language.factory(NAME, default_config={"method": "tagger"}, assigns=["doc._.reading"])
def make_component(nlp: Language, name: str, method: Method) -> Reader:
    """The component for a method; raises ModelError where its network cannot be loaded."""
    return Reader(method)


class Reader:
    """Sets `doc._.reading`; by the method `rules` there is nothing to read with."""

    def __init__(self, method: Method) -> None:
        self.method = method
        if method == "tagger":
            # Without the tagger its libraries and weights are not needed.
            from app.extraction.quotes.tagger.attributor import FOLDER
            from app.extraction.quotes.tagger.runtime import loaded

            self.network = loaded(FOLDER)
            self.head = weights(read=True).states

    def __call__(self, doc: Doc) -> Doc:
        """The same doc."""
        if self.method == "tagger":
            from app.extraction.quotes.tagger.reading import read

            text = attributes.text_of(doc)
            doc._.reading = read(text, Regions(quoted_regions(text)), self.network, self.head)
        return doc
