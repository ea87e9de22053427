"""Which characters stand inside quotation marks; forgiving, one pass, a paragraph at a time.

Only for the pronoun rules ("he" inside a quotation is hardly its speaker). The quotes component
finds quotations properly.
"""

from __future__ import annotations

_MARKS = '"“”„«»'


def quoted_mask(text: str) -> bytearray:
    """One byte a character: 1 inside quotation marks. Marks are toggled and reset at line ends.

    A mark's own shape is not trusted: wire copy uses closing marks to open and the reverse.
    """
    mask = bytearray(len(text))
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        _line(text, start, end, mask)
        start = end + 1
    return mask


def _line(text: str, start: int, end: int, mask: bytearray) -> None:
    opened = -1
    for i in range(start, end):
        if text[i] not in _MARKS:
            continue
        if opened < 0:
            opened = i
        else:
            mask[opened : i + 1] = b"\x01" * (i + 1 - opened)
            opened = -1
    if opened >= 0:
        mask[opened:end] = b"\x01" * (end - opened)
