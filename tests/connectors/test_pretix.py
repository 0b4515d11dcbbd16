"""The pretix connector against a real pretix, installed from its wheels."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import requests

from connectors.base import ConnectorError, NeedsReconnect, NoticeRefused, PlatformRefused
from connectors.records import CheckoutRequest, Notice, OrderStatus, ProductChanged
from integration.kernel.clock import SystemClock
from tests.connectors.conformance import ConnectorConformance, a_new_moment, ids, sku, walk
from tests.connectors.real_pretix import PretixUnderTest
from tests.support.pretix.shop import EVENT, ORGANIZER

pytestmark = pytest.mark.slow


@pytest.fixture
def shop(pretix, received, serving):
    return PretixUnderTest(pretix, received, serving)


@pytest.fixture(autouse=True)
def subscribed(shop):
    shop.connector().ensure_webhooks()


class TestPretix(ConnectorConformance):
    signed_headers = ("authorization",)
    bodies_are_signed = False
    notices_expire = False
    since_is_known_of = frozenset()


def reserve(pretix, connector, *, size=1, quantity=1, handle=None, **given):
    wanted = sku()
    pretix.add_item(wanted, "49.00", size=size, sku=wanted)
    request = CheckoutRequest(handle=handle or f"h-{wanted}", sku=wanted, quantity=quantity)
    request = replace(request, **given)
    return request, connector.create_checkout(request)


def test_a_winner_sees_in_the_shop_what_nobody_else_sees(pretix, connector):
    _, checkout = reserve(pretix, connector)
    name = pretix.ask("GET", f"{EVENT}/vouchers/{checkout.external_ref}/")["code"].removeprefix(
        "h-"
    )

    shopper = requests.get(checkout.url, timeout=60)
    stranger = requests.get(f"{pretix.url}/org/launch/", timeout=60)

    assert (shopper.status_code, stranger.status_code) == (200, 200)
    assert name in shopper.text
    assert name not in stranger.text


def test_a_voucher_reserves_the_ticket_for_its_winner(pretix, connector):
    request, _ = reserve(pretix, connector, size=1)

    with pytest.raises(PlatformRefused):
        connector.create_checkout(replace(request, handle="h-another"))


def test_a_voucher_is_used_once_and_ends_with_the_admission(pretix, connector):
    ends = SystemClock().now() + timedelta(minutes=15)
    _, checkout = reserve(pretix, connector, size=2, expires_at=ends)
    voucher = pretix.ask("GET", f"{EVENT}/vouchers/{checkout.external_ref}/")

    pretix.order(voucher)

    used = pretix.ask("GET", f"{EVENT}/vouchers/{checkout.external_ref}/")
    assert (used["max_usages"], used["redeemed"]) == (1, 1)
    assert used["valid_until"].startswith(ends.isoformat()[:16])
    with pytest.raises(AssertionError, match="400"):
        pretix.order(voucher)


def test_an_attempt_whose_answer_was_lost_makes_no_second_voucher(pretix, connector):
    request, checkout = reserve(pretix, connector, size=1)

    again = connector.create_checkout(request)

    assert again == checkout


def test_a_voucher_of_somebody_else_is_not_taken_for_ours(pretix, connector):
    wanted = sku()
    item = pretix.add_item(wanted, "49.00", sku=wanted)
    pretix.ask("POST", f"{EVENT}/vouchers/", {"code": "vip-guests", "item": item})

    with pytest.raises(PlatformRefused):
        connector.create_checkout(CheckoutRequest(handle="vip-guests", sku=wanted))


def test_an_order_without_a_voucher_of_ours_names_no_checkout(pretix, connector):
    since = a_new_moment()
    wanted = sku()
    item = pretix.add_item(wanted, "49.00", sku=wanted)
    made = pretix.ask("POST", f"{EVENT}/vouchers/", {"code": f"press-{wanted}", "item": item})

    code = pretix.order(made)

    (found,) = [one for one in walk(connector.list_orders, since) if one.external_id == code]
    assert (found.checkout_ref, found.handle) == (None, None)


def test_a_pending_order_is_placed_and_becomes_paid(pretix, connector):
    _, checkout = reserve(pretix, connector)
    voucher = pretix.ask("GET", f"{EVENT}/vouchers/{checkout.external_ref}/")
    code = pretix.order(voucher, status="n")
    notice = told_of(code)
    placed = connector.interpret(notice).order

    pretix.ask("POST", f"{EVENT}/orders/{code}/mark_paid/", {"send_email": False})

    assert placed.status is OrderStatus.PLACED
    assert connector.interpret(notice).order.status is OrderStatus.PAID


def test_an_order_that_expired_and_is_paid_after_all_says_so_later(pretix, connector):
    _, checkout = reserve(pretix, connector)
    voucher = pretix.ask("GET", f"{EVENT}/vouchers/{checkout.external_ref}/")
    code = pretix.order(voucher, status="n")
    pretix.ask("POST", f"{EVENT}/orders/{code}/mark_expired/", {})
    expired = connector.interpret(told_of(code)).order

    pretix.ask("POST", f"{EVENT}/orders/{code}/mark_paid/", {"send_email": False})

    paid = connector.interpret(told_of(code)).order
    assert (expired.status, paid.status) == (OrderStatus.CANCELLED, OrderStatus.PAID)
    assert paid.updated_at > expired.updated_at
    assert (paid.checkout_ref, paid.handle) == (expired.checkout_ref, expired.handle)


@pytest.mark.parametrize(("end", "free"), [("mark_canceled", True), ("mark_expired", False)])
def test_an_order_gives_its_voucher_back_when_it_is_cancelled(pretix, connector, end, free):
    _, checkout = reserve(pretix, connector)
    address = f"{EVENT}/vouchers/{checkout.external_ref}/"
    code = pretix.order(pretix.ask("GET", address), status="n")

    pretix.ask("POST", f"{EVENT}/orders/{code}/{end}/", {"send_email": False})

    told = connector.interpret(told_of(code)).order
    assert (told.status, told.checkout_returned) == (OrderStatus.CANCELLED, free)
    assert (pretix.ask("GET", address)["redeemed"] == 0) is free


def test_variations_are_bought_by_their_own_name(pretix, connector):
    since = a_new_moment()
    variations = [
        {"value": {"en": size}, "default_price": price, "active": True}
        for size, price in (("S", "10.00"), ("XL", "12.00"))
    ]
    body = {"name": {"de": "Hemd"}, "default_price": "10.00", "variations": variations}
    item = pretix.ask("POST", f"{EVENT}/items/", body)
    small, large = (each["id"] for each in item["variations"])
    quota = {"name": "shirts", "size": 7, "items": [item["id"]], "variations": [large]}
    pretix.ask("POST", f"{EVENT}/quotas/", quota)

    found = {one.external_id: one for one in walk(connector.list_products, since)}[str(item["id"])]
    made = connector.create_checkout(
        CheckoutRequest(handle=f"h-{sku()}", variant_ref=f"{item['id']}-{large}")
    )

    assert found.name == "Hemd"
    assert {(one.title, one.price) for one in found.variants} == {
        ("S", Decimal("10.00")),
        ("XL", Decimal("12.00")),
    }
    assert {one.external_id: one.inventory for one in found.variants}[f"{item['id']}-{large}"] == 7
    voucher = pretix.ask("GET", f"{EVENT}/vouchers/{made.external_ref}/")
    assert (voucher["item"], voucher["variation"]) == (item["id"], large)
    assert small != large


def test_a_ticket_that_is_gone_is_gone(pretix, connector):
    item = pretix.add_item("Gone", "5.00")
    notice = Notice(
        ref="1",
        topic="pretix.event.item.deleted",
        payload={"organizer": "org", "event": "launch", "item": item},
    )
    there = connector.interpret(notice)

    pretix.ask("DELETE", f"{EVENT}/items/{item}/")

    assert there.product.name == "Gone"
    assert connector.interpret(notice) == ProductChanged(external_id=str(item), product=None)


def test_webhooks_are_set_up_once_and_mended(pretix, shop, connector):
    (made,) = shop.webhooks()
    pretix.ask("PATCH", f"{ORGANIZER}/webhooks/{made['id']}/", {"enabled": False})

    connector.ensure_webhooks()

    (mended,) = shop.webhooks()
    assert (mended["id"], mended["enabled"]) == (made["id"], True)
    assert mended["limit_events"] == ["launch"]


def test_a_connection_without_a_secret_gets_one(shop):
    saved = {}
    connector = shop.connector(webhookPath="", saved=saved)

    connector.ensure_webhooks()

    (made,) = shop.webhooks()
    assert len(saved["webhookPath"]) >= 32
    assert saved["webhookPath"] in made["target_url"]


def test_a_token_that_may_not_set_up_webhooks_tells_what_to_enter(shop, pretix):
    token = pretix.token_with(["event.orders:read", "event.vouchers:read", "event.vouchers:write"])
    connector = shop.connector(apiKey=token)

    setup = connector.ensure_webhooks()

    assert "WEBHOOK_PATH@" in setup.by_hand
    assert connector.verify().missing_scopes == ("organizer.customers:read",)


@pytest.mark.parametrize("value", ["Basic", "Basic !", "Basic ZmFuZmFyZTp3cm9uZw==", "é", ""])
def test_whoever_does_not_know_the_address_is_refused(connector, value):
    with pytest.raises(NoticeRefused):
        connector.read_notice({"Authorization": value}, b"{}")


def test_a_notice_of_another_event_means_nothing(connector):
    told = {"organizer": "org", "event": "other", "code": "ABCDE"}
    notice = Notice(ref="1", topic="pretix.event.order.paid", payload=told)

    assert connector.interpret(notice) is None


def test_an_order_that_is_not_there_means_nothing(connector):
    assert connector.interpret(told_of("NONE1")) is None


@pytest.mark.parametrize("code", ["../../../", "A/B", "", None, 7, "é b"])
def test_a_notice_leads_nowhere_else(connector, code):
    with pytest.raises(ConnectorError):
        connector.interpret(told_of(code))


def test_a_token_that_is_revoked_needs_the_merchant(shop):
    with pytest.raises(NeedsReconnect):
        shop.connector(apiKey="revoked").verify()


def test_more_orders_than_a_page_changed_at_one_moment_are_all_listed(pretix, shop, connector):
    since = a_new_moment()
    wanted = sku()
    item = pretix.add_item(wanted, "5.00", sku=wanted)
    made = {"code": f"many-{wanted}", "item": item, "max_usages": 9}
    voucher = pretix.ask("POST", f"{EVENT}/vouchers/", made)
    codes = {pretix.order(voucher) for _ in range(7)}

    seen = ids(walk(connector.list_orders, since))

    assert codes <= set(seen)
    assert len(seen) == len(set(seen))


def told_of(code):
    payload = {"organizer": "org", "event": "launch", "code": code}
    return Notice(ref="1", topic="pretix.event.order.placed", payload=payload)
