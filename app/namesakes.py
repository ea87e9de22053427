"""Where a text says that somebody else has a name."""

from __future__ import annotations

import re

# "She has the same name as the minister", "the two are not related". Films have "the same name" as
# their books.
NAMESAKE = re.compile(
    r"\b(?:(?<!of the )same name|namesakes?|shares? (?:a|the|her|his|their) name"
    r"|no (?:relation(?! (?:to|with)\b)|kin\b)|not to be confused"
    r"|(?:are|is|was|were) not (?:related(?! to (?:the|an?|any|this)\b)|kin)\b)",
    re.I,
)
