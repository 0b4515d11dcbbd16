"""The demo shop as a visitor meets it: every way of building it, every way to the checkout."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.customers import is_declined, pay, press, sees
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow
WHERE = ["same_site", "external", "embedded", "embedded external"]
MAY_PAY = "() => document.featurePolicy.allowsFeature('payment')"
OPEN = {
    "queue": "The line is open",
    "draw": "Enter the draw",
    "auction": "Bidding is open",
    "timed-release": "Available now",
    "appointment": "Choose your time",
    "waitlist": "Join the waitlist",
}


@pytest.fixture
def shop(running, visit):
    """Opens a page of the demo shop as somebody new."""
    return lambda path, customer=None: visit(f"{running.url}/demo{path}", customer)


def test_each_launch_is_open_in_its_products_page(shop, somebody):
    visitor = somebody()

    for slug, title in OPEN.items():
        page = shop(f"/launches/{slug}", visitor)
        sees(page, title)
        page.close()


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("via", ["handoff", "session_storage", "url"])
def test_an_admission_reaches_the_checkout_and_comes_back_as_an_order(running, shop, via, where):
    page = shop("/paths/checkout")
    page.locator(f'input[value="{via}"]').check()
    page.locator(f'input[value="{where}"]').check()

    press(page, "Get a pair")
    framed = "embedded" in where
    checkout = page.frame_locator("iframe") if framed else page
    is_declined(checkout)
    assert checkout.locator("body").evaluate(MAY_PAY)
    pay(checkout)

    here = running.url if where != "external" else running.url.replace("127.0.0.1", "localhost")
    assert page.url.startswith(here)
    assert "eyJ" not in page.url
    if framed:
        expect(page.get_by_text(re.compile("The frame says: completed, ODD-"))).to_be_visible()


def test_nobody_can_press_before_the_page_listens(running, somebody, visit):
    customer, held = somebody(), []

    def hold(asked: Route) -> None:
        held.append(asked)

    customer.route("**/api/v1/organizations/current", hold)
    page = visit(f"{running.url}/demo/paths/checkout", customer)
    button = page.get_by_role("button", name="Get a pair")

    expect(button).to_be_disabled()
    wait_until(lambda: held or page.wait_for_timeout(10), "the page has asked whose key it has")
    held[0].continue_()

    expect(button).to_be_enabled()


@pytest.mark.parametrize(
    ("path", "enter", "leave"),
    [
        ("script-tag", "Join the line", "Go to checkout"),
        ("web-component", "Get yours", "Go to checkout"),
        ("core", "Get in line", "Buy"),
    ],
)
def test_each_way_of_building_it_leads_to_the_checkout(shop, path, enter, leave):
    page = shop(f"/paths/{path}")

    press(page, enter)
    press(page, leave)

    sees(page, "It is your turn")


def test_react_shows_the_widget_and_knows_its_phase(shop):
    page = shop("/paths/react")

    press(page, "Enter the draw")

    expect(page.get_by_text("The page knows as well: participating.")).to_be_visible()


def test_the_checkout_counts_down_and_warns_before_leaving_until_it_is_paid(shop):
    page = shop("/paths/core")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    press(page, "Get in line")
    press(page, "Buy")
    timer = page.get_by_role("timer")
    expect(timer).to_be_visible()
    first = timer.inner_text()

    wait_until(lambda: timer.inner_text() != first, "the clock goes on")
    page.get_by_label("A card that works").check()
    reload_of(page)
    before = list(asked)
    is_declined(page)
    pay(page)
    reload_of(page)

    assert before == asked == ["beforeunload"]


def test_somebody_may_begin_again_as_somebody_else(shop):
    page = shop("/paths/core")
    press(page, "Get in line")
    press(page, "Buy")
    pay(page)
    page.get_by_role("link", name="Back to the shop").click()

    with page.expect_navigation():
        press(page, "Begin again as somebody else")
    again = shop("/launches/queue", page.context)

    sees(again, "The line is open")


def reload_of(page: Page) -> None:
    """Reload the page as somebody does, who is asked first where the page wants that."""
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
