"""A server that answers queries only does without spaCy and the readers' parsers."""

from __future__ import annotations

import subprocess
import sys

from sqlalchemy import Engine

PROGRAM = """
import sys
import httpx
from app.main import create_app
from app.settings import Settings
from tests.api import newsroom

app = create_app(Settings(database_url=sys.argv[1]))
with newsroom.serving(app) as url:
    for path in ("/v1/quotes", "/v1/articles", "/v1/entities", "/docs", "/openapi.json"):
        assert httpx.get(url + path).status_code == 200, path
print(sorted({"spacy", "torch", "trafilatura", "dateparser", "app.extraction"} & set(sys.modules)))
"""


def test_a_server_of_lists_imports_no_spacy(world: Engine) -> None:
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, str(world.url)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (found.returncode, found.stdout, found.stderr) == (0, "[]\n", "")
