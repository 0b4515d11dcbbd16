"""The Vendure connector and what can come from the other side: odd, broken, forged, recorded."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import (
    ConnectorError,
    NeedsReconnect,
    NoticeRefused,
    PlatformBusy,
    Surroundings,
)
from connectors.records import CheckoutRequest, Notice, OrderLine, OrderStatus
from connectors.vendure.connector import VendureConnector
from connectors.vendure.read import amount
from connectors.vendure.walk import Walk
from integration.kernel.clock import SystemClock
from integration.kernel.outbound import guarded_session
from tests.connectors.conformance import StoppedClock
from tests.connectors.loopback import plain, serve

RECORDED = json.loads((Path(__file__).parent / "fixtures" / "vendure.jsonl").read_text())
RECORDED_AT = datetime.fromtimestamp(1795150105, UTC)


class Dry:
    """A bucket with nothing in it for a while."""

    def take(self, cost=1):
        return 3.5 * cost

    def learn(self, **_):
        raise AssertionError


def connect(url="http://127.0.0.1:1", clock=None, bucket=None, **settings):
    chosen = {"bucket": bucket} if bucket else {}
    outside = Surroundings(
        http=guarded_session(allow_loopback=True), clock=clock or SystemClock(), **chosen
    )
    credentials = {"apiKey": "k", "webhookSecret": "whsec-test"}
    return VendureConnector({"url": url, **settings}, credentials, outside)


@contextmanager
def answering(answer, **settings):
    """A connector to a server that answers so."""
    with serve(answer) as served:
        yield connect(served.url, **settings)


def by_operation(**answers):
    """Answer each GraphQL operation, by what its document contains, with its data."""

    def answer(handler):
        asked = json.loads(handler.sent)["query"]
        data = next(data for word, data in answers.items() if word in asked)
        headers = {"vendure_auth_token": "guest-token"}
        plain(json.dumps({"data": data}).encode(), **headers)(handler)

    return answer


@pytest.fixture
def recorded():
    return connect(clock=StoppedClock(RECORDED_AT), orderField="admissionToken")


def test_the_recorded_delivery_verifies_and_is_understood(recorded):
    notice = recorded.read_notice(RECORDED["headers"], RECORDED["body"].encode())

    order = recorded.interpret(notice).order

    assert notice.ref == "0b2e7dd8-fa8d-43e2-94ab-54e09d901050"
    assert notice.topic == "order.placed"
    assert (order.external_id, order.checkout_ref) == ("J38H9U8JC5HPLTJE", "J38H9U8JC5HPLTJE")
    assert (order.total, order.currency) == (Decimal("244.99"), "USD")
    assert (order.status, order.handle) == (OrderStatus.PLACED, "adm_01TESTTOKEN")
    assert order.email == "ada@example.test"
    assert order.lines == (OrderLine(sku="SNKR-42", quantity=1),)
    assert order.updated_at == datetime(2026, 11, 20, 4, 48, 25, 869000, tzinfo=UTC)


@given(position=st.integers(0, len(RECORDED["body"]) - 1))
def test_one_flipped_byte_of_it_is_refused(position):
    body = bytearray(RECORDED["body"].encode())
    body[position] ^= 1
    connector = connect(clock=StoppedClock(RECORDED_AT))

    with pytest.raises(NoticeRefused):
        connector.read_notice(RECORDED["headers"], bytes(body))


def test_a_year_later_it_is_refused():
    connector = connect(clock=StoppedClock(RECORDED_AT.replace(year=2027)))

    with pytest.raises(NoticeRefused):
        connector.read_notice(RECORDED["headers"], RECORDED["body"].encode())


@pytest.mark.parametrize(
    ("minor", "currency", "precision", "expected"),
    [
        (24499, "USD", 2, "244.99"),
        (0, "USD", 2, "0.00"),
        (5, "EUR", 2, "0.05"),
        (-500, "EUR", 2, "-5.00"),
        (150000, "JPY", 2, "1500"),
        (1500, "JPY", 0, "1500"),
        (12345, "KWD", 3, "12.345"),
        (1234, "KWD", 2, "12.340"),
        (123450, "USD", 4, "12.3450"),
        (123400, "USD", 4, "12.34"),
        (10**15, "USD", 2, "10000000000000.00"),
        (500, "XTS", 2, "5.00"),
    ],
)
def test_money_is_exact_in_the_currencys_own_decimals(minor, currency, precision, expected):
    assert str(amount(minor, currency, precision)) == expected


@pytest.mark.parametrize(
    "answer",
    [
        plain(b"<html>welcome</html>"),
        plain(b""),
        plain(b"[]"),
        plain(b"{}"),
        plain(b"null"),
        plain(b'{"data": null}'),
        plain(b'{"data": []}'),
        plain(b'{"data": {}}'),
        plain(b'{"data": {"page": null}}'),
        plain(b'{"data": {"page": {"items": [{}], "totalItems": 1}}}'),
        plain(b'{"errors": "no"}'),
        plain(b'{"errors": [{}]}'),
        plain(b'{"errors": [{"extensions": {"code": "USER_INPUT_ERROR"}}]}'),
        plain(b'{"errors": [{"extensions": {"code": "GRAPHQL_VALIDATION_FAILED"}}]}', 400),
        plain(b"not found", 404),
        plain(b"", 302, Location="http://127.0.0.1:1/"),
        plain(b"[" * 100_000),
    ],
)
def test_an_answer_that_makes_no_sense_is_an_error_of_ours(answer):
    with answering(answer) as connector, pytest.raises(ConnectorError) as failed:
        connector.list_customers(None, None)

    assert type(failed.value) is ConnectorError
    assert str(failed.value)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_by_status_needs_the_merchant(status):
    with answering(plain(b"", status)) as connector, pytest.raises(NeedsReconnect):
        connector.list_customers(None, None)


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (plain(b"", 500), 2),
        (plain(b"", 429, Retry_After="0"), 0),
        (plain(b"", 503, Retry_After="12"), 12),
        (plain(b"", 503, Retry_After="soon"), 2),
        (plain(b"", 503, Retry_After="999999999"), 3600),
        (plain(b"", 503, Retry_After="Fri, 20 Nov 2026 08:00:30 GMT"), 30),
        (plain(b"", 503, Retry_After="Fri, 20 Nov 2020 08:00:30 GMT"), 2),
        (plain(b'{"errors": [{"extensions": {"code": "INTERNAL_SERVER_ERROR"}}]}'), 2),
    ],
)
def test_a_passing_fault_says_when_to_come_back(answer, seconds):
    clock = StoppedClock(datetime(2026, 11, 20, 8, 0, tzinfo=UTC))

    with answering(answer, clock=clock) as connector, pytest.raises(PlatformBusy) as busy:
        connector.list_customers(None, None)

    assert busy.value.retry_after == seconds


def test_an_empty_bucket_is_waited_for_and_nobody_called():
    with serve(plain()) as served, pytest.raises(PlatformBusy) as busy:
        connect(served.url, bucket=Dry()).list_customers(None, None)

    assert busy.value.retry_after == 3.5
    assert served.requests == []


def test_an_address_that_is_refused_is_named_without_being_called():
    outside = Surroundings(http=guarded_session(allow_loopback=False), clock=SystemClock())
    connector = VendureConnector({"url": "https://10.0.0.1"}, {"apiKey": "k"}, outside)

    with pytest.raises(ConnectorError, match="private"):
        connector.verify()


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"data": None},
        {"data": {}},
        {"data": {"code": "A", "currency": "USD", "total": "much", "state": "PaymentSettled"}},
        {"data": {"code": "A", "currency": "USD", "total": 10.5, "state": "PaymentSettled"}},
    ],
)
@pytest.mark.parametrize("topic", ["order.placed", "product.changed"])
def test_a_signed_notice_that_makes_no_sense_is_an_error_of_ours(payload, topic):
    notice = Notice(ref="n", topic=topic, payload=payload)

    with pytest.raises(ConnectorError):
        connect().interpret(notice)


@pytest.mark.parametrize("topic", ["customer.changed", "", "order"])
def test_a_notice_about_something_else_means_nothing(topic):
    assert connect().interpret(Notice(ref="n", topic=topic, payload={})) is None


@pytest.mark.parametrize("cursor", ["", "x", "[]", "[1,2]", "{}", "[null,0,null,5,0]"])
def test_a_cursor_of_somebody_else_is_an_error_of_ours(cursor):
    with pytest.raises(ConnectorError):
        connect().list_products(cursor, None)


@given(
    since=st.none() | st.datetimes(timezones=st.just(UTC)),
    items=st.lists(st.tuples(st.integers(0, 3), st.integers()), min_size=1),
)
def test_a_cursor_reads_back_as_it_was_written(since, items):
    given_items = [{"updatedAt": f"2026-01-0{day}", "id": str(id_)} for day, id_ in sorted(items)]
    walk = Walk.at(None, since).after(given_items)

    assert Walk.at(walk.cursor(), None) == walk


CHECKOUT = by_operation(
    AddItem={"added": {"__typename": "Order", "code": "ABC"}},
    SetHandle={"set": {"__typename": "Order"}},
)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("https://a.example/{orderCode}", "https://a.example/ABC"),
        ("https://a.example/?o={orderCode}&h={handle}", "https://a.example/?o=ABC&h=h%2F1%26x"),
        ("https://a.example/#{token}", "https://a.example/#guest-token"),
        ("https://a.example/?r={returnUrl}", "https://a.example/?r=https%3A%2F%2Fb.example%2F"),
        ("https://a.example/{other}", "https://a.example/{other}"),
    ],
)
def test_the_storefronts_address_is_filled_in(template, expected):
    request = CheckoutRequest(handle="h/1&x", variant_ref="1", return_url="https://b.example/")

    with answering(CHECKOUT, storefrontUrl=template) as connector:
        checkout = connector.create_checkout(request)

    assert (checkout.url, checkout.external_ref) == (expected, "ABC")


def test_the_name_of_a_custom_field_cannot_smuggle_graphql():
    request = CheckoutRequest(handle="h", variant_ref="1")

    with (
        answering(CHECKOUT, orderField="a } } mutation { x") as connector,
        pytest.raises(ConnectorError, match="orderField"),
    ):
        connector.create_checkout(request)


SHOP = {
    "activeChannel": {"defaultCurrencyCode": "USD"},
    "globalSettings": {"serverConfig": {"entityCustomFields": []}},
}
NEWEST = {"products": {"items": [{"id": "1", "updatedAt": "2026-11-20T12:00:00.000Z"}]}}


@pytest.mark.parametrize("counted", [0, 1], ids=["west of UTC", "east of UTC"])
def test_a_shop_whose_database_is_in_another_time_zone_is_reported(counted):
    answer = by_operation(
        Verify=SHOP, Newest=NEWEST, StillThere={"products": {"totalItems": counted}}, totalItems={}
    )

    with answering(answer) as connector:
        found = connector.verify()

    assert [problem for problem in found.problems if "TZ=UTC" in problem]


def test_a_shop_without_the_custom_field_is_told_to_install_the_plugin():
    answer = by_operation(Verify=SHOP, Newest={"products": {"items": []}}, totalItems={})

    with answering(answer) as connector:
        found = connector.verify()

    assert [problem for problem in found.problems if "fanfareHandle" in problem]
    assert not found.good


@pytest.mark.parametrize(
    ("state", "status", "known"),
    [("Packed", "placed", False), ("Shipped", "paid", True), ("Cancelled", "cancelled", True)],
)
def test_a_state_of_a_plugins_own_is_a_guess(state, status, known):
    data = {"code": "A", "currency": "USD", "total": 100, "state": state, "lines": []}
    payload = {"created_at": "2026-11-20T00:00:00Z", "data": data}

    with serve(plain()) as served:
        told = connect(served.url).interpret(
            Notice(ref="n", topic="order.updated", payload=payload)
        )

    assert (told.order.status, told.order.status_known) == (status, known)
