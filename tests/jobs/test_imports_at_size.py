"""A page of a large file costs what its first one did, whatever Postgres believes of the tables."""

import pytest

from integration.services import imports
from tests.jobs.test_imports import shown
from tests.support.launches import make_merchant
from tests.support.reads import analyze, rows_read

PAGES, PAGE_SIZE = 3, 1_000

NAMED_BY = {
    "source": ("consumers", "email,externalId,syncSource", "person{0}@shop.example,{0},crm"),
    "own id": ("consumers", "fullName,externalId", "Person {0},{0}"),
    "address": ("consumers", "email", "person{0}@shop.example"),
    "number": ("consumers", "phone", "+1555{0:07}"),
    "sku": ("products", "name,price,sku", "Product {0},9.99,sku-{0}"),
    "product": ("products", "name,price,sku,externalId", "Product {0},9.99,sku-{0},{0}"),
}


def run(rt, merchant, named_by, count: int) -> str:
    subject, titles, row = NAMED_BY[named_by]
    content = "\n".join([titles, *(row.format(number) for number in range(count))])
    return imports.start(rt, merchant.tenant, subject, content.encode()).id


@pytest.fixture(params=NAMED_BY)
def named_by(request) -> str:
    return request.param


@pytest.fixture(params=[0, 1])
def statistics_of_others(rt, settings, named_by, request) -> None:
    """What Postgres believes of the tables is from when they held so many rows of somebody else."""
    others = make_merchant(rt)
    if request.param:
        imports.store_page(rt, run(rt, others, named_by, request.param))
    analyze(settings)


@pytest.mark.usefixtures("statistics_of_others")
def test_no_page_reads_what_the_pages_before_it_wrote(rt, merchant, named_by):
    run_id = run(rt, merchant, named_by, PAGES * PAGE_SIZE)

    seen = []
    with rows_read(rt) as read:
        for _ in range(PAGES):
            imports.store_page(rt, run_id)
            seen.append(read())

    assert shown(rt, merchant, run_id).created == PAGES * PAGE_SIZE
    assert max(seen) < 10 * PAGE_SIZE, seen
