"""One thing of every kind that a job is to do, and what it is like when it was given up."""

from flask.testing import FlaskClient
from sqlalchemy import text

from integration.kernel.mail import Channel
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.services import otp, syncing
from integration.store import inbox
from integration.store.contacts import Contact
from integration.store.intents import Kind
from tests.api.importing import send
from tests.jobs.support import happen, make_connection, make_endpoint, make_shop
from tests.support.launches import Merchant, make_guest, make_launch

FAILED = {
    "inbox_notice": "handled_at = clock_timestamp(), attempts = 24, problem = 'It broke.'",
    "delivery": "state = 'failed', attempts = 8, last_problem = 'It broke.'",
    "sync_run": "status = 'failed', finished_at = clock_timestamp(), problem = 'It broke.'",
    "import_run": "status = 'failed', finished_at = clock_timestamp(), problem = 'It broke.'",
    "message": "state = 'failed', attempts = 1, problem = 'It broke.'",
}


def ask_for(
    kind: Kind,
    client: FlaskClient,
    rt: Runtime,
    merchant: Merchant,
    url: str = "http://127.0.0.1:9",
) -> None:
    """Have one job of this kind to do."""
    if kind is Kind.ORDER:
        _report(client, rt, merchant)
    elif kind is Kind.NOTICE:
        _hear(rt, merchant.tenant, make_connection(rt, merchant, make_shop()))
    elif kind is Kind.DELIVERY:
        make_endpoint(rt, merchant, f"{url}/hook")
        happen(rt, merchant)
    elif kind is Kind.SYNC:
        connection = make_connection(rt, merchant, make_shop(products=3))
        syncing.start(rt, merchant.tenant, connection, "products")
    elif kind is Kind.IMPORT:
        sent = send(client, merchant, "consumers", "email\nann@shop.example")
        assert sent.status_code == 202, sent.text
    else:
        otp.request(rt, merchant.tenant, Contact(Channel.EMAIL, "jane@shop.example"), None)


def give_up(rt: Runtime) -> None:
    """Let everything that is to be done have failed for good."""
    with rt.transaction() as tx:
        for table, values in FAILED.items():
            tx.session.execute(text(f"UPDATE {table} SET {values}"))


def _report(client: FlaskClient, rt: Runtime, merchant: Merchant) -> None:
    body = {
        "consumerId": make_guest(client, merchant).consumer_id,
        "distributionId": make_launch(rt, merchant).queue_id,
        "externalOrderId": "A-1",
        "totalAmount": 10,
    }
    answer = client.post("/api/orders", json=body, headers=merchant.server)
    assert answer.status_code == 201, answer.text


def _hear(rt: Runtime, tenant: Tenant, connection_id: str) -> None:
    with rt.transaction() as tx:
        heard = inbox.add(tx.session, tenant, connection_id, "msg_1", topic="ping", payload={})
    assert heard
