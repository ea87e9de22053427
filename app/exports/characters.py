"""Characters that a format cannot carry, or that a program would act on."""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\ufffd"

# All but what XML 1.0 (2.2) allows: no escape makes these well-formed.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# No text file can carry these: NUL ends strings in many readers, half a surrogate pair is no UTF-8.
_NOT_TEXT = re.compile("[\0\ud800-\udfff]")
_FORMULA = frozenset("=+-@")
_IGNORED = frozenset({"Cc", "Cf", "Cn", "Co", "Zl", "Zp", "Zs"})


def for_xml(text: str) -> str:
    """`text` with U+FFFD in place of what XML 1.0 forbids."""
    return _NOT_XML.sub(REPLACEMENT, text)


def for_text(text: str) -> str:
    """`text` with U+FFFD in place of NUL and lone surrogates."""
    return _NOT_TEXT.sub(REPLACEMENT, text)


def for_spreadsheet(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet might take it for a formula.

    So it does what begins with = + - @, a tab or a line break (OWASP, "CSV Injection"), and with
    their full-width and small forms. White space and invisible characters before them do not
    reassure: some programs drop them.
    """
    if text[:1] in ("\t", "\r", "\n"):
        return "'" + text
    for character in text:
        if unicodedata.category(character) in _IGNORED or character == REPLACEMENT:
            continue
        suspect = unicodedata.normalize("NFKC", character)[:1] in _FORMULA
        return "'" + text if suspect else text
    return text
