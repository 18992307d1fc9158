"""A real browser to look at reports with."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.report.page import page as page_of
from pipeline.report.payload import payload
from pipeline.report.tables import read
from pipeline.snapshots import existing_output

try:
    from playwright.sync_api import Browser, Page, sync_playwright
except ImportError:
    sync_playwright = None

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def written() -> Callable[[Path, Path], Path]:
    """Writes the report of an output to a file."""

    def written(output: Path, to: Path) -> Path:
        to.write_text(page_of(payload(read(existing_output(str(output))))), encoding="utf-8")
        return to

    return written


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium without a window; gone after the file, as no other loop runs, and no run forks well, beside its driver."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if sync_playwright is None or found is None:
        pytest.skip(
            f"no playwright, or none of {', '.join(BROWSERS)} in PATH (Debian: apt install chromium): the report is not looked at"
        )
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found)
        yield launched
        launched.close()


@pytest.fixture
def opened(browser: "Browser", request: pytest.FixtureRequest) -> Iterator[Callable[..., "Page"]]:
    """Opens a report; at the end of the test no error was on the console and no request but for the page was made."""
    troubles: list[str] = []
    contexts = []

    def opened(report: Path, **settings: Any) -> "Page":
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda made: made.url == report.as_uri() or troubles.append(f"request: {made.url}"))
        page.goto(report.as_uri())
        settled(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not troubles


def settled(page: "Page") -> None:
    """Waits until everything is drawn."""
    page.wait_for_selector("main[aria-busy=false]")
