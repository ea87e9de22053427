"""The records that reading is measured on: made once, kept outside git.

They stand in the folder that ONRECORD_BENCH_DIR names, else in `~/.cache/onrecord-bench`.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.bench.filling import fill
from tests.conftest import ROOT

# Articles of each; 14.3 quotes an article.
ARTICLES = {"small": 700, "large": 70_000}
MAKERS = ("world.py", "filling.py", "searched.py")


def folder() -> Path:
    """Where records are kept."""
    kept = os.environ.get("ONRECORD_BENCH_DIR")
    return Path(kept) if kept else Path.home() / ".cache" / "onrecord-bench"


def version() -> str:
    """A digest of what makes a record: the generator and the migrations."""
    state = hashlib.sha256()
    here = Path(__file__).parent
    makers = [here / name for name in MAKERS]
    for path in [*makers, *sorted((ROOT / "migrations" / "versions").glob("*.py"))]:
        state.update(path.read_bytes())
    return state.hexdigest()[:12]


def record(size: str) -> Path:
    """The database of that size, made where it is not there; earlier versions of it go."""
    path = folder() / f"{size}-{version()}.db"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        for earlier in path.parent.glob(f"{size}-*.db*"):
            earlier.unlink()
        print(f"making the {size} record of {ARTICLES[size]:,} articles at {path}", flush=True)
        unfinished = path.with_suffix(".db-part")
        fill(unfinished, ARTICLES[size])
        unfinished.rename(path)
    return path


def top_speakers(path: Path, least: int, most: int) -> list[str]:
    """The ids of the most quoted entities, those with at least so many quotes."""
    statement = "SELECT uid FROM entity WHERE quotes >= ? ORDER BY quotes DESC, pk LIMIT ?"
    with closing(sqlite3.connect(path)) as connection:
        return [uid for (uid,) in connection.execute(statement, (least, most))]


def some_entities(path: Path, count: int) -> list[tuple[str, str]]:
    """(id, name): the most mentioned ones, then some that are spread over all the others."""
    with closing(sqlite3.connect(path)) as connection:
        top = connection.execute(
            "SELECT uid, name FROM entity ORDER BY mentions DESC, pk LIMIT ?", (count // 2,)
        ).fetchall()
        step = connection.execute("SELECT max(pk) FROM entity").fetchone()[0] // (count // 2)
        rest = connection.execute(
            "SELECT uid, name FROM entity WHERE pk % ? = 1 LIMIT ?", (step, count // 2)
        ).fetchall()
    return [*top, *rest]
