from __future__ import annotations

import json
from pathlib import Path

from app.domain import EntityKind, Span
from app.settings import Settings
from app.training.quotes.data import Convention, GoldArticle, GoldName
from app.training.quotes.names import read_names, taught


def test_names_are_read_and_other_labels_left_out(tmp_path: Path) -> None:
    text = "Mira Kovalenko, a Dane, left."
    entities = [
        {"start": 0, "end": 14, "label": "PERSON"},
        {"start": 18, "end": 22, "label": "MISC"},
    ]
    file = tmp_path / "names.jsonl"
    row = {"id": "a", "text": text, "entities": entities}
    file.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    assert read_names(file) == [
        GoldArticle(
            "a",
            text,
            names=(GoldName(Span(0, 14), EntityKind.PERSON),),
            convention=Convention.NEWSWIRE,
        )
    ]


def test_the_rules_teach_names_and_leave_bylines_open() -> None:
    text = "By Ines Falk\n\nMira Kovalenko opened the harbour of Lisbon on Monday.\n"
    (article,) = taught([GoldArticle("a", text, quotes=())], Settings().spacy_model)
    assert article.quotes == ()
    assert article.names is not None
    named = {(n.span.of(text), n.kind) for n in article.names}
    assert ("Mira Kovalenko", EntityKind.PERSON) in named
    assert ("Lisbon", EntityKind.LOCATION) in named
    assert ("Ines Falk", None) in named
