"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.errors import ExportError


@contextmanager
def whole_file(path: Path, replace: bool) -> Iterator[BinaryIO]:
    """A file to write, which appears at `path` at the end, and on any exception not at all.

    Until then it has a name of its own in the same folder. What is at `path` already is replaced
    only if `replace`, and only if it is a regular file. Raises ExportError.
    """
    # Of a link what it leads to is replaced.
    target = Path(os.path.realpath(path))
    _may_write(path, target, replace)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise ExportError(f"{path}: {error.strerror}; check the folder") from error
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        _as_any_file(name)
        # Someone else may have written there in the meantime.
        _may_write(path, target, replace)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _may_write(path: Path, target: Path, replace: bool) -> None:
    if not os.path.lexists(target):
        return
    if not target.is_file():
        raise ExportError(f"{path} is no regular file; name one, or - for standard output")
    if not replace:
        raise ExportError(f"{path} is there already; add --force to replace it")


def _as_any_file(name: str) -> None:
    """Give a temporary file, which nobody else may read, the permissions of an ordinary one."""
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(name, 0o666 & ~mask)
