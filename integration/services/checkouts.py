"""Through a handoff to the merchant's checkout: one browser, as often as it asks, for a while."""

from datetime import timedelta
from typing import NamedTuple

from connectors.base import ConnectorError
from connectors.records import Checkout, CheckoutRequest
from connectors.registry import find_platform
from integration.engine.participations import AdmissionState
from integration.engine.redirects import CheckoutValues, fill_checkout_url
from integration.kernel.addresses import is_web_address
from integration.kernel.crypto import hash_secret, random_text, same
from integration.kernel.errors import FanfareError, NotFound, ServiceUnavailable, required
from integration.kernel.heartbeat import beating
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import admissions, checkout_claims, goods, handoffs, participations
from integration.store.checkout_claims import Claim
from integration.store.handoffs import NoCheckout, Way
from integration.store.models import Connection

LEASE = timedelta(seconds=15)
"""Nobody else asks the shop meanwhile; renewed while its answer is awaited."""
BEAT_SECONDS = 4
RETRY_SECONDS = 5


class Gone(FanfareError):
    """The handoff leads nowhere any more."""

    error = "Gone"
    code = "HANDOFF_EXPIRED"
    status = 410
    message = "This link has expired. Go back to the shop's page and continue from there."


class Used(Gone):
    """Another browser has opened it."""

    code = "HANDOFF_USED"
    message = "This link has been used. Go back to the shop's page and continue from there."


class ShopAway(ServiceUnavailable):
    """The shop does not answer, or not usefully; the next attempt may do better."""

    code = "CHECKOUT_UNAVAILABLE"
    message = "The shop's checkout cannot be reached right now. Your place is kept."


class Opened(NamedTuple):
    """A way that this browser may go, and the cookie by which it is known for some seconds."""

    way: Way
    cookie: str
    seconds: int


def look(rt: Runtime, code: str, cookie: str | None) -> Way:
    """Return what a code leads through, without using it up.

    Raises ``NotFound`` for a forged code, ``Gone`` for one that is over, ``Used``.
    """
    read = required(handoffs.read_code(rt.vault, code), "Handoff")
    with rt.transaction() as tx:
        way = handoffs.way(tx.session, *read)
    if way is None:
        raise NotFound("Handoff")
    if way.now >= way.handoff.expires_at:
        raise Gone
    if way.admission.state != AdmissionState.ADMITTED or way.now >= way.admission.expires_at:
        raise Gone("This admission is over. Go back to the shop's page to see where you stand.")
    if way.handoff.browser is not None and not _known(way, cookie):
        raise Used
    return way


def enter(rt: Runtime, code: str, cookie: str | None) -> Opened:
    """Let the first browser in, and again as often as it asks; ``Used`` for any other."""
    way = look(rt, code, cookie)
    if cookie is None or not _known(way, cookie):
        cookie = random_text(32)
        with rt.transaction() as tx:
            first = handoffs.open_first(tx.session, way.tenant, way.handoff.id, hash_secret(cookie))
        if not first:
            raise Used
    return Opened(way, cookie, int((way.handoff.expires_at - way.now).total_seconds()) + 1)


def destination(rt: Runtime, way: Way, buyer_ip: str | None) -> str:
    """Return the checkout's address: of the connected shop, else the merchant's own.

    Asking twice gives the same, and so does another handoff of the same winner, where the
    shop's links open more than once. Raises ``ShopAway``, and gives the claim back then;
    ``OtherCheckout``; ``Gone`` for a checkout that is over.
    """
    if way.shop is None:
        return _own_checkout(rt, way)
    ends = way.handoff.checkout_until
    if ends is not None and way.now >= ends:
        raise Gone
    if way.handoff.checkout_url is not None:
        return rt.vault.open(way.handoff.checkout_url).decode()
    claim, request = _claim(rt, way, way.shop, buyer_ip)
    if not claim.ask and claim.handoff.checkout_url is not None:
        return rt.vault.open(claim.handoff.checkout_url).decode()
    return _asked(rt, way.tenant, way.shop, claim, request)


def _asked(
    rt: Runtime, tenant: Tenant, shop: Connection, claim: Claim, request: CheckoutRequest
) -> str:
    try:
        with beating(BEAT_SECONDS, lambda: _renew(rt, tenant, claim)):
            checkout = _checked(rt.open_shop(shop).create_checkout(request))
    except BaseException as error:
        with rt.transaction() as tx:
            handoffs.release(tx.session, tenant, claim.handoff.id)
        if isinstance(error, FanfareError):
            raise ShopAway(retry_after=error.retry_after or RETRY_SECONDS) from error
        raise
    with rt.transaction() as tx:
        handoffs.record(
            tx.session,
            tenant,
            claim.handoff.id,
            sealed_url=rt.vault.seal(checkout.url.encode()),
            external_ref=checkout.external_ref,
        )
    return checkout.url


def _renew(rt: Runtime, tenant: Tenant, claim: Claim) -> None:
    with rt.transaction() as tx:
        handoffs.renew(tx.session, tenant, claim.handoff.id, LEASE)


def _claim(
    rt: Runtime, way: Way, shop: Connection, buyer_ip: str | None
) -> tuple[Claim, CheckoutRequest]:
    tenant, handoff = way.tenant, way.handoff
    platform = find_platform(shop.platform, testing=rt.settings.development)
    with rt.transaction() as tx:
        claim = checkout_claims.claim(
            tx.session, way, shop.id, lease=LEASE, single_use=platform.single_use_links
        )
        if claim is None:
            raise ShopAway(retry_after=1)
        sold = goods.sold(tx.session, tenant, handoff)
    return claim, CheckoutRequest(
        handle=claim.handoff.handle,
        variant_ref=sold.variant_ref,
        sku=sold.sku,
        quantity=handoff.quantity,
        email=sold.email,
        return_url=handoff.return_url,
        expires_at=claim.until,
        buyer_ip=buyer_ip,
        again=claim.again,
    )


def _checked(made: Checkout) -> Checkout:
    if not is_web_address(made.url):
        raise ConnectorError("The shop answered a checkout whose address no browser can go to.")
    return made


def _own_checkout(rt: Runtime, way: Way) -> str:
    template = way.template
    if template is None:
        raise NoCheckout
    tenant, keyring = way.tenant, rt.keyring
    with rt.transaction() as tx:
        standing = participations.standing(tx.session, tenant, way.admission.participation_id)
    values = CheckoutValues(
        token=admissions.token_of(keyring, standing),
        handle=way.handoff.handle,
        consumer_id=standing.consumer_id,
        experience_id=standing.experience_id,
        product_id=way.distribution.product_id,
        variant_id=way.handoff.variant_id or way.distribution.variant_id,
        distribution_type=standing.kind,
        distribution_id=standing.distribution_id,
        return_url=way.handoff.return_url,
    )
    return fill_checkout_url(template, values)


def _known(way: Way, cookie: str | None) -> bool:
    browser = way.handoff.browser
    return cookie is not None and browser is not None and same(hash_secret(cookie), browser)
