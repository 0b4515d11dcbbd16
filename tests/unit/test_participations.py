from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.participations import (
    ADMISSION_SOURCES,
    ENDINGS,
    LIVE,
    SOURCES,
    AdmissionFacts,
    AdmissionState,
    DenyReason,
    ParticipationState,
    Refusal,
    Shown,
    late,
    may_enter_again,
    refusal,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
GOOD = AdmissionFacts(AdmissionState.ADMITTED, "queue_1", "cons_1", LATER, b"hash")


def reachable(sources, start):
    found = {start}
    while more := {to for to, froms in sources.items() if froms & found} - found:
        found |= more
    return found


def test_every_state_has_a_row_and_is_reached_from_queued():
    assert set(SOURCES) == set(ParticipationState)
    assert reachable(SOURCES, ParticipationState.QUEUED) == set(ParticipationState)
    assert set(ADMISSION_SOURCES) == set(AdmissionState)
    assert reachable(ADMISSION_SOURCES, AdmissionState.ADMITTED) == set(AdmissionState)


def test_nothing_follows_completion_or_leaving():
    for over in (ParticipationState.COMPLETED, ParticipationState.LEFT):
        assert reachable(SOURCES, over) == {over}
    for over in (AdmissionState.COMPLETED, AdmissionState.LEFT, AdmissionState.DENIED):
        assert reachable(ADMISSION_SOURCES, over) == {over}


def test_a_late_payment_completes_an_expired_admission_and_nothing_else_revives_it():
    assert reachable(ADMISSION_SOURCES, AdmissionState.EXPIRED) == {
        AdmissionState.EXPIRED,
        AdmissionState.COMPLETED,
    }
    assert reachable(SOURCES, ENDINGS[AdmissionState.EXPIRED]) == {
        ParticipationState.DENIED,
        ParticipationState.COMPLETED,
    }


def test_each_step_of_an_admission_is_a_step_of_its_participation():
    stands = {AdmissionState.ADMITTED: ParticipationState.ADMITTED, **ENDINGS}

    for to, froms in ADMISSION_SOURCES.items():
        for before in froms:
            assert stands[before] in SOURCES[stands[to]]


def test_only_the_live_can_be_denied_or_leave():
    assert SOURCES[ParticipationState.DENIED] == SOURCES[ParticipationState.LEFT] == LIVE


@pytest.mark.parametrize(
    ("state", "reason", "again"),
    [
        ("QUEUED", None, False),
        ("ADMITTED", None, False),
        ("COMPLETED", None, False),
        ("LEFT", None, True),
        ("DENIED", "ADMISSION_EXPIRED", True),
        *(
            ("DENIED", reason, False)
            for reason in DenyReason
            if reason != DenyReason.ADMISSION_EXPIRED
        ),
        ("DENIED", "You were rude.", False),
        ("DENIED", None, False),
    ],
)
def test_who_may_enter_again(state, reason, again):
    assert may_enter_again(ParticipationState(state), reason) is again


@pytest.mark.parametrize(
    ("state", "moment", "is_late"),
    [
        (AdmissionState.ADMITTED, LATER - timedelta(microseconds=1), False),
        (AdmissionState.ADMITTED, LATER, True),
        (AdmissionState.EXPIRED, NOW, True),
        (AdmissionState.COMPLETED, LATER, False),
    ],
)
def test_a_completion_is_late_from_the_end_of_the_admission(state, moment, is_late):
    assert late(state, LATER, moment) is is_late


def test_a_live_admission_is_good_as_often_as_it_is_shown():
    shown = Shown("queue_1", "cons_1", b"hash")

    assert [refusal(GOOD, shown, NOW) for _ in range(3)] == [None, None, None]


def test_what_is_not_shown_is_not_compared():
    assert refusal(GOOD, Shown(), NOW) is None
    assert refusal(GOOD._replace(fingerprint=None), Shown(fingerprint=b"other"), NOW) is None


@pytest.mark.parametrize(
    ("admission", "shown", "reason"),
    [
        (None, Shown(), Refusal.UNKNOWN),
        (GOOD, Shown(distribution_id="queue_2"), Refusal.WRONG_DISTRIBUTION),
        (GOOD, Shown(consumer_id="cons_2"), Refusal.WRONG_CONSUMER),
        (GOOD._replace(state=AdmissionState.COMPLETED), Shown(), Refusal.COMPLETED),
        (GOOD._replace(state=AdmissionState.DENIED), Shown(), Refusal.DENIED),
        (GOOD._replace(state=AdmissionState.LEFT), Shown(), Refusal.LEFT),
        (GOOD._replace(state=AdmissionState.EXPIRED), Shown(), Refusal.EXPIRED),
        (GOOD._replace(expires_at=NOW), Shown(), Refusal.EXPIRED),
        (GOOD, Shown(fingerprint=b"other"), Refusal.FINGERPRINT_MISMATCH),
    ],
)
def test_each_reason_of_a_refusal(admission, shown, reason):
    assert refusal(admission, shown, NOW) == reason


@given(
    state=st.sampled_from(AdmissionState),
    shown=st.builds(
        Shown,
        st.sampled_from([None, "queue_1", "queue_2"]),
        st.sampled_from([None, "cons_1", "cons_2"]),
        st.sampled_from([None, b"hash", b"other"]),
    ),
    ends=st.sampled_from([NOW, LATER]),
)
def test_of_several_reasons_the_first_of_the_list_is_told(state, shown, ends):
    admission = GOOD._replace(state=state, expires_at=ends)
    holds = {
        Refusal.WRONG_DISTRIBUTION: shown.distribution_id == "queue_2",
        Refusal.WRONG_CONSUMER: shown.consumer_id == "cons_2",
        Refusal.COMPLETED: state == "COMPLETED",
        Refusal.DENIED: state == "DENIED",
        Refusal.LEFT: state == "LEFT",
        Refusal.EXPIRED: state == "EXPIRED" or ends == NOW,
        Refusal.FINGERPRINT_MISMATCH: shown.fingerprint == b"other",
    }

    told = refusal(admission, shown, NOW)

    assert told == next((reason for reason in Refusal if holds.get(reason)), None)
