"""More time at the checkout, once; and entries that a merchant handles one by one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from integration.kernel.ids import new_id
from integration.services import admitting
from tests.api.admitted import (
    admission_of,
    admitted,
    any_admission,
    books,
    enter,
    run_out,
    status,
    waiting,
)
from tests.support.envelopes import refused
from tests.support.launches import make_launch, make_merchant


def by_hand(client, merchant, entry_id, verb, **body):
    path = f"/admin/api/v1/participations/{entry_id}/{verb}"
    return client.post(path, headers=merchant.server, json=body or None)


def entry_of(client, merchant, launch, guest):
    """The ids of somebody's entries, newest last."""
    path = f"/admin/api/v1/queues/{launch.queue_id}/participations"
    query = {"consumerId": guest.consumer_id}
    found = client.get(path, headers=merchant.server, query_string=query).json["data"]
    return [each["id"] for each in found]


def ends(said):
    return datetime.fromisoformat(said["expiresAt"])


def test_an_extension_gives_a_new_token_for_the_same_admission(client, rt, merchant):
    launch = make_launch(rt, merchant, extendable=True)
    guest, token = admitted(client, rt, merchant, launch)
    before = status(client, launch, guest)

    said = any_admission(client, merchant, "extend", admissionToken=token, seconds=300).json

    old, new = (rt.keyring.read(each, "admission") for each in (token, said["admissionToken"]))
    assert ends(said) - ends(before) == timedelta(seconds=300)
    assert (new["jti"], new["exp"] - old["exp"]) == (old["jti"], 300)
    assert status(client, launch, guest)["admissionToken"] == said["admissionToken"]
    for each in (token, said["admissionToken"]):
        assert any_admission(client, merchant, "validate", admissionToken=each).json["valid"]


def test_what_was_extended_outlives_the_time_it_had_first(client, rt, merchant):
    launch = make_launch(rt, merchant, extendable=True)
    guest, token = admitted(client, rt, merchant, launch)
    run_out_in(rt, guest, "1 minute")

    any_admission(client, merchant, "extend", admissionToken=token, seconds=600)
    pass_by(rt, guest, "2 minutes")
    admitting.expire_due(rt)

    assert status(client, launch, guest)["status"] == "ADMITTED"


def pass_by(rt, guest, interval):
    """Let so much of their time be over."""
    end_at(rt, guest, "expires_at - CAST(:interval AS interval)", interval)


def run_out_in(rt, guest, interval):
    end_at(rt, guest, "clock_timestamp() + CAST(:interval AS interval)", interval)


def end_at(rt, guest, moment, interval):
    statement = text(f"UPDATE admission SET expires_at = {moment} WHERE consumer_id = :id")
    with rt.transaction() as tx:
        tx.session.execute(statement, {"id": guest.consumer_id, "interval": interval})


def test_an_admission_extends_once(client, rt, merchant):
    launch = make_launch(rt, merchant, extendable=True)
    _, token = admitted(client, rt, merchant, launch)
    any_admission(client, merchant, "extend", admissionToken=token, seconds=1)

    again = any_admission(client, merchant, "extend", admissionToken=token, seconds=1)

    assert refused(again) == (409, "Conflict", "ALREADY_EXTENDED")


def test_of_many_who_extend_at_once_one_does(app, client, rt, merchant):
    launch = make_launch(rt, merchant, extendable=True)
    guest, token = admitted(client, rt, merchant, launch)
    before = status(client, launch, guest)

    def extend(_):
        return any_admission(
            app.test_client(), merchant, "extend", admissionToken=token, seconds=60
        ).status_code

    with ThreadPoolExecutor(6) as threads:
        answers = sorted(threads.map(extend, range(6)))

    assert answers == [200, *[409] * 5]
    assert ends(status(client, launch, guest)) - ends(before) == timedelta(seconds=60)


def test_only_where_the_merchant_allows_it(client, rt, merchant):
    launch = make_launch(rt, merchant)
    _, token = admitted(client, rt, merchant, launch)

    answer = any_admission(client, merchant, "extend", admissionToken=token, seconds=60)

    assert refused(answer) == (409, "Conflict", "NOT_EXTENDABLE")


@pytest.mark.parametrize("over", ["expired", "completed", "left"])
def test_only_while_it_lives(client, rt, merchant, over):
    launch = make_launch(rt, merchant, extendable=True)
    guest, token = admitted(client, rt, merchant, launch)
    if over == "expired":
        run_out(rt, launch)
    elif over == "completed":
        any_admission(client, merchant, "complete", admissionToken=token)
    else:
        client.post(f"/api/v1/queues/{launch.queue_id}/leave", headers=guest.headers)

    answer = any_admission(client, merchant, "extend", admissionToken=token, seconds=60)

    assert refused(answer) == (409, "Conflict", "NOT_ADMITTED")


@pytest.mark.parametrize("seconds", [0, -1, 604_801, "60", None, 1.5])
def test_the_seconds_are_bounded(client, rt, merchant, seconds):
    answer = any_admission(client, merchant, "extend", admissionId="adm_x", seconds=seconds)

    assert (answer.status_code, answer.json["code"]) == (400, "VALIDATION_FAILED")


def test_nobody_extends_another_organizations_admission(client, rt, merchant):
    launch = make_launch(rt, merchant, extendable=True)
    guest, token = admitted(client, rt, merchant, launch)
    stranger = make_merchant(rt)
    entry = entry_of(client, merchant, launch, guest)[0]

    answers = [
        any_admission(client, stranger, "extend", admissionToken=token, seconds=60),
        any_admission(
            client, stranger, "extend", admissionId=admission_of(rt, guest).id, seconds=60
        ),
        by_hand(client, stranger, entry, "extend", seconds=60),
        by_hand(client, stranger, entry, "deny", reason="x"),
        by_hand(client, stranger, entry, "admit"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert refused(answers[-1]) == (404, "Participation not found", "PARTICIPATION_NOT_FOUND")


def test_by_hand_an_entry_is_admitted_out_of_turn_and_that_is_recorded(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    first, second = waiting(client, merchant, launch, 2)
    entry = entry_of(client, merchant, launch, second)[0]

    answer = by_hand(client, merchant, entry, "admit")

    assert answer.json["status"] == "ADMITTED"
    assert answer.json["admissionToken"]
    assert admission_of(rt, second).in_turn is False
    assert status(client, launch, first)["position"] == 1


def test_by_hand_an_entry_is_denied_with_the_merchants_own_words(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    [guest] = waiting(client, merchant, launch, 1)
    entry = entry_of(client, merchant, launch, guest)[0]

    answer = by_hand(client, merchant, entry, "deny", reason="Not this time")

    assert (answer.json["status"], answer.json["denyReason"]) == ("DENIED", "Not this time")
    assert books(rt, launch).waiting == 0


def test_by_hand_an_entry_is_extended(client, rt, merchant):
    launch = make_launch(rt, merchant, extendable=True)
    guest, _ = admitted(client, rt, merchant, launch)
    before = status(client, launch, guest)
    entry = entry_of(client, merchant, launch, guest)[0]

    said = by_hand(client, merchant, entry, "extend", seconds=90).json

    assert ends(said) - ends(before) == timedelta(seconds=90)


def test_who_waits_has_nothing_to_extend(client, rt, merchant):
    launch = make_launch(rt, merchant, extendable=True, rules={"admissionRate": 0})
    [guest] = waiting(client, merchant, launch, 1)
    entry = entry_of(client, merchant, launch, guest)[0]

    answer = by_hand(client, merchant, entry, "extend", seconds=90)

    assert refused(answer) == (409, "Conflict", "NOT_ADMITTED")


def test_an_entry_that_gave_way_to_a_newer_one_is_handled_no_more(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    [guest] = waiting(client, merchant, launch, 1)
    client.post(f"/api/v1/queues/{launch.queue_id}/leave", headers=guest.headers)
    enter(client, launch, guest)
    old, new = entry_of(client, merchant, launch, guest)

    answer = by_hand(client, merchant, old, "admit")

    assert refused(answer) == (409, "Conflict", "ENTRY_SUPERSEDED")
    assert by_hand(client, merchant, new, "admit").status_code == 200


def test_an_unknown_entry_is_not_found(client, rt, merchant):
    answer = by_hand(client, merchant, new_id("ent"), "admit")

    assert refused(answer) == (404, "Participation not found", "PARTICIPATION_NOT_FOUND")


def test_without_the_scope_nobody_handles_entries(client, rt, merchant):
    reader = make_merchant(rt, scopes=("read:admissions",), of=merchant)

    answer = by_hand(client, reader, new_id("ent"), "admit")

    assert refused(answer) == (403, "Permission denied", "PERMISSION_DENIED")
