"""Scoring the articles of one gold file: what `onrecord evaluate GOLD.jsonl` runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.evaluation import coreference, entities, quote_speakers, quotes
from app.evaluation.gold_rows import GoldFile, Identity, Row, Rows
from app.evaluation.toponyms import Atlas, ToponymScore, score_own_toponyms, score_toponyms

# Pairs of id and text in, rows as `onrecord extract` writes them out, in order.
Predict = Callable[[Iterable[tuple[Any, str]]], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class EntityScore:
    """Figures by (mode, label), in shares of one.

    `pronouns` is None where gold has none. `links` and `named_links` (coreference of all mentions,
    and of names and he or she alone) are None where gold has no clusters or annotates only parts,
    since what lies outside would count as spurious.
    """

    articles: int
    articles_missing: int
    labels: tuple[str, ...]
    figures: Mapping[tuple[str, str], entities.Figure]
    pronouns: entities.Pronouns | None
    links: Mapping[str, float] | None
    named_links: Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class FileScore:
    """The scores of a gold file; None for what gold or predictions do not have."""

    quotes: quotes.QuoteScore | None
    speakers: quote_speakers.SpeakerScore | None
    entities: EntityScore | None
    toponyms: ToponymScore | None = None
    own_toponyms: ToponymScore | None = None


def extracted(gold: Iterable[Row], predict: Predict) -> dict[Identity, Row]:
    """What an extractor finds in the texts of gold rows, by id."""
    # A text of nothing but white space is no document.
    texts = ((row["id"], _same_length(row["text"])) for row in gold if row["text"].strip())
    return {row["id"]: row for row in predict(texts)}


def _same_length(text: str) -> str:
    """`text` with "\\n" for line ends, so that a reader of documents leaves offsets as they are."""
    return text.replace("\r\n", " \n").replace("\r", "\n")


def score_file(
    gold: GoldFile,
    predicted: Rows,
    speakers: Rows | None = None,
    atlas: Atlas | None = None,
) -> FileScore:
    """Score predictions by what the gold file has. A missing article has nothing predicted.

    With an `atlas`, the places of gold spans and of predicted mentions are scored as well.
    """

    def both(key: str) -> tuple[list[Row], list[Row]] | None:
        right, mine = gold.having(key), [row for row in predicted.values() if key in row]
        return (right, mine) if right and (mine or not predicted) else None

    of_quotes, of_entities = both("quotes"), both("entities")
    return FileScore(
        quotes=score_quotes(*of_quotes) if of_quotes else None,
        speakers=(
            score_speakers(*of_quotes, list(speakers.values()))
            if of_quotes and speakers is not None
            else None
        ),
        entities=score_entities(*of_entities) if of_entities else None,
        toponyms=score_toponyms(of_entities[0], atlas) if of_entities and atlas else None,
        own_toponyms=(score_own_toponyms(*of_entities, atlas) if of_entities and atlas else None),
    )


def score_quotes(gold: Iterable[Row], predicted: Iterable[Row]) -> quotes.QuoteScore:
    """The quote scorer over rows."""
    return quotes.score_quotes(quotes.articles_of(gold), quotes.articles_of(predicted))


def score_speakers(
    gold: Iterable[Row], predicted: Sequence[Row], speakers: Iterable[Row]
) -> quote_speakers.SpeakerScore:
    """The scorer of resolved speakers over rows."""
    return quote_speakers.score_speakers(
        quotes.articles_of(gold),
        quote_speakers.speakers_of(speakers),
        quotes.articles_of(predicted),
        quote_speakers.answers_of(predicted),
    )


def score_entities(gold: Iterable[Row], predicted: Iterable[Row]) -> EntityScore:
    """The scorers of names, entities, pronouns and coreference over rows.

    Only labels that gold has count: a gold of places alone says nothing about people.
    """
    right, mine = entities.articles_of(gold), entities.articles_of(predicted)
    annotations = [a for article in right.values() for a in article.annotations]
    given = {a.label for a in annotations}
    labels = tuple(label for label in entities.LABELS if label in given) or entities.LABELS
    pronouns = entities.score_pronouns(right, mine)
    whole = not any(article.eval_span for article in right.values())
    linked = whole and any(a.cluster for a in annotations)
    return EntityScore(
        articles=len(right),
        articles_missing=sum(key not in mine for key in right),
        labels=labels,
        figures=entities.score_names(right, mine, labels),
        pronouns=pronouns if pronouns.gold else None,
        links=_links(right, mine, coreference.clusters) if linked else None,
        named_links=_links(right, mine, coreference.named_clusters) if linked else None,
    )


def _links(
    right: Mapping[Any, entities.Article],
    mine: Mapping[Any, entities.Article],
    clusters: Callable[..., list[coreference.Cluster]],
) -> dict[str, float]:
    # Predicted rows need no text of their own: spans are normalised in gold's.
    texts = {
        key: replace(article, text=right[key].text) for key, article in mine.items() if key in right
    }
    return coreference.score_coreference(
        {key: clusters(article, gold=True) for key, article in right.items()},
        {key: clusters(article, gold=False) for key, article in texts.items()},
    )
