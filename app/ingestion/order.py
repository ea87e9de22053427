"""The order in which articles are resolved: by when they were published, as far as memory allows.

Who is who is decided article by article, and what stands is not merged again, so the order counts:
in order of time far more is found and less is wrong than in any other (docs/decisions/0012). Files
come by name and lines as somebody wrote them. With this the record is the same however they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heappop, heappush

from app.domain import Document
from app.identity import article_uid

# What waits at most: documents, and code points of their texts. Enough for some weeks of an outlet,
# and less memory than the language model takes.
MOST = 5_000
MOST_TEXT = 25_000_000


def in_order_of_time(
    documents: Iterable[Document], most: int = MOST, most_text: int = MOST_TEXT
) -> Iterator[Document]:
    """The documents by the time they were published (wall clock), those that state none last.

    At most `most` documents wait, and `most_text` code points; what is further out of place than
    that comes as early as it can. Of one time they come by the article's id, so that the order of
    reading does not matter where all can wait. Documents without a time, and versions of one
    article, keep the order of reading: the later version is to stand.
    """
    waiting: list[tuple[datetime, str, int, Document]] = []
    latest: dict[str, tuple[datetime, int]] = {}
    text = 0
    for number, document in enumerate(documents):
        uid = article_uid(document.url, document.source_key, document.text)
        time = datetime.max if document.published is None else document.published.local
        if uid in latest:
            time = max(time, latest[uid][0])
        latest[uid] = time, number
        heappush(waiting, (time, uid if time < datetime.max else "", number, document))
        text += len(document.text)
        while waiting and (len(waiting) > most or text > most_text):
            given = _next(waiting, latest)
            text -= len(given.text)
            yield given
    while waiting:
        yield _next(waiting, latest)


def _next(
    waiting: list[tuple[datetime, str, int, Document]], latest: dict[str, tuple[datetime, int]]
) -> Document:
    _, _, number, document = heappop(waiting)
    uid = article_uid(document.url, document.source_key, document.text)
    if latest[uid][1] == number:
        del latest[uid]
    return document
