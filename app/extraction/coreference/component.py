"""The spaCy component for coreference: mentions become entities of the article."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from app.extraction import attributes
from app.extraction.coreference.article import resolve
from app.extraction.coreference.role_spans import with_roles

NAME = "onrecord_coreference"

attributes.register()


@Language.component(
    NAME,
    requires=["doc._.mentions"],
    assigns=["doc._.mentions", "doc._.entities", "doc._.rivals", "doc._.described"],
)
def coreference_component(doc: Doc) -> Doc:
    """Set `doc._.entities`, `doc._.rivals` and `doc._.described`.

    Puts resolved mentions into `doc._.mentions`.
    """
    found = resolve(doc)
    doc._.mentions = found.mentions
    doc._.entities = with_roles(doc, found.mentions, found.entities)
    doc._.rivals, doc._.described = found.rivals, found.described
    return doc
