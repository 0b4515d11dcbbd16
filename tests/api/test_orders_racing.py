"""Everybody at once about one admission: its shop, its merchant, the clock, the consumer."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from integration.services import admitting
from integration.services.inbox import handle, receive
from integration.store import inbox
from tests.api.admitted import act, admitted, books, run_out
from tests.api.shopping import check_out, make_shop_launch
from tests.jobs.support import drain
from tests.support.waiting import once_served

ROUNDS = 8


def test_whoever_comes_first_there_is_one_order_and_one_completion(app, client, rt, merchant):
    sold = make_shop_launch(rt, merchant, inventory_bound=True, stock=100, restock_on_cancel=True)
    launch = sold.launch
    answers = []

    for number in range(ROUNDS):
        guest, token = admitted(client, rt, merchant, launch)
        code = check_out(client, guest, token)
        for delivery in (sold.shop.pay(code), sold.shop.deliver("order.paid", code)):
            receive(rt, "fake", sold.connection_id, *delivery)
        with rt.transaction() as tx:
            notices = inbox.due(tx.session, 10)
        if number % 2:
            run_out(rt, launch)
        steps = [
            *(partial(handle, rt, notice_id) for notice_id in notices),
            *(partial(complete, app, merchant, launch, token, code) for _ in range(4)),
            partial(complete, app, merchant, launch, token, "another"),
            partial(admitting.expire_due, rt),
            partial(admitting.admit_due, rt, launch.queue_id),
            partial(admitting.settle_waiting, rt),
        ]
        with ThreadPoolExecutor(len(steps)) as pool:
            answers += [done for done in pool.map(lambda step: step(), steps) if done]
    drain(rt)

    assert {code for code in answers if code >= 200} <= {200, 409}
    found = client.get("/api/orders?limit=100", headers=merchant.server).json["data"]
    completed = [order for order in found if order["completion"] == "completed"]
    assert len({order["admissionId"] for order in completed}) == len(completed) == ROUNDS
    rest = {order["completionReason"] for order in found if order not in completed}
    assert rest <= {"ALREADY_COMPLETED"}
    assert books(rt, launch).sold == ROUNDS


def complete(app, merchant, launch, token, order_id):
    with app.test_client() as mine:
        body = {"admissionToken": token, "orderId": order_id}
        return once_served(lambda: act(mine, merchant, launch, "complete", **body)).status_code
