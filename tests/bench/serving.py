"""Requests a second, side by side: the page, a constant, objects, Datasette; and under a writer."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.bench.client import Load, Result, run
from tests.bench.measure import Figure
from tests.bench.record import folder, top_speakers
from tests.conftest import ROOT

PAGE = 50
SPEAKERS = 200
CONNECTIONS = 8
ROUNDS, SECONDS = 5, 4.0
READERS = 64
DATASETTE = "datasette==0.65.5"


class Server(NamedTuple):
    """Where a server listens, and its process."""

    port: int
    pid: int

    def cpu(self) -> float:
        """The CPU seconds that it has used; 0 where the system does not say."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def run(self, paths: list[str], connections: int, seconds: float) -> Result:
        """Put a load on it."""
        return run(Load(self.port, paths, connections, seconds))


def ratios(large: Path) -> Iterator[Figure]:
    """How a speaker's page compares with its rivals, in rounds that take each in turn."""
    speakers = top_speakers(large, PAGE + 1, SPEAKERS)
    pages = [f"/v1/quotes?speaker={uid}&limit={PAGE}" for uid in speakers]
    with server("tests.bench.rivals", str(large), "1000") as ours:
        size = int(ours.run(pages, CONNECTIONS, 2).size)
    with ExitStack() as stack:
        ours = stack.enter_context(server("tests.bench.rivals", str(large), str(size)))
        sides = {
            "page": (ours, pages),
            "constant": (ours, ["/v1/constant"]),
            "orm": (ours, [f"/v1/naive?speaker={uid}&limit={PAGE}" for uid in speakers]),
        }
        python = datasette_python()
        if python is not None:
            script = str(Path(__file__).parent / "datasette_server.py")
            theirs = stack.enter_context(server(script, str(large), python=python))
            # Datasette has no middlewares of ours, and gets none: the page goes without them too.
            bare = stack.enter_context(server("tests.bench.rivals", str(large), "1000", "bare"))
            sides["bare_page"] = (bare, pages)
            address = f"/{large.stem}/speaker.json?_shape=array&speaker="
            sides["datasette"] = (theirs, [address + uid for uid in speakers])
        yield from _compared(sides)


def _compared(sides: dict[str, tuple[Server, list[str]]]) -> Iterator[Figure]:
    found: dict[str, list[Result]] = {name: [] for name in sides}
    # CPU seconds of the server a request: on a machine with other work the steadier measure.
    cpu: dict[str, list[float]] = {name: [] for name in sides}
    for there, paths in sides.values():
        there.run(paths, CONNECTIONS, 2)
    for _ in range(ROUNDS):
        for name, (there, paths) in sides.items():
            before = there.cpu()
            found[name].append(there.run(paths, CONNECTIONS, SECONDS))
            cpu[name].append((there.cpu() - before) / (found[name][-1].rate * SECONDS))
    for name, results in found.items():
        assert all(set(result.statuses) == {"200"} for result in results), (name, results)
        rate = statistics.median(result.rate for result in results)
        yield Figure(f"{name}_requests_a_second", rate, "1/s", ROUNDS)
        yield Figure(f"{name}_cpu", 1000 * statistics.median(cpu[name]), "CPU ms", ROUNDS)
        yield Figure(f"{name}_bytes", results[0].size, "bytes", ROUNDS)
    for rival, side in (("constant", "page"), ("orm", "page"), ("datasette", "bare_page")):
        if rival not in found:
            yield Figure(f"page_vs_{rival}", 0.0, "missing", 0)
            continue
        pairs = zip(found[side], found[rival], strict=True)
        ratio = statistics.median(page.rate / other.rate for page, other in pairs)
        yield Figure(f"page_vs_{rival}", ratio, "ratio", ROUNDS)
        ratio = statistics.median(b / a for a, b in zip(cpu[side], cpu[rival], strict=True) if a)
        yield Figure(f"page_vs_{rival}_by_cpu", ratio, "ratio", ROUNDS)


def under_write(large: Path) -> Iterator[Figure]:
    """Reading beside a writer of twenty articles a second, as part of reading alone."""
    speakers = top_speakers(large, PAGE + 1, SPEAKERS)
    paths = [f"/v1/quotes?speaker={uid}&limit={PAGE}" for uid in speakers]
    shares = []
    with ExitStack() as stack:
        written_to = stack.enter_context(copied(large))
        ours = stack.enter_context(server("tests.bench.rivals", str(written_to), "1000"))
        ours.run(paths, READERS, 2)
        for _ in range(3):
            alone = ours.run(paths, READERS, 5)
            with writer(written_to):
                beside = ours.run(paths, READERS, 5)
            shares.append(beside.rate / alone.rate)
        with writer(written_to) as written:
            long = ours.run(paths, READERS, 30)
    failed = sum(n for status, n in long.statuses.items() if status != "200")
    yield Figure("read_under_write", statistics.median(shares), "ratio", 3)
    yield Figure("failed_under_write", failed, f"of {sum(long.statuses.values())} requests", 1)
    yield Figure("articles_written_a_second", written[0], "1/s", 1)


@contextmanager
def copied(large: Path) -> Iterator[Path]:
    """A copy to write to, so that the next run finds the record as it was made."""
    with tempfile.TemporaryDirectory(dir=large.parent) as folder:
        copy = Path(folder) / large.name
        shutil.copyfile(large, copy)
        yield copy


@contextmanager
def server(module: str, *arguments: str, python: str = sys.executable) -> Iterator[Server]:
    """A server in its own process."""
    script = [module] if module.endswith(".py") else ["-m", module]
    process = subprocess.Popen(
        [python, *script, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    try:
        yield Server(int(process.stdout.readline()), process.pid)
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextmanager
def writer(large: Path) -> Iterator[list[float]]:
    """A process that writes meanwhile; afterwards how many articles a second it wrote."""
    written: list[float] = []
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.writer", str(large)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    process.stdout.readline()
    try:
        yield written
    finally:
        process.stdin.close()
        found = process.stdout.read()
        assert process.wait(timeout=60) == 0
        written.append(float(found))


def datasette_python() -> str | None:
    """The Python of an environment that has Datasette, made once; None where that fails."""
    named = os.environ.get("ONRECORD_BENCH_DATASETTE")
    if named:
        return named
    home = folder() / "datasette"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        install = [str(python), "-m", "pip", "install", "-q", DATASETTE, "uvloop", "httptools"]
        if subprocess.run(install).returncode:
            return None
    return str(python)
