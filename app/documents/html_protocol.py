"""The messages between the HTML reader and its child process.

A request is the seconds allowed (double) and the length of the page (unsigned 32 bit), big-endian,
then the page in UTF-8. An answer is its length and a JSON object: either {"error": …} or a `Page`.
An empty answer says that the child is ready.
"""

from __future__ import annotations

import struct
from typing import BinaryIO, TypedDict

REQUEST = struct.Struct(">dI")
ANSWER = struct.Struct(">I")


class Page(TypedDict, total=False):
    """What the child found. `blocks` are ["head" | "item" | "p", text]; times are as the page has
    them, `day` is trafilatura's date."""

    error: str
    blocks: list[tuple[str, str]]
    title: str | None
    authors: list[str]
    publisher: str | None
    url: str | None
    published: str | None
    updated: str | None
    day: str | None
    language: str | None


def receive(stream: BinaryIO, header: struct.Struct) -> tuple[list[float], bytes] | None:
    """The header's numbers but for the last, and as many bytes as that says; None at the end."""
    head = stream.read(header.size)
    if len(head) < header.size:
        return None
    *numbers, length = header.unpack(head)
    body = stream.read(length)
    return (numbers, body) if len(body) == length else None


def send(stream: BinaryIO, header: bytes, body: bytes) -> None:
    """Write one message and push it out."""
    stream.write(header + body)
    stream.flush()
