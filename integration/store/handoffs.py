"""Statements on handoffs: one way out to a checkout, opened by one browser."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from integration.kernel.crypto import Vault
from integration.kernel.errors import Conflict
from integration.kernel.tenant import Tenant, owner_of
from integration.store import rows
from integration.store.insight import facts
from integration.store.models import (
    Admission,
    Connection,
    Distribution,
    Experience,
    Handoff,
    Organization,
)


class NoCheckout(Conflict):
    """The merchant has not said where the checkout is."""

    code = "NO_CHECKOUT"
    message = "This experience has no checkout: neither a checkout URL nor a connection."


class Way(NamedTuple):
    """Everything that a handoff leads through; ``now`` is the database's."""

    handoff: Handoff
    admission: Admission
    distribution: Distribution
    experience: Experience
    organization: Organization
    connection: Connection | None
    now: datetime

    @property
    def tenant(self) -> Tenant:
        """Whose it is."""
        return owner_of(self.handoff)

    @property
    def template(self) -> str | None:
        """The merchant's own checkout address, where there is one."""
        return self.experience.checkout_url or self.organization.checkout_url

    @property
    def shop(self) -> Connection | None:
        """The connected shop that the checkout is in, where there is one."""
        gone = self.connection is None or self.connection.archived_at is not None
        return None if gone else self.connection


def code_of(vault: Vault, tenant: Tenant, handoff_id: str) -> str:
    """Return the signed code that stands for a handoff."""
    code: str = _signer(vault).dumps([*tenant, handoff_id])
    return code


def read_code(vault: Vault, code: str) -> tuple[Tenant, str] | None:
    """Return the handoff that a code stands for, and whose it is; None for a forged one."""
    try:
        organization_id, mode, handoff_id = _signer(vault).loads(code)
    except BadSignature:
        return None
    return Tenant(organization_id, mode), handoff_id


def add(session: Session, handoff: Handoff) -> None:
    """Keep a new handoff."""
    session.add(handoff)
    session.flush()


def way(session: Session, tenant: Tenant, handoff_id: str) -> Way | None:
    """Return a handoff, and where it leads."""
    row = session.execute(
        select(
            Handoff,
            Admission,
            Distribution,
            Experience,
            Organization,
            Connection,
            func.clock_timestamp(),
        )
        .join(Admission, Admission.id == Handoff.admission_id)
        .join(Distribution, Distribution.id == Admission.distribution_id)
        .join(Experience, Experience.id == Distribution.experience_id)
        .join(Organization, Organization.id == Handoff.organization_id)
        .outerjoin(Connection, Connection.id == Experience.connection_id)
        .where(Handoff.id == handoff_id)
        .where(Handoff.organization_id == tenant.organization_id, Handoff.mode == tenant.mode)
        .execution_options(populate_existing=True)
    ).first()
    return None if row is None else Way(*row)


def open_first(session: Session, tenant: Tenant, handoff_id: str, browser: bytes) -> bool:
    """Let this browser be the one; False where another has been."""
    opened = (
        update(Handoff)
        .where(Handoff.id == handoff_id, Handoff.opened_at.is_(None))
        .where(Handoff.organization_id == tenant.organization_id, Handoff.mode == tenant.mode)
        .values(opened_at=func.clock_timestamp(), browser=browser)
        .returning(Handoff.admission_id)
        .execution_options(synchronize_session=False)
    )
    admission_id = session.scalar(opened)
    if admission_id is not None:
        facts.checked_out(session, tenant, admission_id)
    return admission_id is not None


def renew(session: Session, tenant: Tenant, handoff_id: str, lease: timedelta) -> None:
    """Keep the right to ask the shop for a checkout for so long from now."""
    held = {"claimed_until": func.clock_timestamp() + lease}
    _change(session, tenant, handoff_id, held, Handoff.checkout_url.is_(None))


def release(session: Session, tenant: Tenant, handoff_id: str) -> None:
    """Give back the right to ask the shop for a checkout."""
    _change(session, tenant, handoff_id, {"claimed_until": None}, Handoff.checkout_url.is_(None))


def record(
    session: Session, tenant: Tenant, handoff_id: str, *, sealed_url: bytes, external_ref: str
) -> None:
    """Keep what the shop gave: the address, sealed, and its own name for the checkout."""
    values = {"checkout_url": sealed_url, "external_ref": external_ref, "claimed_until": None}
    _change(session, tenant, handoff_id, values, Handoff.checkout_url.is_(None))


def end_checkout(session: Session, tenant: Tenant, connection_id: str, external_ref: str) -> None:
    """Say that a shop's checkout is good no more, whichever handoffs led there."""
    session.execute(
        update(Handoff)
        .where(Handoff.external_ref == external_ref, Handoff.connection_id == connection_id)
        .where(Handoff.checkout_until > func.clock_timestamp())
        .where(Handoff.organization_id == tenant.organization_id, Handoff.mode == tenant.mode)
        .values(checkout_until=func.clock_timestamp())
        .execution_options(synchronize_session=False)
    )


def by_external_ref(
    session: Session, tenant: Tenant, connection_id: str, external_ref: str
) -> Handoff | None:
    """Return the handoff that a shop's checkout came from: the join to trust."""
    return _of_shop(session, tenant, connection_id, Handoff.external_ref == external_ref)


def by_handle(session: Session, tenant: Tenant, connection_id: str, handle: str) -> Handoff | None:
    """Return the handoff whose handle an order carries: a claim, to be checked."""
    return _of_shop(session, tenant, connection_id, Handoff.handle == handle)


def in_shop(connection_id: str) -> ColumnElement[bool]:
    """Tell whether a handoff leads to this shop; its experience may have moved since."""
    return func.coalesce(Handoff.connection_id, Experience.connection_id) == connection_id


def _of_shop(session: Session, tenant: Tenant, connection_id: str, which: Any) -> Handoff | None:
    return session.scalar(
        rows.of(Handoff, tenant)
        .join(Admission, Admission.id == Handoff.admission_id)
        .join(Distribution, Distribution.id == Admission.distribution_id)
        .join(Experience, Experience.id == Distribution.experience_id)
        .where(which, in_shop(connection_id))
        .order_by(Handoff.id)
        .limit(1)
    )


def _change(
    session: Session, tenant: Tenant, handoff_id: str, values: dict[str, Any], where: Any
) -> bool:
    changed = (
        update(Handoff)
        .where(Handoff.id == handoff_id, where)
        .where(Handoff.organization_id == tenant.organization_id, Handoff.mode == tenant.mode)
        .values(values)
        .returning(Handoff.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(changed) is not None


def _signer(vault: Vault) -> URLSafeSerializer:
    return URLSafeSerializer(vault.derive_all("handoff"), salt="checkout")
