"""What the components of the pipeline hand on to one another, as attributes of the spaCy `Doc`.

========================= ============================================ ==========================
attribute                 what                                         assigned by
========================= ============================================ ==========================
``doc._.document``        the `Document` the text is from              `pipeline.make_doc`
``doc._.reading``         what the network says of the text            reader
                          (`quotes.tagger.reading.Reading`), None
                          without one
``doc._.mentions``        tuple of `Mention` in text order             names, then coreference
``doc._.entities``        tuple of `ArticleEntity`                     coreference, then quotes
                                                                       and salience
``doc._.rivals``          mapping from the `Span` of a mention that   coreference
                          may mean several entities to the likeliest
                          of them, ``((entity, share), …)``, its own
                          first; a share is evidence, 0 to 1, and no
                          calibrated probability
``doc._.described``       tuple of `Mention`, in text order: what may   coreference
                          stand for an organisation without its name
                          ("the agency", "it"); the quotes component
                          makes those that speak mentions
``doc._.quotes``          tuple of `Quote` in text order               quotes
========================= ============================================ ==========================
"""

from __future__ import annotations

from types import MappingProxyType

from spacy.tokens import Doc

_TEXT = "onrecord_text"
_DEFAULTS: dict[str, object] = {
    "document": None,
    "reading": None,
    "mentions": (),
    "entities": (),
    "rivals": MappingProxyType({}),
    "described": (),
    "quotes": (),
}


def register() -> None:
    """Declare the attributes; safe to call again."""
    for name, default in _DEFAULTS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


register()


def text_of(doc: Doc) -> str:
    """The text of a document: spaCy puts `doc.text` together anew from its tokens each time."""
    text = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return str(text)
