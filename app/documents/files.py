"""Opens files with care: regular ones only, never more of them than allowed, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from app.errors import DocumentError


def origin_of(path: Path) -> str:
    """The path for messages and the record; undecodable bytes of a name are written as \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def kind_of(path: Path) -> str:
    """ "file" or "directory". Raises `DocumentError` for anything else and for what is missing."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise unreadable(path, error) from None
    except ValueError:
        raise DocumentError(repr(str(path)), "this is no file name") from None
    if stat.S_ISDIR(mode):
        return "directory"
    if stat.S_ISREG(mode):
        return "file"
    # Opening a pipe would wait for a writer, and a device has no end.
    raise DocumentError(
        origin_of(path), "this is neither a file nor a directory; copy it to a file"
    )


def read_bounded(path: Path, max_bytes: int, setting: str) -> bytes:
    """The file's bytes. Raises `DocumentError` when there are more than `max_bytes`.

    The size is looked at first; the second bound holds for a file that grows meanwhile.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(max_bytes + 1) if size <= max_bytes else b""
    except OSError as error:
        raise unreadable(path, error) from None
    size = max(size, len(data))
    if size > max_bytes:
        raise DocumentError(
            origin_of(path),
            f"it has {size:,} bytes, more than the {max_bytes:,} allowed; split it or "
            f"raise {setting}",
        )
    return data


def first_bytes(path: Path, count: int = 1_024) -> bytes:
    """The file's first bytes. Raises `DocumentError`."""
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise unreadable(path, error) from None


def walk(
    directory: Path, skip: Collection[str], only: Collection[str]
) -> Iterator[Path | DocumentError]:
    """The files below `directory`, sorted by name level by level, the same on every run.

    Hidden files and directories are skipped, and symbolic links to directories are not followed
    (they may form loops). A file is taken when its lower-case suffix is in `only`; with an empty
    `only`, when it is not in `skip`. A directory that cannot be listed is reported in its place.
    """
    stack = [directory]
    while stack:
        path = stack.pop()
        try:
            # A path may be too long to ask about.
            if path != directory and not path.is_dir():
                yield path
                continue
            with os.scandir(path) as entries:
                found = [entry for entry in entries if _wanted(entry, skip, only)]
        except OSError as error:
            yield unreadable(path, error)
            continue
        stack.extend(sorted((Path(entry.path) for entry in found), reverse=True))


def _wanted(entry: os.DirEntry[str], skip: Collection[str], only: Collection[str]) -> bool:
    if entry.name.startswith("."):
        return False
    suffix = Path(entry.name).suffix.lower()
    try:
        if entry.is_dir(follow_symlinks=False):
            return True
        return (suffix in only if only else suffix not in skip) and entry.is_file()
    except OSError:  # a link that points at itself
        return False


def unreadable(path: Path, error: OSError) -> DocumentError:
    """The error that says why the operating system refused `path`."""
    return DocumentError(origin_of(path), (error.strerror or str(error)).lower())
