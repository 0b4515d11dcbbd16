"""Plain records: what a shop told us, and what we ask of it, in our words."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantRecord:
    """One buyable form of a product; ``inventory`` is None where the shop does not track it."""

    external_id: str
    sku: str | None
    title: str
    price: Decimal | None
    inventory: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRecord:
    """A product as the shop shows it: exact prices in ``currency``, tax included if it does."""

    external_id: str
    name: str
    price: Decimal | None
    currency: str | None
    description: str | None = None
    sku: str | None = None
    url: str | None = None
    image_url: str | None = None
    inventory: int | None = None
    variants: tuple[VariantRecord, ...] = ()
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRecord:
    """A customer; what the shop may not tell, or does not know, is None."""

    external_id: str
    email: str | None = None
    phone: str | None = None
    full_name: str | None = None
    updated_at: datetime | None = None


class OrderStatus(StrEnum):
    """How far an order has come: it only goes back where a shop takes a cancellation back."""

    OPEN = "open"
    PLACED = "placed"
    PAID = "paid"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """What was bought, as often as ``quantity``; ``price`` is for one."""

    sku: str | None
    quantity: int
    price: Decimal | None = None
    variant_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecord:
    """An order as the shop has it now.

    ``checkout_ref`` equals ``Checkout.external_ref`` where the order came from a checkout of
    ours: the join to trust. ``handle`` travelled with the shopper: a claim, to be checked.
    ``status`` moves forward, in whatever order reports arrive; ``updated_at`` says which of two
    reports with the same status is the later, and whether a cancelled order is paid after all.
    ``status_known`` is False where ``status`` is a guess, for a state that the shop's own plugins
    made up: no word against what is known. ``checkout_returned`` says of a cancelled order that
    its checkout can be used again, as a voucher that counts as never redeemed.
    """

    external_id: str
    status: OrderStatus
    total: Decimal
    currency: str
    updated_at: datetime
    checkout_ref: str | None = None
    handle: str | None = None
    email: str | None = None
    placed_at: datetime | None = None
    lines: tuple[OrderLine, ...] = ()
    status_known: bool = True
    checkout_returned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some records; ``next_cursor`` None after the last; ``total`` where the shop counts."""

    records: tuple[T, ...]
    next_cursor: str | None
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutRequest:
    """One winner's checkout: a variant by ``variant_ref`` or ``sku``, and the handle to carry.

    ``expires_at`` ends the checkout where the platform can; ``buyer_ip`` is for those that
    meter by shopper. ``again`` is the ``external_ref`` of a checkout made before, of which another
    link is wanted: only platforms of single-use links are given it.
    """

    handle: str = field(repr=False)
    variant_ref: str | None = None
    sku: str | None = None
    quantity: int = 1
    email: str | None = None
    return_url: str | None = None
    expires_at: datetime | None = None
    buyer_ip: str | None = None
    again: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """Where to send the shopper, and the shop's own name for it: the server-side join."""

    url: str = field(repr=False)
    external_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a good connection found; ``problems`` are sentences for the merchant."""

    shop: str
    currency: str | None
    missing_scopes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing is left to mend."""
        return not self.missing_scopes and not self.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSetup:
    """What was subscribed, or what the merchant has to do where the platform offers no API."""

    topics: tuple[str, ...]
    by_hand: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A verified webhook: ``ref`` is unique per connection, ``payload`` is JSON to keep."""

    ref: str
    topic: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChanged:
    """An order was placed, paid, cancelled or refunded; see its ``status``."""

    order: OrderRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductChanged:
    """A product as it is now, or None when it is gone."""

    external_id: str
    product: ProductRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerErased:
    """The shop asks us to forget a customer."""

    external_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerAsked:
    """A customer asks, by way of the shop, what is known of them."""

    external_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopLeft:
    """The merchant ended the connection in the shop; ``erase`` what we know from there, too."""

    erase: bool = False


News = ProductChanged | CustomerAsked | CustomerErased | ShopLeft
Interpretation = OrderChanged | News | None
"""What a notice means to us; None: nothing."""
