"""A bounded load generator in its own process, small enough not to be what is measured.

It speaks just the HTTP/1.1 that the servers answer here: one request at a time on each of some
connections kept open, answers with a Content-Length or in chunks. `python -m tests.bench.client`
takes a `Load` as JSON on standard input and answers with a `Result` on standard output.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from typing import NamedTuple


class Load(NamedTuple):
    """`connections` that ask `paths` in turn for `seconds`."""

    port: int
    paths: list[str]
    connections: int
    seconds: float


class Result(NamedTuple):
    """Requests a second, how often each status came, and the mean size of a body in bytes.

    A connection that broke counts as status 0.
    """

    rate: float
    statuses: dict[str, int]
    size: float


def run(load: Load) -> Result:
    """Put a load on a server."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.client"],
        input=json.dumps(load),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Result(*json.loads(done.stdout))


class _Tally:
    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.bytes = 0


async def _ask(load: Load, first: int, until: float, tally: _Tally) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", load.port, limit=2**20)
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{load.port}\r\nAccept: */*\r\n"
        "Accept-Encoding: identity\r\n\r\n".encode()
        for path in load.paths
    ]
    at = first
    while time.perf_counter() < until:
        writer.write(requests[at % len(requests)])
        at += 1
        head = await reader.readuntil(b"\r\n\r\n")
        length = await _rest(reader, head.lower().split(b"\r\n"))
        tally.statuses[head[9:12].decode()] += 1
        tally.bytes += length
    writer.close()


async def _rest(reader: asyncio.StreamReader, lines: list[bytes]) -> int:
    """Read a body; its size."""
    for line in lines:
        if line.startswith(b"content-length:"):
            length = int(line[15:])
            await reader.readexactly(length)
            return length
    total = 0
    while size := int(await reader.readuntil(b"\r\n"), 16):
        await reader.readexactly(size + 2)
        total += size
    await reader.readexactly(2)
    return total


async def _main(load: Load) -> Result:
    tally = _Tally()
    start = time.perf_counter()
    asked = [
        _ask(load, 7 * number, start + load.seconds, tally) for number in range(load.connections)
    ]
    ended = await asyncio.gather(*asked, return_exceptions=True)
    took = time.perf_counter() - start
    answered = tally.statuses.total()
    if broken := sum(failed is not None for failed in ended):
        tally.statuses["0"] = broken
    return Result(answered / took, dict(tally.statuses), tally.bytes / max(1, answered))


if __name__ == "__main__":
    try:
        import uvloop

        uvloop.install()
    except ImportError:
        pass
    print(json.dumps(asyncio.run(_main(Load(*json.load(sys.stdin))))))
