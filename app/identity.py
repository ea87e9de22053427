"""Public ids and the keys they are made from: pure functions, the same on every machine.

An id is a prefix and 120 bits of a SHA-256 in lower-case base32. It is derived from what the thing
is (the key of an article, the words of a quote), so that two undisturbed runs give the same ids.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

from courlan import normalize_url

DEFAULT_PORTS = {"http": 80, "https": 443}
WORD = re.compile(r"\w+")


def sha256(text: str) -> str:
    """The hexadecimal SHA-256 of a text in UTF-8 (lone surrogates, which JSON allows, included)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def derive(prefix: str, *parts: str) -> str:
    """The id with `prefix` ("a", "e", "q") for a key of several parts."""
    # The length before each part keeps ("ab", "c") and ("a", "bc") apart.
    key = "".join(f"{len(part)}:{part}" for part in (prefix, *parts))
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
    return f"{prefix}_{base64.b32encode(digest[:15]).decode().lower()}"


def url_key(url: str) -> str:
    """What two addresses of one article have in common.

    courlan strips trackers and sorts the query; scheme, fragment, default port and a trailing slash
    do not tell articles apart either.
    """
    parts = urlsplit(normalize_url(url))
    host = (parts.hostname or "").removeprefix("www.")
    port = "" if parts.port in (None, DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"


def article_uid(url: str | None, source_key: str | None, text: str) -> str:
    """An article's id: by its address, else the source's own id, else its text."""
    if url is not None:
        return derive("a", "url", url_key(url))
    if source_key is not None:
        return derive("a", "source", source_key)
    return derive("a", "text", sha256(text))


def name_norm(name: str) -> str:
    """A name for comparison: NFKC, case folded, white space folded, full stops dropped ("U.S.")."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("’", "'").replace(".", "")
    return " ".join(folded.split())


def entity_uid(kind: str, name: str, first_article: str) -> str:
    """An entity's id: its kind and name and the article it was first seen in."""
    return derive("e", kind, name_norm(name), first_article)


def fingerprint(content: str) -> str:
    """What stays of a quote's words when punctuation, case and spacing change; hexadecimal.

    A content without any word (an ellipsis in quotation marks) is taken as it stands.
    """
    words = WORD.findall(unicodedata.normalize("NFKC", content).casefold())
    return sha256(" ".join(words) if words else content)[:32]


def quote_uid(article: str, content_fingerprint: str, occurrence: int) -> str:
    """A quote's id: never its offsets, which every revision of the article shifts."""
    return derive("q", article, content_fingerprint, str(occurrence))
