"""What shops tell of beside orders: people to forget, and that they have left."""

from dataclasses import replace

import pytest

from connectors.records import CustomerAsked, CustomerErased, ShopLeft
from tests.api.shopping import send
from tests.jobs.support import drain, make_connection, make_shop, sync
from tests.support.launches import make_merchant

INTERPRET = "connectors.fake.connector.FakeConnector.interpret"


@pytest.fixture(autouse=True)
def known_by_address(rt, listener):
    """A shop that calls knows no more than its connection's id."""
    yield
    listener.bare.clear()


@pytest.fixture
def fake():
    return make_shop(customers=2)


@pytest.fixture
def connection_id(rt, merchant, fake):
    connected = make_connection(rt, merchant, fake)
    sync(rt, merchant, connected, "customers")
    return connected


@pytest.fixture
def tell(client, rt, fake, connection_id, monkeypatch):
    """Let the shop tell something, and have it acted on."""

    def deliver(told):
        monkeypatch.setattr(INTERPRET, lambda *_: told)
        product = fake.add_product("ANY")
        order = fake.open_order(product.variants[0], 1, "h")
        answer = send(client, connection_id, fake.deliver("order.paid", order.external_id))
        assert answer.status_code == 200
        drain(rt)

    return deliver


def people(client, merchant):
    found = client.get("/api/consumers", headers=merchant.server).json["data"]
    return {person["email"] for person in found}


def state_of(client, merchant, connection_id):
    path = f"/admin/api/v1/connections/{connection_id}"
    found = client.get(path, headers=merchant.server).json
    return found["state"], found["stateMessage"]


def test_a_customer_whom_the_shop_wants_forgotten_is(client, merchant, fake, connection_id, tell):
    first, second = fake.customers.values()

    tell(CustomerErased(external_id=first.external_id))

    assert people(client, merchant) == {second.email}
    assert requests_on_record(client, merchant, "redact_requested") == []


def test_a_customer_of_the_same_number_elsewhere_stays(client, rt, fake, connection_id, tell):
    other_merchant, other = make_merchant(rt), make_shop()
    first = next(iter(fake.customers.values()))
    other.customers[first.external_id] = replace(first, email="other@shop.example")
    sync(rt, other_merchant, make_connection(rt, other_merchant, other), "customers")

    tell(CustomerErased(external_id=first.external_id))

    assert people(client, other_merchant) == {"other@shop.example"}


def requests_on_record(client, merchant, what="data_requested"):
    found = client.get("/admin/api/v1/audit", headers=merchant.server).json["data"]
    return [row for row in found if row["action"].endswith(what)]


def test_a_customer_who_is_to_be_forgotten_and_is_not_known_is_on_record(
    client, merchant, fake, connection_id, tell
):
    tell(CustomerErased(external_id="nobody"))

    [row] = requests_on_record(client, merchant, "redact_requested")
    assert (row["action"], row["subjectId"]) == ("connection.redact_requested", connection_id)
    assert row["after"] == {"connectionId": connection_id, "known": False}
    assert len(people(client, merchant)) == 2


def test_a_customer_who_asks_for_their_data_is_on_record_for_the_merchant(
    client, merchant, fake, connection_id, tell
):
    first = next(iter(fake.customers.values()))

    tell(CustomerAsked(external_id=first.external_id))

    [row] = requests_on_record(client, merchant)
    export = client.get(f"/api/consumers/{row['subjectId']}/export", headers=merchant.server)
    assert (row["action"], row["actor"]) == ("consumer.data_requested", connection_id)
    assert row["after"] == {"connectionId": connection_id, "known": True}
    assert export.json["consumer"]["email"] == first.email


def test_a_customer_who_asks_and_is_not_known_is_on_record_too(
    client, merchant, connection_id, tell
):
    tell(CustomerAsked(external_id="nobody"))

    [row] = requests_on_record(client, merchant)
    assert (row["action"], row["subjectId"]) == ("connection.data_requested", connection_id)
    assert row["after"] == {"connectionId": connection_id, "known": False}


def test_an_app_that_was_uninstalled_is_known_as_such_and_keeps_what_it_has(
    client, merchant, fake, connection_id, tell
):
    tell(ShopLeft())

    state, message = state_of(client, merchant, connection_id)
    assert state == "uninstalled"
    assert "Install it again" in message
    assert len(people(client, merchant)) == 2


def test_a_shop_that_wants_all_forgotten_is_obeyed(client, merchant, connection_id, tell):
    tell(ShopLeft(erase=True))

    assert people(client, merchant) == set()
