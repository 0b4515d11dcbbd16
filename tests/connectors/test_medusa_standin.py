"""The Medusa connector against a stand-in; test_medusa.py has the real one say the same."""

import json

import pytest

from connectors.signatures import standard_headers
from integration.kernel.clock import SystemClock
from tests.connectors.conformance import ConnectorConformance
from tests.connectors.loopback import standing
from tests.connectors.real_medusa import SECRET, MedusaUnderTest
from tests.connectors.shop_under_test import PAGE_SIZE, a_new_moment, ids, sku, walk
from tests.connectors.standin_medusa import Shop


class StandInUnderTest(MedusaUnderTest):
    """As the real one, but that it signs its webhooks on the spot."""

    def delivered(self, topic, id_, times=1):  # noqa: ARG002 - there is no waiting
        body = json.dumps({"type": topic, "data": {"id": id_}}).encode()
        return standard_headers(f"{topic}-{id_}", SystemClock().now(), body, SECRET), body


@pytest.fixture
def standin():
    with standing(Shop()) as found:
        yield found


@pytest.fixture
def shop(standin, serving):
    return StandInUnderTest(standin, None, serving)


class TestMedusaStandIn(ConnectorConformance):
    """What every connector promises."""


@pytest.mark.parametrize("since_then", [False, True])
def test_what_an_import_wrote_in_one_moment_is_all_met_once(standin, connector, since_then):
    now = a_new_moment()
    made = [standin.add_product(sku(), 5.0, updated_at=now)["id"] for _ in range(5 * PAGE_SIZE)]
    later = standin.add_product(sku(), 5.0)["id"]

    seen = ids(walk(connector.list_products, now if since_then else None))

    assert sorted(seen) == sorted([*made, later])


def test_a_price_that_changed_brings_its_product_once(standin, connector):
    products = [standin.add_product(sku(), 5.0) for _ in range(2 * PAGE_SIZE)]
    since = a_new_moment()
    renamed, *priced = products[: PAGE_SIZE + 2]
    standin.rename_product(renamed["id"])
    for product in (renamed, *priced):
        standin.change_price(product, 6.5)

    found = walk(connector.list_products, since)

    assert sorted(ids(found)) == sorted(each["id"] for each in (renamed, *priced))
    assert {str(one.price) for one in found} == {"6.50"}


def test_a_cursor_knows_since_when_its_walk_goes(standin, connector):
    old = standin.add_product(sku(), 5.0)["id"]
    since = a_new_moment()
    for _ in range(PAGE_SIZE + 1):
        standin.add_product(sku(), 5.0)
    first = connector.list_products(None, since)

    rest = walk(lambda cursor, _: connector.list_products(cursor or first.next_cursor, None))

    assert len(ids(first.records) + ids(rest)) == PAGE_SIZE + 1
    assert old not in ids(rest)
