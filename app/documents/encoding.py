"""Bytes to characters, without guessing where the bytes themselves say what they are."""

from __future__ import annotations

import codecs
import re

from resiliparse.parse.encoding import detect_encoding

from app.errors import DocumentError

# UTF-32-LE begins with the two bytes of UTF-16-LE, so the longer marks are tried first.
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Files that people drop into a folder of articles; naming the kind says what to do about it.
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)

# C0 controls that never stand in an article; tab, line ends, form feed and escape may.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROL_SHARE = 0.01

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I
)
_META_WINDOW = 4_096

# The labels that the WHATWG encoding standard reads as windows-1252.
_LATIN_1 = {"ascii", "iso8859-1"}


def decode_text(data: bytes, origin: str) -> str:
    """Decode plain text: by its byte order mark, else as UTF-8, else as resiliparse detects it.

    A byte order mark is a signature of the encoding and not part of the text. Raises
    `DocumentError` for anything that is no text.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise DocumentError(origin, f"this is {kind}, not text; convert it to text or HTML")
    text = _decoded(data, origin)
    controls = len(_CONTROLS.findall(text))
    if "\x00" in text or controls > _MAX_CONTROL_SHARE * len(text):
        raise DocumentError(
            origin, "it holds bytes that no text has (binary data?); convert it to UTF-8 text"
        )
    return text


def _decoded(data: bytes, origin: str) -> str:
    encoding = _by_mark(data) or _utf16_without_mark(data)
    if encoding is None:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            encoding = _detected(data)
    try:
        return _without_mark(data).decode(encoding)
    except (UnicodeDecodeError, LookupError):
        # Where it cannot tell, resiliparse says UTF-8, which has been tried.
        raise DocumentError(
            origin, f"its encoding could not be told (tried {encoding}); convert it to UTF-8"
        ) from None


def _detected(data: bytes) -> str:
    # Short windows-1251 is now and then taken for MacCyrillic (2 of 6 texts tried), which shares
    # nearly all lower-case letters; files in MacCyrillic are all but extinct.
    if detect_encoding(data, html5_compatible=False) == "mac-cyrillic":
        return "cp1251"
    return str(detect_encoding(data) or "cp1252")


def _by_mark(data: bytes) -> str | None:
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def _without_mark(data: bytes) -> bytes:
    return next((data[len(mark) :] for mark, _ in _BOMS if data.startswith(mark)), data)


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of mostly Latin text has a NUL as every other byte, and none between."""
    head = data[:_META_WINDOW]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    enough = len(head) // 4
    if odd > enough and even == 0:
        return "utf-16-le"
    if even > enough and odd == 0:
        return "utf-16-be"
    return None


def decode_html(data: bytes, origin: str) -> str:
    """Decode a page: byte order mark, strict UTF-8, `<meta charset>`, then detection.

    Strict UTF-8 goes before the declaration because a page that decodes as UTF-8 and has non-ASCII
    characters is practically always UTF-8, whatever a copied template declares. Undecodable bytes
    become U+FFFD, as in browsers.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise DocumentError(origin, f"this is {kind}, not HTML")
    mark = _by_mark(data) or _utf16_without_mark(data)
    if mark is not None:
        return _without_mark(data).decode(mark, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _META_CHARSET.search(data[:_META_WINDOW])
    return data.decode(_codec(declared) or _detected(data), "replace")


def _codec(declared: re.Match[bytes] | None) -> str | None:
    if declared is None:
        return None
    try:
        info = codecs.lookup(declared[1].decode("ascii"))
    except LookupError:
        return None
    # Python lists base64 and the like as codecs too; a page cannot be in those.
    if not info._is_text_encoding or info.name.startswith(("utf", "idna", "punycode")):
        return None
    return "cp1252" if info.name in _LATIN_1 else info.name


def normalise_line_ends(text: str) -> str:
    r"""The text with \r\n and \r as \n. Nothing else that is stored is ever altered."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
