from __future__ import annotations

import pytest

from app.domain import CueClass, Polarity, Span
from app.extraction.quotes import lexicon
from app.extraction.quotes.cues import cue_class, polarity


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", CueClass.SPEECH),
        ("has warned", CueClass.SPEECH),
        ("according to", CueClass.SPEECH),
        (":", CueClass.SPEECH),
        ("do not believe", CueClass.BELIEF),
        ("plans", CueClass.INTENTION),
        ("refused", CueClass.INTENTION),
        ("feared", CueClass.FEELING),
        ("suspicion", CueClass.BELIEF),
        ("supporters of", CueClass.BELIEF),
        ("was furious about", CueClass.FEELING),
        ("is willing", CueClass.INTENTION),
    ],
)
def test_class(cue: str, expected: CueClass) -> None:
    assert cue_class(cue, [Span(0, len(cue))]) is expected


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("said", "that it was closed", Polarity.ASSERTED),
        ("denied", "that it was closed", Polarity.DENIED),
        ("has never denied", "that it was closed", Polarity.QUESTIONED),
        ("did not say", "that it was closed", Polarity.DENIED),
        ("asked", "whether it was closed", Polarity.QUESTIONED),
        ("asked", "“Is it closed?”", Polarity.QUESTIONED),
        ("asked", "for a closure", Polarity.ASSERTED),
        ("declined to say", "whether it was closed", Polarity.QUESTIONED),
        ("said", "“Why not?”", Polarity.ASSERTED),
        ("explained", "why it was closed", Polarity.ASSERTED),
        ("refused", "to close it", Polarity.ASSERTED),
    ],
)
def test_polarity(cue: str, content: str, expected: Polarity) -> None:
    text = f"{cue} {content}"
    spans = [Span(len(cue) + 1, len(text))]
    assert polarity(text, spans, [Span(0, len(cue))]) is expected


def test_forms() -> None:
    assert lexicon.forms("deny") == ("deny", "denies", "denied", "denying")
    assert lexicon.forms("argue") == ("argue", "argues", "argued", "arguing")
    assert "said" in lexicon.forms("say")
