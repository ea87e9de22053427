"""Which entity on record an entry of an authority file is, if any; pure."""

from __future__ import annotations

from app.domain import ArticleEntity, Candidate, CandidateSource, Document, Extraction, Traits
from app.identity import name_norm
from app.resolution import likeness, names
from app.resolution.evidence import CONTRADICTED, weigh
from app.resolution.roles import occupations
from app.resolution.traits import traits_of

# Names that are the same but for accents, capitals and legal form.
_SAME = frozenset({
    likeness.SAME_PERSON, likeness.ALSO_KNOWN_AS, likeness.FOLDED, likeness.SAME_BODY,
    likeness.BODY_ALIAS, likeness.SAME_BASE, likeness.SAME_WORD, likeness.SAME_PLACE,
    likeness.PLACE_ALIAS,
})  # fmt: skip
_OF_TOWNS = frozenset({likeness.LOCAL_BODY, likeness.OF_A_TOWN})


def described(entity: ArticleEntity, description: str) -> Traits:
    """What a description says of an entity; it counts as no article."""
    extraction = Extraction(entities=(entity,))
    (found,) = traits_of(Document(description or "-", "authority"), extraction)
    roles = dict.fromkeys(sorted(occupations(description)), 1)
    return Traits(roles=roles, topics=found.topics)


def matching(entity: ArticleEntity, traits: Traits, record: CandidateSource) -> list[Candidate]:
    """Those on record of the entry's kind and name that its description does not speak against.

    One of them is the entry's, if there is exactly one.
    """
    keys = names.sought_keys(entity)
    named = record.named(keys)
    candidates = {c.uid: c for key in keys for c in named.get(key, ()) if c.kind is entity.kind}
    found = []
    for candidate in candidates.values():
        level = names.alike(entity, candidate)
        # What other towns may have too, under the very name, is not told apart by the name alone.
        is_exact = level in _OF_TOWNS and name_norm(entity.name) == name_norm(candidate.name)
        if level is None or not (level in _SAME or is_exact):
            continue
        if weigh(candidate, level, traits, {}).told > CONTRADICTED:
            found.append(candidate)
    return found


def keys_of(entity: ArticleEntity) -> tuple[str, ...]:
    """What later articles' entities may find the entry by."""
    return tuple(names.stored_keys(entity))
