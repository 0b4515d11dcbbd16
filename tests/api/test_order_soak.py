"""Fifty orders a second against four workers: nothing lost, nothing twice, nothing waits long.

``FANFARE_SOAK_SECONDS=60`` says for how long, on a machine that has nothing else to do. Without it
there are a few orders only, beside whatever else runs: then nothing is said of time.
"""

import os
from collections import Counter

import pytest
from sqlalchemy import text

from integration.kernel.logging import logger
from tests.api.admitted import books
from tests.support.clocks import ticking
from tests.support.order_rush import Rush, admit, watching, workers, working
from tests.support.receiver import receiving
from tests.support.waiting import wait_until

WORKERS = 4
PER_SECOND = 50
MEASURED = "FANFARE_SOAK_SECONDS" in os.environ
SECONDS = int(os.environ.get("FANFARE_SOAK_SECONDS", "2"))
OLDEST_SECONDS = 5
SETTLED_SECONDS = 180

log = logger(__name__)


def counts(rt, statement):
    with rt.transaction() as tx:
        return {str(row[0]): row[1] for row in tx.session.execute(text(statement))}


@pytest.mark.slow
@pytest.mark.timeout(600 + 5 * SECONDS)
def test_orders_at_fifty_a_second_are_completed_once_each(client, rt, merchant, record_property):
    total = SECONDS * PER_SECOND
    with (
        receiving(client, merchant, events=["order.completed"]) as receiver,
        workers(rt.settings, WORKERS),
        ticking(rt.settings, clocks=1),
    ):
        launch, people = admit(client.application, rt, merchant, total)
        wait_until(lambda: working(rt, WORKERS), "every worker works", 120)
        rush = Rush(client.application, merchant, launch, people, PER_SECOND)
        with watching(rt) as ages:
            rush.run()
            done = "SELECT 'done', count(*) FROM inbox_notice WHERE handled_at IS NOT NULL"
            wait_until(
                lambda: counts(rt, done)["done"] == total, "every order is settled", SETTLED_SECONDS
            )
        sent = "SELECT state, count(*) FROM delivery GROUP BY state"
        wait_until(
            lambda: counts(rt, sent) == {"delivered": total}, "all is delivered", SETTLED_SECONDS
        )

    told = Counter(each["data"]["externalOrderId"] for each in receiver.told())
    figures = {
        "orders": total,
        "seconds": round(rush.seconds, 1),
        "per_second": round(total / rush.seconds, 1),
        "slowest_answer": round(rush.slowest, 3),
        "oldest_inbox_row": round(max(ages), 3),
        "requests_to_receiver": len(receiver.served.requests),
    }
    for name, value in figures.items():
        record_property(name, value)
    log.info("orders_soaked", **figures)
    assert rush.answers == total + total // 10
    assert counts(rt, "SELECT completion, count(*) FROM orders GROUP BY completion") == {
        "completed": total
    }
    assert books(rt, launch).sold == total
    assert told == {f"A-{number}": 1 for number in range(total)}
    assert max(ages) < OLDEST_SECONDS or not MEASURED
