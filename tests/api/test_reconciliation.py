"""What a shop stops telling is asked for: by hand, by schedule, and shown to whoever asks."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import text, update

from integration.kernel.errors import ServiceUnavailable
from integration.services import syncing
from integration.store import reported_orders
from integration.store.models import Experience, Product
from tests.api.admitted import admitted, status
from tests.api.shopping import check_out, make_shop_launch, send
from tests.api.test_inbound import known_by_address, the_order
from tests.jobs.support import drain, make_connection, make_due, make_shop, run_of, stock
from tests.support.launches import make_launch

__all__ = ["known_by_address"]
CONNECTIONS = "/admin/api/v1/connections"


def start(client, merchant, connection_id, subject, **given):
    path = f"{CONNECTIONS}/{connection_id}/sync"
    answer = client.post(path, headers=merchant.server, json={"subject": subject, **given})
    assert answer.status_code == 202, answer.text
    return answer.json["id"]


def look(client, merchant, connection_id):
    path = f"{CONNECTIONS}/{connection_id}/reconciliation"
    answer = client.get(path, headers=merchant.server)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_an_order_whose_webhook_got_lost_completes_its_admission(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    sold.shop.pay(code)

    run = start(client, merchant, sold.connection_id, "orders")
    drain(rt)

    assert status(client, sold.launch, guest)["status"] == "COMPLETED"
    assert the_order(client, merchant, code)["completion"] == "completed"
    done = run_of(rt, run)
    assert (done.status, done.records, done.created, done.updated) == ("completed", 1, 1, 0)


def test_what_both_the_webhook_and_the_list_tell_counts_once(client, rt, merchant):
    sold = make_shop_launch(rt, merchant, inventory_bound=True, stock=5)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    send(client, sold.connection_id, sold.shop.pay(code))
    start(client, merchant, sold.connection_id, "orders")

    drain(rt)
    run = start(client, merchant, sold.connection_id, "orders")
    drain(rt)

    assert (run_of(rt, run).created, run_of(rt, run).failed) == (0, 0)
    with rt.transaction() as tx:
        assert tx.session.scalar(text("SELECT sold FROM line")) == 1


def test_orders_of_before_the_connection_are_left_alone(client, rt, merchant):
    fake = make_shop()
    product = fake.add_product("OLD")
    old = fake.open_order(product.variants[0], 1, "hnd_old")
    fake.pay(old.external_id)
    long_ago = fake.orders[old.external_id].updated_at - timedelta(days=9)
    fake.orders[old.external_id] = replace(fake.orders[old.external_id], updated_at=long_ago)
    connection_id = make_connection(rt, merchant, fake)

    usual = start(client, merchant, connection_id, "orders")
    drain(rt)
    full = start(client, merchant, connection_id, "orders", full=True)
    drain(rt)

    assert [run_of(rt, each).records for each in (usual, full)] == [0, 1]


def test_a_full_walk_archives_what_the_shop_has_no_more(client, rt, merchant):
    fake = make_shop(products=120)
    connection_id = make_connection(rt, merchant, fake)
    start(client, merchant, connection_id, "products")
    drain(rt)
    for name in list(fake.products)[:3]:
        del fake.products[name]

    usual = start(client, merchant, connection_id, "products")
    drain(rt)
    full = start(client, merchant, connection_id, "products", full=True)
    drain(rt)

    assert [run_of(rt, each).gone for each in (usual, full)] == [0, 3]
    with rt.transaction() as tx:
        left = tx.session.query(Product).where(Product.archived_at.is_(None)).count()
        assert left == 117
        assert tx.session.scalar(text("SELECT count(*) FROM sync_seen")) == 0


def test_what_a_launch_sells_is_not_archived(client, rt, merchant):
    fake = make_shop(products=2)
    connection_id = make_connection(rt, merchant, fake)
    start(client, merchant, connection_id, "products")
    drain(rt)
    with rt.transaction() as tx:
        product = tx.session.query(Product).where(Product.sku == "SKU-00000").one().id
    launch = make_launch(rt, merchant)
    with rt.transaction() as tx:
        shown = update(Experience).where(Experience.id == launch.experience_id)
        tx.session.execute(shown.values(product_id=product))
    fake.products = {"else": fake.add_product("ELSE")}

    run = start(client, merchant, connection_id, "products", full=True)
    drain(rt)

    assert run_of(rt, run).gone == 1
    with rt.transaction() as tx:
        assert tx.session.get_one(Product, product).archived_at is None


def test_a_shop_that_shows_nothing_has_not_lost_everything(client, rt, merchant):
    fake = make_shop(products=5)
    connection_id = make_connection(rt, merchant, fake)
    start(client, merchant, connection_id, "products")
    drain(rt)
    fake.products.clear()

    run = start(client, merchant, connection_id, "products", full=True)
    drain(rt)

    assert run_of(rt, run).gone == 0


def test_the_same_address_in_two_shops_is_one_person_and_on_record(client, rt, merchant):
    first, second = make_shop(), make_shop()
    for fake in (first, second):
        fake.add_customer("ada@example.test")
    stock(second, second.add_customer("eve@example.test"))
    connections = [make_connection(rt, merchant, each) for each in (first, second)]

    done = []
    for connection_id in connections:
        done.append(start(client, merchant, connection_id, "customers"))
        drain(rt)

    path = f"{CONNECTIONS}/{connections[1]}/sync-runs/{done[1]}"
    shown = client.get(path, headers=merchant.server).json
    (conflict,) = shown["conflicts"]
    person = client.get(f"/api/consumers/{conflict['consumerId']}", headers=merchant.server).json
    assert (shown["created"], shown["failed"]) == (1, 0)
    assert person["email"] == "ada@example.test"
    assert person["syncSource"] == connections[0]
    assert conflict["externalId"] in second.customers
    assert "merged" in conflict["reason"]


def test_get_connections_id_reconciliation(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    bought, waiting = (admitted(client, rt, merchant, sold.launch) for _ in range(2))
    code, other = (check_out(client, *each) for each in (bought, waiting))
    sold.shop.pay(code)
    stray = sold.shop.open_order(next(iter(sold.shop.products.values())).variants[0], 1, "none")
    sold.shop.pay(stray.external_id)
    run = start(client, merchant, sold.connection_id, "orders")
    drain(rt)

    shown = look(client, merchant, sold.connection_id)

    assert shown["connectionId"] == sold.connection_id
    assert shown["everyMinutes"] == 5
    assert shown["lastRun"]["id"] == run
    assert shown["orders"] == {"pending": 0, "completed": 1, "rejected": 1}
    (unmatched,) = shown["unmatched"]
    assert unmatched["externalOrderId"] == stray.external_id
    assert unmatched["reason"] == "NO_ADMISSION"
    (checkout,) = shown["openCheckouts"]
    assert checkout["consumerId"] == waiting[0].consumer_id
    assert checkout["externalRef"] == other


def test_a_new_connection_has_nothing_to_show(client, rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop())

    shown = look(client, merchant, connection_id)

    assert (shown["everyMinutes"], shown["lastRun"]) == (None, None)
    assert (shown["unmatched"], shown["openCheckouts"]) == ([], [])
    answer = client.get(f"{CONNECTIONS}/conn_x/reconciliation", headers=merchant.server)
    assert (answer.status_code, answer.json["code"]) == (404, "CONNECTION_NOT_FOUND")


def test_pulling_a_run_that_has_ended_changes_nothing(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    sold.shop.pay(code)
    told = syncing.start(rt, merchant.tenant, sold.connection_id, "orders")

    syncing.pull_page(rt, told.id)
    syncing.pull_page(rt, told.id)

    assert run_of(rt, told.id).records == 1
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"


def test_an_order_that_cannot_be_kept_fails_alone(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    waiting = [admitted(client, rt, merchant, sold.launch) for _ in range(3)]
    codes = [check_out(client, guest, token) for guest, token in waiting]
    for code in codes:
        sold.shop.pay(code)
    order = sold.shop.orders[codes[1]]
    sold.shop.orders[codes[1]] = replace(order, total=Decimal(10) ** 30)

    run_id = start(client, merchant, sold.connection_id, "orders")
    drain(rt)

    path = f"{CONNECTIONS}/{sold.connection_id}/sync-runs/{run_id}"
    run = client.get(path, headers=merchant.server).json
    assert (run["status"], run["records"], run["failed"], run["created"]) == ("completed", 3, 1, 2)
    reason = "It holds a value that cannot be stored."
    assert run["failures"] == [{"externalId": codes[1], "reason": reason}]
    assert [status(client, sold.launch, guest)["status"] for guest, _ in waiting] == [
        "COMPLETED",
        "ADMITTED",
        "COMPLETED",
    ]


def test_an_order_with_characters_that_no_database_takes_completes_its_admission(
    client, rt, merchant
):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    sold.shop.pay(code)
    order = sold.shop.orders[code]
    lines = tuple(replace(line, variant_ref="A\0\ud800") for line in order.lines)
    sold.shop.orders[code] = replace(order, lines=lines)

    told = syncing.start(rt, merchant.tenant, sold.connection_id, "orders")
    drain(rt)

    run = run_of(rt, told.id)
    assert (run.status, run.failures) == ("completed", [])
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"


def test_a_mistake_of_ours_with_one_order_holds_up_no_other(client, rt, merchant, monkeypatch):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    sold.shop.pay(code)
    stranger = replace(sold.shop.orders[code], external_id="0", checkout_ref=None, handle=None)
    sold.shop.orders["0"] = stranger
    keep = reported_orders.take_over

    def stumble(session, tenant, source, record):
        if record["external_id"] == "0":
            raise KeyError("lines")
        return keep(session, tenant, source, record)

    monkeypatch.setattr(reported_orders, "take_over", stumble)

    told = syncing.start(rt, merchant.tenant, sold.connection_id, "orders")
    drain(rt)

    run = run_of(rt, told.id)
    [failure] = run.failures
    assert (run.status, run.failed, failure["externalId"]) == ("completed", 1, "0")
    assert "on our side" in failure["reason"]
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"


def test_a_database_that_is_away_for_a_moment_fails_no_order(client, rt, merchant, monkeypatch):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    sold.shop.pay(check_out(client, guest, token))
    keep = reported_orders.take_over

    def away(*_):
        raise ServiceUnavailable

    monkeypatch.setattr(reported_orders, "take_over", away)
    told = syncing.start(rt, merchant.tenant, sold.connection_id, "orders")
    drain(rt)
    held = run_of(rt, told.id)
    monkeypatch.setattr(reported_orders, "take_over", keep)

    make_due(rt, "sync_run")
    syncing.pull_page(rt, told.id)

    assert (held.status, held.failed) == ("waiting", 0)
    assert run_of(rt, told.id).status == "completed"
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"
