"""A winner has one checkout in the shop, however often they leave the line and win again."""

from dataclasses import replace
from threading import Event, Thread

import pytest
from sqlalchemy import text

from connectors.fake import PLATFORM
from connectors.records import Checkout
from integration.services import admitting
from tests.api.admitted import Books, admitted, books, enter, status
from tests.api.shopping import (
    check_out,
    hand_off,
    let_time_pass,
    make_shop_launch,
    path_of,
    send,
)
from tests.api.test_inbound import known_by_address, the_order
from tests.api.test_reconciliation import look
from tests.jobs.support import drain
from tests.support.people import prove

__all__ = ["known_by_address"]
EMAIL = "jane@shop.example"
PATIENCE = 30


class Winner:
    """One winner of a launch that lets them buy two, and what they do."""

    def __init__(self, client, rt, merchant):
        self.client, self.rt, self.merchant = client, rt, merchant
        self.sold = make_shop_launch(rt, merchant, units_per_admission=2)
        self.shop = self.sold.shop
        self.guest, self.token = admitted(client, rt, merchant, self.sold.launch)

    def leave(self):
        path = f"/api/v1/queues/{self.sold.launch.queue_id}/leave"
        assert self.client.post(path, headers=self.guest.headers).status_code == 200

    def win_again(self):
        self.leave()
        enter(self.client, self.sold.launch, self.guest)
        admitting.admit_due(self.rt, self.sold.launch.queue_id)
        self.token = status(self.client, self.sold.launch, self.guest)["admissionToken"]

    def ask(self, **body):
        return hand_off(self.client, self.guest, self.token, **body)

    def check_out(self, **body):
        return check_out(self.client, self.guest, self.token, **body)

    def pay(self, code):
        """Pay a checkout in the shop; return what came of the order here."""
        send(self.client, self.sold.connection_id, self.shop.pay(code))
        drain(self.rt)
        order = the_order(self.client, self.merchant, code)
        return order["completion"], order["completionReason"]

    def stands(self):
        return status(self.client, self.sold.launch, self.guest)["status"]


@pytest.fixture
def winner(client, rt, merchant):
    return Winner(client, rt, merchant)


def test_whoever_wins_again_goes_on_with_the_same_checkout(winner):
    codes = [winner.check_out()]

    for _ in range(3):
        winner.win_again()
        codes.append(winner.check_out())

    assert len(set(codes)) == 1
    assert winner.shop.calls["create_checkout"] == 1


def test_its_order_completes_the_admission_that_is_live(winner, client, rt, merchant):
    winner.check_out()
    winner.win_again()
    code = winner.check_out()
    [open_now] = look(client, merchant, winner.sold.connection_id)["openCheckouts"]

    said = winner.pay(code)

    assert open_now["externalRef"] == code
    assert said == ("completed", None)
    assert winner.stands() == "COMPLETED"
    assert books(rt, winner.sold.launch) == Books(waiting=0, active=0, held=0, sold=2)


def test_so_does_one_that_is_paid_before_they_come_back_to_it(winner):
    code = winner.check_out()
    winner.win_again()

    said = winner.pay(code)

    assert said == ("completed", None)
    assert winner.stands() == "COMPLETED"


def test_without_another_admission_it_completes_nothing(winner, client):
    code = winner.check_out()
    winner.leave()
    enter(client, winner.sold.launch, winner.guest)

    said = winner.pay(code)

    assert said == ("rejected", "LEFT")
    assert winner.stands() == "QUEUED"


def test_another_quantity_is_refused_as_before(winner):
    winner.check_out(quantity=1)
    winner.win_again()

    refused = winner.ask(quantity=2)

    assert (refused.status_code, refused.json["code"]) == (409, "CHECKOUT_OPEN")


def test_a_checkout_that_an_order_has_used_up_is_followed_by_another(winner, rt):
    first = winner.check_out()
    winner.win_again()
    with rt.transaction() as tx:
        tx.session.execute(text("UPDATE admission SET state = 'COMPLETED' WHERE state = 'LEFT'"))

    assert winner.check_out() != first


def test_a_checkout_that_the_shop_has_ended_is_followed_by_another(winner, rt):
    first = winner.check_out()
    let_time_pass(rt, "handoff", "checkout_until")
    winner.win_again()

    assert winner.check_out(quantity=2) != first


def test_another_winner_has_a_checkout_of_their_own(winner, client, rt, merchant):
    guest, token = admitted(client, rt, merchant, winner.sold.launch)

    assert check_out(client, guest, token) != winner.check_out()


def test_of_two_people_who_are_one_no_third_checkout_is_made(winner, client, rt, merchant):
    launch = winner.sold.launch
    known = prove(client, merchant, email=EMAIL)
    enter(client, launch, known)
    admitting.admit_due(rt, launch.queue_id)
    token = status(client, launch, known)["admissionToken"]
    codes = [winner.check_out(), check_out(client, known, token)]

    winner.guest = prove(client, merchant, winner.guest, email=EMAIL)
    winner.token = status(client, launch, winner.guest)["admissionToken"]
    code = winner.check_out()
    said = winner.pay(codes[1])

    assert code in codes
    assert said == ("completed", None)
    assert winner.stands() == "COMPLETED"


def test_while_the_shop_is_slow_with_the_first_nobody_asks_for_a_second(
    winner, app, client, monkeypatch
):
    open_order, asked, answered = winner.shop.open_order, Event(), Event()

    def slowly(*given):
        asked.set()
        assert answered.wait(PATIENCE)
        return open_order(*given)

    monkeypatch.setattr(winner.shop, "open_order", slowly)
    first = path_of(winner.ask())
    asking = Thread(target=lambda: app.test_client().get(first))
    asking.start()
    try:
        assert asked.wait(PATIENCE)
        winner.win_again()
        early = client.get(path_of(winner.ask()))
    finally:
        answered.set()
        asking.join()
    late = winner.check_out()

    assert early.status_code == 503
    assert list(winner.shop.orders) == [late]


def test_where_links_open_once_they_get_another_to_the_same_cart(winner, monkeypatch):
    single = replace(PLATFORM, single_use_links=True)
    monkeypatch.setattr("integration.services.checkouts.find_platform", lambda *_, **__: single)
    asked = []

    def link(_, request):
        asked.append(request.again)
        url = f"{winner.shop.url}/checkout?order=L{len(asked)}"
        return Checkout(url=url, external_ref=request.again or "CART")

    monkeypatch.setattr("connectors.fake.connector.FakeConnector.create_checkout", link)

    places = [winner.check_out()]
    winner.win_again()
    places.append(winner.check_out())

    assert places == ["L1", "L2"]
    assert asked == [None, "CART"]
