"""Orders that a merchant's back end reports, and what they do for their admissions."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from integration.kernel.ids import new_id
from integration.services import admitting
from integration.services.inbox import handle
from integration.store import inbox
from jobs import sweeper
from tests.api.admitted import Books, act, admitted, books, events, run_out, status, subscribe
from tests.jobs.support import drain, make_due
from tests.support.launches import make_guest, make_launch, make_merchant


def report(client, merchant, launch, guest, external_id="A-1", *, key=None, **body):
    headers = merchant.server | ({"X-Idempotency-Key": key} if key else {})
    values = {
        "consumerId": guest.consumer_id,
        "distributionId": launch.queue_id,
        "externalOrderId": external_id,
        "totalAmount": 199.99,
        **body,
    }
    return client.post("/api/orders", headers=headers, json=values)


def show(client, merchant, order):
    return client.get(f"/api/orders/{order.json['id']}", headers=merchant.server).json


def end(client, merchant, order, state, **headers):
    return client.patch(
        f"/api/orders/{order.json['id']}",
        headers=merchant.server | headers,
        json={"status": state},
    )


def test_an_order_is_kept_at_once_and_completes_its_admission_by_a_job(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=3)
    guest, _ = admitted(client, rt, merchant, launch)

    kept = report(client, merchant, launch, guest, lineItems=[{"sku": "S-1", "quantity": 1}])
    drain(rt)

    assert kept.status_code == 201
    assert kept.json["completion"] == "pending"
    assert kept.json["status"] == "paid"
    assert kept.json["currencyCode"] == "USD"
    done = show(client, merchant, kept)
    assert (done["completion"], done["completionReason"]) == ("completed", None)
    assert (done["totalAmount"], done["late"]) == (199.99, False)
    assert done["lineItems"] == [{"sku": "S-1", "quantity": 1, "price": None}]
    assert status(client, launch, guest)["status"] == "COMPLETED"
    assert books(rt, launch) == Books(waiting=0, active=0, held=0, sold=1)


def test_a_second_report_is_the_first_one_whatever_its_key(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    first = report(client, merchant, launch, guest, key="one")
    drain(rt)

    replayed = report(client, merchant, launch, guest, key="one")
    repeated = report(client, merchant, launch, guest, key="two")
    drain(rt)

    assert (replayed.status_code, replayed.get_data()) == (201, first.get_data())
    assert replayed.headers["Idempotency-Replayed"] == "true"
    assert repeated.status_code == 200
    assert repeated.json["id"] == first.json["id"]
    assert repeated.json["completion"] == "completed"
    assert books(rt, launch).sold == 1


def test_racing_reports_of_one_order_make_one_order(app, client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)

    def go(number):
        with app.test_client() as mine:
            return report(mine, merchant, launch, guest, key=f"key-{number}")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(go, range(24)))
    drain(rt)

    assert sorted(answer.status_code for answer in answers) == [200] * 23 + [201]
    assert len({answer.json["id"] for answer in answers}) == 1
    assert books(rt, launch).sold == 1


def test_the_order_may_name_its_admission_by_token(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)

    kept = report(client, merchant, launch, guest, admissionToken=token)
    drain(rt)

    assert show(client, merchant, kept)["completion"] == "completed"


def test_completing_after_the_report_is_the_same_order(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    kept = report(client, merchant, launch, guest)
    before_the_job = act(
        client, merchant, launch, "complete", consumerId=guest.consumer_id, orderId="A-1"
    )

    drain(rt)
    after_it = act(
        client, merchant, launch, "complete", consumerId=guest.consumer_id, orderId="A-1"
    )

    assert (before_the_job.status_code, after_it.status_code) == (200, 200)
    assert show(client, merchant, kept)["completion"] == "completed"
    assert books(rt, launch).sold == 1


def test_reporting_after_the_completion_is_the_same_order_and_fills_in_what_was_missing(
    client, rt, merchant
):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    act(client, merchant, launch, "complete", consumerId=guest.consumer_id, orderId="A-1")

    kept = report(client, merchant, launch, guest, lineItems=[{"quantity": 2, "price": 99.5}])
    drain(rt)

    assert kept.status_code == 200
    assert kept.json["completion"] == "completed"
    assert kept.json["totalAmount"] == 199.99
    assert kept.json["lineItems"] == [{"sku": None, "quantity": 2, "price": 99.5}]
    assert books(rt, launch).sold == 1


def test_an_order_is_attached_to_an_admission_completed_without_one(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    act(client, merchant, launch, "complete", consumerId=guest.consumer_id)

    first = report(client, merchant, launch, guest, "A-1")
    second = report(client, merchant, launch, guest, "A-2")
    drain(rt)

    assert show(client, merchant, first)["completion"] == "completed"
    rejected = show(client, merchant, second)
    assert (rejected["completion"], rejected["completionReason"]) == (
        "rejected",
        "ALREADY_COMPLETED",
    )
    assert books(rt, launch).sold == 1


def test_an_order_without_an_admission_is_kept_and_rejected(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)

    kept = report(client, merchant, launch, guest)
    drain(rt)

    said = show(client, merchant, kept)
    assert (said["completion"], said["completionReason"]) == ("rejected", "NO_ADMISSION")


def test_an_order_with_somebody_elses_token_is_rejected(client, rt, merchant):
    launch = make_launch(rt, merchant)
    _, token = admitted(client, rt, merchant, launch)
    other = make_guest(client, merchant)

    theirs = report(client, merchant, launch, other, "A-1", admissionToken=token)
    forged = report(client, merchant, launch, other, "A-2", admissionToken=token + "x")
    drain(rt)

    assert show(client, merchant, theirs)["completionReason"] == "WRONG_CONSUMER"
    assert show(client, merchant, forged)["completionReason"] == "BAD_SIGNATURE"
    assert books(rt, launch).sold == 0


def test_a_late_order_completes_while_stock_allows_and_is_flagged(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1)
    guest, _ = admitted(client, rt, merchant, launch)
    run_out(rt, launch)
    admitting.expire_due(rt)

    in_time = report(client, merchant, launch, guest, "A-1")
    drain(rt)
    other = make_guest(client, merchant)
    too_late = report(client, merchant, launch, other, "A-2")
    drain(rt)

    said = show(client, merchant, in_time)
    assert (said["completion"], said["late"]) == ("completed", True)
    assert show(client, merchant, too_late)["completion"] == "rejected"


def test_a_job_that_runs_twice_has_its_effect_once(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    report(client, merchant, launch, guest)
    with rt.transaction() as tx:
        [notice_id] = inbox.due(tx.session, 10)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: handle(rt, notice_id), range(6)))

    assert books(rt, launch).sold == 1
    with rt.transaction() as tx:
        assert list(inbox.due(tx.session, 10)) == []


def test_a_commit_that_nobody_heard_of_is_not_taken_back(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    report(client, merchant, launch, guest)
    with rt.transaction() as tx:
        [notice_id] = inbox.due(tx.session, 10)
    handle(rt, notice_id)

    with rt.transaction() as tx:
        inbox.failed(tx.session, merchant.tenant, notice_id, "The connection is lost.", None)
    make_due(rt, "inbox_notice")

    with rt.transaction() as tx:
        assert list(inbox.due(tx.session, 10)) == []


def test_an_order_that_lost_its_job_is_found_by_the_sweeper(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    kept = report(client, merchant, launch, guest)
    rt.valkey.client.flushdb()
    drain(rt)
    assert show(client, merchant, kept)["completion"] == "pending"

    sweeper.sweep(rt)
    drain(rt)

    assert show(client, merchant, kept)["completion"] == "completed"


@pytest.mark.parametrize(("restock", "sold"), [(True, 0), (False, 1)])
def test_cancelling_gives_stock_back_once_where_the_merchant_wants_that(
    client, rt, merchant, restock, sold
):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1, restock_on_cancel=restock)
    guest, _ = admitted(client, rt, merchant, launch)
    order = report(client, merchant, launch, guest)
    drain(rt)

    cancelled = end(client, merchant, order, "cancelled")
    again = end(client, merchant, order, "cancelled")
    refunded = end(client, merchant, order, "refunded")

    assert [each.status_code for each in (cancelled, again, refunded)] == [200] * 3
    assert cancelled.json["status"] == "cancelled"
    assert again.json == cancelled.json
    assert refunded.json["status"] == "refunded"
    assert books(rt, launch, restocked=1 - sold).sold == sold


def test_orders_only_go_forward(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    order = report(client, merchant, launch, guest)
    end(client, merchant, order, "refunded")

    back = end(client, merchant, order, "cancelled")

    assert (back.status_code, back.json["code"]) == (409, "ORDER_STATE")


def test_an_order_that_was_cancelled_before_its_job_completes_nothing(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    order = report(client, merchant, launch, guest)
    end(client, merchant, order, "cancelled")

    drain(rt)

    said = show(client, merchant, order)
    assert (said["completion"], said["completionReason"]) == ("rejected", "CANCELLED")
    assert status(client, launch, guest)["status"] == "ADMITTED"


def test_a_change_may_insist_on_the_version_it_saw(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    order = report(client, merchant, launch, guest)
    drain(rt)

    stale = end(client, merchant, order, "cancelled", **{"If-Match": order.headers["ETag"]})
    seen = client.get(f"/api/orders/{order.json['id']}", headers=merchant.server)
    fresh = end(client, merchant, order, "cancelled", **{"If-Match": seen.headers["ETag"]})

    assert (stale.status_code, stale.json["code"]) == (412, "PRECONDITION_FAILED")
    assert fresh.status_code == 200


def test_money_is_exact_and_counted_in_the_orders_currency(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)

    yen = report(client, merchant, launch, guest, "Y-1", totalAmount=1050, currencyCode="JPY")
    too_fine = report(client, merchant, launch, guest, "Y-2", totalAmount=10.505)
    negative = report(client, merchant, launch, guest, "Y-3", totalAmount=-1)
    line = report(
        client, merchant, launch, guest, "Y-4", lineItems=[{"quantity": 1, "price": 0.125}]
    )

    assert yen.json["totalAmount"] == 1050
    assert [each.status_code for each in (too_fine, negative, line)] == [400] * 3
    assert too_fine.json["details"][0]["field"] == "totalAmount"
    assert line.json["details"][0]["field"] == "lineItems.0.price"


def test_what_an_order_names_must_be_this_merchants(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    stranger = make_merchant(rt)

    no_consumer = report(client, merchant, launch, guest, consumerId=new_id("cons"))
    no_queue = report(client, merchant, launch, guest, distributionId=new_id("queue"))
    foreign = report(client, stranger, launch, guest)

    assert (no_consumer.status_code, no_consumer.json["code"]) == (404, "CONSUMER_NOT_FOUND")
    assert (no_queue.status_code, no_queue.json["code"]) == (404, "DISTRIBUTION_NOT_FOUND")
    assert foreign.status_code == 404


def test_orders_are_listed_and_found_at_both_addresses(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    made = [report(client, merchant, launch, guest, f"A-{n}").json["id"] for n in range(3)]
    other = make_merchant(rt)

    page = client.get("/orders?limit=2", headers=merchant.server).json
    cursor = page["pageInfo"]["endCursor"]
    rest = client.get(f"/api/orders?cursor={cursor}", headers=merchant.server).json
    found = client.get("/api/orders?externalOrderId=A-1", headers=merchant.server).json
    mine = client.get(f"/orders?consumerId={guest.consumer_id}", headers=merchant.server).json
    theirs = client.get("/api/orders", headers=other.server).json
    foreign = client.get(f"/api/orders/{made[0]}", headers=other.server)

    assert [order["id"] for order in page["data"] + rest["data"]] == made
    assert page["pageInfo"]["hasNextPage"] is True
    assert [order["id"] for order in found["data"]] == [made[1]]
    assert len(mine["data"]) == 3
    assert theirs["data"] == []
    assert (foreign.status_code, foreign.json["error"]) == (404, "Order not found")


def test_whoever_subscribes_hears_of_the_order_in_rising_sequence(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    subscribe(rt, merchant)
    order = report(client, merchant, launch, guest)
    drain(rt)
    end(client, merchant, order, "refunded")

    told = [(name, sequence) for name, sequence, _ in events(rt) if name.startswith("order.")]

    assert [name for name, _ in told] == ["order.created", "order.completed", "order.refunded"]
    assert [sequence for _, sequence in told] == [1, 2, 3]
    data = next(data for name, _, data in events(rt) if name == "order.created")
    assert data["totalAmount"] == "199.99"


def test_reporting_wants_the_scope(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    reader = make_merchant(rt, scopes=("read:orders",), of=merchant)

    nobody = client.post("/api/orders", json={})
    reading = report(client, reader, launch, guest)

    assert (nobody.status_code, nobody.json["code"]) == (401, "AUTHENTICATION_REQUIRED")
    assert reading.status_code == 403
