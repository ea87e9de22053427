"""Scores for names, entities and pronouns against gold annotations.

Gold, one JSON object a line: ``{id, text, entities: [{start, end, label, cluster?, canonical?}],
ignore?: [[start, end]], eval_span?: [start, end]}``; predictions: ``{id, entities: [{start, end,
label, entity?, name?}]}``. Labels are PERSON, ORG, LOCATION (and PRON). Offsets are code
points, end exclusive.

* *strict*: same label, same span once articles, possessives, quotation marks and titles are off;
* *exact*: same label, same span as printed;
* *partial*: same label, any overlap, one to one, the longest overlap first;
* *typeless*: any overlap, one to one, whatever the label: finding without classing;
* *document*: the set of entities of an article, matched one to one where a surface is shared.
"""

from __future__ import annotations

import re
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

LABELS = ("PERSON", "ORG", "LOCATION")
MODES = ("strict", "exact", "partial", "typeless", "document")


def words(text: str) -> frozenset[str]:
    """The words of a text, which white space separates."""
    return frozenset(text.split())


HE_OR_SHE = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})

# Part of the definition of "strict": a change of this list changes every published figure.
_TITLES = words("""
    mr mrs ms miss dr prof professor sir dame lord lady king queen prince princess duke duchess pope
    cardinal bishop archbishop father reverend rev president vice prime minister premier chancellor
    secretary senator sen representative rep congressman congresswoman governor gov mayor ambassador
    judge justice general gen colonel col captain capt lieutenant lt sergeant sgt major coach former
    """)
_LEADING = re.compile(r"[\s\"“”‘'(\[]+|(?:the|a|an)\s+", re.IGNORECASE)
_TRAILING = re.compile(r"(?:['’]s|['’]|[\s\"“”,;:)\]]+)$")
_TITLE = re.compile(r"([A-Za-z]+)\.?\s+")
_INITIAL_AT_END = re.compile(r"\b\w\.$")

Offsets = tuple[int, int]
# A label with what tells one entity from another: an id, or the label and name of `by_name`.
Key = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Annotation:
    """A labelled span. `cluster` is gold's entity, `entity` and `name` are the system's."""

    start: int
    end: int
    label: str
    cluster: str | int | None = None
    canonical: str | None = None
    entity: int | str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An annotated article; only `eval_span` is annotated where it is given."""

    text: str
    annotations: tuple[Annotation, ...]
    ignore: tuple[Offsets, ...] = ()
    eval_span: Offsets | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An annotation with its normalised span and surface."""

    source: Annotation
    start: int
    end: int
    surface: str

    @property
    def label(self) -> str:
        """The annotation's label."""
        return self.source.label


class Figure(NamedTuple):
    """Precision, recall, F1 and the number of gold items."""

    precision: float
    recall: float
    f1: float
    gold: int


@dataclass(frozen=True, slots=True)
class Pronouns:
    """How many pronouns have a named person, were answered, and how often rightly."""

    gold: int
    answered: int
    accuracy: float
    precision: float


# --- reading --------------------------------------------------------------------------------------


def articles_of(rows: Iterable[Mapping[str, Any]]) -> dict[Any, Article]:
    """Gold or predicted articles by id. Raises KeyError or TypeError for any other row."""
    articles: dict[Any, Article] = {}
    for raw in rows:
        fields = Annotation.__slots__
        annotations = tuple(
            Annotation(**{k: v for k, v in e.items() if k in fields}) for e in raw["entities"]
        )
        ignore = tuple((start, end) for start, end in raw.get("ignore") or ())
        span = raw.get("eval_span")
        articles[raw["id"]] = Article(
            raw.get("text", ""), annotations, ignore, tuple(span) if span else None
        )
    return articles


# --- normalising ----------------------------------------------------------------------------------


def normalised(text: str, start: int, end: int, label: str) -> Offsets:
    """The span without article, possessive, marks and, for a person, titles."""
    while True:
        leading = _LEADING.match(text, start, end)
        if leading and leading.end() < end:
            start = leading.end()
            continue
        trailing = _TRAILING.search(text[start:end])
        if trailing and trailing.start() > 0:
            end = start + trailing.start()
            continue
        break
    while label == "PERSON":
        title = _TITLE.match(text, start, end)
        if title is None or title.end() >= end or title.group(1).lower() not in _TITLES:
            break
        start = title.end()
    words = text[start:end]
    if words.endswith(".") and len(words) > 4 and not _INITIAL_AT_END.search(words):
        end -= 1
    return start, end


def folded(surface: str) -> str:
    """Lower case with single spaces and plain apostrophes: how surfaces are compared."""
    return re.sub(r"\s+", " ", surface.replace("’", "'")).strip().lower()


def _items(text: str, annotations: Iterable[Annotation], labels: Collection[str]) -> list[Item]:
    items = []
    for a in annotations:
        if a.label in labels:
            start, end = normalised(text, a.start, a.end, a.label)
            items.append(Item(a, start, end, text[start:end]))
    return items


def _overlap(a: Offsets, b: Offsets) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


def _span(item: Item) -> Offsets:
    return item.start, item.end


def _counted(article: Article, gold: Sequence[Item], predicted: Sequence[Item]) -> list[Item]:
    """The predictions that count: inside what was annotated, outside what is to be ignored."""
    window = article.eval_span
    kept = []
    for item in predicted:
        if window is not None and not window[0] <= item.start <= item.end <= window[1]:
            continue
        ignored = any(_overlap(_span(item), i) > 0 for i in article.ignore)
        if ignored and not any(_overlap(_span(item), _span(g)) > 0 for g in gold):
            continue
        kept.append(item)
    return kept


# --- names ----------------------------------------------------------------------------------------


class _Tally:
    """Right, predicted and gold counts by mode and label."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, mode: str, label: str, right: int = 0, predicted: int = 0, gold: int = 0) -> None:
        """Add to a mode's counts for a label."""
        for position, number in enumerate((right, predicted, gold)):
            self.counts[mode, label][position] += number

    def figures(self, labels: Sequence[str]) -> dict[tuple[str, str], Figure]:
        """The figure of every mode and label, and of all labels together ("ALL")."""
        figures = {}
        for mode in MODES:
            rows = [self.counts[mode, label] for label in labels]
            total = [sum(column) for column in zip(*rows, strict=True)]
            for label, row in zip((*labels, "ALL"), (*rows, total), strict=True):
                figures[mode, label] = _figure(*row)
        return figures


def ratio(part: float, whole: float) -> float:
    """A share; 0 of nothing."""
    return part / whole if whole else 0.0


def f1(precision: float, recall: float) -> float:
    """The harmonic mean; 0 where both are."""
    return ratio(2 * precision * recall, precision + recall)


def _figure(right: int, predicted: int, gold: int) -> Figure:
    precision, recall = ratio(right, predicted), ratio(right, gold)
    return Figure(precision, recall, f1(precision, recall), gold)


def score_names(
    gold: Mapping[Any, Article],
    predicted: Mapping[Any, Article],
    labels: Sequence[str] = LABELS,
) -> dict[tuple[str, str], Figure]:
    """Figures by (mode, label); "ALL" is the micro-average. A missing article has no names."""
    tally = _Tally()
    for key, article in gold.items():
        right = _items(article.text, article.annotations, labels)
        found = predicted[key].annotations if key in predicted else ()
        mine = _counted(article, right, _items(article.text, found, labels))
        _count_spans(tally, right, mine)
        _count_overlaps(tally, right, mine)
        _count_entities(tally, right, mine)
    return tally.figures(labels)


def _count_spans(tally: _Tally, gold: Sequence[Item], mine: Sequence[Item]) -> None:
    strict = {(_span(g), g.label) for g in gold}
    exact = {(g.source.start, g.source.end, g.label) for g in gold}
    for item in gold:
        for mode in ("strict", "exact", "partial", "typeless"):
            tally.add(mode, item.label, gold=1)
    for item in mine:
        printed = (item.source.start, item.source.end, item.label)
        tally.add("strict", item.label, int((_span(item), item.label) in strict), 1)
        tally.add("exact", item.label, int(printed in exact), 1)
        tally.add("partial", item.label, predicted=1)
        tally.add("typeless", item.label, predicted=1)


def _count_overlaps(tally: _Tally, gold: Sequence[Item], mine: Sequence[Item]) -> None:
    for mode in ("partial", "typeless"):
        pairs = [
            (shared, g, m)
            for g, a in enumerate(gold)
            for m, b in enumerate(mine)
            if (shared := _overlap(_span(a), _span(b))) > 0
            and (mode == "typeless" or a.label == b.label)
        ]
        used_gold: set[int] = set()
        used_mine: set[int] = set()
        for _, g, m in sorted(pairs, reverse=True):
            if g not in used_gold and m not in used_mine:
                used_gold.add(g)
                used_mine.add(m)
                tally.add(mode, gold[g].label, right=1)


def by_name(items: Sequence[Item]) -> list[Key]:
    """A key for each item whose annotation has no entity: its label and name.

    A person of one word goes to the first longer name that holds it.
    """
    names = OrderedDict.fromkeys((i.label, folded(i.surface)) for i in items)
    keys: list[Key] = []
    for item in items:
        label, name = key = (item.label, folded(item.surface))
        if label == "PERSON" and " " not in name:
            longer = (n for n in names if n[0] == label and " " in n[1] and name in n[1].split())
            key = next(longer, key)
        keys.append(key)
    return keys


def _entities(items: Sequence[Item], *, gold: bool) -> dict[Key, Counter[str]]:
    """The surfaces of each entity."""
    entities: dict[Key, Counter[str]] = defaultdict(Counter)
    for item, name in zip(items, by_name(items), strict=True):
        given = (item.source.cluster or None) if gold else item.source.entity
        entities[name if given is None else (item.label, given)][folded(item.surface)] += 1
    return entities


def _count_entities(tally: _Tally, gold: Sequence[Item], mine: Sequence[Item]) -> None:
    right, found = _entities(gold, gold=True), _entities(mine, gold=False)
    pairs = [
        (shared, str(a), str(b), a, b)
        for a, ours in right.items()
        for b, theirs in found.items()
        if a[0] == b[0] and (shared := (ours & theirs).total())
    ]
    used: set[tuple[str, Key]] = set()
    for _, _, _, a, b in sorted(pairs, reverse=True, key=lambda p: p[:3]):
        if ("gold", a) not in used and ("mine", b) not in used:
            used |= {("gold", a), ("mine", b)}
            tally.add("document", a[0], right=1)
    for key in right:
        tally.add("document", key[0], gold=1)
    for key in found:
        tally.add("document", key[0], predicted=1)


# --- pronouns -------------------------------------------------------------------------------------


def score_pronouns(
    gold: Mapping[Any, Article],
    predicted: Mapping[Any, Article],
    words: Collection[str] = HE_OR_SHE,
) -> Pronouns:
    """How many pronouns of `words` that mean a named person got that person's name.

    A name is right when it shares all words of the shorter, or the last word, with a gold name.
    """
    total = answered = right = 0
    for key, article in gold.items():
        names = _names_of_people(article)
        found = predicted[key].annotations if key in predicted else ()
        answers = {(a.start, a.end): a.name for a in found if a.label == "PRON"}
        for a in article.annotations:
            known = names.get(a.cluster)
            if a.label != "PRON" or not known:
                continue
            if article.text[a.start : a.end].lower() not in words:
                continue
            total += 1
            name = answers.get((a.start, a.end))
            if name:
                answered += 1
                right += any(_same_person(folded(name), other) for other in known)
    return Pronouns(total, answered, ratio(right, total), ratio(right, answered))


def _names_of_people(article: Article) -> dict[str | int | None, set[str]]:
    names: dict[str | int | None, set[str]] = defaultdict(set)
    for a in article.annotations:
        if a.label == "PERSON" and a.cluster:
            start, end = normalised(article.text, a.start, a.end, "PERSON")
            names[a.cluster].add(folded(article.text[start:end]))
        if a.canonical and a.label in ("PERSON", "PRON"):
            names[a.cluster].add(folded(a.canonical))
    return names


def _same_person(name: str, other: str) -> bool:
    a, b = name.split(), other.split()
    return name == other or set(a) <= set(b) or set(b) <= set(a) or a[-1] == b[-1]
