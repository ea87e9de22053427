"""Names to learn from: a newswire corpus, and what our own rules say of the quotes' articles.

A student of labels that a vote over each article has corrected makes other mistakes than the model
behind its teacher, which labels sentence by sentence (self-training).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.documents import document_from_text
from app.domain import Document, EntityKind, Extraction, MentionType, Span, ZoneKind
from app.extraction.pipeline import Extractor
from app.training.quotes.data import Convention, GoldArticle, GoldName

KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANISATION,
    "LOCATION": EntityKind.LOCATION,
}
# Where the rules find no names, and a reader would.
SILENT = (ZoneKind.AUTHOR, ZoneKind.AGENCY)


def read_names(file: Path) -> list[GoldArticle]:
    """Read JSON Lines of `{id, text, entities: [{start, end, label}]}`, of newswire convention."""
    articles = []
    for line in file.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        names = tuple(
            GoldName(Span(e["start"], e["end"]), KINDS[e["label"]])
            for e in row["entities"]
            if e["label"] in KINDS
        )
        articles.append(
            GoldArticle(row["id"], row["text"], names=names, convention=Convention.NEWSWIRE)
        )
    return articles


def taught(articles: Sequence[GoldArticle], model: str) -> list[GoldArticle]:
    """The articles with the names that extraction by rules finds in them, on a spaCy model."""
    teacher = Extractor(model, "rules")
    documents = [document_from_text(article.text, article.id) for article in articles]
    return [
        replace(article, names=_names(document, extraction), convention=Convention.OURS)
        # Offsets count into the document's text: only line ends may have changed.
        if document.text == article.text
        else article
        for article, document, extraction in zip(
            articles, documents, teacher.extract(documents), strict=True
        )
    ]


def _names(document: Document, extraction: Extraction) -> tuple[GoldName, ...]:
    unknown = [GoldName(span, None) for span in document.spans(*SILENT)]
    named = [GoldName(m.span, m.kind) for m in extraction.mentions if m.type is MentionType.NAME]
    return (*unknown, *named)
