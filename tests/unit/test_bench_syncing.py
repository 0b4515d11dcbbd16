"""What `make syncing` says of what it found."""

import pytest

from benchmarks.syncing.report import memory, passed, table
from benchmarks.syncing.watching import Synced
from integration.kernel.clock import SystemClock
from integration.store.sync_progress import Progress

FLAT = [98.0, *[120.0] * 10]


def synced(*, seconds=60.0, mebibytes=FLAT, time="first", **given) -> Synced:
    now = SystemClock().now()
    values = {
        "id": "sync_1",
        "connection_id": "conn_1",
        "subject": "products",
        "status": "completed",
        "pages": 1_000,
        "records": 100_000,
        "created": 100_000,
        "updated": 0,
        "failed": 0,
        "gone": 0,
        "failures": [],
        "conflicts": [],
        "total": 100_000,
        "rate": 1_666.7,
        "seconds_left": None,
        "started_at": now,
        "finished_at": now,
        "problem": None,
    }
    return Synced("shopify", time, Progress(**values | given), seconds, mebibytes, 20.0, 10.0)


def test_products_and_customers_of_one_shop_share_ten_minutes():
    assert passed([synced(seconds=299), synced(seconds=299, subject="customers")])
    assert passed([synced(seconds=599), synced(seconds=599, time="nothing changed")])
    assert not passed([synced(seconds=300), synced(seconds=300, subject="customers")])


@pytest.mark.parametrize(
    "worse", [{"status": "failed"}, {"failed": 1}, {"mebibytes": [98.0, 120.0, *[140.0] * 9]}]
)
def test_a_run_that_failed_or_grew_is_not_good(worse):
    assert not passed([synced(), synced(**worse)])


def test_the_tables_say_what_each_run_took():
    found = [synced(), synced(status="failed", problem="The shop is away.")]

    told = table(found)

    assert "| shopify | products | first | 100,000 | 1,000 | 60.0 s | 1,667 |" in told
    assert "(failed: The shop is away.)" in told
    assert "| shopify, products, first | 98 | 120 |" in memory(found)
