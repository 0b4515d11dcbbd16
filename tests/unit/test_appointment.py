from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from integration.engine.kinds import KINDS, ChoiceOrder, DistributionType
from integration.engine.kinds.appointment import (
    AlreadyBooked,
    Booking,
    SlotTaken,
    book,
    confirmation_code,
    reschedule,
)
from integration.engine.pacing import Limits, Pace, Taken
from integration.engine.slots import Slot
from integration.engine.windows import DistributionState, Window
from integration.kernel.errors import NotFound

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ACTIVE, PAUSED, ENDED = DistributionState

appointment = KINDS[DistributionType.APPOINTMENT]


def test_an_appointment_admits_nobody_for_having_waited():
    pace = Pace(7, NOW)

    assert appointment.order == ChoiceOrder.BY_SLOT
    assert appointment.default_admission_seconds == 86_400
    assert appointment.places(pace, Limits(), Taken(), 100, NOW) == (0, pace)
    assert appointment.may_choose(Window(ACTIVE, close_at=NOW), NOW)
    assert not appointment.may_choose(Window(ENDED), NOW)


def slot_at(start, name="slot_1"):
    return Slot(name, start, start + HOUR, None)


LATER = slot_at(NOW + HOUR)


@pytest.mark.parametrize(
    ("slot", "booked", "taken", "error"),
    [
        (None, None, 0, NotFound),
        (LATER, "slot_2", 0, AlreadyBooked),
        (LATER, None, 2, SlotTaken),
        (slot_at(NOW), None, 0, SlotTaken),
        (slot_at(NOW - HOUR), None, 0, SlotTaken),
    ],
)
def test_why_a_slot_cannot_be_booked(slot, booked, taken, error):
    with pytest.raises(error):
        book(slot, NOW, booked=booked, taken=taken, capacity=2)


def test_booking_the_same_slot_again_changes_nothing():
    assert book(LATER, NOW, booked=None, taken=1, capacity=2) is Booking.BOOK
    assert book(LATER, NOW, booked="slot_1", taken=2, capacity=2) is Booking.KEEP
    assert book(slot_at(NOW), NOW, booked="slot_1", taken=2, capacity=2) is Booking.KEEP


def test_rescheduling_moves_only_where_there_is_room():
    assert reschedule(LATER, NOW, booked="slot_2", taken=1, capacity=2) is Booking.BOOK
    assert reschedule(LATER, NOW, booked="slot_1", taken=2, capacity=2) is Booking.KEEP
    with pytest.raises(SlotTaken):
        reschedule(LATER, NOW, booked="slot_2", taken=2, capacity=2)
    with pytest.raises(SlotTaken):
        reschedule(slot_at(NOW), NOW, booked="slot_2", taken=0, capacity=2)
    with pytest.raises(NotFound) as unknown:
        reschedule(None, NOW, booked="slot_2", taken=0, capacity=2)
    assert unknown.value.code == "SLOT_NOT_FOUND"


@given(st.binary(min_size=10, max_size=10))
def test_a_code_can_be_read_out(random):
    code = confirmation_code(random)

    assert len(code) == 9
    assert code[4] == "-"
    assert not set(code) & set("01OILUVoilu")
    assert confirmation_code(random) == code


def test_codes_differ_and_use_every_letter():
    codes = {confirmation_code(number.to_bytes(10, "little")) for number in range(3000)}

    assert len(codes) == 3000
    assert len(set("".join(codes))) == 30


class Calendar(RuleBasedStateMachine):
    """People book, move and cancel; a list per slot is the model."""

    @initialize(capacity=st.integers(1, 2))
    def start(self, capacity):
        self.capacity, self.mine = capacity, {}

    def taken(self, name):
        return list(self.mine.values()).count(name)

    @rule(who=st.sampled_from("abcd"), name=st.sampled_from(["slot_1", "slot_2"]))
    def book(self, who, name):
        before = self.mine.get(who)
        try:
            book(
                slot_at(NOW + HOUR, name),
                NOW,
                booked=before,
                taken=self.taken(name),
                capacity=self.capacity,
            )
        except AlreadyBooked:
            assert before not in {None, name}
        except SlotTaken:
            assert before is None
            assert self.taken(name) == self.capacity
        else:
            self.mine[who] = name

    @rule(who=st.sampled_from("abcd"), name=st.sampled_from(["slot_1", "slot_2"]))
    def move(self, who, name):
        if who not in self.mine:
            return
        try:
            reschedule(
                slot_at(NOW + HOUR, name),
                NOW,
                booked=self.mine[who],
                taken=self.taken(name),
                capacity=self.capacity,
            )
        except SlotTaken:
            assert self.taken(name) == self.capacity
        else:
            self.mine[who] = name

    @rule(who=st.sampled_from("abcd"))
    def cancel(self, who):
        self.mine.pop(who, None)

    @invariant()
    def no_slot_holds_more_than_it_can(self):
        assert all(self.taken(name) <= self.capacity for name in ("slot_1", "slot_2"))


TestCalendar = Calendar.TestCase
TestCalendar.settings = settings(max_examples=30, stateful_step_count=20)
