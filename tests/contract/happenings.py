"""Everything that a webhook can tell of, made to happen through the front door and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import text

from integration.runtime import Runtime
from jobs import schedule
from tests.api.admitted import run_out
from tests.jobs.support import drain, make_connection, make_due, make_shop
from tests.support import auctions, backoffice, draws, slots
from tests.support.launches import Guest, Merchant, make_guest, make_launch


@dataclass(frozen=True)
class Stage:
    """Who acts, and on what."""

    client: FlaskClient
    rt: Runtime
    merchant: Merchant

    def guests(self, count: int) -> list[Guest]:
        return [make_guest(self.client, self.merchant) for _ in range(count)]

    def act(self, method: str, path: str, guest: Guest | None = None, **body: Any) -> Any:
        """Call as the merchant's server, or as a guest."""
        headers = guest.headers if guest else self.merchant.server
        answer = self.client.open(path, method=method, headers=headers, json=body)
        assert answer.status_code < 300, answer.text
        return answer.json

    def tick(self) -> None:
        """Let a clock and a worker come by, twice: what the first time leaves, the second finds."""
        for _ in range(2):
            schedule.tick(self.rt)
            drain(self.rt)

    def finish(self, kind: str, where: str, people: list[Guest]) -> None:
        """Let the admitted complete, be turned away, leave; who is left lets the time run out."""
        bought, bad, gone = (each.consumer_id for each in people[:3])
        path = f"/api/v1/{kind}/{where}"
        self.act("POST", f"{path}/complete", consumerId=bought, orderId=f"A-{where}")
        self.act("POST", f"{path}/deny", consumerId=bad, reason="BOT_DETECTED")
        assert gone
        experience = self.act("GET", f"{path}/status", people[2])["experienceId"]
        self.client.delete(f"/api/v1/experiences/{experience}/leave", headers=people[2].headers)


def queue(stage: Stage) -> None:
    launch = make_launch(stage.rt, stage.merchant)
    people = stage.guests(4)
    for guest in people:
        stage.act("POST", f"/api/v1/queues/{launch.queue_id}/enter", guest)
    stage.tick()
    stage.finish("queues", launch.queue_id, people)
    run_out(stage.rt, launch)


def draw(stage: Stage) -> None:
    made = draws.running_draw(stage.client, stage.merchant, winnerCount=3)
    people = draws.entrants(stage.client, stage.merchant, made, 4)
    draws.close_and_run(stage.client, stage.merchant, stage.rt, made)
    won = [
        guest for guest in people if draws.status(stage.client, made, guest)["status"] == "ADMITTED"
    ]
    stage.finish("draws", made["id"], won)


def auction(stage: Stage) -> None:
    made = auctions.make_auction(stage.rt, stage.merchant, rules={"winnerCount": 3})
    people = stage.guests(4)
    for place, guest in enumerate(people):
        assert auctions.bid(stage.client, made, guest, str(100 + 5 * place)).status_code == 201
    auctions.settle(stage.rt, made)
    stage.finish("auctions", made, people[1:])


def timed_release(stage: Stage) -> None:
    launch = make_launch(stage.rt, stage.merchant, kind="timed_release")
    people = stage.guests(3)
    for guest in people:
        stage.act("POST", f"/api/v1/timed-releases/{launch.queue_id}/enter", guest)
    stage.finish("timed-releases", launch.queue_id, people)


def appointment(stage: Stage) -> None:
    launch = slots.make_appointment(
        stage.rt, stage.merchant, admitAtStart=True, maxCapacityPerSlot=9
    )
    one, other = slots.free(stage.client, stage.merchant, launch, 2)
    people = stage.guests(4)
    for guest in people:
        assert slots.book(stage.client, launch, guest, one).status_code == 201
    slots.call(stage.client, launch, people[3], "reschedule", newSlotId=other)
    slots.call(stage.client, launch, people[3], "cancel")
    with stage.rt.transaction() as tx:
        tx.session.execute(text("UPDATE booking SET starts_at = now() - interval '1 second'"))
    stage.tick()
    stage.finish("appointments", launch.queue_id, people)


def waitlist(stage: Stage) -> None:
    experience = backoffice.draft(stage.client, stage.merchant)
    sequence = backoffice.path_of(stage.client, stage.merchant, experience)
    backoffice.queue_of(stage.client, stage.merchant, sequence)
    made = backoffice.post(stage.client, stage.merchant, "/waitlists", sequenceId=sequence["id"])
    backoffice.publish(stage.client, stage.merchant, experience)
    [guest] = stage.guests(1)
    stage.act("POST", f"/api/v1/waitlists/{made['id']}/enter", guest)


def expiry(stage: Stage) -> None:
    launch = make_launch(stage.rt, stage.merchant)
    [guest] = stage.guests(1)
    stage.act("POST", f"/api/v1/queues/{launch.queue_id}/enter", guest)
    stage.tick()
    run_out(stage.rt, launch)


def orders(stage: Stage) -> None:
    launch = make_launch(stage.rt, stage.merchant)
    bought, returned, uninvited = stage.guests(3)
    for guest in (bought, returned):
        stage.act("POST", f"/api/v1/queues/{launch.queue_id}/enter", guest)
    stage.tick()
    made = [
        stage.act(
            "POST",
            "/api/orders",
            consumerId=guest.consumer_id,
            distributionId=launch.queue_id,
            externalOrderId=f"B-{number}",
            totalAmount=199.99,
        )
        for number, guest in enumerate((bought, returned, uninvited))
    ]
    stage.tick()
    stage.act("PATCH", f"/api/orders/{made[0]['id']}", status="cancelled")
    stage.act("PATCH", f"/api/orders/{made[1]['id']}", status="refunded")


def consumer(stage: Stage) -> None:
    made = stage.act("POST", "/api/consumers", email="jane@shop.example", fullName="Jane Doe")
    stage.act("PATCH", f"/api/consumers/{made['id']}", fullName="Jane Roe")
    stage.tick()
    stage.client.delete(f"/api/consumers/{made['id']}", headers=stage.merchant.server)


def experience(stage: Stage) -> None:
    made = backoffice.draft(stage.client, stage.merchant)
    backoffice.queue_of(
        stage.client, stage.merchant, backoffice.path_of(stage.client, stage.merchant, made)
    )
    backoffice.publish(stage.client, stage.merchant, made)
    stage.tick()
    with stage.rt.transaction() as tx:
        tx.session.execute(
            text("UPDATE distribution SET close_at = :now"), {"now": datetime.now(UTC)}
        )
    stage.tick()
    stage.act("POST", f"/admin/api/v1/experiences/{made['id']}/end")


def sync(stage: Stage) -> None:
    for key in (None, "not-the-key"):
        connection = make_connection(stage.rt, stage.merchant, make_shop(products=1), key)
        path = f"/admin/api/v1/connections/{connection}/sync"
        stage.act("POST", path, subject="products")
        drain(stage.rt)
        make_due(stage.rt, "sync_run")


STEPS = ("entered", "admitted", "completed", "left", "denied")


def steps(kind: str) -> set[str]:
    return {f"{kind}.consumer.{step}" for step in STEPS}


SCENES: dict[Callable[[Stage], None], set[str]] = {
    queue: steps("queue"),
    draw: steps("draw") | {"draw.consumer.won", "draw.consumer.lost", "draw.completed"},
    auction: steps("auction") | {"auction.bid.placed", "auction.bid.outbid", "auction.settled"},
    timed_release: steps("timed_release"),
    appointment: steps("appointment")
    | {"appointment.booked", "appointment.cancelled", "appointment.rescheduled"},
    waitlist: {"waitlist.consumer.entered", "waitlist.consumer.notified"},
    expiry: {"admission.expired", "queue.consumer.denied"},
    orders: {
        f"order.{what}" for what in ("created", "completed", "rejected", "cancelled", "refunded")
    },
    consumer: {"consumer.created", "consumer.updated", "consumer.deleted"},
    experience: {"experience.published", "experience.opened", "experience.closed"}
    | {"experience.ended"},
    sync: {"sync.completed", "sync.failed"},
}
"""What happens, and what has to be told of it."""
