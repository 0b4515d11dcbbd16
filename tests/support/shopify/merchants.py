"""A merchant connected to a stand-in Shopify."""

import threading

from connectors.shopify import PLATFORM
from integration.kernel.ids import new_id
from integration.runtime import Runtime
from integration.services import syncing
from integration.store.models import Connection
from integration.store.shops import seal_credentials
from integration.store.sync_progress import Progress
from tests.jobs.support import make_due, run_of
from tests.support.launches import Merchant
from tests.support.shopify.standin import ShopifyStandIn


def connect(rt: Runtime, merchant: Merchant, shop: ShopifyStandIn, **credentials: str) -> str:
    """Connect a merchant to the shop, lead this runtime there, and return the connection's id."""
    adapter = shop.adapter()
    rt.http.mount(adapter.address, adapter)
    connection_id = new_id("conn")
    given = {
        "clientId": shop.desk.client_id,
        "clientSecret": shop.desk.client_secret,
        "accessToken": "shpat_first",
        "refreshToken": "shprt_first",
        "storefrontToken": shop.storefront_token,
        **credentials,
    }
    with rt.transaction() as tx:
        tx.session.add(
            Connection(
                id=connection_id,
                platform=PLATFORM.name,
                name=shop.domain,
                settings={"shop": shop.domain},
                credentials=seal_credentials(rt.vault, given),
                state="active",
                **merchant.tenant._asdict(),
            )
        )
    return connection_id


def sync_patiently(rt: Runtime, merchant: Merchant, connection_id: str, subject: str) -> Progress:
    """Sync to the end; a shop that asks for a pause gets some of it, not hundreds of calls."""
    run = syncing.start(rt, merchant.tenant, connection_id, subject)
    return finish_patiently(rt, merchant, run.id)


def finish_patiently(rt: Runtime, merchant: Merchant, run_id: str) -> Progress:
    """Pull page after page until a run ends, with some of the pauses that the shop asks for."""
    pause = threading.Event()
    while run_of(rt, run_id).finished_at is None:
        make_due(rt, "sync_run")
        syncing.pull_page(rt, run_id)
        pause.wait(0.05)
    return syncing.progress(rt, merchant.tenant, run_id)
