"""A line and the people for it, put straight into the tables."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import psycopg
from psycopg.types.json import Jsonb

from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store.limits import Taken
from integration.store.line.committer import Ask

TENANT = Tenant("org_a", "live")
PLENTY = Taken(1_000_000, 1_000_000, 1_000_000, 0, 0)


def unlimited(tenant: Tenant, cost: int) -> Taken:
    return PLENTY


class Person(NamedTuple):
    """Somebody with a session."""

    tenant: Tenant
    consumer_id: str
    session_id: str

    def asks(self, line: str, fingerprint: bytes | None = None) -> Ask:
        return Ask(self.tenant, line, self.consumer_id, self.session_id, fingerprint)


class Stage:
    """A connection that commits each statement, and what tests want to know."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.plain = url.replace("+psycopg", "", 1)
        self.connection = psycopg.connect(self.plain, autocommit=True)

    def run(self, statement: str, *values: Any) -> list[tuple]:
        cursor = self.connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []

    def one(self, statement: str, *values: Any) -> Any:
        ((value,),) = self.run(statement, *values)
        return value

    def line(self, tenant: Tenant = TENANT, **given: Any) -> str:
        """A published queue that is open, and its counters."""
        line = new_id("queue")
        self.run(
            "INSERT INTO organization (id, name, slug, time_zone, language_code,"
            " currency_code, allowed_redirect_hosts, limits)"
            " VALUES (%s, 'A', %s, 'UTC', 'en', 'EUR', '[]', '{}')"
            " ON CONFLICT DO NOTHING",
            tenant.organization_id,
            tenant.organization_id,
        )
        columns = self._parents(tenant) | {
            "id": line,
            "kind": "queue",
            "name": "Queue",
            "state": "active",
            "time_zone": "UTC",
            "admission_expiration_seconds": 900,
            "inventory_bound": False,
            "units_per_admission": 1,
            "fingerprint_policy": "recommended",
            "fingerprint_at_validation": False,
            "max_entries_per_fingerprint": 3,
            "extendable": False,
            "restock_on_cancel": False,
            "metadata": Jsonb({}),
            "rules": Jsonb(given.pop("rules", {})),
            "changed_at": "now",
            **given,
        }
        self._insert("distribution", columns)
        self._insert("line", {"distribution_id": line} | tenant._asdict())
        return line

    def people(self, count: int, tenant: Tenant = TENANT) -> list[Person]:
        made = [Person(tenant, new_id("cons"), new_id("sess")) for _ in range(count)]
        consumers = [person.consumer_id for person in made]
        self.run(
            "INSERT INTO consumer (id, organization_id, mode) SELECT unnest(%s::text[]), %s, %s",
            consumers,
            *tenant,
        )
        self.run(
            "INSERT INTO session (id, consumer_id, organization_id, mode, type, expires_at)"
            " SELECT *, %s, %s, 'guest', now() + '1 day' FROM unnest(%s::text[], %s::text[])",
            *tenant,
            [person.session_id for person in made],
            consumers,
        )
        return made

    def leave(self, line: str, people: Sequence[Person], state: str = "LEFT") -> list[int]:
        """What a use case commits when people leave the line, or are admitted."""
        with self.connection.transaction():
            self.run("SELECT FROM line WHERE distribution_id = %s FOR UPDATE", line)
            numbers = [
                number
                for (number,) in self.run(
                    "UPDATE participation SET state = %s, current = %s, admitted_at = CASE WHEN"
                    " %s THEN clock_timestamp() END WHERE distribution_id = %s AND current"
                    " AND state = 'QUEUED' AND consumer_id = ANY(%s) RETURNING number",
                    state,
                    state != "LEFT",
                    state == "ADMITTED",
                    line,
                    [person.consumer_id for person in people],
                )
            ]
            admitted = len(numbers) if state == "ADMITTED" else 0
            self.run(
                "UPDATE line SET waiting = waiting - %s, active = active + %s,"
                " serving = greatest(serving, %s), version = version + 1"
                " WHERE distribution_id = %s",
                len(numbers),
                admitted,
                max(numbers, default=0) if admitted else 0,
                line,
            )
        return sorted(numbers)

    def counters(self, line: str) -> tuple[int, int]:
        """How many entered, and how many wait."""
        ((entered, waiting),) = self.run(
            "SELECT entered, waiting FROM line WHERE distribution_id = %s", line
        )
        return entered, waiting

    def numbers(self, line: str) -> list[int]:
        return [
            number
            for (number,) in self.run(
                "SELECT number FROM participation WHERE distribution_id = %s ORDER BY number", line
            )
        ]

    def waiting(self, line: str) -> dict[str, int]:
        return dict(
            self.run(
                "SELECT consumer_id, number FROM participation"
                " WHERE distribution_id = %s AND state = 'QUEUED'",
                line,
            )
        )

    def _parents(self, tenant: Tenant) -> dict[str, Any]:
        experience, sequence = new_id("exp"), new_id("seq")
        mine = tenant._asdict()
        self._insert(
            "experience",
            mine | {"id": experience, "name": "E", "time_zone": "UTC", "currency_code": "EUR"},
        )
        self._insert(
            "sequence",
            mine | {"id": sequence, "experience_id": experience, "name": "S", "priority": 0},
        )
        return mine | {"experience_id": experience, "sequence_id": sequence}

    def _insert(self, table: str, values: dict[str, Any]) -> None:
        names = ", ".join(values)
        marks = ", ".join(["%s"] * len(values))
        self.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", *values.values())
