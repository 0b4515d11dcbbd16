"""A shuffled lobby: places by ticket, from Valkey and from the record."""

import random

import orjson
import pytest
from sqlalchemy.orm import Session

from integration.engine.lobby import Deal
from integration.engine.marks import interpolate
from integration.store.line import lobbies, ordering
from integration.store.line.card import CardCache
from integration.store.line.epochs import keys, read_places, reading
from integration.store.line.lobbies import Lobby
from integration.store.line.ordering import put_in_order
from integration.store.valkey import open_valkey
from tests.store.silence import closed_port
from tests.store.stage import TENANT

LATE = 40
SEED = bytes(range(32))


@pytest.fixture(autouse=True)
def _counted_now(monkeypatch):
    monkeypatch.setattr(lobbies, "crowds", lobbies.Crowds())


def crowd(stage, size, gone=0.0, serving=0):
    """A dealt lobby and some latecomers; those served, and a share of the others, have left."""
    line = stage.line(rules={"lobbyOpensAt": "2020-01-01T00:00:00.000Z"})
    deal, rng = Deal(SEED, size), random.Random(7)
    stage.run("UPDATE line SET seed = %s WHERE distribution_id = %s", SEED, line)
    tickets = {number: deal.ticket(number) for number in range(1, size + LATE + 1)}
    waits = {n: t > serving and rng.random() >= gone for n, t in tickets.items()}
    stage.run(
        "INSERT INTO participation (id, organization_id, mode, distribution_id, experience_id,"
        " sequence_id, consumer_id, number, state, current)"
        " SELECT 'ent_' || n || %s, 'org_a', 'live', %s, 'e', 's', 'cons_' || n, n,"
        " CASE WHEN w THEN 'QUEUED' ELSE 'LEFT' END, w"
        " FROM unnest(%s::bigint[], %s::boolean[]) AS t (n, w)",
        line,
        line,
        list(waits),
        list(waits.values()),
    )
    stage.run(
        "UPDATE line SET entered = %s, waiting = %s, lobby = %s, serving = %s"
        " WHERE distribution_id = %s",
        len(waits),
        sum(waits.values()),
        size,
        serving,
        line,
    )
    order = sorted(tickets[n] for n, w in waits.items() if w)
    return Lobby(TENANT, line, deal, serving), {ticket: rank for rank, ticket in enumerate(order)}


def ranks(valkey, lobby, numbers):
    names = [f"cons_{number}" for number in numbers]
    [answer] = valkey.scripts([reading(lobby.id, names, lobby.deal.size)])
    return [place and place.ahead for place in read_places(answer)]


def test_in_order_valkey_knows_every_place_by_ticket(stage, engine, mender, valkey, epochs):
    lobby, truth = crowd(stage, 2_500, gone=0.2, serving=300)
    mender.rebuild(lobby.id)
    numbers = [lobby.deal.number(ticket) for ticket in truth]

    before = ranks(valkey, lobby, numbers[:200])
    put_in_order(engine, epochs, lobby.id, lobby.deal)

    assert before == [None] * 200
    assert ranks(valkey, lobby, numbers) == list(truth.values())


def test_half_an_order_is_not_believed(stage, engine, mender, valkey, epochs):
    lobby, truth = crowd(stage, 50)
    mender.rebuild(lobby.id)
    put_in_order(engine, epochs, lobby.id, lobby.deal)
    epoch = valkey.client.get(*keys(lobby.id, "epoch")).decode()
    valkey.client.zrem(f"line:{{{lobby.id}}}:order:{epoch}", "cons_7")
    number = lobby.deal.number(next(iter(truth)))

    half = ranks(valkey, lobby, [number])
    mended = put_in_order(engine, epochs, lobby.id, lobby.deal)

    assert half == [None]
    assert mended
    assert ranks(valkey, lobby, [number]) == [0]


def test_who_has_left_is_not_put_in_order(stage, engine, mender, epochs, monkeypatch):
    lobby, truth = crowd(stage, 20)
    mender.rebuild(lobby.id)
    first = lobby.deal.number(1)
    parts = list(_parts(engine, lobby))
    epochs.remove(lobby.id, [(first, f"cons_{first}")])
    monkeypatch.setattr("integration.store.line.ordering._waiting", lambda *_: parts)

    put_in_order(engine, epochs, lobby.id, lobby.deal)

    others = [lobby.deal.number(ticket) for ticket in truth if ticket != 1]
    assert ranks(epochs.valkey, lobby, [first]) == [None]
    assert ranks(epochs.valkey, lobby, others) == list(range(len(others)))


def _parts(engine, lobby):
    return ordering._waiting(engine, lobby.id, lobby.deal)


@pytest.mark.parametrize("gone", [0.0, 0.3])
def test_by_the_record_every_place_of_a_lobby_that_can_be_listed_is_exact(stage, engine, gone):
    lobby, truth = crowd(stage, 6_000, gone=gone, serving=500)
    some = [ticket for ticket in truth if ticket <= lobby.deal.size][::60]

    with Session(engine) as session:
        counted = {ticket: lobbies.count_before(session, lobby, ticket) for ticket in some}

    assert counted == {ticket: truth[ticket] for ticket in some}


def test_in_a_longer_lobby_far_places_are_right_within_a_hundredth(stage, engine, monkeypatch):
    monkeypatch.setattr(lobbies, "LISTED", 5_000)
    monkeypatch.setattr(lobbies, "AHEAD", 20_000)
    lobby, truth = crowd(stage, 60_000, gone=0.3, serving=500)
    some = [ticket for ticket in truth if ticket <= lobby.deal.size][::400]

    with Session(engine) as session:
        counted = {ticket: lobbies.count_before(session, lobby, ticket) for ticket in some}

    for ticket in some:
        if ticket <= lobby.serving + lobbies.AHEAD:
            assert counted[ticket] == truth[ticket]
        assert abs(counted[ticket] - truth[ticket]) <= truth[ticket] // 100, ticket


def test_the_first_in_turn_come_by_ticket(stage, engine):
    lobby, truth = crowd(stage, 3_000, gone=0.5, serving=100)

    with Session(engine) as session:
        found = lobbies.first(session, lobby, 700)

    assert [each.ticket for each in found] == list(truth)[:700]
    assert all(lobby.deal.number(each.ticket) == each.number for each in found)


@pytest.mark.parametrize("away", [True, False], ids=["without Valkey", "with Valkey"])
def test_a_client_finds_its_place_by_the_cards_marks(stage, engine, mender, valkey, away):
    lobby, truth = crowd(stage, 2_000, gone=0.1, serving=200)
    if away:
        valkey = open_valkey(f"redis://127.0.0.1:{closed_port()}")
    else:
        mender.rebuild(lobby.id)
        mender.mend(lobby.id)

    card = orjson.loads(CardCache(engine, valkey).get(lobby.id).body)

    assert (card["serving"], card["tail"]) == (200, 2_000 + LATE)
    for ticket, ahead in truth.items():
        told = interpolate(card["marks"], ticket)
        assert abs(told - ahead) <= max(6, ahead // 100), (ticket, told, ahead)
