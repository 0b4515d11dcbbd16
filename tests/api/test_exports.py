"""Files to take away: whole, exact, safe to open, and never more than a page in memory."""

import csv
import io
from contextlib import contextmanager

import psutil
import psycopg
import pytest
from sqlalchemy import event, text

from integration.services import exports
from tests.api.importing import finish, run, send, table
from tests.api.test_orders import report
from tests.support.backoffice import product_of, stranger_to
from tests.support.databases import plain
from tests.support.launches import make_guest, make_launch, make_merchant
from tests.support.waiting import wait_until

MANY = 100_000
MOST_BYTES = 16 * (1 << 20)
SUBJECTS = ["products", "consumers", "orders"]


def export(client, merchant, subject, prefix="/api"):
    return client.get(f"{prefix}/exports/{subject}.csv", headers=merchant.server)


def records(answer):
    header, *rows = table(answer)
    return [dict(zip(header, row, strict=True)) for row in rows]


def add_consumers(rt, merchant, count):
    statement = text(
        "INSERT INTO consumer (id, organization_id, mode, email, full_name) SELECT"
        " 'cons_' || lpad(n::text, 26, '0'), :organization_id, :mode,"
        " 'person' || n || '@shop.example', 'Person ' || n"
        " FROM generate_series(CAST(:first AS int), :last) n"
    )
    with rt.transaction() as tx:
        # That many acts on record are no part of this.
        tx.session.execute(text("ALTER TABLE consumer DISABLE TRIGGER USER"))
        for first in range(1, count, 20_000):
            part = {"first": first, "last": min(first + 19_999, count)}
            tx.session.execute(statement, part | merchant.tenant._asdict())
        tx.session.execute(text("ALTER TABLE consumer ENABLE TRIGGER USER"))


@contextmanager
def heard(engine):
    """The statements that an engine is sent."""
    statements = []

    def hear(_connection, _cursor, statement, *_):
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    yield statements
    event.remove(engine, "before_cursor_execute", hear)


def test_products_are_exported_as_the_api_shows_them(client, merchant):
    made = product_of(client, merchant, price=105, inventory=0, description='A "fine"\nthing, red')

    [row] = records(export(client, merchant, "products"))

    assert (row["id"], row["sku"], row["name"]) == (made["id"], "SNKR-001", "Sneaker")
    assert (row["price"], row["currencyCode"], row["inventory"]) == ("105.00", "USD", "0")
    assert row["description"] == 'A "fine"\nthing, red'
    assert (row["createdAt"], row["externalId"]) == (made["createdAt"], "")


def test_consumers_are_exported_guests_among_them_and_the_erased_not(client, merchant):
    body = {"email": "ann@shop.example", "metadata": {"tier": "gold"}}
    ann = client.post("/api/consumers", json=body, headers=merchant.server).json
    guest, gone = (make_guest(client, merchant) for _ in range(2))
    client.delete(f"/api/consumers/{gone.consumer_id}", headers=merchant.server)

    rows = {row["id"]: row for row in records(export(client, merchant, "consumers"))}

    assert rows.keys() == {ann["id"], guest.consumer_id}
    assert rows[ann["id"]]["metadata"] == '{"tier":"gold"}'
    assert rows[guest.consumer_id]["email"] == ""


def test_orders_are_exported_with_what_became_of_them(client, rt, merchant):
    launch = make_launch(rt, merchant, experience={"currency_code": "JPY"})
    guest = make_guest(client, merchant)
    made = report(client, merchant, launch, guest, totalAmount=1050).json

    [row] = records(export(client, merchant, "orders"))

    assert (row["id"], row["externalOrderId"]) == (made["id"], "A-1")
    assert (row["totalAmount"], row["currencyCode"]) == ("1050", "JPY")
    assert (row["completion"], row["late"], row["lineItems"]) == ("pending", "false", "")


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("prefix", ["/api", ""])
def test_a_file_has_a_name_and_an_empty_one_has_its_header(client, merchant, subject, prefix):
    answer = export(client, merchant, subject, prefix)

    assert answer.status_code == 200
    named = f'attachment; filename="{subject}.csv"'
    assert answer.headers["Content-Disposition"] == named
    assert answer.headers["Cache-Control"] == "no-store"
    [header] = table(answer)
    assert header[0] == "id"


def test_no_cell_runs_as_a_formula_and_each_comes_back_as_it_was(client, rt, merchant):
    odd = ["=1+1", "+15551234567", "-1", "@sum", "'=1", "''x", "'x", "\ttab"]
    for number, name in enumerate(odd):
        body = {"externalId": f"{number}", "fullName": name}
        client.post("/api/consumers", json=body, headers=merchant.server)

    answer = export(client, merchant, "consumers")

    cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
    assert [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t"}] == []
    again = finish(
        client, rt, merchant, send(client, merchant, "consumers", answer.data).json["id"]
    )
    assert (again["rows"], again["created"]) == (len(odd), 0)


@pytest.mark.parametrize("subject", ["products", "consumers"])
def test_an_exported_file_imported_again_changes_nothing(client, rt, merchant, subject):
    lines = {
        "products": (
            "sku,name,price,currencyCode,inventory",
            "A,Cap,10.5,EUR,3",
            "B,Mug,1000,JPY,",
        ),
        "consumers": ("email,phone,metadata", 'a@b.example,+15551234567,"{""a"": [1]}"'),
    }
    run(client, rt, merchant, subject, *lines[subject])
    file = export(client, merchant, subject).data

    again = finish(client, rt, merchant, send(client, merchant, subject, file).json["id"])

    assert again["rows"] > 0
    assert (again["created"], again["updated"], again["failed"]) == (0, 0, 0)
    assert export(client, merchant, subject).data == file


def test_many_rows_are_sent_while_they_are_read(client, rt, merchant):
    add_consumers(rt, merchant, MANY)
    process, lines = psutil.Process(), 0

    with heard(rt.engine) as statements:
        path = "/api/exports/consumers.csv"
        answer = client.get(path, headers=merchant.server, buffered=False)
        begun = len(statements)
        before = most = process.memory_info().rss
        for part in answer.iter_encoded():
            lines += part.count(b"\n")
            most = max(most, process.memory_info().rss)

    assert lines == MANY + 1
    assert begun < 50
    assert len(statements) - begun >= MANY / 1000
    assert most - before < MOST_BYTES


def test_no_transaction_is_open_between_two_pages(client, rt, merchant):
    add_consumers(rt, merchant, 2_500)

    parts = exports.table(rt, merchant.tenant, "consumers")
    sizes = []
    for part in parts:
        sizes.append(part.count("\n"))
        # What is checked out for a moment is a thread's beside this one.
        wait_until(lambda: rt.engine.pool.checkedout() == 0, "no transaction is open")

    assert sizes == [1_001, 1_000, 500]


def test_half_a_file_says_that_it_is_one(rt, merchant, settings, monkeypatch):
    monkeypatch.setattr(exports, "TRIES", 1)
    add_consumers(rt, merchant, 1_500)
    parts = exports.table(rt, merchant.tenant, "consumers")
    assert next(parts).count("\n") == 1_001

    with psycopg.connect(plain(settings.database_url)) as other:
        other.execute("LOCK TABLE consumer IN ACCESS EXCLUSIVE MODE")
        rest = list(parts)

    assert rest == [f"{exports.BROKEN_OFF}\r\n"]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_file_holds_nothing_of_anybody_elses(client, rt, merchant, subject):
    launch = make_launch(rt, merchant)
    report(client, merchant, launch, make_guest(client, merchant))
    for stranger in ("organization", "mode"):
        other = stranger_to(rt, merchant, stranger)

        assert len(table(export(client, other, subject))) == 1
    assert len(table(export(client, merchant, subject))) == 2


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_file_needs_the_scope(client, rt, merchant, subject):
    writer = make_merchant(rt, scopes=(f"write:{subject}",), of=merchant)

    assert export(client, writer, subject).status_code == 403
    assert client.get(f"/exports/{subject}.csv").status_code == 401
