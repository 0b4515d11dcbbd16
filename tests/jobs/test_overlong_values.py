"""One value that no index takes fails one record, not the page and not the sync."""

import random
import string
from datetime import UTC, datetime

import pytest

from connectors.records import CustomerRecord
from integration.store.sync_pages import BAD_VALUE, MOST_SHOWN
from tests.jobs.support import (
    PAST,
    make_connection,
    make_product,
    make_shop,
    products_of,
    stock,
    sync,
)

# What can be compressed fits after all.
LONG = "".join(random.Random(1).choices(string.ascii_letters, k=12_000))


LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("full", [True, False], ids=["full", "since"])
@pytest.mark.parametrize("name", ["sku", "external_id"])
def test_an_overlong_value_of_a_product_fails_it_alone(rt, merchant, name, full):
    shop = make_shop(products=3)
    connection_id = make_connection(rt, merchant, shop)
    sync(rt, merchant, connection_id)
    stock(
        shop, make_product(7, updated_at=LATER, **{name: LONG}), make_product(8, updated_at=LATER)
    )

    run = sync(rt, merchant, connection_id, full=full)

    assert (run.status, run.failed, run.created, run.gone) == ("completed", 1, 1, 0)
    [failure] = run.failures
    assert failure["reason"] == BAD_VALUE
    assert len(failure["externalId"]) <= MOST_SHOWN + 1
    assert len(products_of(rt, merchant)) == 4


@pytest.mark.parametrize("name", ["external_id", "email", "phone", "full_name"])
def test_an_overlong_value_of_a_customer_stops_nobody_else(rt, merchant, name):
    shop = make_shop(customers=3)
    told = {"external_id": "k1", "email": "ada@shop.example", name: f"{LONG}@shop.example"}
    stock(shop, CustomerRecord(**told, updated_at=PAST))
    connection_id = make_connection(rt, merchant, shop)

    run = sync(rt, merchant, connection_id, "customers")

    assert (run.status, run.failed + run.created) == ("completed", 4)
    assert run.created >= 3
