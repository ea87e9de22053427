"""Datasette on the same file, with the speaker's page as a canned query.

`PYTHON datasette_server.py DATABASE`, run by an environment of its own, serves on a free port,
which it prints: `/<name of the file>/speaker.json?speaker=…`. Behind uvicorn with uvloop and
httptools as the API is; nothing of ours stands around it.
"""

import sys
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette

QUERY = """
SELECT q.uid, q.kind, q.text, s.uid AS speaker_uid, s.name AS speaker_name, q.speaker_status,
  q.described_as, o.uid AS organisation_uid, o.name AS organisation_name, q.cue, q.cue_class,
  q.polarity, q.confidence, a.uid AS article_uid, a.url, a.title, a.publisher, a.published
FROM quote q JOIN article a ON a.pk = q.article
LEFT JOIN entity s ON s.pk = q.speaker LEFT JOIN entity o ON o.pk = q.organisation
WHERE q.speaker = (SELECT pk FROM entity WHERE uid = :speaker) AND q.visible = 1
  AND a.status = 'usable'
ORDER BY q.sort_at DESC, q.pk DESC LIMIT 50
"""


class _Announcing(uvicorn.Server):
    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        print(self.servers[0].sockets[0].getsockname()[1], flush=True)


def main(database: str) -> None:
    queries = {"speaker": {"sql": QUERY}}
    served = Datasette(
        [database],
        metadata={"databases": {Path(database).stem: {"queries": queries}}},
        settings={"sql_time_limit_ms": 10_000},
    )
    config = uvicorn.Config(served.app(), "127.0.0.1", 0, access_log=False, log_level="error")
    _Announcing(config).run()


main(sys.argv[1])
