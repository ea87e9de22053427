from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from app.errors import ModelError
from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.tagger.attributor import FOLDER
from app.extraction.quotes.tagger.decode import TAGS
from app.extraction.quotes.tagger.runtime import NETWORK, VOCABULARY, Network, inputs
from app.extraction.quotes.tagger.windows import windows
from app.extraction.quotes.tagger.words import WordPieces, read_words


def test_scores_have_one_row_a_word() -> None:
    network = Network(FOLDER)
    text = "One paragraph.\n\nAnother, with antidisestablishmentarianism."
    words = read_words(text, quoted_regions(text), network.vocabulary)
    (window,) = windows(words)
    scores = network.scores(words, window)
    assert scores.tags.shape == (len(words), TAGS)
    assert scores.content.shape == scores.cue.shape == scores.cue_out.shape
    assert len(scores.cue) == len(words)
    assert len(scores.source) == len(words) + 1


def test_a_paragraph_break_is_a_piece_of_its_own(vocabulary: WordPieces) -> None:
    text = "No.\nYes."
    words = read_words(text, (), vocabulary)
    (window,) = windows(words)
    ids, cases, marks, first = inputs(words, window, vocabulary)
    assert ids.count(vocabulary.end) == 2
    assert len(ids) == len(cases) == len(marks) == 4 + 3
    assert first == [1, 2, 4, 5]


def test_the_shipped_files_are_those_of_their_digests() -> None:
    digests = json.loads((FOLDER / "digests.json").read_text())
    assert set(digests) == {NETWORK, VOCABULARY, "confidence.json"}
    for name, digest in digests.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest
    assert (FOLDER / NETWORK).stat().st_size < 30 * 2**20


@pytest.mark.parametrize("damage", ["missing", "empty", "text"])
def test_a_damaged_model_says_what_to_do(tmp_path: Path, damage: str) -> None:
    shutil.copy(FOLDER / VOCABULARY, tmp_path)
    if damage != "missing":
        (tmp_path / NETWORK).write_bytes(b"" if damage == "empty" else b"not a network")
    with pytest.raises(ModelError, match="ONRECORD_EXTRACTOR=rules"):
        Network(tmp_path)
