"""Names of any kind of entity: keys to find it by, likeness to those on record, the best form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain import ArticleEntity, Candidate, EntityKind
from app.identity import name_norm
from app.resolution import bodies, likeness, people
from app.resolution.likeness import Likeness
from app.resolution.spelling import fold
from app.words import is_acronym

# A form of the name is well attested if so many articles, and so large a share of them, have it.
LEAST_ARTICLES, LEAST_SHARE = 2, 0.2
# What keys begin with that are no names.
KEYS = frozenset("^%~@")


def is_distinctive(kind: EntityKind, name: str) -> bool:
    """Whether the name alone may tie the entity to another article's."""
    return kind is not EntityKind.PERSON or " " in name_norm(name)


def is_full(kind: EntityKind, alias: str) -> bool:
    """Whether an alias of a candidate is a distinctive name, and no key it was found by."""
    return alias[:1] not in KEYS and is_distinctive(kind, alias)


def surfaces(entity: ArticleEntity) -> list[str]:
    """The distinctive names of an article's entity, the best first."""
    names = dict.fromkeys((entity.name, *entity.aliases))
    return [n for n in names if is_distinctive(entity.kind, n)]


def stored_keys(entity: ArticleEntity) -> list[str]:
    """What later articles' entities may find this one by (`CandidateSource.named`)."""
    return list(dict.fromkeys(_stored(entity)))


def _stored(entity: ArticleEntity) -> Iterator[str]:
    for name in surfaces(entity):
        yield name_norm(name)
        if entity.kind is EntityKind.PERSON:
            yield from people.stored_keys(name)
        elif entity.kind is EntityKind.ORGANISATION:
            yield from bodies.stored_keys(name)
        else:
            yield f"%l {_place(name)}"


def sought_keys(entity: ArticleEntity, surnames: Sequence[str] = ()) -> list[str]:
    """The keys of all that an article's entity may be; `surnames` are those in the article."""
    return list(dict.fromkeys(_sought(entity, surnames)))


def _sought(entity: ArticleEntity, surnames: Sequence[str]) -> Iterator[str]:
    for name in _supposed(entity, surnames):
        yield name_norm(name)
        yield from people.sought_keys(name)
    for name in surfaces(entity) or [entity.name]:
        if is_distinctive(entity.kind, name):
            yield name_norm(name)
        if entity.kind is EntityKind.PERSON:
            yield from people.sought_keys(name)
        elif entity.kind is EntityKind.ORGANISATION:
            yield from bodies.sought_keys(name)
        else:
            yield f"%l {_place(name)}"


def _supposed(entity: ArticleEntity, surnames: Sequence[str]) -> list[str]:
    """The full names of a person who is called by one word, were that a first name."""
    if entity.kind is not EntityKind.PERSON or surfaces(entity):
        return []
    return [f"{entity.name} {surname}" for surname in surnames]


def _place(name: str) -> str:
    return fold(name).removeprefix("the ")


def alike(
    entity: ArticleEntity, candidate: Candidate, surnames: Sequence[str] = ()
) -> Likeness | None:
    """How alike the names of an article's entity and of one on record are, None where not at all.

    The best of all their names counts, unless the main ones exclude one another. `surnames` are
    those of the article's people.
    """
    if _contradicts(entity, candidate):
        return None
    mine = surfaces(entity) or [entity.name]
    theirs = sorted({candidate.name, *candidate.aliases})
    written_out = not (bodies.is_short(candidate.name) or bodies.is_short(entity.name))
    if entity.kind is EntityKind.ORGANISATION and written_out:
        # Two bodies that are written out share their short forms by chance.
        mine = [name for name in mine if not bodies.is_short(name)]
    norms = [name_norm(name) for name in mine]
    found = [_exact(entity, norms, candidate)]
    if entity.kind is EntityKind.PERSON:
        found += [people.alike(a, b) for a in mine for b in theirs if " " in b]
        supposed = _supposed(entity, surnames)
        if any(people.is_same(a, b) for a in supposed for b in theirs if " " in b):
            found.append(likeness.FIRST_NAME)
    elif entity.kind is EntityKind.ORGANISATION:
        found += [bodies.alike(a, b) for a in mine for b in theirs]
        if bodies.is_short(mine[0]) or all(bodies.is_short(b) for b in theirs):
            found = [_short(level) for level in found]
    elif {_place(a) for a in mine} & {_place(b) for b in theirs}:
        found.append(likeness.PLACE_ALIAS)
    best = max((level for level in found if level is not None), default=None)
    if best is None or entity.kind is not EntityKind.ORGANISATION:
        return best
    if bodies.is_local(entity.name):
        return min(best, likeness.LOCAL_BODY)
    if bodies.is_of_a_town(entity.name):
        return min(best, likeness.OF_A_TOWN)
    mine_short, theirs_short = bodies.is_short(entity.name), bodies.is_short(candidate.name)
    if mine_short and theirs_short:
        acronym = is_acronym(entity.name)
        return min(best, likeness.SAME_ACRONYM if acronym else likeness.SAME_WORD)
    # "Halcyon" may be a railway or a record label.
    return min(best, likeness.SHORT_NAME) if mine_short or theirs_short else best


def _contradicts(entity: ArticleEntity, candidate: Candidate) -> bool:
    """Whether any name that a candidate goes by in the record is certainly somebody else's."""
    contradict = {
        EntityKind.PERSON: people.contradict,
        EntityKind.ORGANISATION: bodies.contradict,
    }.get(entity.kind)
    if contradict is None:
        return False
    called = () if candidate.traits is None else candidate.traits.called
    return any(contradict(entity.name, name) for name in (candidate.name, *called))


def _exact(entity: ArticleEntity, norms: list[str], candidate: Candidate) -> Likeness | None:
    kind = entity.kind
    if not is_distinctive(kind, entity.name):
        return None
    if norms[0] == name_norm(candidate.name):
        return {
            EntityKind.PERSON: likeness.SAME_PERSON,
            EntityKind.ORGANISATION: likeness.SAME_BODY,
            EntityKind.LOCATION: likeness.SAME_PLACE,
        }[kind]
    if candidate.aliases.isdisjoint(norms):
        return None
    return {
        EntityKind.PERSON: likeness.ALSO_KNOWN_AS,
        EntityKind.ORGANISATION: likeness.BODY_ALIAS,
        EntityKind.LOCATION: likeness.PLACE_ALIAS,
    }[kind]


def _short(level: Likeness | None) -> Likeness | None:
    """A short name that was seen before is still one that several bodies may share."""
    return likeness.SHORT_ALIAS if level == likeness.BODY_ALIAS else level


def best_name(entity: ArticleEntity, candidate: Candidate) -> str | None:
    """The fullest well-attested form of a person's or an organisation's name, None if it stands.

    The article at hand counts. A fuller form must hold what the name on record says; nothing is
    renamed to a nickname, to capitals or to initials.
    """
    if entity.kind is EntityKind.LOCATION or candidate.traits is None:
        return None
    called = dict(candidate.traits.called)
    called[entity.name] = called.get(entity.name, 0) + 1
    least = max(LEAST_ARTICLES, LEAST_SHARE * (candidate.traits.articles + 1))
    best = candidate.name
    for form, articles in sorted(called.items()):
        if articles >= least and _is_fuller(entity.kind, form, best):
            best = form
    return None if best == candidate.name else best


def _is_fuller(kind: EntityKind, form: str, than: str) -> bool:
    if form.isupper() and not than.isupper():
        return False
    if kind is EntityKind.PERSON:
        if len(people.parse(form).tokens) <= len(people.parse(than).tokens):
            return than.isupper() and name_norm(form) == name_norm(than)
        level = people.alike(form, than)
        fuller = (likeness.FULLER, likeness.DOUBLE_SURNAME, likeness.NICKNAME)
        return level in fuller and len(people.parse(form).given) > 1
    return bodies.base(form).startswith(f"{bodies.base(than)} ") or (
        bodies.initials(form) == fold(than) and is_acronym(than)
    )
