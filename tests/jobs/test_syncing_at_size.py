"""A long list costs a page what a short one does, from its first page to its last.

What 100 000 records take is measured by `python -m benchmarks.syncing`.
"""

import gc
import itertools
import tracemalloc
from collections.abc import Callable

import pytest

from integration.runtime import build
from integration.services import syncing
from tests.jobs.support import make_connection, make_product, make_shop, run_of, stock, sync
from tests.support.launches import make_merchant
from tests.support.reads import analyze, rows_read, statements

PAGES, PAGE_SIZE = 30, 100
SETTLED = 5
"""So many pages fill what is kept for all of them, and make tables too large to be read whole."""

LEAST_KEPT = 100
"""Bytes: whoever keeps something of each record keeps more, and what else is made is less."""

MADE_ONCE_FOR_ALL = 15
"""Psycopg prepares what it has seen five times, and Postgres plans that five times more."""


@pytest.fixture(params=["products", "customers"])
def subject(request) -> str:
    return request.param


@pytest.fixture
def connection_id(rt, merchant, subject) -> str:
    count = PAGES * PAGE_SIZE
    shop = make_shop(customers=count if subject == "customers" else 0)
    if subject == "products":
        stock(shop, *(make_product(number) for number in range(count)))
    return make_connection(rt, merchant, shop)


@pytest.fixture(autouse=True)
def no_beat(monkeypatch):
    """However slow the machine is, no page takes so long that its lease is renewed."""
    monkeypatch.setattr(syncing, "BEAT_SECONDS", 3600)


def pull_all(rt, merchant, connection_id, subject, look: Callable[[], int]) -> list[int]:
    """Sync everything; return what ``look`` says after each page but the last."""
    run = syncing.start(rt, merchant.tenant, connection_id, subject, full=True)
    look()
    seen = []
    while run_of(rt, run.id).finished_at is None:
        syncing.pull_page(rt, run.id)
        seen.append(look())
    assert len(seen) == PAGES
    return seen[:-1]


@pytest.mark.parametrize("time", ["first", "second"])
def test_every_page_takes_as_many_statements(rt, merchant, connection_id, subject, time):
    if time == "second":
        pull_all(rt, merchant, connection_id, subject, int)

    with statements(rt) as sent:
        taken = pull_all(rt, merchant, connection_id, subject, sent)

    assert len(set(taken)) == 1, taken


@pytest.mark.parametrize("time", ["first", "second"])
def test_no_page_reads_what_the_pages_before_it_wrote(rt, merchant, connection_id, subject, time):
    if time == "second":
        pull_all(rt, merchant, connection_id, subject, int)

    with rows_read(rt) as read:
        taken = pull_all(rt, merchant, connection_id, subject, read)

    assert max(taken[SETTLED:]) < 10 * PAGE_SIZE, taken


@pytest.fixture(params=[0, 1, 10, 50])
def statistics_of_others(rt, settings, subject, request) -> None:
    """What Postgres believes of the tables is from when they held so many rows of somebody else."""
    others = make_merchant(rt)
    shop = make_shop(products=request.param, customers=request.param)
    sync(rt, others, make_connection(rt, others, shop), subject)
    analyze(settings)


@pytest.mark.usefixtures("statistics_of_others")
def test_statistics_that_do_not_know_a_merchant_do_not_mislead(
    rt, merchant, connection_id, subject
):
    with rows_read(rt) as read:
        taken = pull_all(rt, merchant, connection_id, subject, read)

    assert max(taken[SETTLED:]) < 10 * PAGE_SIZE, taken


def test_plans_that_were_made_for_a_small_shop_do_not_serve_a_large_one(
    rt, settings, merchant, connection_id, subject
):
    small = make_shop(products=1, customers=1)
    beside = make_connection(rt, merchant, small)
    own = build(settings)
    sync(rt, merchant, beside, subject)
    analyze(settings)
    try:
        for _ in range(MADE_ONCE_FOR_ALL):
            sync(own, merchant, beside, subject, full=True)
        with rows_read(own) as read:
            taken = pull_all(own, merchant, connection_id, subject, read)
    finally:
        own.close()

    assert max(taken[SETTLED:]) < 10 * PAGE_SIZE, taken


def test_pages_leave_nothing_in_memory(rt, merchant, connection_id, subject):
    pages = itertools.count(1)

    def held() -> int:
        page = next(pages) - 1
        if page == SETTLED:
            gc.collect()
            tracemalloc.start()
        if page == PAGES - 1:
            gc.collect()
        return tracemalloc.get_traced_memory()[0]

    try:
        taken = pull_all(rt, merchant, connection_id, subject, held)
    finally:
        tracemalloc.stop()

    bytes_a_record = taken[-1] / (PAGE_SIZE * (PAGES - 1 - SETTLED))
    assert bytes_a_record < LEAST_KEPT, taken
