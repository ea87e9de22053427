"""The child process that reads HTML: `python -m app.documents.html_child`.

trafilatura has no time limit of its own (4 MB of `<p>` took 20 s), so it runs where it can be
killed and where its memory is bounded. No network is used and no entity of a page's own is
expanded: libxml2's HTML parser reads no DTD.
"""

from __future__ import annotations

import json
import logging
import math
import os
import re
import signal
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from app.documents.html_protocol import ANSWER, REQUEST, Page, receive, send

MEMORY_BYTES = 2 * 1024**3
"""Address space of the child; 2.6 MB of `<p>word` reached 0.77 GB (VmPeak)."""
_GRACE_SECONDS = 5

_BLOCK_TAGS = {
    *("head", "p", "item", "list", "quote", "lb", "table", "row", "cell", "div", "body", "code"),
    *("graphic", "comments", "main", "fw"),
}
_KINDS = {"head", "item"}
_WHITE_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_XML_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]{0,200}>")
_ARTICLE_TYPE = re.compile(r"Article$|^(?:BlogPosting|Report|LiveBlogPosting)$")
_MAX_JSON_NODES = 10_000

_PUBLISHED_META = (
    "article:published_time",
    "og:published_time",
    "datePublished",
    "parsely-pub-date",
)
_UPDATED_META = ("article:modified_time", "og:updated_time", "dateModified")


def main() -> None:
    """Answer pages from standard input until it ends."""
    _bound_memory()
    # Ctrl-C reaches the whole group; the parent decides when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not get between the messages.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    import trafilatura  # noqa: F401  (imported before the first page's clock runs)

    send(answers, ANSWER.pack(0), b"")
    while (request := receive(sys.stdin.buffer, REQUEST)) is not None:
        (seconds,), page = request
        # The parent kills sooner; this is for a child whose parent was killed.
        if hasattr(signal, "alarm"):
            signal.alarm(math.ceil(seconds) + _GRACE_SECONDS)
        answer = json.dumps(_answer(page)).encode("ascii")
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        send(answers, ANSWER.pack(len(answer)), answer)


def _bound_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    except (ImportError, OSError, ValueError):  # not on this system
        pass


def _answer(page: bytes) -> Page:
    try:
        return read_page(page)
    except MemoryError:
        return Page(error="it needs more memory than a page may have")
    except Exception as error:
        return Page(error=f"it could not be parsed ({type(error).__name__})")


def read_page(page: bytes) -> Page:
    """What a page in UTF-8 says: its main text in blocks, and its metadata."""
    from lxml import etree  # type: ignore[import-untyped]
    from trafilatura import bare_extraction

    # The page is in UTF-8 by now, whatever its XML declaration says.
    page = _XML_DECLARATION.sub(b"", page)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree: Any = etree.fromstring(page, parser)
    if tree is None:
        return Page(error="it has no elements")
    # Before trafilatura, which removes scripts and attributes from the tree.
    published, updated = _times(tree)
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    found: Any = bare_extraction(
        page.decode("utf-8", "replace"),
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        # A date anywhere on the page is as likely a related story's.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    blocks = list(_blocks(found.body)) if found is not None and found.body is not None else []
    if not blocks:
        return Page(error="no article text was found in it")
    return Page(
        blocks=blocks,
        title=found.title,
        authors=[name.strip() for name in (found.author or "").split(";") if name.strip()],
        publisher=found.sitename,
        url=found.url,
        published=published,
        updated=updated,
        day=found.date,
        language=language,
    )


def _blocks(body: Any) -> Iterator[tuple[str, str]]:
    """The text of the extracted tree, cut where one of its block elements begins or ends.

    Each comes with the innermost of "head" and "item" that it lies in, else "p". Walks without
    recursion, because a page may nest as deeply as it likes.
    """
    from lxml import etree

    parts: list[str] = []
    kinds = ["p"]
    for event, element in etree.iterwalk(body, events=("start", "end")):
        is_block = element.tag in _BLOCK_TAGS
        if is_block and (text := _joined(parts)):
            yield kinds[-1], text
        if is_block:
            parts = []
        if event == "start":
            if element.tag in _KINDS:
                kinds.append(element.tag)
            parts.append(element.text or "")
            continue
        if element.tag in _KINDS:
            kinds.pop()
        if element is not body:
            parts.append(element.tail or "")
    if text := _joined(parts):
        yield "p", text


def _joined(parts: list[str]) -> str:
    return _WHITE_SPACE.sub(" ", "".join(parts)).strip(" ")


def _times(tree: Any) -> tuple[str | None, str | None]:
    """The times of publication and update that the page states for machines."""
    published, updated = _json_ld_times(tree)
    return published or _meta(tree, _PUBLISHED_META), updated or _meta(tree, _UPDATED_META)


def _json_ld_times(tree: Any) -> tuple[str | None, str | None]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for node in _articles(data):
            times = [node.get(key) for key in ("datePublished", "dateModified")]
            if any(isinstance(time, str) for time in times):
                first, last = (time if isinstance(time, str) else None for time in times)
                return first, last
    return None, None


def _articles(data: object) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD that are articles, wherever they lie."""
    queue = [data]
    for node in queue:
        if len(queue) > _MAX_JSON_NODES:
            return
        if isinstance(node, list):
            queue.extend(node)
        elif isinstance(node, dict):
            types = node.get("@type")
            types = types if isinstance(types, list) else [types]
            if any(isinstance(name, str) and _ARTICLE_TYPE.search(name) for name in types):
                yield node
            queue.extend(node.values())


def _meta(tree: Any, names: tuple[str, ...]) -> str | None:
    for element in tree.iter("meta"):
        if any(element.get(key) in names for key in ("property", "name", "itemprop")):
            content = (element.get("content") or "").strip()
            if content:
                return str(content)
    return None


if __name__ == "__main__":
    main()
