"""What the commands print: answers on standard output, complaints on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer
from rich.console import Console

from app.errors import OnrecordError

_errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def complain(message: object) -> None:
    """Name something that was refused or failed."""
    _errors.print(f"onrecord: {message}")


def fail(faults: Sequence[str]) -> None:
    """Name each fault, if there are any, and end with status 1."""
    for fault in faults:
        complain(fault)
    if faults:
        raise typer.Exit(1)


@contextmanager
def report_file(path: Path | None) -> Iterator[TextIO | None]:
    """A report to write to, None for none; an unfinished one is left as far as it got."""
    if path is None:
        yield None
        return
    try:
        file = path.open("w", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise OnrecordError(f"{path} cannot be written ({error.strerror}); name another") from error
    with file:
        yield file


def say(line: str, err: bool = False) -> None:
    """Print a line of foreign text in whatever encoding the terminal has."""
    encoding = (sys.stderr if err else sys.stdout).encoding or "utf-8"
    typer.echo(line.encode(encoding, "backslashreplace").decode(encoding), err=err)
