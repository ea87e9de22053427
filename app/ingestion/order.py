"""The order in which articles are resolved: by when they were published, as far as memory allows.

Who is who is decided article by article, and what stands is not merged again, so the order counts:
in order of time far more is found and less is wrong than in any other (docs/decisions/0012). Files
come by name and lines as somebody wrote them. With this the record is the same however they come,
if each says when it was published. Of versions of one article the one that is read last stands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heapify, heappop, heappush

from app.domain import Document
from app.identity import article_uid

# What waits at most: documents, and their weight in code points. Enough for some weeks of an
# outlet; with texts of nothing but long prose some 100 MB.
MOST = 5_000
MOST_WEIGHT = 25_000_000
# A zone weighs as much as so many code points.
ZONE = 200
# What was read so many times `most` documents ago has waited long enough.
PATIENCE = 2
# Of those that have left so many may still stand in the heap, beside as many as wait.
SLACK = 100


def in_order_of_time(
    documents: Iterable[Document], most: int = MOST, most_weight: int = MOST_WEIGHT
) -> Iterator[Document]:
    """The documents by the time they were published (wall clock), those that state none last.

    At most `most` documents wait, and `most_weight` code points; what is further out of place than
    that comes as early as it can. Those without a time (or with one far ahead) do not wait for
    ever: they make room once `PATIENCE` times `most` others were read after them. Of one time they
    come by the article's id, so that the order of reading does not matter where all can wait.
    Documents without a time, and versions of one article, keep the order of reading: the later
    version is to stand.
    """
    queue = _Queue()
    for document in documents:
        queue.put(document)
        while queue and (len(queue) > most or queue.weight > most_weight):
            yield queue.take(longest=PATIENCE * most)
    while queue:
        yield queue.take()


class _Queue:
    """Documents that wait, the earliest first."""

    def __init__(self) -> None:
        self.weight = 0
        self._read = 0
        self._waiting: dict[int, tuple[str, Document]] = {}
        # Both hold numbers of some that have been taken already.
        self._by_time: list[tuple[datetime, str, int]] = []
        self._by_reading: deque[int] = deque()
        # Of each article the version that was read last, and the time that it waits by.
        self._latest: dict[str, tuple[datetime, int]] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, document: Document) -> None:
        number, self._read = self._read, self._read + 1
        uid = article_uid(document.url, document.source_key, document.text)
        time = datetime.max if document.published is None else document.published.local
        if uid in self._latest:
            time = max(time, self._latest[uid][0])
        self._latest[uid] = time, number
        self._waiting[number] = uid, document
        heappush(self._by_time, (time, uid if time < datetime.max else "", number))
        self._by_reading.append(number)
        self.weight += _weight(document)

    def take(self, longest: int | None = None) -> Document:
        """The earliest, or the one that was read first if that was `longest` documents ago."""
        while self._by_reading[0] not in self._waiting:
            self._by_reading.popleft()
        while self._by_time[0][2] not in self._waiting:
            heappop(self._by_time)
        number = self._by_reading[0]
        if longest is None or self._read - number <= longest:
            number = self._by_time[0][2]
        uid, document = self._waiting.pop(number)
        if len(self._by_time) > 2 * len(self._waiting) + SLACK:
            # Those that left before their time would stay here till the end.
            self._by_time = [entry for entry in self._by_time if entry[2] in self._waiting]
            heapify(self._by_time)
        if self._latest[uid][1] == number:
            del self._latest[uid]
        self.weight -= _weight(document)
        return document


def _weight(document: Document) -> int:
    return len(document.text) + ZONE * len(document.zones)
