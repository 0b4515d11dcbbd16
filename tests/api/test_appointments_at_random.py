"""Whatever is booked, moved and cancelled, in whatever order: a small model says what comes out."""

from hypothesis import given
from hypothesis import strategies as st

from tests.api.admitted import books
from tests.support.chance import AT_RANDOM
from tests.support.launches import make_guest
from tests.support.slots import book, call, free, make_appointment, slots

PEOPLE, SLOTS, CAPACITY = 4, 3, 2
DEEDS = st.lists(
    st.tuples(
        st.integers(0, PEOPLE - 1),
        st.sampled_from(["book", "book", "move", "cancel", "deny"]),
        st.integers(0, SLOTS - 1),
    ),
    max_size=25,
)


class Model:
    """Who has which slot; what each deed answers."""

    def __init__(self) -> None:
        self.has: dict[int, int] = {}
        self.denied: set[int] = set()
        self.came: set[int] = set()

    def free(self, slot: int) -> int:
        return CAPACITY - list(self.has.values()).count(slot)

    def book(self, who: int, slot: int) -> int:
        if who in self.denied or self.has.get(who) == slot:
            return 200
        if who in self.has or not self.free(slot):
            return 409
        self.came.add(who)
        self.has[who] = slot
        return 201

    def move(self, who: int, slot: int) -> int:
        if who not in self.came:
            return 404
        if self.has.get(who) == slot:
            return 200
        if who not in self.has or not self.free(slot):
            return 409
        self.has[who] = slot
        return 200

    def cancel(self, who: int, _slot: int) -> int:
        if who not in self.came:
            return 404
        self.has.pop(who, None)
        return 409 if who in self.denied else 200

    def deny(self, who: int, _slot: int) -> int:
        if who not in self.came:
            return 404
        if self.has.pop(who, None) is not None:
            self.denied.add(who)
        return 200 if who in self.denied else 409


@AT_RANDOM
@given(deeds=DEEDS)
def test_bookings_do_what_the_model_does(client, rt, merchant, deeds):
    launch, model = make_appointment(rt, merchant, maxCapacityPerSlot=CAPACITY), Model()
    guests = [make_guest(client, merchant) for _ in range(PEOPLE)]
    names = free(client, merchant, launch, SLOTS)

    def do(who: int, deed: str, slot: int) -> int:
        if deed == "book":
            return book(client, launch, guests[who], names[slot]).status_code
        if deed == "move":
            moved = call(client, launch, guests[who], "reschedule", newSlotId=names[slot])
            return moved.status_code
        if deed == "cancel":
            return call(client, launch, guests[who], "cancel").status_code
        return client.post(
            f"/api/v1/appointments/{launch.queue_id}/deny",
            json={"consumerId": guests[who].consumer_id, "reason": "VALIDATION_LIMIT_REACHED"},
            headers=merchant.server,
        ).status_code

    answers = [do(*each) for each in deeds]

    expected = [getattr(model, deed)(who, slot) for who, deed, slot in deeds]
    left = {each["id"]: each["available"] for each in slots(client, merchant, launch)}
    assert answers == expected
    assert [left[name] for name in names] == [model.free(slot) for slot in range(SLOTS)]
    assert books(rt, launch).waiting == len(model.has)
