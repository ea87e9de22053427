"""Loading an authority file: its ids and names onto entities, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from app.domain import ArticleEntity, Candidate, EntityKind, ResolvedEntity
from app.errors import DocumentError
from app.geometry import SAME_PLACE, distance
from app.identity import entity_uid, name_norm
from app.ingestion.authority_file import AuthorityEntry, read_authority
from app.resolution.authority import described, keys_of, matching
from app.store import migrate
from app.store.authority import entity_of, is_taken, places_of, write_entry
from app.store.candidates import StoredCandidates
from app.store.session import writing


@dataclass(slots=True)
class Loaded:
    """What loading came to; with `faults` nothing was loaded."""

    matched: int = 0
    created: int = 0
    known: int = 0
    passed_over: list[DocumentError] = field(default_factory=list)
    """Entries whose name several entities on record or several lines have; no entity has their
    ids."""
    faults: list[DocumentError] = field(default_factory=list)


def load_authority(engine: Engine, path: Path, authority: str) -> Loaded:
    """Read a file whole; where all of it is sound, store it in one transaction.

    An entry is an entity on record if exactly one of its kind bears its name and its description
    and coordinates do not speak against that; where there is none an entity without articles is
    made, which later articles find. Loading the same file again changes nothing.
    """
    migrate.require_current(engine)
    loaded = Loaded()
    entries = []
    for found in read_authority(path):
        if isinstance(found, DocumentError):
            loaded.faults.append(found)
        else:
            entries.append(found)
    if loaded.faults:
        return loaded
    namesakes = Counter((entry.kind, name_norm(entry.name)) for entry in entries)
    with writing(engine) as connection:
        now = datetime.now(UTC)
        for entry in entries:
            is_alone = namesakes[entry.kind, name_norm(entry.name)] == 1
            _load(connection, authority, entry, is_alone, now, loaded)
    return loaded


def _load(
    connection: Connection,
    authority: str,
    entry: AuthorityEntry,
    is_alone: bool,
    now: datetime,
    loaded: Loaded,
) -> None:
    entity = ArticleEntity(entry.kind, entry.name, entry.aliases)
    traits = described(entity, entry.description)
    uid = entity_of(connection, authority, entry.id)
    known = uid is not None
    if known:
        loaded.known += 1
    else:
        found = [
            candidate
            for candidate in matching(entity, traits, StoredCandidates(connection))
            if not is_taken(connection, authority, candidate.uid)
            and _may_be_there(connection, entry, candidate)
        ]
        if found and not (is_alone and len(found) == 1):
            who = f"may be {len(found)} entities on record" if is_alone else "is in other lines too"
            reason = f"{entry.name!r} {who}; its id was not loaded"
            loaded.passed_over.append(DocumentError(entry.origin, reason))
            return
        uid = found[0].uid if found else None
        loaded.matched += bool(found)
        loaded.created += not found
    own = uid or entity_uid(entry.kind, entry.name, f"authority:{authority}:{entry.id}")
    resolved = ResolvedEntity(entity, own, keys_of(entity), traits)
    write_entry(connection, authority, entry.id, resolved, now, known)


def _may_be_there(connection: Connection, entry: AuthorityEntry, candidate: Candidate) -> bool:
    """Whether the entry's coordinates are near a place where articles locate the candidate."""
    if entry.coordinates is None or entry.kind is not EntityKind.LOCATION:
        return True
    places = places_of(connection, candidate.uid)
    return not places or min(distance(*entry.coordinates, *place) for place in places) <= SAME_PLACE
