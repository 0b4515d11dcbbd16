"""A merchant connected to a stand-in Shopify."""

from connectors.shopify import PLATFORM
from integration.kernel.ids import new_id
from integration.runtime import Runtime
from integration.store.models import Connection
from integration.store.shops import seal_credentials
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
