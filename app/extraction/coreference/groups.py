"""Which names of organisations and of places are one: short forms, initials, slips; pure.

Names are joined by what their words say (`short_forms.py`), where that points to one longer name
only; an institution's bare head ("the Court") goes back to the one last named with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import EntityKind
from app.extraction.coreference.short_forms import (
    HALVES,
    STATES,
    acronyms_of,
    half_initials,
    head_of,
    plain_key,
    short_forms,
    stands_alone,
)
from app.extraction.coreference.spelling import slips
from app.extraction.names.gazette import SHORT_FORMS
from app.extraction.names.lexicon import ORGANISATION_HEADS
from app.extraction.names.surfaces import name_key, without_legal_form, words_of
from app.words import is_acronym

# Initials of so many letters are taken for a name of the other kind too ("Kennedy Space Center").
SURE_INITIALS = 3
# A short form of several names means the one that stands so many times as often as the others.
FAR_MORE = 4

ORGANISATION, LOCATION = EntityKind.ORGANISATION, EntityKind.LOCATION

Node = tuple[EntityKind, str]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the text has it, an organisation's or a place's."""

    surface: str
    kind: EntityKind


@dataclass(frozen=True, slots=True)
class Groups:
    """For each name the number of its entity, from 0 upwards, and for each entity its kind."""

    owners: list[int]
    kinds: list[EntityKind]


def group_names(names: Sequence[Name], defined: Sequence[tuple[int, int]] = ()) -> Groups:
    """The entities behind names, which stand in text order.

    `defined` are pairs of names, by index, of which one explains the other in brackets.
    """
    nodes = [(name.kind, plain_key(name.surface)) for name in names]
    joined = _Union(nodes)
    _join_short(names, nodes, joined)
    for one, other in defined:
        if _explains(names[one].surface, names[other].surface):
            joined.join(nodes[one], nodes[other])
    _join_slips(nodes, joined)
    found = [joined.find(node) for node in nodes]
    _join_heads(nodes, found)
    numbers: dict[Node, int] = {}
    owners = [numbers.setdefault(node, len(numbers)) for node in found]
    return Groups(owners, _kinds(names, owners, len(numbers)))


def _join_short(names: Sequence[Name], nodes: Sequence[Node], joined: _Union) -> None:
    """Join every name to the only longer one that it may be short for."""
    by_letters: dict[str, dict[Node, None]] = defaultdict(dict)
    by_form: dict[Node, dict[Node, None]] = defaultdict(dict)
    initials: dict[tuple[Node, str], None] = {}
    surfaces = {n.surface: node for n, node in zip(names, nodes, strict=True)}
    for surface, node in surfaces.items():
        if is_acronym(surface):
            initials[node, surface.replace(".", "")] = None
        for letters in acronyms_of(surface):
            by_letters[letters][node] = None
        for form in half_initials(surface) | short_forms(node[1], node[0]):
            by_form[node[0], form][node] = None
    for node, letters in initials:
        longer = _spelled_out(letters, node[0], by_letters, joined)
        if longer is not None:
            joined.join(longer, node)
    _join_states(names, nodes, joined)
    # "Veldora AG" is a whole name, and not short for "Veldora Nordic AB".
    whole = {
        node
        for surface, node in surfaces.items()
        if (key := name_key(surface)) != without_legal_form(key)
    }
    # The longest first: a short form of two names that are one has one meaning.
    for node in sorted(set(nodes) - whole, key=lambda one: (-len(words_of(one[1])), one)):
        longer = joined.only(by_form.get(node, {})) if joined.find(node) == node else None
        if longer is not None:
            joined.join(longer, node)


def _join_states(names: Sequence[Name], nodes: Sequence[Node], joined: _Union) -> None:
    """Join "Korea" to the only one that is named, and "DPRK", whatever its kind, to the state."""
    both = (LOCATION, ORGANISATION)
    for half, wholes in HALVES.items():
        named = [(k, whole) for whole in wholes for k in both if (k, whole) in joined.parent]
        if named and len({whole for _, whole in named}) == 1:
            for kind in both:
                if (kind, half) in joined.parent:
                    joined.join(named[0], (kind, half))
    for name, (kind, key) in zip(names, nodes, strict=True):
        short = is_acronym(name.surface) and name_key(name.surface) in STATES
        if short and kind is ORGANISATION and (LOCATION, key) in joined.parent:
            joined.join((LOCATION, key), (kind, key))


def _spelled_out(
    letters: str, kind: EntityKind, by_letters: dict[str, dict[Node, None]], joined: _Union
) -> Node | None:
    """The only name with these initials, of the same kind before any other."""
    fitting = by_letters.get(letters, {})
    same = dict.fromkeys(node for node in fitting if node[0] is kind)
    return joined.only(same or (fitting if len(letters) >= SURE_INITIALS else {}))


def _join_slips(nodes: Sequence[Node], joined: _Union) -> None:
    """Join names that differ by a slip of the pen, unless both are known by themselves."""
    for kind in (ORGANISATION, LOCATION):
        for words, others in slips(tuple(words_of(key)) for k, key in nodes if k is kind):
            one, other = " ".join(words), " ".join(others)
            if stands_alone(one) or stands_alone(other):
                joined.join((kind, one), (kind, other))


def _explains(one: str, other: str) -> bool:
    """Whether of two names, one in brackets behind the other, one is the initials of the other.

    In any order: the letters may be those of the name in its own language.
    """
    short, long = sorted((one, other), key=len)
    if not is_acronym(short):
        return False
    return any(sorted(short.replace(".", "")) == sorted(found) for found in acronyms_of(long))


def _join_heads(nodes: Sequence[Node], found: list[Node]) -> None:
    """Tie a bare head ("Court") to the organisation that was last named with it, in place."""
    last: dict[str, Node] = {}
    for at, (kind, key) in enumerate(nodes):
        if kind is not ORGANISATION:
            continue
        if key in ORGANISATION_HEADS:
            if found[at] == (kind, key):
                found[at] = last.get(key, found[at])
        elif head := head_of(key):
            last[head] = found[at]


def _kinds(names: Sequence[Name], owners: Sequence[int], count: int) -> list[EntityKind]:
    """The kind of each entity: that of its longest name, initials last."""
    best: list[tuple[bool, int]] = [(False, -1)] * count
    kinds = [ORGANISATION] * count
    for name, owner in zip(names, owners, strict=True):
        rank = (not is_acronym(name.surface), len(name.surface))
        if rank > best[owner]:
            best[owner], kinds[owner] = rank, name.kind
    return kinds


class _Union:
    """Sets of names that mean the same."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.parent = {node: node for node in nodes}
        self.counts = Counter(nodes)

    def find(self, node: Node) -> Node:
        """The representative of a name's set."""
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def only(self, nodes: dict[Node, None]) -> Node | None:
        """The representative of some names' set; of several the one that stands far more often."""
        weights: Counter[Node] = Counter()
        for node in nodes:
            weights[self.find(node)] += self.counts[node]
        if not weights:
            return None
        best, weight = weights.most_common(1)[0]
        return best if weight >= FAR_MORE * (weights.total() - weight) else None

    def join(self, keeper: Node, node: Node) -> None:
        """Put the set of `node` into that of `keeper`."""
        a, b = self.find(keeper), self.find(node)
        if a != b:
            self.parent[b] = a


def _runs_on(surface: str, counts: Counter[str]) -> bool:
    """Whether a full name that stands more often goes on in a surface: rather a wrong boundary."""
    words = surface.split()
    starts = (" ".join(words[:end]) for end in range(2, len(words)))
    return any(counts[start] > counts[surface] for start in starts)


def best_name(surfaces: Sequence[str], kind: EntityKind) -> str:
    """The fullest surface: no initials, no headline capitals, then the longest, then the commonest.

    A short form of a state or world body whose full name never stands in the article gets it here.
    """
    counts = Counter(surfaces)
    if kind is EntityKind.PERSON:
        counts = Counter({s: n for s, n in counts.items() if not _runs_on(s, counts)})

    def rank(surface: str) -> tuple[bool, bool, bool, int, int, int]:
        words = len(surface.split())
        shouting = surface.isupper() and not is_acronym(surface)
        fullness = words if kind is EntityKind.PERSON else 0
        formal = kind is EntityKind.PERSON or name_key(surface) not in STATES
        return (
            not is_acronym(surface),
            formal,
            not shouting,
            fullness,
            len(surface),
            counts[surface],
        )

    best = max(counts, key=rank)
    if kind is EntityKind.PERSON or name_key(best) not in STATES:
        return best
    full = (SHORT_FORMS.get(surface.replace(".", "")) for surface in counts)
    return next((name for name in full if name), best)
