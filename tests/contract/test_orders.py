"""Orders of contract.md, section 4, and how they and completions are one (section 3)."""

import pytest
from sqlalchemy import text

from integration.kernel.ids import new_id
from integration.services import admitting
from integration.services.inbox import handle
from integration.store import inbox
from tests.api.admitted import act, admitted, books, enter, run_out, status
from tests.api.test_orders import end, report, show
from tests.jobs.support import drain
from tests.support.backoffice import product_of
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_launch

ORDER = {
    "id",
    "externalOrderId",
    "connectionId",
    "consumerId",
    "distributionId",
    "admissionId",
    "status",
    "totalAmount",
    "currencyCode",
    "lineItems",
    "completion",
    "completionReason",
    "late",
    "createdAt",
    "updatedAt",
}


def outcome(client, rt, merchant, kept):
    """What an order says once its job has run: completion, reason, late."""
    drain(rt)
    said = show(client, merchant, kept)
    return said["completion"], said["completionReason"], said["late"]


def complete(client, merchant, launch, guest, **order):
    return act(client, merchant, launch, "complete", consumerId=guest.consumer_id, **order)


def sell(rt, product_id, variant_id):
    with rt.transaction() as tx:
        tx.session.execute(
            text("UPDATE distribution SET product_id = :product, variant_id = :variant"),
            {"product": product_id, "variant": variant_id},
        )


@pytest.mark.parametrize("path", ["/api/orders", "/orders"])
def test_post_orders(client, rt, merchant, path):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    body = {
        "consumerId": guest.consumer_id,
        "distributionId": launch.queue_id,
        "externalOrderId": "YOUR-ORDER-123",
        "totalAmount": 199.99,
        "currencyCode": "EUR",
        "admissionToken": token,
        "status": "paid",
        "lineItems": [{"sku": "S-1", "quantity": 2, "price": 99.99}],
    }

    kept = client.post(path, json=body, headers=merchant.server)

    assert kept.status_code == 201
    assert kept.headers["X-RateLimit-Limit"]
    made = kept.json
    assert made.keys() == ORDER
    assert made["id"].startswith("ord_")
    assert (made["totalAmount"], made["currencyCode"], made["status"]) == (199.99, "EUR", "paid")
    assert made["lineItems"] == body["lineItems"]
    assert (made["completion"], made["completionReason"], made["late"]) == ("pending", None, False)
    assert outcome(client, rt, merchant, kept) == ("completed", None, False)


def test_post_orders_status_defaults_to_paid_and_the_currency_to_the_launchs(client, rt, merchant):
    launch = make_launch(rt, merchant, experience={"currency_code": "JPY"})
    guest = make_guest(client, merchant)

    made = report(client, merchant, launch, guest, totalAmount=1050).json

    assert (made["status"], made["currencyCode"], made["totalAmount"]) == ("paid", "JPY", 1050)
    assert made["lineItems"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"consumerId": None}, "consumerId"),
        ({"distributionId": ""}, "distributionId"),
        ({"externalOrderId": "x" * 256}, "externalOrderId"),
        ({"totalAmount": "abc"}, "totalAmount"),
        ({"totalAmount": -1}, "totalAmount"),
        ({"totalAmount": 1e15}, "totalAmount"),
        ({"totalAmount": True}, "totalAmount"),
        ({"currencyCode": "usd"}, "currencyCode"),
        ({"status": "cancelled"}, "status"),
        ({"lineItems": [{"sku": "A"}]}, "lineItems.0.quantity"),
        ({"lineItems": [{"quantity": 0}]}, "lineItems.0.quantity"),
        ({"lineItems": [{"quantity": 1, "price": 1.999}]}, "lineItems.0.price"),
        ({"admissionToken": ""}, "admissionToken"),
        ({"total": 5}, "total"),
    ],
)
def test_post_orders_400(client, rt, merchant, body, field):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)

    answer = report(client, merchant, launch, guest, **body)

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert [detail["field"] for detail in answer.json["details"]] == [field]


def test_post_orders_404(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)

    nobody = report(client, merchant, launch, guest, consumerId=new_id("cons"))
    nothing = report(client, merchant, launch, guest, distributionId=new_id("queue"))

    assert refused(nobody) == (404, "Consumer not found", "CONSUMER_NOT_FOUND")
    assert refused(nothing) == (404, "Distribution not found", "DISTRIBUTION_NOT_FOUND")


def test_post_orders_a_second_report_is_the_first_one_again_whatever_its_key(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    first = report(client, merchant, launch, guest, key="a")

    again = report(client, merchant, launch, guest, key="b", totalAmount=5)

    assert (again.status_code, again.json) == (200, first.json)


def test_post_orders_the_order_and_its_inbox_row_commit_together(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)

    kept = report(client, merchant, launch, guest)
    rt.valkey.client.flushdb()

    with rt.transaction() as tx:
        [notice] = inbox.due(tx.session, 10)
    handle(rt, notice)
    assert show(client, merchant, kept)["completion"] == "completed"


def test_post_orders_rejected_no_admission(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    guest = make_guest(client, merchant)
    enter(client, launch, guest)

    kept = report(client, merchant, launch, guest)

    assert outcome(client, rt, merchant, kept) == ("rejected", "NO_ADMISSION", False)


def test_post_orders_rejected_already_completed(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    first = report(client, merchant, launch, guest, "A-1")
    drain(rt)

    second = report(client, merchant, launch, guest, "A-2")

    assert outcome(client, rt, merchant, second) == ("rejected", "ALREADY_COMPLETED", False)
    assert show(client, merchant, first)["completion"] == "completed"
    assert books(rt, launch).sold == 1


def test_post_orders_rejected_wrong_product(client, rt, merchant):
    other = product_of(client, merchant, sku="OTHER")
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    lines = [{"sku": other["sku"], "quantity": 1}]

    wrong = report(client, merchant, launch, guest, "A-1", lineItems=lines)

    assert outcome(client, rt, merchant, wrong) == ("rejected", "WRONG_PRODUCT", False)
    assert status(client, launch, guest)["status"] == "ADMITTED"
    lines.append({"sku": launch.product_id, "quantity": 1})
    right = report(client, merchant, launch, guest, "A-2", lineItems=lines)
    assert outcome(client, rt, merchant, right) == ("completed", None, False)


def test_post_orders_rejected_wrong_product_another_variant(client, rt, merchant):
    variants = [{"sku": "S"}, {"sku": "M"}]
    product = product_of(client, merchant, sku="SHIRT", variants=variants)
    launch = make_launch(rt, merchant)
    sell(rt, product["id"], product["variants"][0]["id"])
    guest, _ = admitted(client, rt, merchant, launch)

    wrong = report(client, merchant, launch, guest, "A-1", lineItems=[{"sku": "M", "quantity": 1}])

    assert outcome(client, rt, merchant, wrong)[1] == "WRONG_PRODUCT"
    right = report(client, merchant, launch, guest, "A-2", lineItems=[{"sku": "S", "quantity": 1}])
    assert outcome(client, rt, merchant, right)[0] == "completed"


@pytest.mark.parametrize(
    ("verb", "reason"), [("deny", "DENIED"), ("leave", "LEFT"), ("other", "WRONG_DISTRIBUTION")]
)
def test_post_orders_rejected_for_what_became_of_the_admission(client, rt, merchant, verb, reason):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    if verb == "deny":
        act(client, merchant, launch, "deny", consumerId=guest.consumer_id, reason="bot")
    if verb == "leave":
        client.post(f"/api/v1/queues/{launch.queue_id}/leave", headers=guest.headers)
    sold = make_launch(rt, merchant) if verb == "other" else launch

    kept = report(client, merchant, sold, guest, admissionToken=token)

    assert outcome(client, rt, merchant, kept) == ("rejected", reason, False)


def test_a_late_order_completes_while_stock_allows_and_is_flagged(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1)
    guest, _ = admitted(client, rt, merchant, launch)
    run_out(rt, launch)
    admitting.expire_due(rt)

    kept = report(client, merchant, launch, guest)

    assert outcome(client, rt, merchant, kept) == ("completed", None, True)
    assert status(client, launch, guest)["status"] == "COMPLETED"


def test_a_late_order_is_rejected_and_flagged_when_stock_does_not_allow(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1)
    late, _ = admitted(client, rt, merchant, launch)
    run_out(rt, launch)
    admitting.expire_due(rt)
    in_time, _ = admitted(client, rt, merchant, launch)
    complete(client, merchant, launch, in_time)

    kept = report(client, merchant, launch, late)

    assert outcome(client, rt, merchant, kept) == ("rejected", "EXPIRED", True)
    assert books(rt, launch).sold == 1


def test_order_id_of_complete_is_the_external_order_id_of_an_order(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)

    complete(client, merchant, launch, guest, orderId="A-1", orderAmount="199.99")

    found = client.get("/api/orders?externalOrderId=A-1", headers=merchant.server).json["data"]
    assert [(each["completion"], each["totalAmount"]) for each in found] == [("completed", 199.99)]


@pytest.mark.parametrize("first", ["complete", "order"])
def test_either_call_after_the_other_with_the_same_id_is_the_same_order(
    client, rt, merchant, first
):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    calls = {
        "complete": lambda: complete(client, merchant, launch, guest, orderId="A-1").status_code,
        "order": lambda: report(client, merchant, launch, guest, "A-1").status_code,
    }

    codes = []
    for name in sorted(calls, key=lambda name: name != first):
        codes.append(calls[name]())
        drain(rt)

    assert codes == ([200, 200] if first == "complete" else [201, 200])
    [order] = client.get("/api/orders", headers=merchant.server).json["data"]
    assert (order["externalOrderId"], order["completion"]) == ("A-1", "completed")
    assert books(rt, launch).sold == 1


def test_an_order_for_an_admission_completed_without_one_is_attached_to_it(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    complete(client, merchant, launch, guest)

    kept = report(client, merchant, launch, guest)

    assert outcome(client, rt, merchant, kept) == ("completed", None, False)
    assert show(client, merchant, kept)["admissionId"].startswith("adm_")
    assert books(rt, launch).sold == 1


@pytest.mark.parametrize("order", [{}, {"orderId": "A-2"}])
def test_anything_else_on_a_completed_admission_is_409(client, rt, merchant, order):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    report(client, merchant, launch, guest, "A-1")
    drain(rt)

    answer = complete(client, merchant, launch, guest, **order)

    assert refused(answer) == (409, "Conflict", "ADMISSION_ALREADY_COMPLETED")


@pytest.mark.parametrize("state", ["cancelled", "refunded"])
@pytest.mark.parametrize(("restock", "sold"), [(True, 0), (False, 1)])
def test_patch_orders_gives_stock_back_where_restock_on_cancel(
    client, rt, merchant, *, state, restock, sold
):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1, restock_on_cancel=restock)
    guest, _ = admitted(client, rt, merchant, launch)
    kept = report(client, merchant, launch, guest)
    drain(rt)

    answer = end(client, merchant, kept, state)

    assert (answer.status_code, answer.json["status"]) == (200, state)
    assert answer.json["completion"] == "completed"
    assert books(rt, launch, restocked=1 - sold).sold == sold


def test_patch_orders_refusals(client, rt, merchant):
    launch = make_launch(rt, merchant)
    kept = report(client, merchant, launch, make_guest(client, merchant))
    path = f"/api/orders/{kept.json['id']}"

    odd = client.patch(path, json={"status": "paid"}, headers=merchant.server)
    amount = client.patch(path, json={"totalAmount": 1}, headers=merchant.server)
    end(client, merchant, kept, "refunded")
    back = end(client, merchant, kept, "cancelled")
    stale = end(client, merchant, kept, "refunded", **{"If-Match": '"999"'})
    unknown = client.patch(
        "/api/orders/ord_x", json={"status": "refunded"}, headers=merchant.server
    )

    assert refused(odd)[0] == refused(amount)[0] == 400
    assert refused(back) == (409, "Conflict", "ORDER_STATE")
    assert refused(stale) == (412, "Precondition failed", "PRECONDITION_FAILED")
    assert refused(unknown) == (404, "Order not found", "ORDER_NOT_FOUND")


def test_get_orders_by_external_order_id_and_consumer_id_and_by_id(client, rt, merchant):
    launch = make_launch(rt, merchant)
    ann, bob = (make_guest(client, merchant) for _ in range(2))
    first = report(client, merchant, launch, ann, "A-1").json
    second = report(client, merchant, launch, bob, "B-1").json

    def found(**query):
        answer = client.get("/api/orders", query_string=query, headers=merchant.server)
        assert answer.json.keys() == {"data", "pageInfo"}
        return answer.json["data"]

    assert found() == [first, second]
    assert found(externalOrderId="B-1") == [second]
    assert found(consumerId=ann.consumer_id) == [first]
    assert found(consumerId=ann.consumer_id, externalOrderId="B-1") == []
    shown = client.get(f"/orders/{first['id']}", headers=merchant.server)
    assert (shown.status_code, shown.json) == (200, first)
    missing = client.get("/api/orders/ord_x", headers=merchant.server)
    assert refused(missing) == (404, "Order not found", "ORDER_NOT_FOUND")
