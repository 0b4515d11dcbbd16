"""Drawing: once, whoever dies; within stock; by weight; backups until somebody completes."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from integration.engine.verification import verify
from integration.services import admitting, drawing, selecting
from integration.store import draws as draws_store
from tests.api.admitted import subscribe
from tests.support.backoffice import product_of
from tests.support.draws import (
    close,
    close_and_run,
    entrants,
    leave,
    moved,
    outcomes,
    proof,
    running_draw,
    status,
    statuses,
    tick,
)


def who(client, draw, guests, outcome):
    return [guest for guest in guests if status(client, draw, guest)["outcome"] == outcome]


def secret(client, merchant, draw, verb, guest, **more):
    answer = client.post(
        f"/api/v1/draws/{draw['id']}/{verb}",
        json={"consumerId": guest.consumer_id, **more},
        headers=merchant.server,
    )
    assert answer.status_code == 200, answer.text


def run_out(rt, draw):
    """Let the time of every live admission be over; the clock comes by."""
    with rt.transaction() as tx:
        tx.session.execute(
            text("UPDATE admission SET expires_at = now() WHERE distribution_id = :id"),
            {"id": draw["id"]},
        )
    admitting.expire_due(rt)
    tick(rt)


def counted(rt, draw):
    with rt.transaction() as tx:
        return tx.session.execute(
            text("SELECT waiting, active, completed FROM line WHERE distribution_id = :id"),
            {"id": draw["id"]},
        ).one()


def events_of(rt):
    with rt.transaction() as tx:
        return Counter(tx.session.scalars(text("SELECT type FROM outbox_event")))


def test_a_draw_is_drawn_at_its_time(client, merchant, rt):
    draw = running_draw(client, merchant)
    guests = entrants(client, merchant, draw, 2)
    past = datetime.now(UTC) - timedelta(seconds=1)

    tick(rt)
    early = outcomes(client, draw, guests)
    for column in ("close_at", "draw_at"):
        moved(rt, draw, column, past)
    with rt.transaction() as tx:
        terms = tx.session.scalars(text("SELECT terms FROM draw")).one()
        tx.session.execute(
            text("UPDATE draw SET terms = :terms"),
            {"terms": terms.replace(draw["drawAt"], past.isoformat())},
        )
    tick(rt)

    assert early == ["ENTERED", "ENTERED"]
    assert outcomes(client, draw, guests) == ["LOST", "WON"]


def test_two_clocks_draw_once(client, merchant, rt):
    subscribe(rt, merchant)
    draw = running_draw(client, merchant, winnerCount=3, backupCount=2)
    guests = entrants(client, merchant, draw, 12)
    close(client, merchant, draw)
    client.post(f"/admin/api/v1/draws/{draw['id']}/run", headers=merchant.server)
    barrier = threading.Barrier(4)

    def clock():
        barrier.wait(10)
        for _ in range(40):
            tick(rt)

    threads = [threading.Thread(target=clock) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert Counter(outcomes(client, draw, guests)) == {"WON": 3, "BACKUP": 2, "LOST": 7}
    assert counted(rt, draw) == (2, 3, 0)
    assert verify(proof(client, merchant, draw)) == []
    told = events_of(rt)
    assert told["draw.completed"] == 1
    assert told["draw.consumer.won"] == told["draw.consumer.admitted"] == 3
    assert told["draw.consumer.lost"] == told["draw.consumer.denied"] == 7


class Killed(Exception):
    """The clock's process is gone."""


STEPS = {
    "while entries are kept": (drawing.draw_entries, "keep"),
    "before the root is published": (drawing, "_assurance"),
    "between freezing and drawing": (drawing, "_rank"),
    "while the choice is kept": (drawing.draw_choices, "keep"),
    "while winners are admitted": (selecting.turns, "give"),
    "while losers are told": (selecting, "_tell_losers"),
    "while it is announced": (selecting, "_announce"),
}


@pytest.mark.parametrize("moment", STEPS)
def test_a_clock_killed_anywhere_leaves_the_draw_to_the_next(
    client, merchant, rt, monkeypatch, moment
):
    module, step = STEPS[moment]
    subscribe(rt, merchant)
    draw = running_draw(client, merchant, winnerCount=2, backupCount=1)
    guests = entrants(client, merchant, draw, 6)
    close(client, merchant, draw)
    client.post(f"/admin/api/v1/draws/{draw['id']}/run", headers=merchant.server)
    real = getattr(module, step)

    def die(*args, **named):
        real(*args, **named)
        raise Killed

    monkeypatch.setattr(module, step, die)
    with pytest.raises(Killed):
        tick(rt)
    monkeypatch.setattr(module, step, real)
    tick(rt)

    assert Counter(outcomes(client, draw, guests)) == {"WON": 2, "BACKUP": 1, "LOST": 3}
    assert counted(rt, draw) == (1, 2, 0)
    assert verify(proof(client, merchant, draw)) == []
    assert events_of(rt)["draw.completed"] == 1


def test_losers_know_at_the_drawing_although_writing_it_down_takes_time(client, merchant, rt):
    draw = running_draw(client, merchant)
    guests = entrants(client, merchant, draw, 3)
    close(client, merchant, draw)
    tick(rt)
    client.post(f"/admin/api/v1/draws/{draw['id']}/run", headers=merchant.server)

    drawing.draw(rt, draw["id"])

    found = Counter((each["status"], each["outcome"]) for each in statuses(client, draw, guests))
    assert found == {("DENIED", "LOST"): 2, ("QUEUED", "ENTERED"): 1}


def test_who_leaves_after_closing_is_listed_and_does_not_win(client, merchant, rt):
    draw = running_draw(client, merchant, winnerCount=2)
    guests = entrants(client, merchant, draw, 4)
    leave(client, draw, guests[0])
    close(client, merchant, draw)
    tick(rt)
    leave(client, draw, guests[1])
    secret(client, merchant, draw, "deny", guests[2], reason="BOT_DETECTED")

    close_and_run(client, merchant, rt, draw)

    shown = proof(client, merchant, draw)
    assert (shown["entrantCount"], len(shown["withdrawn"]), len(shown["winners"])) == (3, 2, 1)
    assert status(client, draw, guests[3])["outcome"] == "WON"
    assert verify(shown) == []


def test_who_leaves_while_the_ranking_is_made_does_not_win(client, merchant, rt, monkeypatch):
    draw = running_draw(client, merchant, winnerCount=1)
    guests = entrants(client, merchant, draw, 3)
    close(client, merchant, draw)
    tick(rt)
    client.post(f"/admin/api/v1/draws/{draw['id']}/run", headers=merchant.server)
    ranked = drawing._rank
    chosen = []

    def rank_and_leave(*args):
        found = ranked(*args)
        with rt.transaction() as tx:
            first = tx.session.scalars(
                text("SELECT consumer_id FROM participation WHERE id = :id"),
                {"id": found.first[0]},
            ).one()
        chosen.append(next(guest for guest in guests if guest.consumer_id == first))
        thread = threading.Thread(target=leave, args=(client, draw, chosen[0]))
        thread.start()
        thread.join(20)
        return found

    monkeypatch.setattr(drawing, "_rank", rank_and_leave)
    tick(rt)

    assert status(client, draw, chosen[0])["status"] == "LEFT"
    assert len(who(client, draw, guests, "WON")) == 1
    assert verify(proof(client, merchant, draw)) == []


def test_a_winner_who_does_not_complete_is_replaced_until_somebody_does(client, merchant, rt):
    draw = running_draw(
        client, merchant, winnerCount=1, backupCount=3, continueSelectingUntilCompleted=True
    )
    guests = entrants(client, merchant, draw, 5)
    close_and_run(client, merchant, rt, draw)
    order = [*proof(client, merchant, draw)["winners"], *proof(client, merchant, draw)["backups"]]
    winners = []

    def winner():
        [live] = [each for each in guests if status(client, draw, each)["status"] == "ADMITTED"]
        winners.append(live)
        return live

    winner()
    run_out(rt, draw)
    leave(client, draw, winner())
    tick(rt)
    secret(client, merchant, draw, "deny", winner(), reason="BOT_DETECTED")
    tick(rt)
    secret(client, merchant, draw, "complete", winner())
    tick(rt)

    with rt.transaction() as tx:
        ids = dict(tx.session.execute(text("SELECT consumer_id, id FROM participation")).all())
    assert [ids[each.consumer_id] for each in winners] == order
    assert Counter(outcomes(client, draw, guests)) == {"WON": 4, "LOST": 1}
    with rt.transaction() as tx:
        assert draws_store.find(tx.session, merchant.tenant, draw["id"]).finished_at is not None


def test_without_that_backups_lose_once_no_winner_is_left(client, merchant, rt):
    draw = running_draw(client, merchant, winnerCount=2, backupCount=1)
    guests = entrants(client, merchant, draw, 3)
    close_and_run(client, merchant, rt, draw)

    leave(client, draw, who(client, draw, guests, "WON")[0])
    tick(rt)
    between = Counter(outcomes(client, draw, guests))
    run_out(rt, draw)

    assert between == {"WON": 2, "BACKUP": 1}
    assert Counter(outcomes(client, draw, guests)) == {"WON": 2, "LOST": 1}


def test_no_more_are_admitted_than_there_is_stock(client, merchant, rt):
    product = product_of(client, merchant, inventory=5)
    draw = running_draw(
        client,
        merchant,
        winnerCount=3,
        productId=product["id"],
        inventoryBound=True,
        unitsPerAdmission=2,
    )
    guests = entrants(client, merchant, draw, 4)

    close_and_run(client, merchant, rt, draw)
    first = Counter(outcomes(client, draw, guests))
    leave(client, draw, who(client, draw, guests, "WON")[0])
    tick(rt)

    assert first == {"WON": 2, "BACKUP": 1, "LOST": 1}
    assert Counter(outcomes(client, draw, guests)) == {"WON": 3, "LOST": 1}
    assert counted(rt, draw).active == 2


def test_a_paused_draw_waits(client, merchant, rt):
    draw = running_draw(client, merchant)
    guests = entrants(client, merchant, draw, 2)
    close(client, merchant, draw)
    tick(rt)
    client.post(f"/admin/api/v1/draws/{draw['id']}/run", headers=merchant.server)

    client.post(f"/admin/api/v1/draws/{draw['id']}/pause", headers=merchant.server)
    tick(rt)
    paused = outcomes(client, draw, guests)
    client.post(f"/admin/api/v1/draws/{draw['id']}/resume", headers=merchant.server)
    tick(rt)

    assert paused == ["ENTERED", "ENTERED"]
    assert outcomes(client, draw, guests) == ["LOST", "WON"]


def test_a_draw_that_ends_after_drawing_closes_its_backups(client, merchant, rt):
    draw = running_draw(client, merchant, winnerCount=1, backupCount=1)
    guests = entrants(client, merchant, draw, 2)
    close_and_run(client, merchant, rt, draw)
    [backup] = who(client, draw, guests, "BACKUP")

    client.post(f"/admin/api/v1/draws/{draw['id']}/end", headers=merchant.server)
    admitting.settle_waiting(rt)
    tick(rt)

    assert status(client, draw, backup)["denyReason"] == "QUEUE_CLOSED"
    assert len(who(client, draw, guests, "WON")) == 1


def test_nobody_entered_and_nobody_wins(client, merchant, rt):
    draw = running_draw(client, merchant, winnerCount=2)

    close_and_run(client, merchant, rt, draw)

    shown = proof(client, merchant, draw)
    assert (shown["entrantCount"], shown["winners"]) == (0, [])
    assert verify(shown) == []


def test_tickets_come_from_the_consumers_metadata_at_closing(client, merchant, rt):
    draw = running_draw(client, merchant, tickets={"field": "spent", "max": 5})
    guests = entrants(client, merchant, draw, 4)
    spent = ["3", 9, "none", None]
    with rt.transaction() as tx:
        for guest, value in zip(guests[:3], spent, strict=False):
            tx.session.execute(
                text(
                    "UPDATE consumer SET metadata = jsonb_build_object('spent', CAST(:v AS jsonb))"
                    " WHERE id = :id"
                ),
                {
                    "v": f'"{value}"' if isinstance(value, str) else str(value),
                    "id": guest.consumer_id,
                },
            )

    close_and_run(client, merchant, rt, draw)
    with rt.transaction() as tx:
        tx.session.execute(text("UPDATE consumer SET metadata = '{}'"))

    shown = proof(client, merchant, draw)
    with rt.transaction() as tx:
        ids = dict(tx.session.execute(text("SELECT consumer_id, id FROM participation")).all())
    tickets = {each["id"]: each["tickets"] for each in shown["entries"]}
    assert [tickets[ids[guest.consumer_id]] for guest in guests] == [3, 5, 1, 1]
    assert verify(shown) == []
