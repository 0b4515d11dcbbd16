"""Whatever happens in whatever order, the queue does as its model, and its counters are exact."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integration.services import admitting
from tests.api.admitted import Books, act, books, run_out, status
from tests.support.launches import make_guest, make_launch

PEOPLE = 5
STOCK = 3
MANY = st.lists(
    st.tuples(
        st.sampled_from(
            ["enter", "enter", "leave", "complete", "deny", "admit", "clock", "expire", "settle"]
        ),
        st.integers(0, PEOPLE - 1),
    ),
    min_size=5,
    max_size=40,
)


class Model:
    """One queue with stock, one thread, a dozen lines."""

    def __init__(self):
        self.line, self.live, self.expired, self.sold = [], set(), set(), 0
        self.states = {}

    def free(self):
        return STOCK - len(self.live) - self.sold

    def enter(self, who):
        over = not self.live and self.sold >= STOCK
        if self.states.get(who) in {None, "LEFT", "EXPIRED"} and not over:
            self.line.append(who)
            self.states[who] = "QUEUED"

    def let_in(self, who):
        self.line.remove(who)
        self.live.add(who)
        self.expired.discard(who)
        self.states[who] = "ADMITTED"

    def admit(self, who):
        if who in self.line and self.free() > 0:
            self.let_in(who)

    def clock(self, _):
        while self.line and self.free() > 0:
            self.let_in(self.line[0])

    def end(self, who, state):
        if who in self.line or who in self.live:
            self.line = [each for each in self.line if each != who]
            self.live.discard(who)
            self.states[who] = state

    def leave(self, who):
        self.end(who, "LEFT")

    def deny(self, who):
        self.end(who, "DENIED")

    def complete(self, who):
        late = who in self.expired and who not in self.live and self.free() > 0
        if who in self.live or late:
            self.sold += 1
            if self.states[who] in {"ADMITTED", "EXPIRED"}:
                self.states[who] = "COMPLETED"
            self.live.discard(who)
            self.expired.discard(who)

    def expire(self, _):
        for who in self.live:
            self.states[who] = "EXPIRED"
        self.expired |= self.live
        self.live = set()

    def settle(self, _):
        if not self.live and self.sold >= STOCK:
            for who in list(self.line):
                self.end(who, "DENIED")


def play(client, rt, merchant, launch, *, command, guest):
    queue = f"/api/v1/queues/{launch.queue_id}"
    match command:
        case "enter" | "leave":
            client.post(f"{queue}/{command}", headers=guest.headers)
        case "complete" | "admit":
            act(client, merchant, launch, command, consumerId=guest.consumer_id)
        case "deny":
            act(client, merchant, launch, "deny", consumerId=guest.consumer_id, reason="No.")
        case "clock":
            admitting.admit_due(rt, launch.queue_id)
        case "expire":
            run_out(rt, launch)
            admitting.expire_due(rt)
        case "settle":
            admitting.settle_waiting(rt)


def seen(client, launch, guest):
    said = status(client, launch, guest)
    return "EXPIRED" if said["denyReason"] == "ADMISSION_EXPIRED" else said["status"]


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(commands=MANY)
def test_a_queue_does_as_its_model_and_counts_exactly(client, rt, merchant, commands):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=STOCK)
    guests = [make_guest(client, merchant) for _ in range(PEOPLE)]
    model = Model()

    for command, who in commands:
        play(client, rt, merchant, launch, command=command, guest=guests[who])
        getattr(model, command)(who)

        live = len(model.live)
        assert books(rt, launch) == Books(len(model.line), live, live, model.sold)
        assert {who: seen(client, launch, guests[who]) for who in model.states} == model.states
        assert live + model.sold <= STOCK
