"""What is measured on: an organization, its queues, the people in them, tokens for callers."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.stage import World
from integration.kernel.quotas import PER_MINUTE
from integration.kernel.tokens import access_claims
from integration.runtime import build
from tests.support import databases
from tests.support.launches import make_launch, make_merchant

UNLIMITED = dict.fromkeys(PER_MINUTE, 2_000_000_000)
PEOPLE = (
    """INSERT INTO consumer (id, organization_id, mode)
    SELECT %(prefix)s || n, %(organization)s, 'live' FROM generate_series(1, %(count)s) n""",
    """INSERT INTO session (id, organization_id, mode, consumer_id, type, expires_at)
    SELECT 'sess_' || %(prefix)s || n, %(organization)s, 'live', %(prefix)s || n, 'guest',
        now() + interval '1 day' FROM generate_series(1, %(count)s) n""",
)
# Ids as long as real ones, and ascending like these.
WAITING = (
    """INSERT INTO participation (id, organization_id, mode, distribution_id, experience_id,
        sequence_id, consumer_id, number, state, outcome)
    SELECT 'ent_' || upper(substr(md5(d.id), 1, 18)) || lpad(n::text, 8, '0'),
        d.organization_id, d.mode, d.id, d.experience_id, d.sequence_id, %(prefix)s || n, n,
        'QUEUED', CASE WHEN d.kind = 'draw' THEN 'ENTERED' END
    FROM distribution d, generate_series(1, %(count)s) n WHERE d.id = %(line)s""",
    "UPDATE line SET entered = %(count)s, waiting = %(count)s WHERE distribution_id = %(line)s",
)


class Scene:
    """One organization in a world, without limits that anybody reaches."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._url = world.environment["DATABASE_URL"]
        self.rt = build(world.settings)
        self.merchant = make_merchant(self.rt, limits=UNLIMITED)

    def queue(self, waiting: int = 0, **rules: Any) -> str:
        """Create an open queue that admits nobody by itself, in which ``waiting`` stand."""
        made = make_launch(self.rt, self.merchant, rules={"admissionRate": 0} | rules)
        if waiting:
            self.fill(made.queue_id, waiting)
        # What the clock does for every open queue: entries are put into the line in Valkey.
        self.rt.mender.rebuild(made.queue_id)
        return made.queue_id

    def fill(self, line: str, count: int) -> None:
        """Have so many people wait in a queue, or be entered in a draw."""
        self.people(waiter(line), count)
        self.write(*WAITING, line=line, prefix=waiter(line), count=count)
        self._tidy()

    def people(self, prefix: str, count: int) -> None:
        """Make ``count`` consumers with a session each."""
        organization = self.merchant.tenant.organization_id
        self.write(*PEOPLE, prefix=prefix, count=count, organization=organization)

    def callers(self, prefix: str, numbers: Iterable[int], name: str = "callers") -> Path:
        """Write the headers of these consumers into a file, a line each."""
        target = self.world.folder / f"{prefix}_{name}"
        with target.open("w") as file:
            for number in numbers:
                file.write(self._headers(f"{prefix}{number}"))
        return target

    def everywhere(self, prefix: str, count: int, paths: Iterable[str]) -> Path:
        """Write the same callers' headers for one path after the other into a file."""
        target = self.world.folder / f"{prefix}_everywhere"
        callers = [self._headers(f"{prefix}{number}") for number in range(1, count + 1)]
        with target.open("w") as file:
            for path in paths:
                file.writelines(f":path={path}\t{caller}" for caller in callers)
        return target

    def page(self) -> Path:
        """Write the headers of a page without a consumer into a file."""
        target = self.world.folder / "page"
        target.write_text(f"X-Publishable-Key={self.merchant.publishable}\n")
        return target

    def write(self, *statements: str, **values: object) -> None:
        """Run statements in one transaction, however long they take."""
        # Not the runtime's connection, whose watchdog gives up on a busy machine.
        with psycopg.connect(databases.plain(self._url)) as connection:
            for statement in statements:
                connection.execute(statement, values)

    def _tidy(self) -> None:
        """Leave nothing for the database to do in the middle of a measurement."""
        with psycopg.connect(databases._superusers(self._url), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

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


def waiter(line: str) -> str:
    """Return what the ids of those who wait in a line begin with."""
    return f"cons_w{line}"
