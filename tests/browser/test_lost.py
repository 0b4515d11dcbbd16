"""What a page does about a service that is away for a moment, or a part that is lost once."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.customers import PAY, pay, press, sees
from tests.browser.launches import launch
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
WHOSE_KEY = "**/api/v1/organizations/current"
# More than the SDK would wait for by itself.
AWAY = {"status": 503, "headers": {"Retry-After": "600"}, "body": "{}"}
MODULES = """<!doctype html>
<html lang="de">
<title>Acme</title>
<script type="module">
import {{ registerWebComponents }} from "{url}/sdk/web-components.js";
registerWebComponents();
</script>
<fanfare-experience-widget
  publishable-key="{publishableKey}" experience-id="{experience}" auto-start>
  <p>The launch is on its way.</p></fanfare-experience-widget>
</html>
"""


class Loss:
    """Drops the first request of each address that fits, and lets the others through."""

    def __init__(self) -> None:
        self.dropped: list[str] = []

    def __call__(self, asked: Route) -> None:
        if asked.request.url in self.dropped:
            asked.continue_()
        else:
            self.dropped.append(asked.request.url)
            asked.abort()


@pytest.fixture
def modules(running, shop):
    """Makes a merchant's page with the widget as modules, which load their parts one by one."""

    def make(experience_id: str) -> str:
        given = {"url": running.url, "experience": experience_id}
        return shop.page("/modules", MODULES.format(**running.demo, **given))

    return make


def test_parts_that_are_lost_once_are_loaded_again(running, somebody, visit, modules):
    drop = launch(running, "draw")
    customer, loss = somebody(), Loss()
    customer.route(re.compile(r"/sdk/(running|draw|de|en-later)-.*\.js$"), loss)
    page = visit(modules(drop.experience_id), customer)
    enter = page.get_by_role("button", name="Teilnehmen")

    def has_come() -> bool:
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(100)
        return enter.is_visible()

    wait_until(has_come, "the launch is there, in the page's language")
    assert len(loss.dropped) == 4
    expect(page.get_by_text("The launch is on its way.")).to_be_hidden()


def test_react_loads_its_widget_again(running, somebody, visit):
    customer, loss = somebody(), Loss()
    built = (ROOT / "sdk" / "browser" / "dist" / "demo-react.js").read_text()
    [part] = re.findall(r"import\(\W+([\w.-]+\.js)", built)
    customer.route(f"**/sdk/{part}", loss)
    page = visit(f"{running.url}/demo/paths/react", customer)

    expect(page.get_by_role("alert")).to_contain_text("The launch could not be loaded.")
    sees(page, "Enter the draw")

    assert len(loss.dropped) == 1


def test_a_checkout_page_needs_no_service_to_know_who_comes(running, visit):
    page = visit(f"{running.url}/demo/paths/checkout")
    page.locator('input[value="session_storage"]').check()
    button = page.get_by_role("button", name="Get a pair")
    expect(button).to_be_enabled()

    page.route(WHOSE_KEY, lambda asked: asked.abort())
    button.click()

    expect(page.get_by_role("button", name=PAY)).to_be_visible()


def test_a_checkout_page_whose_script_is_lost_says_how_to_go_on(running, visit, somebody):
    customer = somebody()
    customer.route("**/sdk/core.js", lambda asked: asked.abort())

    page = visit(f"{running.url}/demo/checkout", customer)

    expect(page.get_by_role("link", name="Reload this page")).to_be_visible()


def test_a_page_of_ones_own_offers_to_try_again(running, somebody, visit):
    customer = somebody()
    customer.route(WHOSE_KEY, lambda asked: asked.fulfill(**AWAY))
    page = visit(f"{running.url}/demo/paths/core", customer)
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_visible()

    customer.unroute(WHOSE_KEY)
    again.click()

    press(page, "Get in line")


def test_a_page_of_ones_own_waits_for_the_service_by_itself(running, somebody, visit):
    customer = somebody()
    customer.route(WHOSE_KEY, lambda asked: asked.fulfill(**AWAY))
    page = visit("about:blank", customer)
    page.clock.install()
    page.goto(f"{running.url}/demo/paths/checkout")
    expect(page.locator("#says")).to_contain_text("We try again by ourselves.")
    button = page.get_by_role("button", name="Get a pair")
    expect(button).to_be_disabled()

    customer.unroute(WHOSE_KEY)
    page.clock.fast_forward("00:30")

    expect(button).to_be_enabled()
    expect(page.locator("#says")).to_be_empty()


def test_whoever_could_not_begin_again_may_try_again(running, somebody, visit):
    customer = somebody()
    page = visit(f"{running.url}/demo", customer)
    customer.route(WHOSE_KEY, lambda asked: asked.fulfill(**AWAY))
    press(page, "Begin again as somebody else")
    again = page.get_by_role("button", name="That did not work. Try again")
    expect(again).to_be_enabled()

    customer.unroute(WHOSE_KEY)
    with page.expect_navigation():
        again.click()


def test_a_frame_tells_of_the_order_although_its_part_was_lost_once(running, somebody, visit):
    customer, loss = somebody(), Loss()
    page = visit(f"{running.url}/demo/paths/checkout", customer)
    page.locator('input[value="embedded"]').check()
    press(page, "Get a pair")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("button", name=PAY)).to_be_visible()

    customer.route("**/sdk/embedded.js", loss)
    pay(frame)

    expect(page.get_by_text(re.compile("The frame says: completed, ODD-"))).to_be_visible()
    assert loss.dropped
