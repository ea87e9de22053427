"""What surrounds a quote: entities it is about, the quote it stands in, signs of translation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain import Span
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.speakers import Speakers
from app.words import listed

# Languages of the world's large news agencies and their neighbours; English is what is read here.
LANGUAGES = listed(
    """
    Arabic Bengali Bulgarian Cantonese Chinese Croatian Czech Danish Dari Dutch Estonian
    Farsi Finnish French German Greek Hebrew Hindi Hungarian Indonesian Italian Japanese
    Korean Kurdish Latvian Lithuanian Malay Mandarin Norwegian Pashto Persian Polish
    Portuguese Punjabi Romanian Russian Serbian Slovak Somali Spanish Swahili Swedish
    Tagalog Tamil Thai Turkish Ukrainian Urdu Vietnamese
    """
)
TRANSLATED = re.compile(
    r"\b(?:through|via) (?:an?|his|her|their|the) (?:interpreter|translator)\b"
    r"|\b(?:according to an? translation|in translation|translated from|translated by)\b"
    r"|\b(?:said|says|told|wrote|writes|added|speaking|spoke|tweeted|posted|asked)\b[^.“”\"\n]{0,40}"
    rf"\bin (?:{'|'.join(LANGUAGES)})\b"
)
WORD = re.compile(r"\w+(?:['’]\w+)?")
# A pull quote shares a run of words with its quote; shorter runs are chance.
RUN = 4
SHARED = 0.6


def about(attribution: Attribution, speakers: Speakers, speaker: int | None) -> tuple[int, ...]:
    """The entities that mentions inside the content mean, in text order, the speaker left out."""
    found = (m.entity for span in attribution.content for m in speakers.within(span))
    return tuple(dict.fromkeys(e for e in found if e is not None and e != speaker))


def parents(attributions: Sequence[Attribution]) -> list[int | None]:
    """For each attribution the innermost other one, one content span of which holds it wholly.

    One sweep over the content spans in text order with a stack of those still open.
    """
    answer: list[int | None] = [None] * len(attributions)
    events = sorted(
        (span.start, -span.end, i) for i, a in enumerate(attributions) for span in a.content
    )
    wholes = [
        (min(s.start for s in spans), max(s.end for s in spans))
        for spans in ([*a.content, *a.cue, *a.source] for a in attributions)
    ]
    open_spans: list[tuple[int, int, int]] = []
    for start, negative_end, i in events:
        while open_spans and open_spans[-1][1] <= start:
            open_spans.pop()
        low, high = wholes[i]
        if answer[i] is None and start == attributions[i].start:
            for s, e, j in reversed(open_spans[-8:]):
                if j < i and s <= low and high <= e:
                    answer[i] = j
                    break
        open_spans.append((start, -negative_end, i))
    return answer


class Translations:
    """Whether the paragraph around a quote says that its words were translated."""

    def __init__(self, text: str, regions: Regions) -> None:
        self.text = text
        self.found = [m.span() for m in TRANSLATED.finditer(text) if regions.at(m.start()) is None]

    def near(self, spans: Sequence[Span]) -> bool:
        """Whether a sign of translation stands in the paragraph of the first span."""
        if not self.found:
            return False
        start = self.text.rfind("\n", 0, spans[0].start) + 1
        end = self.text.find("\n", spans[0].start)
        end = len(self.text) if end < 0 else end
        return any(start <= s and e <= end for s, e in self.found)


def pull_quote_origins(
    text: str, pulled: Sequence[Span], attributions: Sequence[Attribution]
) -> list[int | None]:
    """For each pull quote the attribution whose content shares most of its runs of words."""
    if not pulled:
        return []
    index: dict[tuple[str, ...], int] = {}
    for i, attribution in enumerate(attributions):
        words = _words(text, attribution.content)
        for k in range(len(words) - RUN + 1):
            index.setdefault(tuple(words[k : k + RUN]), i)
    origins: list[int | None] = []
    for span in pulled:
        words = _words(text, [span])
        hits: dict[int, int] = {}
        for k in range(len(words) - RUN + 1):
            i = index.get(tuple(words[k : k + RUN]), -1)
            hits[i] = hits.get(i, 0) + 1
        hits.pop(-1, None)
        best = max(hits, key=lambda i: hits[i], default=None)
        enough = best is not None and hits[best] + RUN - 1 >= SHARED * len(words)
        origins.append(best if enough else None)
    return origins


def _words(text: str, spans: Sequence[Span]) -> list[str]:
    return [m.group().lower() for span in spans for m in WORD.finditer(span.of(text))]
