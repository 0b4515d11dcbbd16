"""Each mechanism from the first click to the order, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.customers import check_out, comes_to, pay, press, reads, sees
from tests.browser.launches import launch
from tests.flows.storefront import ADMIN, rows

pytestmark = pytest.mark.slow
REACT = """<!doctype html>
<html lang="en">
<title>Acme</title>
<h1>The drop</h1>
<div id="launch" data-organization-id="{organizationId}" data-publishable-key="{publishableKey}"
  data-experience-id="{experience}"></div>
<script type="module" src="{url}/sdk/demo-react.js"></script>
</html>
"""
BEGUN = "UPDATE booking SET starts_at = now() WHERE distribution_id = %s"


def test_a_queue_leads_from_the_line_to_an_order(running, visit, widget_page):
    drop = launch(running, "queue", inventoryBound=True, stock=10)
    address = widget_page(drop.experience_id)
    page = visit(address)

    press(page, "Join the line")
    sees(page, "It is your turn")
    check_out(page)
    pay(page)

    comes_to(drop, "COMPLETED")
    page.goto(address)
    sees(page, "Thank you for your order")


def test_react_leads_from_the_line_to_an_order(running, shop, visit):
    drop = launch(running, "queue")
    given = {"url": running.url, "experience": drop.experience_id}
    page = visit(shop.page("/react", REACT.format(**running.demo, **given)))

    press(page, "Join the line")
    sees(page, "It is your turn")
    check_out(page)
    pay(page)

    comes_to(drop, "COMPLETED")


def test_a_draw_tells_the_winner_and_leads_to_an_order(running, visit, widget_page):
    drop = launch(running, "draw")
    page = visit("about:blank")
    page.clock.install()
    page.goto(widget_page(drop.experience_id))

    press(page, "Enter the draw")
    sees(page, "You are in the draw")
    drop.does("run")
    comes_to(drop, "ADMITTED")
    page.clock.fast_forward("01:00:00")
    sees(page, "You have been selected")
    check_out(page)
    pay(page)

    comes_to(drop, "COMPLETED")


def test_the_keyboard_stays_with_somebody_whose_next_view_is_loaded_late(
    running, visit, widget_page
):
    drop = launch(running, "draw")
    page = visit(widget_page(drop.experience_id, more=""))

    page.get_by_role("button", name="Start", exact=True).press("Enter")

    title = page.get_by_role("heading", name="Enter the draw", exact=True)
    expect(title).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Enter the draw", exact=True)).to_be_focused()


def test_an_auction_tells_who_is_outbid_and_who_has_won(running, visit, widget_page):
    drop = launch(running, "auction")
    page = visit(widget_page(drop.experience_id))

    page.get_by_label("Your bid in USD").fill("200.00")
    press(page, "Place bid")
    reads(page, "You have the highest bid")
    rival = {"json": {"amount": "250.00"}, "headers": running.guest()}
    assert running.call("POST", f"{drop.public}/bid", **rival).status_code == 201
    reads(page, "You have been outbid")
    page.get_by_label("Your bid in USD").fill("260.00")
    press(page, "Raise bid")
    reads(page, "$260.00")
    drop.does("settle")
    comes_to(drop, "ADMITTED", "QUEUED")
    page.reload()
    sees(page, "You have won")
    check_out(page)
    pay(page)

    comes_to(drop, "COMPLETED", "DENIED")


def test_a_timed_release_lets_in_at_once(running, visit, widget_page):
    drop = launch(running, "timed_release", inventoryBound=True, stock=1)
    page = visit(widget_page(drop.experience_id))

    press(page, "Get yours")
    sees(page, "It is your turn")
    check_out(page)
    pay(page)

    comes_to(drop, "COMPLETED")


def test_an_appointment_is_booked_moved_and_kept(running, visit, widget_page):
    drop = launch(running, "appointment", admitAtStart=True)
    page = visit(widget_page(drop.experience_id))

    page.get_by_role("group", name="Day").get_by_role("radio").nth(1).check(force=True)
    page.get_by_role("group", name="Time").get_by_role("radio").first.check(force=True)
    press(page, "Book this time")
    sees(page, "Your time is booked")
    expect(page.get_by_text("Confirmation code")).to_be_visible()
    rows(running, BEGUN, drop.id)
    page.reload()
    sees(page, "It is your turn")
    check_out(page)
    pay(page)

    comes_to(drop, "COMPLETED")


def test_a_waitlist_is_joined_and_left(running, visit, widget_page):
    drop = launch(running, "waitlist")
    page = visit(widget_page(drop.experience_id))

    press(page, "Join the waitlist")
    sees(page, "You are on the waitlist")
    press(page, "Leave the waitlist")
    press(page, "Yes")

    sees(page, "Join the waitlist")
    waiting = running.get(f"{ADMIN}/sequences/{drop.sequence_id}/waitlist/consumers").json()
    assert [each["status"] for each in waiting["data"]] == ["left"]
