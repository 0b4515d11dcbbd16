"""One service and one Chromium for all browser tests; a browser context for each customer."""

from collections.abc import Callable, Generator, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browsers import PATIENCE_MS, chromium, complaints, pictured
from tests.support.house import House, house
from tests.support.sites import Site, site

WIDGET = """<!doctype html>
<html lang="en">
<title>Acme</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script src="/sdk/web-components/fanfare.js" defer></script>
<h1>The drop</h1>
<fanfare-experience-widget
  api-url="{url}" organization-id="{organizationId}" publishable-key="{publishableKey}"
  experience-id="{experience}" {more}></fanfare-experience-widget>
</html>
"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Let fixtures know of a failure, so that they keep what the pages showed."""
    report = yield
    if report.failed:
        item.failed = True  # type: ignore[attr-defined]
    return report


@pytest.fixture(scope="package")
def running() -> Generator[House]:
    """The whole service in processes of its own, with the demo's keys."""
    with house() as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Generator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with chromium() as browser:
        yield browser


@pytest.fixture
def shop() -> Generator[Site]:
    """A merchant's site on an origin of its own."""
    with site() as made:
        yield made


@pytest.fixture
def somebody(browser) -> Generator[Callable[..., BrowserContext]]:
    """Makes a customer: a browser of their own, with nothing in it."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def visit(request, somebody) -> Generator[Callable[..., Page]]:
    """Opens an address as a customer, somebody new unless told; pages must not complain."""
    heard: list[list[str]] = []
    pages: list[Page] = []

    def open_(address: str, customer: BrowserContext | None = None) -> Page:
        page = (customer or somebody()).new_page()
        heard.append(complaints(page))
        pages.append(page)
        page.goto(address)
        return page

    yield open_
    if hasattr(request.node, "failed"):
        said = [pictured(page, f"{request.node.name}-{n}") for n, page in enumerate(pages)]
        request.node.add_report_section("call", "pages", "\n".join(said))
    assert [each for each in heard if each] == []


@pytest.fixture
def widget_page(running, shop) -> Callable[..., str]:
    """Makes a merchant's page with the widget in it, and returns its address."""

    def make(experience_id: str, more: str = "auto-start", path: str = "/drop") -> str:
        given = {"url": running.url, "experience": experience_id, "more": more}
        return shop.page(path, WIDGET.format(**running.demo, **given))

    return make
