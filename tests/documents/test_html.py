import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.documents import Limits, document_from_html, read_path
from app.documents.html_worker import MAX_CHILDREN, close_children
from app.domain import Document, Precision, ZoneKind
from app.errors import DocumentError

PROSE = "The mayor of Oldtown opened the bridge on Wednesday and said that it would last for ever."
SCRIPT = (
    '<script type="application/ld+json">{"@graph": ['
    '{"@type": "WebPage", "datePublished": "2001-01-01"},'
    '{"@type": ["NewsArticle"], "datePublished": "2021-09-08T07:12:00+02:00",'
    '"dateModified": "2021-09-08T13:56:00+02:00"}]}</script>'
)
HEAD = (
    '<title>Mayor opens bridge</title><meta property="og:site_name" content="The Courier">'
    '<meta name="author" content="Ada Quill">'
    '<link rel="canonical" href="https://courier.example/bridge">'
)


def page(body: str, head: str = HEAD) -> str:
    opening = f'<!doctype html><html lang="en-GB"><head>{head}</head><body>'
    return f"{opening}<article>{body}</article></body></html>"


@pytest.fixture(autouse=True, scope="module")
def _children() -> Iterator[None]:
    yield
    close_children()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "no text"),
        (b"\x00", "no text"),
        ("The mayor spoke.", "no HTML tags"),
        ("<p></p>", "no article text"),
        ("<script>alert(1)</script>", "no article text"),
        ("<!-- -->", "no "),
        ("<p>\ud800", "surrogate"),
        (b"%PDF-1.7 <p>", "a PDF"),
        ("<p>" * 2_000_000, "6,000,000 bytes, more than the 3,000,000"),
    ],
)
def test_bad_pages(data: bytes | str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        document_from_html(data, "request", Limits())


@pytest.mark.parametrize("body", ["<div>" * 50_000, "<div><p>" * 50_000, "<b>" * 50_000])
def test_deep_nesting_is_no_danger(body: str) -> None:
    try:
        document = document_from_html(page(body + PROSE), "request", Limits())
    except DocumentError:
        return
    assert document.text.strip()


def test_a_slow_page_is_given_up_and_the_next_one_is_read() -> None:
    limits = Limits(max_html_bytes=6_000_000, html_timeout=0.5)
    document_from_html(page(f"<p>{PROSE}"), "request", Limits())
    started = time.monotonic()
    with pytest.raises(DocumentError, match=r"longer than the 0\.5 seconds"):
        document_from_html("<p>word" * 700_000, "request", limits)
    assert time.monotonic() - started < 5
    assert document_from_html(page(f"<p>{PROSE}"), "request", Limits()).text == PROSE


def test_metadata() -> None:
    html = page(f"<h1>Mayor opens bridge</h1><p>(Oldtown) {PROSE}</p><p>{PROSE}</p>", HEAD + SCRIPT)
    document = document_from_html(html.encode(), "request", Limits())
    assert document.text.split("\n\n")[1:] == [f"(Oldtown) {PROSE}", PROSE]
    assert (document.title, document.publisher) == ("Mayor opens bridge", "The Courier")
    assert document.url == "https://courier.example/bridge"
    assert document.authors == ("Ada Quill",)
    assert (document.dateline, document.language) == ("Oldtown", "en")
    assert document.published is not None
    assert document.updated is not None
    assert document.published.instant is not None
    assert document.published.instant.isoformat() == "2021-09-08T05:12:00+00:00"
    assert document.updated.local.isoformat() == "2021-09-08T13:56:00"


def test_time_from_meta_element() -> None:
    head = HEAD + '<meta property="article:published_time" content="2021-09-08T07:12Z">'
    document = document_from_html(page(f"<p>{PROSE}", head), "request", Limits())
    assert document.published is not None
    assert document.published.instant is not None


def test_only_a_day_is_known() -> None:
    head = HEAD + '<meta name="date" content="2021-09-08">'
    document = document_from_html(page(f"<p>{PROSE}", head), "request", Limits())
    assert document.published is not None
    assert document.published.precision is Precision.DAY


def test_broken_machine_readable_data_is_no_error() -> None:
    broken = '<script type="application/ld+json">{"datePublished": </script>'
    deep = f'<script type="application/ld+json">{"[" * 100_000}</script>'
    wrong = '<script type="application/ld+json">{"@type": "Article", "datePublished": [1]}</script>'
    html = page(f"<p>{PROSE}", HEAD + broken + deep + wrong)
    assert document_from_html(html, "request", Limits()).published is None


def test_what_the_caller_states_wins() -> None:
    html = page(f"<p>{PROSE}", HEAD + SCRIPT)
    document = document_from_html(
        html, "request", Limits(), title="Another", url="https://a.example/", language="sv"
    )
    assert (document.title, document.url) == ("Another", "https://a.example/")
    assert (document.language, document.authors) == ("sv", ("Ada Quill",))


def test_headings_and_lists_are_told_by_the_markup() -> None:
    items = "<ul><li>Flour</li><li>Eggs</li></ul>"
    body = f"<p>{PROSE}</p><h2>It fell.</h2><p>{PROSE}</p>{items}<p>{PROSE}"
    document = document_from_html(page(body), "request", Limits())
    headings = [span.of(document.text) for span in document.spans(ZoneKind.HEADING)]
    assert headings == ["It fell."]
    assert "Flour" in document.text


def test_entities_are_not_expanded() -> None:
    declared = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "boom">]>'
    try:
        document = document_from_html(
            f"{declared}<html><body><article><p>{PROSE} &x; &y; {PROSE}</p></article>",
            "request",
            Limits(),
        )
    except DocumentError:
        return
    assert "boom" not in document.text
    assert Path("/etc/hostname").read_text().strip() not in document.text


def test_declared_encoding_of_xhtml_is_not_taken_twice() -> None:
    html = '<?xml version="1.0" encoding="utf-16"?>' + page(f"<p>{PROSE} “Café”")
    document = document_from_html(html.encode("utf-16"), "request", Limits())
    assert "“Café”" in document.text


def test_many_threads_share_few_children() -> None:
    def one(number: int) -> str:
        return document_from_html(page(f"<p>{PROSE} {number}"), "request", Limits()).text

    with ThreadPoolExecutor(MAX_CHILDREN * 2) as threads:
        assert list(threads.map(one, range(24))) == [f"{PROSE} {n}" for n in range(24)]
    assert threading.active_count() < 20


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_uses_children_of_its_own() -> None:
    document_from_html(page(f"<p>{PROSE}"), "request", Limits())
    pid = os.fork()
    if pid == 0:
        try:
            ok = document_from_html(page(f"<p>{PROSE} fork"), "r", Limits()).text.endswith("fork")
            close_children()
        finally:
            os._exit(0 if ok else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert document_from_html(page(f"<p>{PROSE}"), "request", Limits()).text == PROSE


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "a.HTM"
    path.write_text(page(f"<p>{PROSE}"))
    (found,) = read_path(path, Limits())
    assert isinstance(found, Document)
    (found,) = read_path(path, Limits(max_html_bytes=10))
    assert isinstance(found, DocumentError)
    assert "ONRECORD_MAX_HTML_BYTES" in found.reason


def test_a_child_that_does_not_start_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    close_children()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(DocumentError, match="did not start"):
        document_from_html(page(f"<p>{PROSE}"), "request", Limits())


def test_a_killed_child_is_replaced() -> None:
    document_from_html(page(f"<p>{PROSE}"), "request", Limits())
    children = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    if not children.exists():
        pytest.skip("needs Linux's list of children")
    for pid in children.read_text().split():
        os.kill(int(pid), signal.SIGKILL)
    with pytest.raises(DocumentError, match="died"):
        document_from_html(page(f"<p>{PROSE}"), "request", Limits())
    assert document_from_html(page(f"<p>{PROSE}"), "request", Limits()).text == PROSE
