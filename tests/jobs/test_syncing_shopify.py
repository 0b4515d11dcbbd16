"""A first sync of a Shopify shop with many customers: written by the shop, read in parts."""

import pytest
from sqlalchemy import text

from connectors.shopify import bulk
from tests.support.shopify.merchants import connect, sync_patiently
from tests.support.shopify.standin import running_stand_in

PEOPLE = 1_050


@pytest.fixture
def shop():
    with running_stand_in() as made:
        for number in range(PEOPLE):
            made.stock.add_customer(f"person{number}@shop.example")
        yield made


def test_a_long_list_arrives_whole_though_the_shop_takes_its_time_and_stumbles(
    rt, merchant, shop, monkeypatch
):
    monkeypatch.setattr(bulk, "PART_BYTES", 50_000)
    connection_id = connect(rt, merchant, shop)
    shop.bulk.polls = 2
    faults = iter([None, None, "error", "drop", None, "throttled", None, "lost", "busy"])
    shop.fault = lambda: next(faults, None)

    run = sync_patiently(rt, merchant, connection_id, "customers")

    with rt.transaction() as tx:
        kept = tx.session.scalar(text("SELECT count(DISTINCT email) FROM consumer"))
    assert (run.status, run.total, run.failed) == ("completed", PEOPLE, 0)
    assert (run.created, kept) == (PEOPLE, PEOPLE)
    # Who changed in the very second in which the list was begun comes again.
    assert PEOPLE <= run.records <= PEOPLE + 1
    assert len(shop.bulk.operations) == 1
    assert not next(faults, None)
