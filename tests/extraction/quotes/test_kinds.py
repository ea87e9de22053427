from __future__ import annotations

import pytest

from app.domain import QuoteKind, Span
from app.extraction.quotes.kinds import Regions, kind_of
from app.extraction.quotes.marks import quoted_regions


def span(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“We will go,” she said.", "“We will go,”", QuoteKind.DIRECT),
        ("She said it was “a fine day” today.", "it was “a fine day” today", QuoteKind.MIXED),
        ("She said that they would go.", "that they would go", QuoteKind.INDIRECT),
    ],
)
def test_kind(text: str, content: str, kind: QuoteKind) -> None:
    regions = Regions(quoted_regions(text))
    assert kind_of(text, [span(text, content)], [span(text, "said")], regions) is kind


def test_a_report_within_speech_is_indirect() -> None:
    text = "“The mayor said that the road is closed,” she told us."
    regions = Regions(quoted_regions(text))
    content, cue = span(text, "that the road is closed"), span(text, "said")
    assert kind_of(text, [content], [cue], regions) is QuoteKind.INDIRECT
    assert kind_of(text, [content], [span(text, "told")], regions) is QuoteKind.DIRECT


def test_clip_and_at() -> None:
    regions = Regions(quoted_regions('a "b" c "d" e'))
    assert regions.clip(Span(0, 13)) == [Span(2, 5), Span(8, 11)]
    assert regions.clip(Span(5, 8)) == []
    assert (regions.at(1), regions.at(2), regions.at(4), regions.at(5)) == (None, 0, 0, None)
