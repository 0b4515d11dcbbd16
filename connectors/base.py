"""What every connector promises: a few verbs, and errors that say what to do."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Protocol, runtime_checkable

import requests

from connectors.records import (
    Checkout,
    CheckoutRequest,
    CustomerRecord,
    Interpretation,
    Notice,
    OrderRecord,
    Page,
    ProductRecord,
    Verification,
    WebhookSetup,
)
from integration.kernel.breakers import Breaker
from integration.kernel.clock import Clock
from integration.kernel.errors import FanfareError


class ConnectorError(FanfareError):
    """The platform failed in a way that neither waiting nor the merchant can mend."""

    error = "Conflict"
    code = "PLATFORM_FAILED"
    status: ClassVar[int] = 409
    message = "The shop answered something that we cannot use."


class PlatformBusy(ConnectorError):
    """Wait ``retry_after`` seconds, then do the same again: busy, slow or out of reach."""

    error = "Service unavailable"
    code = "PLATFORM_BUSY"
    status = 503
    message = "The shop is busy or cannot be reached. Try again in a moment."

    def __init__(self, message: str | None = None, *, retry_after: float = 2) -> None:
        super().__init__(message, retry_after=retry_after)


class OwnLimit(PlatformBusy):
    """Wait for what all our workers may ask of the shop together: nothing is wrong there."""


class NeedsReconnect(ConnectorError):
    """Ask the merchant: the credentials do not work any more, or lack a permission."""

    code = "NEEDS_RECONNECT"
    message = "The shop refused the credentials. Enter working ones, then verify the connection."


class PlatformRefused(ConnectorError):
    """Give up: the shop understood and said no, for instance because it is out of stock."""

    code = "PLATFORM_REFUSED"
    message = "The shop refused this request."


class NoticeRefused(ConnectorError):
    """A webhook that is forged, expired, or not a webhook: keep nothing, answer 401."""

    error = "Authentication required"
    code = "NOTICE_REFUSED"
    status = 401
    message = "The signature of this webhook is missing, wrong or expired."


class Connector(Protocol):
    """A connection to one merchant's shop on one platform.

    Every verb but ``read_notice`` may call the shop: never inside a transaction. All of them
    raise ``ConnectorError`` or a child of it, and nothing else, for what the shop does wrong.
    """

    def verify(self) -> Verification:
        """Say whose shop this is, and what it lacks for us to work with it."""
        ...

    def list_products(self, cursor: str | None, since: datetime | None) -> Page[ProductRecord]:
        """Return the page at ``cursor``, or the first of those changed at or after ``since``.

        A walk meets everything that exists throughout it, and what changes meanwhile again.
        A cursor carries its own ``since``.
        """
        ...

    def list_customers(self, cursor: str | None, since: datetime | None) -> Page[CustomerRecord]:
        """Page through the customers, as ``list_products`` does."""
        ...

    def list_orders(self, cursor: str | None, since: datetime | None) -> Page[OrderRecord]:
        """Page through the orders that were placed, as ``list_products`` does."""
        ...

    def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Prepare the shop for one winner, and return where to send the browser."""
        ...

    def ensure_webhooks(self) -> WebhookSetup:
        """Subscribe to what we need at ``Surroundings.callback_url``; safe to repeat."""
        ...

    def read_notice(self, headers: Mapping[str, str], raw_body: bytes) -> Notice | None:
        """Verify the raw bytes of a webhook, then parse them; None for a ping.

        Raises ``NoticeRefused``. Calls nobody.
        """
        ...

    def interpret(self, notice: Notice) -> Interpretation:
        """Say what a kept notice means; may read the shop again where notices are thin."""
        ...


@runtime_checkable
class Installable(Protocol):
    """A connector whose credentials the shop hands out once its merchant agrees in a browser."""

    def authorize(self, state: str) -> str:
        """Return where to send the merchant; ``state`` is hexadecimal, and comes back."""
        ...

    def authorized(self, query: str, *, expected: bool) -> None:
        """Take the query that the merchant came back with, and save the credentials for it.

        ``expected`` says that its ``state`` is one of ours, used for the first time. Raises
        ``NoticeRefused`` for a forged, unexpected or old query, ``NeedsReconnect`` for a refusal.
        """
        ...


class RateBucket(Protocol):
    """What all workers of one shop may spend together."""

    def take(self, cost: float = 1) -> float:
        """Spend ``cost``, or return the seconds to wait before there is enough."""
        ...

    def learn(
        self, *, available: float, maximum: float, per_second: float, refund: float = 0
    ) -> None:
        """Take over what the platform says about the bucket it keeps for us.

        ``refund`` is what the answered call was cheaper than what was taken for it.
        """
        ...

    def rest(self, seconds: float) -> None:
        """Let nobody take anything for so long: the platform asked for it."""
        ...


class Unmetered:
    """The bucket of a platform that does not meter."""

    def take(self, cost: float = 1) -> float:  # noqa: ARG002 - the protocol's name
        """Let everything through."""
        return 0

    def learn(
        self, *, available: float, maximum: float, per_second: float, refund: float = 0
    ) -> None:
        """Learn nothing."""

    def rest(self, seconds: float) -> None:
        """Let everything through all the same."""


SaveCredentials = Callable[[Mapping[str, str]], None]
"""Keeps changed credentials: gets the changed keys alone, to be merged and encrypted."""


def forget(changed: Mapping[str, str]) -> None:
    """Keep changed credentials nowhere: they live as long as the connector."""


ReadCredentials = Callable[[], Mapping[str, str]]
"""Returns the credentials as they are kept now: another worker may have renewed them."""

Alone = Callable[[], AbstractContextManager[None]]
"""Waits until no other worker is busy with this connection's credentials, for a block.

Entering raises ``PlatformBusy`` where that takes too long.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a connector may use of the outside world; the kernel's guarded session as ``http``."""

    http: requests.Session
    clock: Clock
    bucket: RateBucket = field(default_factory=Unmetered)
    breaker: Breaker = field(default_factory=Breaker)
    save_credentials: SaveCredentials = forget
    read_credentials: ReadCredentials = dict
    alone: Alone = nullcontext
    callback_url: str | None = None
    redirect_url: str | None = None
