"""Files that are imported, and what has come of them."""

import csv
import io
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from integration.runtime import Runtime
from integration.services import imports
from tests.jobs.support import make_due
from tests.support.launches import Merchant


def send(
    client: FlaskClient, merchant: Merchant, subject: str, file: str | bytes, **headers: str
) -> TestResponse:
    """Send a file to be imported."""
    return client.post(
        f"/api/imports/{subject}",
        data=file,
        headers={**merchant.server, "Content-Type": "text/csv", **headers},
    )


def run(
    client: FlaskClient, rt: Runtime, merchant: Merchant, subject: str, *lines: str
) -> dict[str, Any]:
    """Import a file of these lines to its end, and return what became of it."""
    started = send(client, merchant, subject, "\n".join(lines))
    assert started.status_code == 202, started.text
    return finish(client, rt, merchant, started.json["id"])


def finish(client: FlaskClient, rt: Runtime, merchant: Merchant, import_id: str) -> dict[str, Any]:
    """Store page after page until an import ends."""
    while (shown := show(client, merchant, import_id))["finishedAt"] is None:
        make_due(rt, "import_run")
        imports.store_page(rt, import_id)
    return shown


def show(client: FlaskClient, merchant: Merchant, import_id: str) -> dict[str, Any]:
    answer = client.get(f"/api/imports/{import_id}", headers=merchant.server)
    assert answer.status_code == 200, answer.text
    return answer.json


def errors(client: FlaskClient, merchant: Merchant, import_id: str) -> list[list[str]]:
    """Return what was wrong, the header first."""
    answer = client.get(f"/api/imports/{import_id}/errors.csv", headers=merchant.server)
    assert answer.status_code == 200, answer.text
    return table(answer)


def table(answer: TestResponse) -> list[list[str]]:
    """Return the rows of an answered file."""
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.text, newline="")))


def count(rt: Runtime, what: str) -> int:
    """Return how many rows a table has."""
    with rt.transaction() as tx:
        return tx.session.scalar(text(f"SELECT count(*) FROM {what}"))
