"""Random draws beside a model of a few dozen lines: everybody stands where the model says."""

import hmac
from hashlib import sha256

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from integration.engine.verification import verify
from integration.services import admitting
from tests.api.admitted import books
from tests.support.draws import close, proof, running_draw, status, tick
from tests.support.launches import Launch, make_guest

PEOPLE = 6
WHO = st.integers(0, PEOPLE - 1)
BEFORE = st.lists(st.tuples(st.sampled_from(["enter", "enter", "leave", "deny"]), WHO), max_size=14)
BETWEEN = st.lists(st.tuples(st.sampled_from(["enter", "leave", "deny"]), WHO), max_size=4)
AFTER = st.lists(
    st.tuples(st.sampled_from(["leave", "deny", "complete", "expire", "enter"]), WHO), max_size=8
)
RULES = st.fixed_dictionaries(
    {
        "winnerCount": st.integers(1, 3),
        "backupCount": st.integers(0, 3),
        "continueSelectingUntilCompleted": st.booleans(),
    }
)
LIVE = {"QUEUED", "ADMITTED"}


class Model:
    """A draw by itself: where everybody stands, and the order once there is one."""

    def __init__(self, rules):
        self.winners, self.backups = rules["winnerCount"], rules["backupCount"]
        self.goes_on = rules["continueSelectingUntilCompleted"]
        self.states, self.open, self.order = {}, True, []

    def act(self, verb, who):
        state = self.states.get(who)
        if verb == "enter" and self.open and state in {None, "LEFT"}:
            self.states[who] = "QUEUED"
        if verb == "leave" and state in LIVE:
            self.states[who] = "LEFT"
        if verb == "deny" and state in LIVE:
            self.states[who] = "DENIED"
        if verb == "complete" and state in {"ADMITTED", "EXPIRED"}:
            self.states[who] = "COMPLETED"
        if verb == "expire":
            expired = {each: "EXPIRED" for each, at in self.states.items() if at == "ADMITTED"}
            self.states |= expired

    def draw(self, ranked):
        waiting = [who for who in ranked if self.states[who] == "QUEUED"]
        self.order = waiting[: self.winners + self.backups]
        self.states |= dict.fromkeys(waiting, "DENIED") | dict.fromkeys(self.order, "QUEUED")
        self.states |= dict.fromkeys(self.order[: self.winners], "ADMITTED")

    def follow(self):
        held = sum(state in {"ADMITTED", "COMPLETED"} for state in self.states.values())
        waiting = [who for who in self.order if self.states[who] == "QUEUED"]
        called = waiting[: max(0, self.winners - held)] if self.goes_on else []
        self.states |= dict.fromkeys(called, "ADMITTED")
        if "ADMITTED" not in self.states.values():
            self.states |= dict.fromkeys(waiting, "DENIED")

    def shown(self):
        return {
            who: "DENIED" if state == "EXPIRED" else state for who, state in self.states.items()
        }


class Play:
    """The same draw on the service."""

    def __init__(self, client, merchant, rules):
        self.client, self.merchant = client, merchant
        self.draw = running_draw(client, merchant, **rules)
        self.people = [make_guest(client, merchant) for _ in range(PEOPLE)]

    def act(self, verb, who):
        path, guest = f"/api/v1/draws/{self.draw['id']}/{verb}", self.people[who]
        if verb in {"enter", "leave"}:
            return self.client.post(path, headers=guest.headers)
        body = {"consumerId": guest.consumer_id} | ({"reason": "other"} if verb == "deny" else {})
        return self.client.post(path, headers=self.merchant.server, json=body)

    def shown(self, whom):
        return {who: status(self.client, self.draw, self.people[who])["status"] for who in whom}


def expire(rt):
    with rt.transaction() as tx:
        tx.session.execute(text("UPDATE admission SET expires_at = now() WHERE state = 'ADMITTED'"))
    admitting.expire_due(rt)


def ranked(rt, shown, people):
    """Return people by rank, as the proof's own words make it."""
    with rt.transaction() as tx:
        rows = tx.session.execute(text("SELECT id, consumer_id FROM participation")).all()
    numbers = {guest.consumer_id: who for who, guest in enumerate(people)}
    whose = {entry: numbers[consumer] for entry, consumer in rows if consumer in numbers}
    key = sha256(bytes.fromhex(shown["seed"] + shown["entryRoot"])).digest()
    ids = [each["id"] for each in shown["entries"]]
    return [
        whose[each]
        for each in sorted(ids, key=lambda each: hmac.digest(key, f"{each}:0".encode(), "sha256"))
    ]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rules=RULES, plan=st.tuples(BEFORE, BETWEEN, AFTER))
def test_everybody_stands_where_the_model_says(client, rt, merchant, rules, plan):
    (before, between, after), model = plan, Model(rules)
    play = Play(client, merchant, rules)

    def do(commands):
        for verb, who in commands:
            model.act(verb, who)
            expire(rt) if verb == "expire" else play.act(verb, who)

    do(before)
    assert play.shown(model.states) == model.shown()
    close(client, merchant, play.draw)
    tick(rt)
    model.open = False
    do(between)
    client.post(f"/admin/api/v1/draws/{play.draw['id']}/run", headers=merchant.server)
    tick(rt)
    proven = proof(client, merchant, play.draw)
    model.draw(ranked(rt, proven, play.people))
    model.follow()
    assert play.shown(model.states) == model.shown()
    for command in after:
        do([command])
        tick(rt)
        model.follow()
        assert play.shown(model.states) == model.shown()

    assert verify(proven) == []
    books(rt, Launch(play.draw["id"], "", "", ""))
