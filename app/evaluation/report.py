"""Scores of a gold file as a table for people and as JSON for machines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.evaluation.entities import MODES, Figure
from app.evaluation.gold_file import EntityScore, FileScore
from app.evaluation.quote_errors import ErrorSort, QuoteError, described
from app.evaluation.quote_speakers import SpeakerScore
from app.evaluation.quote_text import Pieces
from app.evaluation.quotes import QuoteScore, QuoteSpans, Rates
from app.evaluation.toponyms import ToponymScore

KINDS = ("all", "speech", "direct", "mixed", "indirect")
NOTHING = "-"
MODE_TITLES = {
    "strict": "strict",
    "exact": "exact",
    "partial": "partial",
    "typeless": "any label",
    "document": "document set",
}

TOPONYM_ROWS = {
    "within 161 km": "within",
    "right country": "country",
    "answered": "answered",
}

# --- for people -----------------------------------------------------------------------------------


def table(score: FileScore) -> Iterator[str]:
    """The lines of the tables of whatever was scored; figures in percent."""
    parts = []
    if score.quotes is not None:
        parts.append(_quote_lines(score.quotes))
    if score.speakers is not None:
        parts.append(_speaker_lines(score.speakers))
    if score.entities is not None:
        parts.append(_entity_lines(score.entities))
    if score.toponyms is not None and score.own_toponyms is not None:
        parts.append(_toponym_lines(score.toponyms, score.own_toponyms))
    for number, part in enumerate(parts):
        if number:
            yield ""
        yield from part


def _quote_lines(score: QuoteScore) -> Iterator[str]:
    yield (
        f"quotes: {score.articles} articles ({score.articles_missing} without predictions), "
        f"{score.gold_quotes} gold, {score.predicted_quotes} predicted"
    )
    yield ""
    yield f"{'':22}{'':16}{'joint':>20}{'detection':>21}{'attribution':>13}"
    yield f"{'':22}{'gold':>7}{'predicted':>11}{'P':>6}{'R':>6}{'F1':>6}{'P':>9}{'R':>6}{'F1':>6}"
    for key in KINDS:
        kind = score.kinds[key]
        yield (
            f"{key:22}{kind.gold:7}{kind.predicted:11}{_rates(kind.joint)}   "
            f"{_rates(kind.detection)}{_percent(kind.attribution):>13}"
        )
    yield ""
    yield f"{'content':40}{'P':>6}{'R':>6}{'F1':>6}"
    yield f"{'exact':40}{_rates(score.content_exact)}"
    yield f"{'exact, edge punctuation forgiven':40}{_rates(score.content_exact_words)}"
    yield f"{'overlap':40}{_rates(score.content_overlap)}"
    yield ""
    yield f"quoted speech: {score.gold_items} stretches in gold, {score.predicted_items} predicted"
    yield f"{'found (recall)':40}{score.items_found:6.1f}"
    yield f"{'attributed (recall)':40}{score.items_attributed:6.1f}"
    yield f"{'attributed (precision)':40}{score.items_precision:6.1f}"


def _speaker_lines(score: SpeakerScore) -> Iterator[str]:
    yield f"speakers: {score.quotes} quotes"
    for title, value in (
        ("quotes matched", score.matched),
        ("resolved precision", score.resolved_precision),
        ("recall", score.recall),
        ("coverage", score.coverage),
        ("honest about the unnamed", score.honest),
    ):
        yield f"{title:40}{_percent(value):>6}"
    if score.by_via:
        yield f"{'recall by form of reference':33}{'quotes':>7}"
        for via, (count, recall) in score.by_via.items():
            yield f"  {via:31}{count:7}{recall:6.1f}"


def _entity_lines(score: EntityScore) -> Iterator[str]:
    yield f"entities: {score.articles} articles ({score.articles_missing} without predictions)"
    yield ""
    yield f"{'':22}{'label':12}{'gold':>6}{'P':>6}{'R':>6}{'F1':>6}"
    for mode in MODES:
        for label in ("ALL", *score.labels):
            if mode == "typeless" and label != "ALL":
                continue
            f = score.figures[mode, label]
            rates = "".join(f"{100 * x:6.1f}" for x in f[:3])
            yield f"{MODE_TITLES[mode]:22}{label:12}{f.gold:6}{rates}"
    if score.pronouns is not None:
        yield ""
        yield f"{'pronoun to person, accuracy':40}{100 * score.pronouns.accuracy:6.1f}"
        yield f"{'pronoun to person, precision':40}{100 * score.pronouns.precision:6.1f}"
    for links, of in ((score.links, "all mentions"), (score.named_links, "names, he, she")):
        if links is not None:
            yield ""
            for name, value in links.items():
                title = "mean of the three" if name == "CoNLL" else f"{name} F1"
                yield f"{f'coreference of {of}, {title}':52}{100 * value:6.1f}"


def _toponym_lines(given: ToponymScore, own: ToponymScore) -> Iterator[str]:
    yield f"toponyms: {given.toponyms} with coordinates, {given.with_country} with a country"
    yield ""
    yield f"{'':32}{'gold spans':>12}{'own mentions':>14}"
    for title, name in TOPONYM_ROWS.items():
        pair = (getattr(score, name) for score in (given, own))
        one, other = (_percent(None if share is None else 100 * share) for share in pair)
        yield f"{title:32}{one:>12}{other:>14}"


def _rates(rates: Rates) -> str:
    return f"{rates.precision:6.1f}{rates.recall:6.1f}{rates.f1:6.1f}"


def _percent(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.1f}"


def error_lines(errors: Iterable[QuoteError], texts: Mapping[Any, str], most: int) -> Iterator[str]:
    """Up to `most` errors of each sort, each sort under its number of errors."""
    yield "errors (gold in [ ], predicted in { })"
    for sort, found in _by_sort(errors).items():
        more = f", the first {most}" if len(found) > most else ""
        yield f"{sort}: {len(found)}{more}"
        for error in found[:most]:
            yield f"  {described(error, texts[error.article])}"


def _by_sort(errors: Iterable[QuoteError]) -> dict[ErrorSort, list[QuoteError]]:
    found: dict[ErrorSort, list[QuoteError]] = {sort: [] for sort in ErrorSort}
    for error in errors:
        found[error.sort].append(error)
    return found


# --- for machines ---------------------------------------------------------------------------------


def as_json(score: FileScore) -> dict[str, Any]:
    """Whatever was scored. Quotes and speakers have the keys of the gold data's own scorers."""
    made: dict[str, Any] = {}
    if score.quotes is not None:
        made["quotes"] = _quotes_json(score.quotes)
    if score.speakers is not None:
        made["speakers"] = _speakers_json(score.speakers)
    if score.entities is not None:
        made["entities"] = _entities_json(score.entities)
    if score.toponyms is not None and score.own_toponyms is not None:
        made["toponyms"] = {
            "gold_spans": _toponyms_json(score.toponyms),
            "own_mentions": _toponyms_json(score.own_toponyms),
        }
    return made


def _toponyms_json(score: ToponymScore) -> dict[str, Any]:
    return {
        "toponyms": score.toponyms,
        "with_country": score.with_country,
        **{name: getattr(score, name) for name in TOPONYM_ROWS.values()},
    }


def _quotes_json(score: QuoteScore) -> dict[str, Any]:
    return {
        "articles": score.articles,
        "articles_missing": score.articles_missing,
        "gold_quotes": score.gold_quotes,
        "predicted_quotes": score.predicted_quotes,
        "content_exact": _rates_json(score.content_exact),
        "content_exact_words": _rates_json(score.content_exact_words),
        "content_overlap": _rates_json(score.content_overlap),
        **{
            key: {
                "gold": kind.gold,
                "predicted": kind.predicted,
                "detection": _rates_json(kind.detection),
                "attribution_accuracy": kind.attribution,
                "joint": _rates_json(kind.joint),
            }
            for key, kind in score.kinds.items()
        },
        "direct_speech": {
            "gold_items": score.gold_items,
            "predicted_items": score.predicted_items,
            "recall_found": score.items_found,
            "recall_attributed": score.items_attributed,
            "precision_attributed": score.items_precision,
        },
    }


def _rates_json(rates: Rates) -> dict[str, float]:
    return {"P": rates.precision, "R": rates.recall, "F1": rates.f1}


def _speakers_json(score: SpeakerScore) -> dict[str, Any]:
    return {
        "quotes": score.quotes,
        "matched": score.matched,
        "resolved_precision": score.resolved_precision,
        "recall": score.recall,
        "coverage": score.coverage,
        "honest": score.honest,
        "by_via": {key: list(value) for key, value in score.by_via.items()},
    }


def _entities_json(score: EntityScore) -> dict[str, Any]:
    modes: dict[str, dict[str, Any]] = defaultdict(dict)
    for (mode, label), figure in score.figures.items():
        modes[mode][label] = _figure_json(figure)
    pronouns = score.pronouns
    return {
        "articles": score.articles,
        "articles_missing": score.articles_missing,
        **modes,
        "pronouns": None
        if pronouns is None
        else {
            "gold": pronouns.gold,
            "answered": pronouns.answered,
            "accuracy": _one_digit(pronouns.accuracy),
            "precision": _one_digit(pronouns.precision),
        },
        "coreference": _links_json(score.links),
        "coreference_named": _links_json(score.named_links),
    }


def _links_json(links: Mapping[str, float] | None) -> dict[str, float] | None:
    return None if links is None else {name: _one_digit(value) for name, value in links.items()}


def _figure_json(figure: Figure) -> dict[str, float]:
    p, r, f = (_one_digit(x) for x in figure[:3])
    return {"gold": figure.gold, "P": p, "R": r, "F1": f}


def _one_digit(share: float) -> float:
    return round(100 * share, 1)


def errors_json(errors: Iterable[QuoteError], most: int) -> dict[str, Any]:
    """For each sort the number of errors and up to `most` of them, spans as [start, end]."""
    return {
        str(sort): {
            "count": len(found),
            "first": [
                {
                    "id": error.article,
                    "kind": str(error.kind),
                    "gold": _spans_json(error.gold),
                    "predicted": _spans_json(error.predicted),
                }
                for error in found[:most]
            ],
        }
        for sort, found in _by_sort(errors).items()
    }


def _spans_json(quote: QuoteSpans | None) -> dict[str, Sequence[Sequence[int]]] | None:
    if quote is None:
        return None

    def pairs(pieces: Pieces) -> list[list[int]]:
        return [[start, end] for start, end in pieces]

    return {
        "content": pairs(quote.content),
        "cue": pairs(quote.cue),
        "source": pairs(quote.source),
    }
