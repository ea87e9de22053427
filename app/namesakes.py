"""Where a text says that somebody else has a name."""

from __future__ import annotations

import re

# "She has the same name as the minister", "the two men are not related". Films have "the same name"
# as their books.
NAMESAKE = re.compile(
    r"\b(?:(?<!of the )same name(?! as (?:the|an?|its|his|her) (?:book|novel|film|song|play|album))"
    r"|namesakes?|shares? (?:a|the|her|his|their) name"
    r"|no (?:relation(?! (?:to|with)\b)|kin\b)|not to be confused"
    r"|(?:men|women|two|pair|they|he|she|both|who|[A-Z]\w+) (?:are|is|was|were) not"
    r" (?:related(?! to (?:the|an?|any|this|that|it)\b)|kin\b))",
)
