"""The docs page in a real browser that reaches nothing but the server itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from sqlalchemy import Engine

from app.main import create_app
from app.settings import Settings
from tests.api import newsroom

CHROMIUM = Path("/usr/bin/chromium")
# No sandbox: tests run as root in containers; no background traffic: the network is to stay silent.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed")


@pytest.fixture
def address(engine: Engine) -> Iterator[str]:
    for number in range(3):
        newsroom.store(engine, newsroom.article(number))
    app = create_app(Settings(database_url=str(engine.url)), newsroom.StubExtractor)
    with newsroom.serving(app) as url:
        yield url


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield made
        made.close()


def test_a_request_can_be_tried_out_without_a_network(
    address: str, browser: Browser, tmp_path: Path
) -> None:
    blocked: list[str] = []
    complaints: list[str] = []

    def only_loopback(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            blocked.append(route.request.url)
            route.abort()

    page: Page = browser.new_page(viewport={"width": 1280, "height": 1600})
    page.route(re.compile("^https?:"), only_loopback)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/docs")
    operation = page.locator("#operations-quotes-list_quotes")
    operation.get_by_role("button").first.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table .response")
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text("Mira Kovalenko")
    operation.screenshot(path=tmp_path / "docs.png")
    assert blocked == []
    assert complaints == []
