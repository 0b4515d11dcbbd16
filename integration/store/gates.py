"""Statements on the gates of sequences: what each asks, and which distributions stand behind."""

from collections.abc import Iterable, Sequence
from hmac import digest

from sqlalchemy.orm import Session

from integration.kernel.crypto import Vault, same
from integration.kernel.tenant import Tenant
from integration.store import experiences, rows, sequences
from integration.store.models import Distribution
from integration.store.models import Sequence as Path

CODES = "access code"


def lock(
    session: Session, tenant: Tenant, sequence_id: str, expected: int | None = None
) -> tuple[Path, list[Distribution]] | None:
    """Take a sequence and all that stands behind its gates for this transaction.

    The experience goes first, so that nothing is added meanwhile; then distributions, and
    sequences last: everybody takes them in this order.
    """
    known = sequences.find(session, tenant, sequence_id)
    if known is None or experiences.lock(session, tenant, known.experience_id) is None:
        return None
    held = experiences.lock_distributions(session, tenant, known.experience_id)
    path = sequences.lock(session, tenant, sequence_id, expected)
    if path is None:
        return None
    return path, [each for each in held if each.sequence_id == sequence_id]


def renew(path: Path, held: Iterable[Distribution]) -> None:
    """Let the gates stand as they are now: what routes have granted before counts no more.

    The caller has counted the change of the sequence.
    """
    path.gate_version = path.version if path.gated else None
    for each in held:
        each.gate_version = path.gate_version


def renew_for_audience(session: Session, tenant: Tenant, audience_id: str) -> None:
    """The audience describes others now: have everybody routed again who depends on it."""
    for each in behind(session, tenant, audience_id):
        taken = lock(session, tenant, each.id)
        if taken is not None:
            path, held = taken
            path.version += 1
            renew(path, held)


def behind(session: Session, tenant: Tenant, audience_id: str) -> Sequence[Path]:
    """Return the sequences that are for this audience, by id."""
    wanted = rows.of(Path, tenant).where(Path.audience_id == audience_id)
    return session.scalars(wanted.where(Path.archived_at.is_(None)).order_by(Path.id)).all()


def code_hash(vault: Vault, sequence_id: str, code: str) -> bytes:
    """Return the only form in which an access code is kept; equal codes do not look alike."""
    return digest(vault.derive(CODES), _said(sequence_id, code), "sha256")


def opens(vault: Vault, path: Path, code: str) -> bool:
    """Tell whether this is the sequence's access code, under whichever secret it was kept."""
    kept, said = path.access_code or b"", _said(path.code_of or path.id, code)
    return any(same(digest(key, said, "sha256"), kept) for key in vault.derive_all(CODES))


def _said(sequence_id: str, code: str) -> bytes:
    return f"{sequence_id}\0{code.strip()}".encode()
