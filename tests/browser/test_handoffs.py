"""What may go wrong between the turn and the order."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.customers import PAY, check_out, is_declined, pay, press, sees
from tests.browser.launches import launch

pytestmark = pytest.mark.slow
PAGE = "/demo/paths/checkout"


def hand_over(page: Page) -> None:
    """Get a pair by a code, and come to the checkout on this site."""
    press(page, "Get a pair")
    expect(page.get_by_role("button", name=PAY)).to_be_visible()


def test_a_failed_payment_keeps_the_admission_and_a_reload_costs_nothing(running, visit):
    page = visit(running.url + PAGE)
    hand_over(page)

    is_declined(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()

    pay(page)


@pytest.mark.parametrize(
    ("outcome", "gates", "said"),
    [
        ("gated", [{"kind": "access_code"}], "Something is asked of you first"),
        ("no_access", [], "Not available right now"),
    ],
)
def test_a_page_of_ones_own_says_what_it_cannot_wait_for(running, visit, outcome, gates, said):
    page = visit(running.url + PAGE)
    way = {"outcome": outcome, "sequenceId": None, "offers": [], "gates": gates}
    page.route("**/api/v1/experiences/*/route", lambda asked: asked.fulfill(json=way))

    press(page, "Get a pair")

    expect(page.locator("#says")).to_contain_text(said)


def test_a_code_that_was_opened_elsewhere_opens_nothing(running, somebody, visit):
    page = visit(running.url + PAGE)
    codes: list[str] = []
    page.on("request", lambda sent: codes.append(sent.url) if "/checkout/" in sent.url else None)
    hand_over(page)
    [code] = [each for each in codes if f"{running.url}/checkout/" in each]

    stolen = somebody().new_page()
    answer = stolen.goto(code)

    assert answer is not None
    assert answer.status == 410
    expect(stolen.get_by_role("button", name=PAY)).to_have_count(0)


def test_a_page_that_is_come_back_to_goes_on_where_it_was_left(running, visit, widget_page):
    page = visit(widget_page(launch(running, "queue").experience_id))
    press(page, "Join the line")
    sees(page, "It is your turn")
    page.evaluate("addEventListener('pageshow', (event) => (window.kept = event.persisted))")
    check_out(page)
    page.on("dialog", lambda dialog: dialog.accept())

    page.go_back(wait_until="commit")

    sees(page, "It is your turn")
    assert page.evaluate("window.kept")
    check_out(page)
