"""The shop's own server: what it asks Fanfare about an admission, and what it reports.

Each function does what one call with a secret key does (docs/checkout.md has the same by HTTP).
"""

from decimal import Decimal
from typing import Any, NamedTuple

from integration.demo import facts
from integration.demo.catalog import CATALOG, CURRENCY, Product
from integration.demo.seed import SLUG
from integration.kernel.errors import NotFound
from integration.kernel.tenant import Caller, Tenant
from integration.kernel.tokens import BadToken
from integration.runtime import Runtime
from integration.services import auctions, orders, setup, validation
from integration.services.validation import Validity
from integration.store.models import Order
from integration.store.named import Named
from integration.store.orders import Filter
from integration.store.rows import Slice

LONGEST_TOKEN = 2048


class Foreign(NotFound):
    """It is no admission of this shop's."""

    message = (
        "This is no reservation of our shop. Check that you opened all of the address, or go back"
        " to the launch's page and continue from there."
    )


class Reservation(NamedTuple):
    """Somebody's right to buy: what is known of it, what it is for, and for how much."""

    id: str
    token: str
    found: Validity
    product: Product
    price: Decimal

    @property
    def number(self) -> str:
        """The number of the order that it becomes, the same however often it is reported."""
        return f"ODD-{self.id[-10:]}"


def look_up(rt: Runtime, token: str) -> Reservation:
    """Return what a token stands for, whether it is still good or not.

    As ``POST /api/v1/admissions/validate``. Raises ``Foreign`` for what is no admission of ours.
    """
    tenant = _tenant(rt, token)
    found = validation.validate(rt, tenant, Named(token=token), None, None)
    if found.admission_id is None:
        raise Foreign
    product = _product(rt, found)
    return Reservation(
        found.admission_id, token, found, product, _winning_bid(rt, tenant, found) or product.price
    )


def sell(rt: Runtime, reservation: Reservation) -> None:
    """Report the order, which completes the admission; twice is the same order.

    As ``POST /api/orders``.
    """
    body: dict[str, Any] = {
        "consumer_id": reservation.found.consumer_id,
        "distribution_id": reservation.found.distribution_id,
        "external_order_id": reservation.number,
        "total_amount": reservation.price,
        "currency_code": CURRENCY,
        "admission_token": reservation.token,
        "status": "paid",
        "line_items": [],
    }
    orders.report(rt, _tenant(rt, reservation.token), body)


def sold(rt: Runtime, reservation: Reservation) -> Order | None:
    """Return the order that was reported for it, as ``GET /api/orders?externalOrderId=…``."""
    tenant, wanted = _tenant(rt, reservation.token), Filter(reservation.number)
    return next(iter(orders.page(rt, tenant, Slice(None, 1), wanted)), None)


def _tenant(rt: Runtime, token: str) -> Tenant:
    """Return the demo's tenant if the token is of the demo, else nothing is here."""
    try:
        owner = str(rt.keyring.read(token, "admission")["aud"])
    except BadToken as error:
        raise Foreign from error
    demo = setup.tenant_of(rt, SLUG, "live")
    if owner != demo.organization_id:
        raise Foreign
    return demo


def _product(rt: Runtime, found: Validity) -> Product:
    """Return what the admission is for; of launches that others made, the first product."""
    experiences = (facts.read(rt.settings) or {}).get("experiences", {})
    kinds = (kind for kind, made in experiences.items() if made == found.experience_id)
    return CATALOG[next(kinds, "queue")]


def _winning_bid(rt: Runtime, tenant: Tenant, found: Validity) -> Decimal | None:
    if found.distribution_type != "auction" or found.distribution_id is None:
        return None
    winner = Caller(tenant, "demo", True, frozenset(), found.consumer_id)  # noqa: FBT003
    amount = auctions.status(rt, winner, found.distribution_id)["winningBidAmount"]
    return None if amount is None else Decimal(amount)
