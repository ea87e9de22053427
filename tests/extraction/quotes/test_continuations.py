from __future__ import annotations

import pytest
from spacy.language import Language

from app.domain import Span
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.continuations import continued, implied
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.tree import Tree


def part(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("between", "goes_on"),
    [
        (" Lena Vogt said. ", True),
        (" Lena Vogt said.\n\n", True),
        (" Lena Vogt said.\n\nThen the band played on. ", False),
        (" Lena Vogt said.\n\nIt rained.\n\n", False),
    ],
)
def test_a_quotation_alone_goes_on_with_the_one_before(between: str, goes_on: bool) -> None:
    text = f"“We go now,”{between}“We stay at home.”"
    first = Attribution((part(text, "“We go now,”"),), source=(part(text, "Lena Vogt"),))
    second = Attribution((part(text, "“We stay at home.”"),))
    found = continued(text, Regions(quoted_regions(text)), [first, second])
    assert found[1].continues == (0 if goes_on else None)


def test_what_is_not_quoted_goes_on_with_nobody() -> None:
    text = "“We go now,” Lena Vogt said. The bridge is closed."
    first = Attribution((part(text, "“We go now,”"),), source=(part(text, "Lena Vogt"),))
    second = Attribution((part(text, "The bridge is closed"),))
    found = continued(text, Regions(quoted_regions(text)), [first, second])
    assert found[1].continues is None


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        ("The mayor left, saying that it rained.", "saying", "that it rained", "The mayor"),
        ("The mayor left but noted that it rained.", "noted", "that it rained", "The mayor"),
        ("The plan was criticized as too dear.", "criticized", "as too dear", None),
        ("It rained, meaning that she left.", "meaning", "that she left", None),
    ],
)
def test_an_implied_source(
    nlp: Language, text: str, cue: str, content: str, source: str | None
) -> None:
    tree = Tree(nlp(text))
    found = implied(tree, Attribution((part(text, content),), (part(text, cue),)))
    assert (found and found.of(text)) == source
