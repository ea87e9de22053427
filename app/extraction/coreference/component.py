"""The spaCy component for coreference: mentions become entities of the article."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from app.extraction import attributes
from app.extraction.coreference.article import resolve

NAME = "onrecord_coreference"

attributes.register()


@Language.component(NAME, requires=["doc._.mentions"], assigns=["doc._.mentions", "doc._.entities"])
def coreference_component(doc: Doc) -> Doc:
    """Set `doc._.entities`, and put resolved names, pronouns and nominals into `doc._.mentions`."""
    doc._.mentions, doc._.entities = resolve(doc)
    return doc
