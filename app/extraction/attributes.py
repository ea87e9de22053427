"""What the components of the pipeline hand on to one another, as attributes of the spaCy `Doc`.

========================= ============================================ ==========================
attribute                 what                                         assigned by
========================= ============================================ ==========================
``doc._.document``        the `Document` the text is from              `pipeline.make_doc`
``doc._.mentions``        tuple of `Mention` in text order             names, then coreference
``doc._.entities``        tuple of `ArticleEntity`                     coreference
``doc._.quotes``          tuple of `Quote` in text order               quotes
========================= ============================================ ==========================
"""

from __future__ import annotations

from spacy.tokens import Doc


def register() -> None:
    """Declare the attributes; safe to call again."""
    for name, default in (("document", None), ("mentions", ()), ("entities", ()), ("quotes", ())):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


register()
