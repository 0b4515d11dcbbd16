"""What happens to a browser while somebody waits: reloads, tabs, lids, tunnels, time."""

import pytest
from playwright.sync_api import expect

from tests.browser.customers import check_out, comes_to, pay, press, reads, sees
from tests.browser.launches import launch, soon
from tests.flows.storefront import rows

pytestmark = pytest.mark.slow


@pytest.fixture
def held(running):
    """A queue that admits nobody until its rate is raised."""
    return launch(running, "queue", admissionRate=0)


def test_a_reload_keeps_the_place(running, visit, widget_page, held):
    page = visit(widget_page(held.experience_id))
    press(page, "Join the line")
    sees(page, "You are in line")

    page.reload()

    sees(page, "You are in line")
    comes_to(held, "QUEUED")


def test_a_second_tab_is_the_same_customer(running, somebody, visit, widget_page, held):
    customer = somebody()
    address = widget_page(held.experience_id)
    first = visit(address, customer)
    press(first, "Join the line")
    sees(first, "You are in line")

    second = visit(address, customer)

    sees(second, "You are in line")
    comes_to(held, "QUEUED")


def test_offline_shows_as_such_and_passes(running, somebody, visit, widget_page, held):
    customer = somebody()
    page = visit(widget_page(held.experience_id), customer)
    press(page, "Join the line")
    sees(page, "You are in line")

    customer.set_offline(True)
    reads(page, "You are offline.")
    held.change(admissionRate=None)
    customer.set_offline(False)

    sees(page, "It is your turn")
    expect(page.get_by_text("You are offline.")).to_have_count(0)


def test_a_laptop_that_slept_goes_on_where_the_line_is(visit, widget_page, held):
    page = visit("about:blank")
    page.clock.install()
    page.goto(widget_page(held.experience_id))
    press(page, "Join the line")
    sees(page, "You are in line")

    page.clock.pause_at(soon(60))
    held.change(admissionRate=None)
    page.clock.fast_forward("01:30:00")
    page.clock.resume()

    sees(page, "It is your turn")


def test_an_access_token_that_ended_is_renewed_unseen(running, visit, widget_page, held):
    page = visit(widget_page(held.experience_id))
    press(page, "Join the line")
    sees(page, "You are in line")
    refreshed: list[str] = []
    page.on("request", lambda sent: refreshed.append(sent.url) if "refresh" in sent.url else None)

    page.clock.install(time=soon(2 * 3600))
    page.reload()

    sees(page, "You are in line")
    assert len(refreshed) == 1
    comes_to(held, "QUEUED")


def test_an_admission_that_ended_says_so_and_lets_join_again(running, visit, widget_page):
    drop = launch(running, "queue")
    page = visit("about:blank")
    page.clock.install()
    page.goto(widget_page(drop.experience_id))
    press(page, "Join the line")
    sees(page, "It is your turn")

    over = "UPDATE admission SET expires_at = now() WHERE distribution_id = %s RETURNING id"
    assert rows(running, over, drop.id)
    page.clock.fast_forward("00:30:00")

    sees(page, "Your time ran out")
    press(page, "Join again")
    sees(page, "It is your turn")


def test_somebody_who_is_denied_is_told_without_a_reason(running, visit, widget_page, held):
    page = visit("about:blank")
    page.clock.install()
    page.goto(widget_page(held.experience_id))
    press(page, "Join the line")
    sees(page, "You are in line")
    [entry] = held.entries()

    denied = {"reason": "BOT_DETECTED", "consumerId": entry["consumerId"]}
    assert running.post(f"{held.public}/deny", denied).status_code == 200
    page.clock.fast_forward("00:01:00")

    sees(page, "This is not open to you")
    expect(page.get_by_text("BOT")).to_have_count(0)


def test_a_queue_that_ends_tells_those_who_wait(running, visit, widget_page, held):
    page = visit(widget_page(held.experience_id))
    press(page, "Join the line")
    sees(page, "You are in line")

    held.does("end")

    sees(page, "This has ended")


def test_sold_out_is_told_to_those_who_wait(running, visit, widget_page):
    drop = launch(running, "queue", inventoryBound=True, stock=1)
    buyer, late = (visit(widget_page(drop.experience_id)) for _ in range(2))
    press(buyer, "Join the line")
    sees(buyer, "It is your turn")
    press(late, "Join the line")
    sees(late, "You are in line")

    check_out(buyer)
    pay(buyer)

    sees(late, "Sold out")


def test_a_launch_that_has_not_opened_opens_by_itself(running, visit, widget_page):
    drop = launch(running, "queue", openAt=soon(3600))
    page = visit(widget_page(drop.experience_id))
    sees(page, "The line opens soon")
    drop.change(openAt=soon(8))
    page.reload()

    press(page, "Join the line")

    sees(page, "It is your turn")


def test_two_in_line_pass_in_order(running, visit, widget_page, held):
    first, second = (visit(widget_page(held.experience_id)) for _ in range(2))
    press(first, "Join the line")
    sees(first, "You are in line")
    press(second, "Join the line")
    reads(second, "person ahead of you")

    held.change(maxActiveAdmissions=1, admissionRate=None)
    sees(first, "It is your turn")
    sees(second, "You are in line")
    press(first, "Give up my place")
    press(first, "Yes")

    sees(second, "It is your turn")
