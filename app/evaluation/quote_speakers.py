"""Scores resolved speakers: does the answer to "who said it" name the right one?

The definitions are those of the gold data's `quotes/score_speakers.py`. Quotes are matched as in
`app.evaluation.quotes`; then a speaker is right if its name is, titles aside, one of the gold
names, a part of one that ends alike, or its acronym.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.evaluation.quote_text import Article
from app.evaluation.quotes import QuoteView, ScoredArticle, match
from app.words import words

TITLES = words("mr mrs ms miss dr sen rep gov president senator the secretary")
DROPPED = re.compile(r"['’]s\b|[^\w\s]")


@dataclass(frozen=True, slots=True)
class GoldSpeaker:
    """The speaker of gold quote number `quote`: right names, whether named at all, and how."""

    quote: int
    names: tuple[str, ...]
    status: str
    via: str


@dataclass(frozen=True, slots=True)
class SpeakerScore:
    """Percentages (None of nothing). `by_via`: quotes and recall by form of reference."""

    quotes: int
    matched: float | None
    resolved_precision: float | None
    recall: float | None
    coverage: float | None
    honest: float | None
    by_via: Mapping[str, tuple[int, float]]


def _words(name: str) -> list[str]:
    plain = [w for w in DROPPED.sub("", name.lower()).split() if w not in TITLES]
    return plain or name.lower().split()


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one speaker's."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    if a == b or (a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a))):
        return True
    return _acronym(a, b) or _acronym(b, a)


def _acronym(short: list[str], long: list[str]) -> bool:
    return len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long)


def score_speakers(
    gold: Mapping[Any, ScoredArticle],
    speakers: Mapping[Any, tuple[GoldSpeaker, ...]],
    predicted: Mapping[Any, ScoredArticle],
    answers: Mapping[Any, tuple[str | None, ...]],
) -> SpeakerScore:
    """Score the articles of `speakers`.

    `answers` has for each predicted quote of an article the name of its resolved speaker, or None.
    """
    n: Counter[str] = Counter()
    via: dict[str, Counter[str]] = {}
    for identity, annotated in speakers.items():
        matched = _matched(gold[identity], predicted.get(identity))
        names = answers.get(identity, ())
        for speaker in annotated:
            found = speaker.quote in matched
            name = names[matched[speaker.quote]] if found else None
            _count(n, via.setdefault(speaker.via, Counter()), speaker, found, name)
    return _summary(n, via)


def _matched(gold: ScoredArticle, predicted: ScoredArticle | None) -> dict[int, int]:
    """Gold quote → the predicted quote it is matched with."""
    article = Article(gold.text)
    views = [QuoteView(article, q) for q in gold.quotes]
    answered = [QuoteView(article, q) for q in (predicted.quotes if predicted else ())]
    places = [i for i, view in enumerate(answered) if view.words]
    return {i: places[j] for i, j in match(views, [answered[k] for k in places])}


def _count(
    n: Counter[str], via: Counter[str], speaker: GoldSpeaker, found: bool, name: str | None
) -> None:
    named = speaker.status == "named"
    right = named and name is not None and any(same_name(name, x) for x in speaker.names)
    n["quotes"] += 1
    n["matched"] += found
    n["resolved"] += name is not None
    n["right"] += right
    if named:
        n["named"] += 1
        n["named matched"] += found
        n["named resolved"] += name is not None
        via["quotes"] += 1
        via["right"] += right
    elif speaker.status == "unnamed":
        n["unnamed matched"] += found
        n["unnamed honest"] += found and name is None


def _summary(n: Counter[str], via: Mapping[str, Counter[str]]) -> SpeakerScore:
    def percent(part: str, whole: str) -> float | None:
        return round(100 * n[part] / n[whole], 1) if n[whole] else None

    return SpeakerScore(
        quotes=n["quotes"],
        matched=percent("matched", "quotes"),
        resolved_precision=percent("right", "resolved"),
        recall=percent("right", "named"),
        coverage=percent("named resolved", "named matched"),
        honest=percent("unnamed honest", "unnamed matched"),
        by_via={
            key: (counts["quotes"], round(100 * counts["right"] / counts["quotes"], 1))
            for key, counts in sorted(via.items())
            if counts["quotes"]
        },
    )


def speakers_of(rows: Iterable[Mapping[str, Any]]) -> dict[Any, tuple[GoldSpeaker, ...]]:
    """Gold speakers by article id, of rows `{"id", "speakers": [{"quote", "name", …}]}`."""
    return {
        row["id"]: tuple(
            GoldSpeaker(
                s["quote"],
                (*_listed(s.get("name")), *(s.get("alt") or ())),
                s["status"],
                s.get("via") or "",
            )
            for s in row["speakers"]
        )
        for row in rows
    }


def read_speakers(lines: Iterable[str]) -> dict[Any, tuple[GoldSpeaker, ...]]:
    """The gold speakers of the rows that are a file's lines."""
    return speakers_of(map(json.loads, lines))


def _listed(name: str | list[str] | None) -> tuple[str, ...]:
    """A gold name is a string, several, or nothing."""
    if not name:
        return ()
    return (name,) if isinstance(name, str) else tuple(name)


def answers_of(rows: Iterable[Mapping[str, Any]]) -> dict[Any, tuple[str | None, ...]]:
    """The `speaker` of each predicted quote whose `status` is `resolved`, else None, by id."""
    return {
        row["id"]: tuple(
            (q.get("speaker") or None) if q.get("status") == "resolved" else None
            for q in row["quotes"]
        )
        for row in rows
    }
