"""Merchants and launches, made straight in the database; each states only what it is about."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient

from integration.kernel.crypto import hash_secret, new_api_key
from integration.kernel.ids import new_id
from integration.kernel.quotas import PER_MINUTE
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store.models import (
    ApiKey,
    Distribution,
    Experience,
    Line,
    Organization,
    Product,
    Sequence,
)
from tests.support.waiting import once_served

FINGERPRINT = "fp_01HXYZ123456789"
PLENTY = dict.fromkeys(PER_MINUTE, 1_000_000)


@dataclass(frozen=True)
class Merchant:
    """An organization with a pair of keys."""

    tenant: Tenant
    publishable: str
    secret: str

    @property
    def page(self) -> dict[str, str]:
        """Headers of a page without a consumer."""
        return {"X-Publishable-Key": self.publishable}

    @property
    def server(self) -> dict[str, str]:
        """Headers of the merchant's server."""
        return {"Authorization": f"Bearer {self.secret}"}


@dataclass(frozen=True)
class Launch:
    """A published queue and what belongs to it."""

    queue_id: str
    sequence_id: str
    experience_id: str
    product_id: str


@dataclass(frozen=True)
class Guest:
    """Somebody with a session."""

    consumer_id: str
    access_token: str
    refresh_token: str
    headers: dict[str, str]


def make_merchant(
    rt: Runtime,
    mode: str = "live",
    scopes: tuple[str, ...] = ("admin",),
    of: Merchant | None = None,
    **organization: Any,
) -> Merchant:
    """Create an organization with keys, or further keys of ``of``."""
    organization_id = of.tenant.organization_id if of else new_id("org")
    values = {"name": "Acme", "limits": PLENTY, **organization}
    texts = {kind: new_api_key(kind, mode) for kind in ("publishable", "secret")}
    with rt.transaction() as tx:
        if of is None:
            slug = organization_id[4:].lower()
            tx.session.add(Organization(id=organization_id, slug=slug, **values))
        for kind, text in texts.items():
            tx.session.add(
                ApiKey(
                    id=new_id("key"),
                    organization_id=organization_id,
                    mode=mode,
                    kind=kind,
                    name=kind,
                    hash=hash_secret(text),
                    hint=text[-4:],
                    scopes=list(scopes) if kind == "secret" else [],
                    changed_at=datetime.now(UTC),
                )
            )
    return Merchant(Tenant(organization_id, mode), texts["publishable"], texts["secret"])


def make_launch(rt: Runtime, merchant: Merchant, **given: Any) -> Launch:
    """Create a published queue; ``rules`` and the distribution's columns may be given."""
    tenant = merchant.tenant._asdict()
    made = Launch(new_id("queue"), new_id("seq"), new_id("exp"), new_id("prod"))
    experience = given.pop("experience", {})
    inventory = given.pop("inventory", 100)
    values = {
        "name": "Queue",
        "kind": "queue",
        "state": "active",
        "time_zone": "UTC",
        "admission_expiration_seconds": 900,
        "inventory_bound": False,
        "units_per_admission": 1,
        "fingerprint_policy": "required",
        "fingerprint_at_validation": False,
        "max_entries_per_fingerprint": 1_000_000,
        "extendable": False,
        "restock_on_cancel": False,
        "rules": {},
        "changed_at": datetime.now(UTC),
        **given,
    }
    with rt.transaction() as tx:
        tx.session.add(
            Product(
                id=made.product_id,
                name="Limited Sneaker",
                price=199.99,
                currency_code="USD",
                sku=made.product_id,
                inventory=inventory,
                **tenant,
            )
        )
        tx.session.flush()
        tx.session.add(
            Experience(
                id=made.experience_id,
                name="Launch",
                product_id=made.product_id,
                **{
                    "published_at": datetime.now(UTC),
                    "time_zone": "UTC",
                    "currency_code": "USD",
                    "checkout_url": "https://shop.example/checkout?token={token}",
                    **experience,
                },
                **tenant,
            )
        )
        tx.session.flush()
        tx.session.add(
            Sequence(
                id=made.sequence_id,
                experience_id=made.experience_id,
                name="Everybody",
                priority=0,
                **tenant,
            )
        )
        tx.session.flush()
        tx.session.add(
            Distribution(
                id=made.queue_id,
                experience_id=made.experience_id,
                sequence_id=made.sequence_id,
                product_id=made.product_id,
                **values,
                **tenant,
            )
        )
        tx.session.flush()
        tx.session.add(Line(distribution_id=made.queue_id, **tenant))
    return made


def make_guest(client: FlaskClient, merchant: Merchant) -> Guest:
    """Begin a guest's session through the front door."""
    answer = once_served(lambda: client.post("/api/v1/auth/guest", headers=merchant.page))
    assert answer.status_code == 201, answer.text
    said = answer.json
    headers = {
        **merchant.page,
        "Authorization": f"Bearer {said['accessToken']}",
        "X-Fingerprint": f"fp_{said['session']['consumerId']}",
    }
    return Guest(said["session"]["consumerId"], said["accessToken"], said["refreshToken"], headers)


def without(guest: Guest, *names: str) -> Guest:
    """Return the guest without some headers."""
    return replace(guest, headers={k: v for k, v in guest.headers.items() if k not in names})
