"""What every connector promises. A platform brings a ``shop`` fixture and inherits the rest."""

from dataclasses import fields
from datetime import timedelta
from decimal import Decimal

import pytest

from connectors.base import (
    Connector,
    NeedsReconnect,
    NoticeRefused,
    PlatformBusy,
    PlatformRefused,
)
from connectors.records import Checkout, CheckoutRequest, OrderChanged, OrderStatus
from integration.kernel.clock import SystemClock
from tests.connectors.shop_under_test import (
    PAGE_SIZE,
    StoppedClock,
    a_new_moment,
    email,
    ids,
    new_handle,
    sku,
    walk,
)


class ConnectorConformance:
    """Needs the fixture ``shop``, a ``ShopUnderTest``.

    A platform says here what it cannot do, and its page in docs/connectors says so too.
    """

    signed_headers = ("webhook-signature", "webhook-id", "webhook-timestamp")
    """Without one of these a notice is refused."""
    bodies_are_signed = True
    """Else a notice is not believed: what it names is read again."""
    notices_expire = True
    since_is_known_of = frozenset({"products", "customers"})
    """Lists that leave out what did not change; the others are walked whole."""
    orders_name_their_handle = True
    """Else the shop's own name for the checkout is the only join."""

    @pytest.fixture
    def connector(self, shop) -> Connector:
        return shop.connector()

    @pytest.fixture
    def handle(self) -> str:
        return new_handle()

    @pytest.fixture
    def checkout(self, shop, connector, handle) -> Checkout:
        wanted = sku()
        shop.add_product(wanted, Decimal("19.99"))
        return connector.create_checkout(CheckoutRequest(handle=handle, sku=wanted))

    def test_a_good_connection_says_whose_shop_it_is(self, connector):
        found = connector.verify()

        assert found.good
        assert found.shop

    def test_pages_cover_every_product_once(self, shop, connector):
        added = [shop.add_product(sku(), Decimal("5.00")) for _ in range(2 * PAGE_SIZE + 1)]

        seen = ids(walk(connector.list_products))

        assert set(added) <= set(seen)
        assert len(seen) == len(set(seen))

    def test_a_product_arrives_with_its_exact_price_and_variant(self, shop, connector):
        since, wanted = a_new_moment(), sku()
        added = shop.add_product(wanted, Decimal("12.34"))

        found = {one.external_id: one for one in walk(connector.list_products, since)}[added]

        assert found.price == Decimal("12.34")
        assert found.currency == "USD"
        assert [variant.sku for variant in found.variants] == [wanted]
        assert found.updated_at is None or found.updated_at.tzinfo

    def test_a_page_boundary_that_shifts_loses_no_product(self, shop, connector):
        since = a_new_moment()
        added = [shop.add_product(sku(), Decimal("5.00")) for _ in range(3 * PAGE_SIZE)]
        moved = []

        def change_one_given_and_one_to_come(page):
            moved.extend([page.records[0].external_id, added[-2]])
            for external_id in moved:
                shop.change_product(external_id)

        seen = ids(walk(connector.list_products, since, change_one_given_and_one_to_come))

        assert set(added) <= set(seen)
        untouched = [external_id for external_id in seen if external_id not in moved]
        assert len(untouched) == len(set(untouched))

    def test_a_walk_can_be_taken_up_by_another_process(self, shop, connector):
        added = [shop.add_product(sku(), Decimal("5.00")) for _ in range(2 * PAGE_SIZE)]
        first = connector.list_products(None, None)

        def go_on(cursor, since):
            return shop.connector().list_products(cursor or first.next_cursor, since)

        rest = walk(go_on)

        assert set(added) <= set(ids(first.records) + ids(rest))

    def test_pages_know_how_many_there_are(self, shop, connector):
        for _ in range(PAGE_SIZE + 1):
            shop.add_product(sku(), Decimal("5.00"))
        first = connector.list_products(None, None)

        second = connector.list_products(first.next_cursor, None)

        assert first.total == second.total == len(walk(connector.list_products))

    def test_since_leaves_out_what_did_not_change(self, shop, connector):
        self._needs("products" in self.since_is_known_of)
        old = [shop.add_product(sku(), Decimal("5.00")) for _ in range(2)]
        since = a_new_moment()
        shop.change_product(old[0])
        new = shop.add_product(sku(), Decimal("5.00"))

        seen = set(ids(walk(connector.list_products, since)))

        assert {old[0], new} <= seen
        assert old[1] not in seen

    def test_since_includes_its_own_moment(self, shop, connector):
        self._needs("products" in self.since_is_known_of)
        since = a_new_moment()
        added = shop.add_product(sku(), Decimal("5.00"))
        (found,) = walk(connector.list_products, since)

        seen = ids(walk(connector.list_products, found.updated_at))

        assert added in seen

    def test_pages_cover_every_customer_once(self, shop, connector):
        emails = {email() for _ in range(PAGE_SIZE + 1)}
        added = {shop.add_customer(address) for address in emails}

        seen = walk(connector.list_customers)

        assert added <= set(ids(seen))
        assert emails <= {customer.email for customer in seen}
        assert len(seen) == len(set(ids(seen)))

    def test_customers_since_leave_out_the_old(self, shop, connector):
        self._needs("customers" in self.since_is_known_of)
        old = shop.add_customer(email())
        since = a_new_moment()
        new = shop.add_customer(email())

        seen = ids(walk(connector.list_customers, since))

        assert new in seen
        assert old not in seen

    def test_a_checkout_carries_its_handle(self, handle, checkout):
        assert checkout.url.startswith("http")
        assert handle in checkout.url
        assert checkout.external_ref

    def test_two_checkouts_are_two(self, shop, connector, checkout):
        wanted = sku()
        shop.add_product(wanted, Decimal("5.00"))

        other = connector.create_checkout(CheckoutRequest(handle=new_handle(), sku=wanted))

        assert other.external_ref != checkout.external_ref

    def test_an_unknown_variant_is_refused(self, connector):
        request = CheckoutRequest(handle=new_handle(), sku="no-such-sku")

        with pytest.raises(PlatformRefused):
            connector.create_checkout(request)

    def test_more_than_there_is_is_refused(self, shop, connector):
        wanted = sku()
        shop.add_product(wanted, Decimal("5.00"))
        request = CheckoutRequest(handle=new_handle(), sku=wanted, quantity=5000)

        with pytest.raises(PlatformRefused):
            connector.create_checkout(request)

    def test_a_paid_order_names_its_handle_and_its_checkout(
        self, shop, connector, handle, checkout
    ):
        headers, body = shop.buy(checkout)

        found = connector.interpret(connector.read_notice(headers, body))

        assert isinstance(found, OrderChanged)
        assert found.order.handle == (handle if self.orders_name_their_handle else None)
        assert found.order.checkout_ref == checkout.external_ref
        assert found.order.status in {OrderStatus.PLACED, OrderStatus.PAID}
        assert found.order.total >= Decimal("19.99")
        assert found.order.currency == "USD"
        assert [line.quantity for line in found.order.lines] == [1]

    def test_an_order_whose_webhook_got_lost_is_in_the_list(self, shop, connector, checkout):
        since = a_new_moment()
        headers, body = shop.buy(checkout)
        told = connector.interpret(connector.read_notice(headers, body)).order

        found = {one.external_id: one for one in walk(connector.list_orders, since)}

        listed = found[told.external_id]
        assert (listed.handle, listed.checkout_ref) == (told.handle, told.checkout_ref)
        assert (listed.total, listed.currency) == (told.total, told.currency)
        assert listed.status == told.status

    def test_pages_cover_every_order_once(self, shop, connector):
        since, wanted = a_new_moment(), sku()
        shop.add_product(wanted, Decimal("5.00"))
        bought = []
        for _ in range(PAGE_SIZE + 1):
            request = CheckoutRequest(handle=new_handle(), sku=wanted)
            bought.append(connector.create_checkout(request))
            shop.buy(bought[-1])

        seen = [order.checkout_ref for order in walk(connector.list_orders, since)]

        assert sorted(seen) == sorted(checkout.external_ref for checkout in bought)

    def test_a_cart_is_not_yet_an_order(self, shop, connector):
        since, wanted = a_new_moment(), sku()
        shop.add_product(wanted, Decimal("5.00"))
        checkout = connector.create_checkout(CheckoutRequest(handle=new_handle(), sku=wanted))

        seen = walk(connector.list_orders, since)

        assert checkout.external_ref not in {order.checkout_ref for order in seen}

    def test_a_cancelled_order_says_so(self, shop, connector, checkout):
        shop.buy(checkout)
        headers, body = shop.cancel(checkout)

        found = connector.interpret(connector.read_notice(headers, body))

        assert found.order.status == OrderStatus.CANCELLED
        assert found.order.checkout_ref == checkout.external_ref

    def test_a_forged_notice_is_refused(self, shop, connector, checkout):
        self._needs(self.bodies_are_signed)
        headers, body = shop.buy(checkout)

        with pytest.raises(NoticeRefused):
            connector.read_notice(headers, body + b" ")

    def test_a_notice_without_one_of_its_headers_is_refused(self, shop, connector, checkout):
        headers, body = shop.buy(checkout)

        for name in self.signed_headers:
            kept = {key: value for key, value in headers.items() if key.lower() != name}
            with pytest.raises(NoticeRefused):
                connector.read_notice(kept, body)

    def test_a_notice_signed_with_another_secret_is_refused(self, shop, checkout):
        headers, body = shop.buy(checkout)
        stranger = shop.connector(webhookSecret="another-secret")

        with pytest.raises(NoticeRefused):
            stranger.read_notice(headers, body)

    def test_no_notice_passes_where_no_secret_is_set(self, shop, checkout):
        headers, body = shop.buy(checkout)

        with pytest.raises(NoticeRefused):
            shop.connector(webhookSecret="").read_notice(headers, body)

    @pytest.mark.parametrize("seconds", [-320, 320])
    def test_an_expired_notice_is_refused(self, shop, checkout, seconds):
        self._needs(self.notices_expire)
        headers, body = shop.buy(checkout)
        clock = StoppedClock(SystemClock().now() + timedelta(seconds=seconds))

        with pytest.raises(NoticeRefused):
            shop.connector(clock=clock).read_notice(headers, body)

    def test_a_replayed_notice_is_the_same_notice(self, shop, connector, checkout):
        headers, body = shop.buy(checkout)

        first = connector.read_notice(headers, body)
        again = connector.read_notice({k.upper(): v for k, v in headers.items()}, body)

        assert again == first

    def test_a_busy_platform_says_how_long_to_wait(self, shop):
        connector = shop.busy_connector(retry_after=7)

        with pytest.raises(PlatformBusy) as busy:
            connector.list_products(None, None)

        assert busy.value.retry_after == 7

    def test_a_platform_that_does_not_answer_is_to_be_tried_again(self, shop):
        connector = shop.unreachable_connector()

        with pytest.raises(PlatformBusy) as busy:
            connector.list_products(None, None)

        assert busy.value.retry_after > 0

    def test_bad_credentials_need_the_merchant(self, shop):
        connector = shop.connector(apiKey="no-such-key")

        with pytest.raises(NeedsReconnect):
            connector.list_products(None, None)

    def test_credentials_show_in_no_repr_and_no_error(self, shop, connector, handle, checkout):
        said = [repr(connector), repr(checkout)]
        for broken in (
            shop.connector(apiKey="leaking-key"),
            shop.busy_connector(retry_after=1),
            shop.unreachable_connector(),
        ):
            with pytest.raises((NeedsReconnect, PlatformBusy)) as failed:
                broken.list_products(None, None)
            said += [str(failed.value), repr(failed.value), repr(broken)]

        for secret in (*shop.secrets, "leaking-key", handle):
            assert not [text for text in said if secret in text]

    def test_records_are_plain_and_frozen(self, shop, connector):
        shop.add_product(sku(), Decimal("5.00"))

        record = connector.list_products(None, None).records[0]

        assert fields(record)
        with pytest.raises(AttributeError):
            record.name = "changed"

    def test_subscribing_is_safe_to_repeat(self, connector):
        assert connector.ensure_webhooks() == connector.ensure_webhooks()

    @staticmethod
    def _needs(able: bool, /) -> None:  # noqa: FBT001 - reads as it is said
        if not able:
            pytest.skip("The platform cannot do this, and its page says so.")
