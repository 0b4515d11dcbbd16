"""Which admission a caller means: by its token, by its id, or by whose it is."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from integration.kernel.errors import Conflict, NotFound
from integration.kernel.tenant import Tenant
from integration.kernel.tokens import BadToken, Keyring
from integration.store import admissions, consumers, participations
from integration.store.admissions import Held
from integration.store.distributions import DistributionFacts

ADMISSION = "admission"


class NotAdmitted(Conflict):
    """There is no admission that this could be done with."""

    code = "NOT_ADMITTED"
    message = "This consumer holds no live admission."


class Named(NamedTuple):
    """One of the three, and the distribution that it is to be of, if any.

    By a consumer, there always is one.
    """

    distribution: DistributionFacts | None = None
    consumer_id: str | None = None
    token: str | None = None
    admission_id: str | None = None


def admission_id(keyring: Keyring, tenant: Tenant, named: Named) -> str | None:
    """Return the id in a token or beside it; None where a token is not one of ours.

    Whether it is over is for the row to say.
    """
    if named.token is None:
        return named.admission_id
    try:
        claims = keyring.read(named.token, ADMISSION)
    except BadToken:
        return None
    return str(claims["jti"]) if claims["aud"] == tenant.organization_id else None


def required(session: Session, keyring: Keyring, tenant: Tenant, named: Named) -> Held:
    """Return the admission that is meant; for a consumer the live one, else the last.

    Raises ``NotFound`` for what names nothing, ``NotAdmitted`` for a consumer who entered
    and never had one.
    """
    if named.distribution is not None and named.consumer_id is not None:
        return _of_consumer(session, tenant, named.distribution, named.consumer_id)
    wanted = admission_id(keyring, tenant, named)
    held = None if wanted is None else admissions.find(session, tenant, wanted)
    if held is None:
        raise NotFound("Admission")
    if named.distribution is not None and named.distribution.id != held.distribution_id:
        raise NotFound("Admission")
    return held


def _of_consumer(
    session: Session, tenant: Tenant, distribution: DistributionFacts, consumer_id: str
) -> Held:
    consumer_id = consumers.known_as_now(session, tenant, consumer_id)
    held = admissions.of_consumer(session, tenant, distribution.id, consumer_id)
    if held is not None:
        return held
    if participations.latest(session, tenant, distribution.id, consumer_id) is None:
        raise participations.never_entered(session, tenant, distribution.kind, consumer_id)
    raise NotAdmitted
