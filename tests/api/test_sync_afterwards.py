"""A shop's orders are looked at, and it stays connected, while somebody may still pay there."""

import pytest
from sqlalchemy import text, update

from integration.services import reconciling
from integration.store.models import Distribution, Experience, Handoff
from tests.api.admitted import admitted, status
from tests.api.shopping import check_out, make_shop_launch, send
from tests.api.test_inbound import known_by_address
from tests.api.test_sync_schedule import CONNECTIONS, expire_in, let_runs_age, planned
from tests.jobs.support import drain, make_connection, make_shop
from tests.support.backoffice import ADMIN

__all__ = ["known_by_address"]
PAST = text("clock_timestamp() - interval '300 days'")


def end(client, merchant, sold):
    path = f"{ADMIN}/experiences/{sold.launch.experience_id}/end"
    assert client.post(path, headers=merchant.server).status_code == 200


def move(client, rt, merchant, sold):
    """Send the launch's winners to another shop from now on."""
    elsewhere = make_connection(rt, merchant, make_shop())
    path = f"{ADMIN}/experiences/{sold.launch.experience_id}"
    answer = client.patch(path, json={"connectionId": elsewhere}, headers=merchant.server)
    assert answer.status_code == 200, answer.text


def close(rt, table):
    with rt.transaction() as tx:
        tx.session.execute(update(table).values(close_at=PAST))


@pytest.fixture(params=["ended", "moved", "closed", "all of it closed"])
def over(request, client, rt, merchant):
    """What takes the winners to come away from a shop, while the earlier ones keep their time."""
    return {
        "ended": lambda sold: end(client, merchant, sold),
        "moved": lambda sold: move(client, rt, merchant, sold),
        "closed": lambda _: close(rt, Experience),
        "all of it closed": lambda _: close(rt, Distribution),
    }[request.param]


def disconnect(client, merchant, sold):
    path = f"{CONNECTIONS}/{sold.connection_id}"
    return client.delete(path, headers=merchant.server)


def test_whoever_was_sent_to_a_shop_is_looked_for_once_its_launch_is_over(
    client, rt, merchant, over
):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    over(sold)
    reconciling.start_due(rt)
    drain(rt)
    sold.shop.pay(code)
    let_runs_age(rt, minutes=2)

    expire_in(rt, guest, seconds=40)
    reconciling.start_due(rt)
    drain(rt)

    assert planned(rt, merchant, sold.connection_id) == {"orders": 5}
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"


def test_a_checkout_is_looked_after_for_a_day_after_its_end(client, rt, merchant, over):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    sold.shop.pay(check_out(client, guest, token))
    over(sold)
    expire_in(rt, guest, seconds=-1)
    with rt.transaction() as tx:
        until = text("clock_timestamp() - interval '23 hours'")
        tx.session.execute(update(Handoff).values(checkout_until=until))

    reconciling.start_due(rt)
    drain(rt)

    assert status(client, sold.launch, guest)["status"] == "COMPLETED"


def test_a_shop_that_nobody_can_pay_in_any_more_is_left_alone(client, rt, merchant, over):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    send(client, sold.connection_id, sold.shop.pay(check_out(client, guest, token)))
    drain(rt)
    over(sold)
    with rt.transaction() as tx:
        tx.session.execute(update(Handoff).values(checkout_until=PAST))

    assert planned(rt, merchant, sold.connection_id) == {}


def test_whoever_may_still_go_to_the_shop_keeps_its_schedule(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    admitted(client, rt, merchant, sold.launch)
    end(client, merchant, sold)

    assert planned(rt, merchant, sold.connection_id) == {"orders": 5}
    assert disconnect(client, merchant, sold).status_code == 409


@pytest.mark.parametrize("way", [end, move], ids=["ended", "moved"])
def test_a_shop_that_somebody_may_still_pay_in_stays_connected(client, rt, merchant, way):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    way(client, *([rt] if way is move else []), merchant, sold)

    refused = disconnect(client, merchant, sold)
    heard = send(client, sold.connection_id, sold.shop.pay(code))
    drain(rt)
    later = disconnect(client, merchant, sold)

    assert (refused.status_code, refused.json["code"]) == (409, "CONNECTION_IN_USE")
    assert heard.status_code == 200
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"
    assert later.status_code == 204
