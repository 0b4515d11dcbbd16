"""Doing what was enqueued, and merchants with endpoints and shops."""

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import text

from connectors.fake import FakeShop, shop
from connectors.records import CustomerRecord, ProductRecord
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.services import syncing
from integration.store import db, delivery_log, outbox, products
from integration.store.job_queue import QUEUES
from integration.store.models import Connection, Delivery, Product, SyncRun, WebhookEndpoint
from integration.store.products import Filter
from integration.store.rows import Slice
from integration.store.shops import seal_credentials
from integration.store.sync_progress import Progress
from jobs import entry, worker
from tests.support.launches import Merchant

PAST = datetime(2020, 1, 1, tzinfo=UTC)


def drain(rt: Runtime) -> int:
    """Do all that is enqueued, in this thread and by RQ's own way; return how many jobs."""
    entry.use(rt)
    done = 0
    with worker.patient(rt.valkey.client) as valkey:
        lane = worker.make_lane(QUEUES, valkey)
        lane.register_birth()
        while (found := lane.dequeue_job_and_maintain_ttl(None)) is not None:
            lane.execute_job(*found)
            done += 1
        lane.register_death()
    return done


def failed_jobs(rt: Runtime) -> list[str]:
    """Return the functions of the jobs that failed."""
    client = rt.valkey.client
    queues = [Queue(name, connection=client, serializer=JSONSerializer) for name in QUEUES]
    return [
        queue.fetch_job(job_id).func_name
        for queue in queues
        for job_id in queue.failed_job_registry.get_job_ids()
    ]


@dataclass(frozen=True)
class Endpoint:
    """A registered endpoint, with its secret as it was shown."""

    id: str
    secret: str
    tenant: Tenant


def new_secret() -> str:
    return "whsec_" + base64.b64encode(os.urandom(32)).decode()


def make_endpoint(rt: Runtime, merchant: Merchant, url: str, **given: Any) -> Endpoint:
    """Register an endpoint for every event."""
    secret = given.pop("secret", new_secret())
    made = Endpoint(new_id("whk"), secret, merchant.tenant)
    values = {"enabled": True, **given, **merchant.tenant._asdict()}
    with rt.transaction() as tx:
        tx.session.add(
            WebhookEndpoint(id=made.id, url=url, secret=rt.vault.seal(secret.encode()), **values)
        )
    return made


def happen(
    rt: Runtime, merchant: Merchant, type_: str = "order.created", data: Mapping | None = None
) -> list[str]:
    """Let something happen, and return the endpoints that are to hear of it."""
    with rt.transaction() as tx:
        return outbox.emit(
            tx.session, merchant.tenant, type_, "ord_1", 1, dict(data or {"id": "ord_1"})
        )


def deliveries_of(rt: Runtime, endpoint: Endpoint) -> list[Delivery]:
    """Return an endpoint's deliveries, the oldest first."""
    with rt.transaction() as tx:
        found = delivery_log.page(tx.session, endpoint.tenant, endpoint.id, Slice(None, 1000))
    return list(reversed(found))


def make_due(rt: Runtime, table: str) -> None:
    """Let the time pass that rows of a table wait for."""
    with rt.transaction() as tx:
        tx.session.execute(text(f"UPDATE {table} SET due_at = :past"), {"past": PAST})


def end_leases(rt: Runtime) -> None:
    """Let the time pass for which deliveries were claimed."""
    with rt.transaction() as tx:
        tx.session.execute(text("UPDATE delivery SET claimed_until = :past"), {"past": PAST})


def wait_of(rt: Runtime, table: str, row_id: str) -> timedelta:
    """Return how long a row waits from now on, by the database's clock."""
    statement = text(f"SELECT due_at - clock_timestamp() FROM {table} WHERE id = :id")
    with rt.transaction() as tx:
        return tx.session.scalar(statement, {"id": row_id})


def make_shop(products: int = 0, customers: int = 0) -> FakeShop:
    """Open a shop that may not be called while a transaction is open."""
    made = shop(new_id("shop"))
    made.in_transaction = db.in_transaction
    for number in range(products):
        made.add_product(f"SKU-{number:05}", name=f"Thing {number}", inventory=number)
    for number in range(customers):
        made.add_customer(f"person{number}@shop.example")
    return made


def make_connection(rt: Runtime, merchant: Merchant, fake: FakeShop, key: str | None = None) -> str:
    """Connect a merchant to a shop, and return the connection's id."""
    credentials = {"apiKey": key or fake.api_key, "webhookSecret": fake.webhook_secret}
    connection_id = new_id("conn")
    with rt.transaction() as tx:
        tx.session.add(
            Connection(
                id=connection_id,
                platform="fake",
                name=fake.name,
                settings={"shop": fake.name},
                credentials=seal_credentials(rt.vault, credentials),
                state="active",
                **merchant.tenant._asdict(),
            )
        )
    return connection_id


def run_of(rt: Runtime, run_id: str) -> SyncRun:
    """Return a run's row."""
    with rt.transaction() as tx:
        return tx.session.get_one(SyncRun, run_id)


def make_product(number: int = 1, **given: Any) -> ProductRecord:
    """Describe a product as a shop does."""
    values = {
        "external_id": f"x{number}",
        "name": "Thing",
        "price": Decimal("10.00"),
        "currency": "USD",
        "sku": f"X-{number}",
        "updated_at": PAST,
        **given,
    }
    return ProductRecord(**values)


def stock(fake: FakeShop, *records: ProductRecord | CustomerRecord) -> None:
    """Put records into a shop as they are."""
    for record in records:
        shelf = fake.products if isinstance(record, ProductRecord) else fake.customers
        shelf[record.external_id] = record


def sync(
    rt: Runtime, merchant: Merchant, connection_id: str, subject: str = "products", **given: bool
) -> Progress:
    """Sync to the end, without waiting for anything."""
    run = syncing.start(rt, merchant.tenant, connection_id, subject, **given)
    finish(rt, run.id)
    return syncing.progress(rt, merchant.tenant, run.id)


def finish(rt: Runtime, run_id: str) -> None:
    """Pull page after page until a run ends."""
    while run_of(rt, run_id).finished_at is None:
        make_due(rt, "sync_run")
        syncing.pull_page(rt, run_id)


def products_of(rt: Runtime, merchant: Merchant) -> dict[str, Product]:
    """Return a merchant's products by SKU."""
    with rt.transaction() as tx:
        found = products.page(tx.session, merchant.tenant, Slice(None, 10_000), Filter())
    return {product.sku: product for product in found}
