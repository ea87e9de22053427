from __future__ import annotations

import json
from pathlib import Path

from app.domain import Span
from app.extraction.quotes.tagger import decode
from app.extraction.quotes.tagger.attributor import FOLDER
from app.extraction.quotes.tagger.words import WordPieces
from app.training.quotes.data import UNKNOWN, GoldArticle, GoldQuote, Labelled, read_articles

VOCABULARY = WordPieces(FOLDER / "tokenizer.json")
TEXT = "“It holds,” she said. “For now.”"


def span(part: str) -> Span:
    at = TEXT.index(part)
    return Span(at, at + len(part))


QUOTE = GoldQuote((span("“It holds,”"), span("“For now.”")), (span("said"),), (span("she"),))


def test_tags_and_links_of_a_window() -> None:
    labelled = Labelled(GoldArticle("a", TEXT, (QUOTE,)), VOCABULARY)
    (example,) = labelled.examples(64)
    b, i = decode.CONTENT, decode.CONTENT + 1
    speaker, cue, out = decode.SOURCE, decode.CUE, decode.OUTSIDE
    assert example.tags == [b, i, i, i, i, speaker, cue, out, b, i, i, i, i]
    assert example.cue_of == [6] * 5 + [UNKNOWN] * 3 + [6] * 5
    assert example.sources == [(6, 5)]
    assert len(example.first) == len(example.tags)


def test_a_cue_without_source_points_behind_the_last_word() -> None:
    quote = GoldQuote(QUOTE.content, QUOTE.cue, ())
    (example,) = Labelled(GoldArticle("a", TEXT, (quote,)), VOCABULARY).examples(64)
    assert example.sources == [(6, len(example.tags))]


def test_links_out_of_a_window_are_unknown() -> None:
    labelled = Labelled(GoldArticle("a", TEXT, (QUOTE,)), VOCABULARY)
    first, *rest = labelled.examples(10)
    assert first.cue_of[0] in (6, UNKNOWN)
    assert all(c == UNKNOWN or c < len(e.tags) for e in (first, *rest) for c in e.cue_of)
    assert sum(len(e.tags) for e in (first, *rest)) == len(labelled.words)


def test_articles_are_read_from_json_lines(tmp_path: Path) -> None:
    row = {
        "id": "a",
        "text": TEXT,
        "quotes": [
            {
                role: [[s.start, s.end] for s in getattr(QUOTE, role)]
                for role in ("content", "cue", "source")
            }
        ],
    }
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    assert read_articles(file) == [GoldArticle("a", TEXT, (QUOTE,))]
