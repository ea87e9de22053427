"""Loading an authority file: its ids and names onto entities, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from sqlalchemy import Connection, Engine

from app.domain import ArticleEntity, Candidate, EntityKind, ResolvedEntity
from app.errors import DocumentError
from app.identity import entity_uid, name_norm
from app.ingestion.authority_file import AuthorityEntry, read_authority
from app.resolution.authority import described, keys_of, matching
from app.store import migrate
from app.store.authority import entity_of, is_taken, places_of, write_entry
from app.store.candidates import StoredCandidates
from app.store.session import writing

# Two points so far apart are not one place; the field's usual measure of a toponym found.
FARTHEST_KM = 161.0


@dataclass(slots=True)
class Loaded:
    """What loading came to; with `faults` nothing was loaded."""

    matched: int = 0
    created: int = 0
    known: int = 0
    passed_over: list[DocumentError] = field(default_factory=list)
    """Entries that several entities on record may be; their ids were not given to any."""
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
    if uid is not None:
        loaded.known += 1
    else:
        found = [
            candidate
            for candidate in matching(entity, traits, StoredCandidates(connection))
            if not is_taken(connection, authority, candidate.uid)
            and _may_be_there(connection, entry, candidate)
        ]
        if found and not (is_alone and len(found) == 1):
            reason = f"{entry.name!r} may be {len(found)} entities on record; its id was not loaded"
            loaded.passed_over.append(DocumentError(entry.origin, reason))
            return
        uid = found[0].uid if found else None
        loaded.matched += bool(found)
        loaded.created += not found
    own = uid or entity_uid(entry.kind, entry.name, f"authority:{authority}:{entry.id}")
    resolved = ResolvedEntity(entity, own, keys_of(entity), traits)
    write_entry(connection, authority, entry.id, resolved, now)


def _may_be_there(connection: Connection, entry: AuthorityEntry, candidate: Candidate) -> bool:
    """Whether the entry's coordinates are near a place where articles locate the candidate."""
    if entry.coordinates is None or entry.kind is not EntityKind.LOCATION:
        return True
    places = places_of(connection, candidate.uid)
    return not places or min(_km(entry.coordinates, place) for place in places) <= FARTHEST_KM


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points on the globe (haversine formula)."""
    (lat, lon), (other_lat, other_lon) = (tuple(map(radians, point)) for point in (a, b))
    half = sin((other_lat - lat) / 2) ** 2
    half += cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(min(1.0, half)))
