"""Chromium for tests: the machine's own, driven by Playwright."""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Nothing that is not asked for leaves the machine.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
NO_WAY_BACK = "--disable-back-forward-cache"
SHOTS = Path(__file__).parents[2] / ".cache" / "screenshots"
PATIENCE_MS = 60_000


@contextmanager
def chromium() -> Generator[Browser]:
    """Run Chromium until the block ends; skip where there is none, but never in CI.

    It remembers pages for the way back, as everybody's does; Playwright's does not.
    """
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None and not os.environ.get("CI"):
        pytest.skip("THE PAGES ARE NOT TESTED: there is no Chromium. Install it: scripts/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=list(QUIET), ignore_default_args=[NO_WAY_BACK]
        )
        yield browser
        browser.close()


def pictured(page: Page, name: str) -> str:
    """Keep a picture of a page in a folder that git ignores; return what it says."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    said = page.locator("body").aria_snapshot()
    return f"{page.url}\n{said}"


def complaints(page: Page) -> list[str]:
    """Return a list that fills with what goes wrong on a page by itself: nothing should."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(f"uncaught: {error}"))
    page.on("console", lambda said: found.append(said.text) if _is_complaint(said.text) else None)
    return found


def _is_complaint(text: str) -> bool:
    """Tell what no page should say; what the network answered is the test's own business."""
    return "Content Security Policy" in text or "Unhandled" in text
