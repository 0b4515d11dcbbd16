"""Listens to what requests ask of the database: no statement goes without its tenant."""

import re

from flask import has_request_context
from sqlalchemy import Engine, event

from integration.store.models import Base

TENANTED = {table.name for table in Base.metadata.sorted_tables if "mode" in table.columns}
TABLES = re.compile(r"\b(?:FROM|JOIN|UPDATE|DELETE FROM)\s+(?:ONLY\s+)?\"?(\w+)\"?", re.IGNORECASE)
ALLOWED = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        # Whoever shows a key is asked for no tenant: the key says which.
        r"WHERE api_key\.hash =",
        # What a process knows by heart is read by id and compared with the caller's tenant.
        r"FROM (distribution|organization) \nWHERE \1\.id = %\(pk_1\)s",
        # The line card is for everybody, and counts behind it see numbers alone.
        r"clock_timestamp\(\).*FROM .*distribution",
        r"^SELECT count\(\*\) AS \w+ \nFROM \(SELECT participation\.number AS number \nFROM",
        r"FROM unnest\(CAST\(%\(steps\)s AS bigint\[\]\)\)",
        # Whoever operates it watches all tenants together.
        r"/\* of the whole installation \*/",
        # Variants come with products that were found with their tenant.
        r"FROM variant \nWHERE variant\.product_id IN",
        # A row that was found with its tenant is written by its key.
        r"^(UPDATE|DELETE FROM) (\w+) .*WHERE \2\.(id|hash) = %\((\2_)?\3\)s",
    )
)


class Listener:
    """Collects the statements of requests that name a tenant's table and not the tenant."""

    def __init__(self, engine: Engine) -> None:
        self.bare: list[str] = []
        event.listen(engine, "before_cursor_execute", self._hear)

    def _hear(self, _connection, _cursor, statement, *_):
        if not has_request_context():
            return
        tables = {name.lower() for name in TABLES.findall(statement)} & TENANTED
        told = "organization_id" in where(statement) and "mode" in where(statement)
        if tables and not told and not any(known.search(statement) for known in ALLOWED):
            self.bare.append(statement)


def where(statement: str) -> str:
    """Return all of a statement that comes after what it selects."""
    return re.split(r"\bFROM\b|\bSET\b", statement, maxsplit=1, flags=re.IGNORECASE)[-1]
