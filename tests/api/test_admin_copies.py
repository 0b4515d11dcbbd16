"""Copies of whole launches (contract.md, section 5)."""

import pytest

from integration.services import admitting
from tests.support.backoffice import (
    ADMIN,
    draft,
    path_of,
    post,
    product_of,
    publish,
    queue_of,
    running_queue,
)
from tests.support.launches import make_guest, make_merchant

KINDS = ("queues", "draws", "auctions", "timed-releases", "appointments", "waitlists")
OWN = {"id", "experienceId", "sequenceId", "createdAt"}


def listed(client, merchant, path, experience):
    query = {"experienceId": experience["id"]}
    return client.get(f"{ADMIN}/{path}", query_string=query, headers=merchant.server).json["data"]


def copy_of(client, merchant, experience, **body):
    return post(client, merchant, f"/experiences/{experience['id']}/duplicate", **body)


@pytest.fixture
def whole(client, merchant):
    """A published experience with all that one can have."""
    product = product_of(client, merchant, inventory=40, variants=[{"sku": "S"}])
    audience = post(client, merchant, "/audiences", name="Friends", type="STATIC")
    experience = draft(
        client,
        merchant,
        slug="launch",
        openAt="2030-03-30T09:00:00",
        closeAt="2030-12-01T12:00:00",
        timeZone="Europe/Berlin",
        productId=product["id"],
        theme={"accent": "#ff0066"},
        expectedAudience=10,
    )
    path = path_of(client, merchant, experience, audienceId=audience["id"], priority=5)
    closed = path_of(client, merchant, experience, accessCode="Sesame", botCheck=True)
    here = {"sequenceId": path["id"]}
    queue_of(
        client,
        merchant,
        closed,
        openAt="2030-04-01T10:00:00",
        lobbyOpensAt="2030-04-01T09:00:00",
        admissionRate=60,
        productId=product["id"],
        variantId=product["variants"][0]["id"],
        metadata={"hall": 5},
    )
    post(client, merchant, "/draws", **here, drawAt="2030-04-02T10:00:00", winnerCount=3)
    post(
        client,
        merchant,
        "/auctions",
        **here,
        settleAt="2030-04-02T10:00:00",
        startingPrice="100",
        currencyCode="USD",
    )
    waves = [{"at": "2030-04-02T10:00:00", "quantity": 5}]
    post(client, merchant, "/timed-releases", **here, inventoryBound=True, stock=5, waves=waves)
    post(
        client,
        merchant,
        "/appointments",
        **here,
        slotDurationMinutes=30,
        weeklyHours=[{"weekday": 0, "from": "09:00", "to": "17:00"}],
        exceptions=[{"date": "2030-12-24", "closed": True}],
    )
    post(client, merchant, "/waitlists", **here)
    return publish(client, merchant, experience)


def test_a_copy_has_everything_of_the_original_but_its_times(client, merchant, whole):
    copy = copy_of(client, merchant, whole)

    shown = client.get(f"{ADMIN}/experiences/{copy['id']}", headers=merchant.server)
    assert shown.json == copy
    assert shown.headers["ETag"] == '"1"'
    differing = {name for name in copy if copy[name] != whole[name]}
    assert differing == {
        *("id", "name", "slug", "status", "openAt", "closeAt", "publishedAt", "createdAt"),
    }
    assert (copy["name"], copy["status"], copy["slug"]) == ("Launch (copy)", "draft", None)
    assert copy["openAt"] is copy["closeAt"] is copy["publishedAt"] is None
    paths, copies = (listed(client, merchant, "sequences", each) for each in (whole, copy))
    assert [{**each, "id": "", "experienceId": "", "createdAt": ""} for each in paths] == [
        {**each, "id": "", "experienceId": "", "createdAt": ""} for each in copies
    ]
    for kind in KINDS:
        [original], [copied] = (listed(client, merchant, kind, each) for each in (whole, copy))
        changed = {name for name in original if original[name] != copied[name]}
        assert changed - OWN <= {"state", "status", "openAt", "lobbyOpensAt", "exceptions"}
        assert copied["id"].split("_")[0] == original["id"].split("_")[0]
        assert (copied["state"], copied["status"]) == ("draft", None)
        assert copied["sequenceId"] in {each["id"] for each in copies}
        assert copied.get("openAt") is None


def test_a_copy_may_be_so_many_days_later_at_the_same_time_of_the_day(client, merchant, whole):
    copy = copy_of(client, merchant, whole, name="Next year", shiftDays=7)

    def of(kind, name):
        return listed(client, merchant, kind, copy)[0][name]

    # Clocks go forward in Berlin on 2030-03-31.
    assert (whole["openAt"], copy["openAt"]) == (
        "2030-03-30T08:00:00.000Z",
        "2030-04-06T07:00:00.000Z",
    )
    assert copy["name"] == "Next year"
    assert of("queues", "openAt") == "2030-04-08T08:00:00.000Z"
    assert of("queues", "lobbyOpensAt") == "2030-04-08T07:00:00.000Z"
    assert of("draws", "drawAt") == of("draws", "closeAt") == "2030-04-09T08:00:00.000Z"
    assert of("auctions", "settleAt") == of("auctions", "closeAt") == "2030-04-09T08:00:00.000Z"
    assert of("timed-releases", "waves")[0]["at"] == "2030-04-09T08:00:00.000Z"
    assert of("appointments", "exceptions")[0]["date"] == "2030-12-31"


def test_a_copy_is_published_by_itself_and_nobody_is_in_it(client, merchant, rt):
    queue = running_queue(client, merchant)
    guest = make_guest(client, merchant)
    client.post(f"/api/v1/queues/{queue['id']}/enter", headers=guest.headers)
    admitting.admit_due(rt, queue["id"])
    post(client, merchant, f"/experiences/{queue['experienceId']}/end", 200)

    copy = copy_of(client, merchant, {"id": queue["experienceId"]})
    publish(client, merchant, copy)

    [fresh] = listed(client, merchant, "queues", copy)
    assert (fresh["state"], fresh["counters"]["entered"]) == ("active", 0)
    entered = client.post(f"/api/v1/queues/{fresh['id']}/enter", headers=guest.headers)
    assert (entered.status_code, entered.json["number"]) == (201, 1)


def test_the_access_code_opens_the_copy_and_the_copy_of_the_copy_too(client, merchant):
    experience = draft(client, merchant)
    queue_of(client, merchant, path_of(client, merchant, experience, accessCode="Sesame"))
    copy = copy_of(client, merchant, copy_of(client, merchant, experience))
    publish(client, merchant, copy)

    outcomes = [
        client.post(
            f"/api/v1/experiences/{copy['id']}/route", json={"accessCode": code}, headers=headers
        ).json["outcome"]
        for headers in [make_guest(client, merchant).headers]
        for code in ("wrong", "Sesame")
    ]

    assert outcomes == ["gated", "routed"]


def test_another_code_for_the_copy_leaves_the_original_as_it_was(client, merchant):
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience, accessCode="Sesame")
    queue_of(client, merchant, path)
    copy = copy_of(client, merchant, experience)
    [copied] = listed(client, merchant, "sequences", copy)
    body = {"accessCode": "Other"}
    client.patch(f"{ADMIN}/sequences/{copied['id']}", json=body, headers=merchant.server)
    for each in (experience, copy):
        publish(client, merchant, each)

    def outcome(which, code):
        headers = make_guest(client, merchant).headers
        address = f"/api/v1/experiences/{which['id']}/route"
        return client.post(address, json={"accessCode": code}, headers=headers).json["outcome"]

    assert outcome(copy, "Other") == outcome(experience, "Sesame") == "routed"
    assert outcome(copy, "Sesame") == outcome(experience, "Other") == "gated"


def test_what_is_archived_is_not_copied(client, merchant):
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience)
    gone = queue_of(client, merchant, path)
    client.delete(f"{ADMIN}/queues/{gone['id']}", headers=merchant.server)

    copy = copy_of(client, merchant, experience)

    assert listed(client, merchant, "queues", copy) == []
    assert len(listed(client, merchant, "sequences", copy)) == 1


def test_times_that_have_passed_keep_a_copy_from_being_published(client, merchant):
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience)
    past = "2020-01-01T00:00:00Z"
    drawn = post(client, merchant, "/draws", sequenceId=path["id"], drawAt=past, winnerCount=1)

    refused = post(client, merchant, f"/experiences/{experience['id']}/publish", 409)

    assert refused["code"] == "NOT_PUBLISHABLE"
    assert [each["field"] for each in refused["details"]] == [
        f"distributions.{drawn['id']}.{name}" for name in ("closeAt", "drawAt")
    ]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"shiftDays": 1.5}, "shiftDays"),
        ({"shiftDays": 3651}, "shiftDays"),
        ({"openAt": "2030-01-01T00:00Z"}, "openAt"),
    ],
)
def test_a_copy_that_cannot_be_is_refused(client, merchant, body, field):
    address = f"/experiences/{draft(client, merchant)['id']}/duplicate"

    refused = post(client, merchant, address, 400, **body)

    assert [each["field"] for each in refused["details"]] == [field]


def test_a_repeated_call_with_its_key_copies_once(client, merchant):
    experience = draft(client, merchant)
    address = f"{ADMIN}/experiences/{experience['id']}/duplicate"
    headers = {**merchant.server, "X-Idempotency-Key": "once"}

    first, again = (client.post(address, headers=headers) for _ in range(2))

    assert first.data == again.data
    assert again.headers["Idempotency-Replayed"] == "true"


def test_nobody_copies_somebody_elses(client, merchant, rt):
    experience = draft(client, merchant)

    refused = post(client, make_merchant(rt), f"/experiences/{experience['id']}/duplicate", 404)

    assert refused["error"] == "Experience not found"
