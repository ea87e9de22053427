"""The OpenAPI document as it was last agreed on: `python -m tests.api.openapi_snapshot`.

Without arguments it tells what has changed; `--write` takes the document as it is now. Changes that
break clients need a reason (`--breaking "…"`), which is kept in openapi_breaking.jsonl.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.main import create_app
from app.settings import Settings
from tests.api.openapi_changes import breaking_changes, differences

SNAPSHOT = Path(__file__).with_name("openapi.json")
LOG = Path(__file__).with_name("openapi_breaking.jsonl")

RENEW = "python -m tests.api.openapi_snapshot --write"
# Longer lists of differences hide what matters.
MOST = 40


def current() -> dict[str, Any]:
    """The document of a server with default settings, without examples and version number."""
    document = create_app(Settings()).openapi()
    plain: dict[str, Any] = without_examples(json.loads(json.dumps(document)))
    del plain["info"]["version"]
    return plain


def without_examples(node: Any, *, is_schema_map: bool = False) -> Any:
    """A part of a document without its examples; fields that are called so stay."""
    if isinstance(node, list):
        return [without_examples(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        key: without_examples(part, is_schema_map=key == "properties" and not is_schema_map)
        for key, part in node.items()
        if is_schema_map or key not in ("example", "examples")
    }


def formatted(document: dict[str, Any]) -> str:
    """As the snapshot is kept: a change of the document is a change of few lines."""
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def listed(lines: Sequence[str]) -> str:
    """A list for people, cut where it gets too long."""
    more = len(lines) - MOST
    return "\n".join([*lines[:MOST], *([f"… and {more} more"] if more > 0 else [])])


def main(arguments: Sequence[str], snapshot: Path = SNAPSHOT, log: Path = LOG) -> int:
    """The command; 1 where the snapshot stays behind, 2 where a reason is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.api.openapi_snapshot")
    parser.add_argument("--write", action="store_true", help="take the document as it is now")
    parser.add_argument("--breaking", metavar="REASON", help="why clients must break")
    given = parser.parse_args(arguments)
    new = current()
    old = json.loads(snapshot.read_text("utf-8")) if snapshot.exists() else new
    changed, broken = list(differences(old, new)), breaking_changes(old, new)
    if changed:
        print(listed(changed))
    if broken:
        print(f"{len(broken)} of the changes break clients:")
        print("\n".join(broken))
    if not given.write:
        return 1 if changed else 0
    if broken and not (given.breaking or "").strip():
        print(f'Nothing is written: say why, by {RENEW} --breaking "REASON"', file=sys.stderr)
        return 2
    if broken:
        entry = {
            "on": datetime.now(UTC).date().isoformat(),
            "reason": given.breaking.strip(),
            "changes": broken,
        }
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    snapshot.write_text(formatted(new), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
