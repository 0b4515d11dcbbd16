"""What is measured on: an organization, its queues, the people in them, tokens for callers."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from integration.kernel.quotas import PER_MINUTE
from integration.kernel.tokens import access_claims
from integration.runtime import Runtime
from tests.support.launches import make_launch, make_merchant

UNLIMITED = dict.fromkeys(PER_MINUTE, 2_000_000_000)
PEOPLE = (
    """INSERT INTO consumer (id, organization_id, mode)
    SELECT :prefix || n, :organization, 'live' FROM generate_series(1, :count) n""",
    """INSERT INTO session (id, organization_id, mode, consumer_id, type, expires_at)
    SELECT 'sess_' || :prefix || n, :organization, 'live', :prefix || n, 'guest',
        now() + interval '1 day' FROM generate_series(1, :count) n""",
)
WAITING = (
    """INSERT INTO participation (id, organization_id, mode, distribution_id, experience_id,
        sequence_id, consumer_id, number, state)
    SELECT 'ent_' || :prefix || n, d.organization_id, d.mode, d.id, d.experience_id,
        d.sequence_id, :prefix || n, n, 'QUEUED'
    FROM distribution d, generate_series(1, :count) n WHERE d.id = :queue""",
    "UPDATE line SET entered = :count, waiting = :count WHERE distribution_id = :queue",
)


class Scene:
    """One organization, without limits that anybody reaches."""

    def __init__(self, rt: Runtime, folder: Path) -> None:
        self.rt = rt
        self.folder = folder
        self.merchant = make_merchant(rt, limits=UNLIMITED)

    def queue(self, waiting: int = 0) -> str:
        """Create an open queue that admits nobody, in which ``waiting`` people stand."""
        queue = make_launch(self.rt, self.merchant, rules={"admissionRate": 0}).queue_id
        if waiting:
            people = {"prefix": waiter(queue), "count": waiting}
            self.people(**people)
            self._write(*WAITING, queue=queue, **people)
            self.rt.mender.rebuild(queue)
        return queue

    def people(self, prefix: str, count: int) -> None:
        """Make ``count`` consumers with a session each."""
        organization = self.merchant.tenant.organization_id
        self._write(*PEOPLE, prefix=prefix, count=count, organization=organization)

    def callers(self, prefix: str, count: int) -> Path:
        """Write the headers of ``count`` consumers into a file, a line each."""
        target = self.folder / prefix
        with target.open("w") as file:
            for number in range(1, count + 1):
                file.write(self._headers(f"{prefix}{number}"))
        return target

    def _headers(self, consumer_id: str) -> str:
        now = self.rt.clock.now()
        claims = access_claims(
            organization_id=self.merchant.tenant.organization_id,
            mode="live",
            consumer_id=consumer_id,
            session_id=f"sess_{consumer_id}",
            issued_at=now,
            expires_at=now + timedelta(hours=1),
        )
        headers = {
            "X-Publishable-Key": self.merchant.publishable,
            "Authorization": f"Bearer {self.rt.keyring.sign(claims)}",
            "X-Fingerprint": f"fp_{consumer_id}",
        }
        return "\t".join(f"{name}={value}" for name, value in headers.items()) + "\n"

    def _write(self, *statements: str, **values: object) -> None:
        with self.rt.transaction() as tx:
            tx.session.execute(text("SET LOCAL statement_timeout = 0"))
            for statement in statements:
                tx.session.execute(text(statement), values)


def waiter(queue: str) -> str:
    """Return what the ids of those who wait in a queue begin with."""
    return f"cons_w{queue}"
