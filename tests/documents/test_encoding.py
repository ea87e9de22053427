import codecs

import pytest

from app.documents.encoding import decode_html, decode_text, normalise_line_ends
from app.errors import DocumentError

SENTENCE = "“Así fue”, dijo Ana Peña — y nadie más habló en el café."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x00\x01\x02\x03", "binary"),
        (b"The mayor\x00 said", "binary"),
        (b"\x01\x02\x03\x04\x05 mayor", "binary"),
        (b"%PDF-1.7 mayor", "a PDF"),
        (b"PK\x03\x04mayor", "ZIP"),
        (b"{\\rtf1 mayor", "RTF"),
        (b"\x1f\x8bmayor", "gzip"),
        (codecs.BOM_UTF8 + b"caf\xe9", "could not be told"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "could not be told"),
    ],
)
def test_refuses_what_is_no_text(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as caught:
        decode_text(data, "a.txt")
    assert caught.value.origin == "a.txt"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
    ],
)
def test_decodes(encoding: str, mark: bytes) -> None:
    assert decode_text(mark + SENTENCE.encode(encoding), "a.txt") == SENTENCE


def test_refuses_what_it_cannot_tell() -> None:
    with pytest.raises(DocumentError, match="could not be told"):
        decode_text("ab\x81\x8d\xff".encode("latin-1"), "a.txt")


@pytest.mark.parametrize(
    "text", ["Мэр открыл мост.", "Мэр города открыл мост в среду утром, и все были рады."]
)
def test_detects_cyrillic(text: str) -> None:
    assert decode_text(text.encode("cp1251"), "a.txt") == text


def test_page_that_lies_about_its_encoding_is_utf_8() -> None:
    page = f'<meta charset="iso-8859-1"><p>{SENTENCE}'
    assert decode_html(page.encode(), "a.html") == page


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252"])
def test_declared_latin_1_is_windows_1252_as_in_browsers(charset: str) -> None:
    page = f'<meta charset="{charset}"><p>“Oui”, dit-il — enfin, à peu près'
    assert decode_html(page.encode("cp1252"), "a.html") == page


@pytest.mark.parametrize("charset", ["base64", "no-such", "utf-16", "idna"])
def test_impossible_declarations_are_ignored(charset: str) -> None:
    page = f'<meta charset="{charset}"><p>le café de la gare était fermé'
    assert decode_html(page.encode("cp1252"), "a.html") == page


def test_line_ends_are_all_that_is_normalised() -> None:
    assert normalise_line_ends("a\r\nb\rc\n\rd\u2028e\x85f\x0b ") == "a\nb\nc\n\nd\u2028e\x85f\x0b "
