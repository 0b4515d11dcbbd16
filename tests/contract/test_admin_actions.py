"""Section 5: what is done with objects by the Admin API."""

from datetime import UTC, datetime

import pytest

from connectors.fake import shop
from integration.app import create_app
from integration.kernel.ids import new_id
from integration.runtime import build
from tests.contract.test_admin_objects import MANY, OWN
from tests.support.backoffice import ADMIN, draft, path_of, post, publish, queue_of, running_queue
from tests.support.launches import make_guest, make_merchant
from tests.support.people import ask, prove
from tests.support.slots import ALWAYS
from tests.support.waiting import wait_until

KEY = {"kind": "secret", "mode": "live", "name": "Back end"}
PRODUCTS = "/api/products"


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def shown(client, merchant, address):
    return client.get(f"{ADMIN}{address}", headers=merchant.server)


def test_post_experiences_publish(client, rt):
    merchant = make_merchant(rt, limits={"queue_entry": 1000})
    bare = post(client, merchant, "/experiences", name="Bare")
    whole = draft(client, merchant, expectedAudience=300_000)
    queue_of(client, merchant, path_of(client, merchant, whole))

    refused = post(client, merchant, f"/experiences/{bare['id']}/publish", 409)
    published = post(client, merchant, f"/experiences/{whole['id']}/publish", 200)

    assert (refused["error"], refused["code"]) == ("Conflict", "NOT_PUBLISHABLE")
    assert [each["field"] for each in refused["details"]] == ["checkoutUrl", "sequences"]
    assert published["status"] == "active"
    assert ["limits.queueEntry" in each for each in published["warnings"]] == [True]


def test_post_experiences_duplicate_pause_resume_end(client, merchant):
    queue = running_queue(client, merchant)
    address = f"/experiences/{queue['experienceId']}"

    copy = post(client, merchant, f"{address}/duplicate")
    statuses = [
        post(client, merchant, f"{address}/{verb}", 200)["status"]
        for verb in ("pause", "resume", "end", "end")
    ]
    late = post(client, merchant, f"{address}/resume", 409)

    assert (copy["status"], copy["name"]) == ("draft", "Launch (copy)")
    assert statuses == ["paused", "active", "ended", "ended"]
    assert late["message"] == "The experience has ended."


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, "active"),
        ({"openAt": "2090-01-01T00:00Z"}, "scheduled"),
        ({"closeAt": "2090-01-01T00:00Z"}, "active"),
    ],
)
def test_the_status_of_an_experience_follows_from_its_times(client, merchant, given, status):
    experience = draft(client, merchant, **given)
    queue_of(client, merchant, path_of(client, merchant, experience))

    assert publish(client, merchant, experience)["status"] == status


def test_get_sequences_waitlist_consumers(client, merchant):
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience)
    waitlist = post(client, merchant, "/waitlists", sequenceId=path["id"])
    publish(client, merchant, experience)
    guest = make_guest(client, merchant)
    client.post(f"/api/v1/waitlists/{waitlist['id']}/enter", headers=guest.headers)

    listed = shown(client, merchant, f"/sequences/{path['id']}/waitlist/consumers").json

    [entry] = listed["data"]
    assert set(entry) == {
        *("id", "waitlistId", "consumerId", "status", "enteredAt", "notifiedAt"),
    }
    assert (entry["consumerId"], entry["status"]) == (guest.consumer_id, "waitlisted")


def test_post_draws_run_and_auctions_settle(client, merchant):
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience)
    draw, auction = (
        post(client, merchant, f"/{kind}", sequenceId=path["id"], **OWN[kind])
        for kind in ("draws", "auctions")
    )
    early = [
        post(client, merchant, address, 409)["code"]
        for address in (f"/draws/{draw['id']}/run", f"/auctions/{auction['id']}/settle")
    ]
    publish(client, merchant, experience)

    run = post(client, merchant, f"/draws/{draw['id']}/run", 200)
    settled = post(client, merchant, f"/auctions/{auction['id']}/settle", 200)

    assert early == ["NOT_PUBLISHED"] * 2
    assert run["status"] in {"CLOSED", "DRAWN"}
    assert settled["status"] in {"CLOSED", "SETTLED"}


@pytest.mark.parametrize("kind", MANY)
def test_every_distribution_open_pause_resume_close_end(client, merchant, kind):
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience)
    hours = {"weeklyHours": ALWAYS} if kind == "appointments" else {}
    made = post(client, merchant, f"/{kind}", sequenceId=path["id"], **OWN[kind], **hours)
    early = post(client, merchant, f"/{kind}/{made['id']}/open", 409)
    publish(client, merchant, experience)

    told = [
        post(client, merchant, f"/{kind}/{made['id']}/{verb}", 200)
        for verb in ("open", "pause", "resume", "close", "end")
    ]
    late = [
        post(client, merchant, f"/{kind}/{made['id']}/{verb}", 409)["code"]
        for verb in ("open", "pause", "resume", "close")
    ]

    assert early["code"] == "NOT_PUBLISHED"
    assert [each["status"] for each in told] == ["OPEN", "PAUSED", "OPEN", "CLOSED", "CLOSED"]
    assert [each["state"] for each in told] == ["active", "paused", "active", "active", "ended"]
    assert late == ["ENDED"] * 4


def test_get_participations(client, merchant):
    queue = running_queue(client, merchant, admissionRate=0)
    known = prove(client, merchant, email="jane@example.com")
    for guest in (make_guest(client, merchant), known):
        client.post(f"/api/v1/queues/{queue['id']}/enter", headers=guest.headers)
    address = f"/queues/{queue['id']}/participations"

    everybody = shown(client, merchant, address).json["data"]
    found = [
        shown(client, merchant, f"{address}?{query}").json["data"]
        for query in (
            f"consumerId={known.consumer_id}",
            "email=JANE@example.com",
            "number=2",
            "status=QUEUED&sort=-createdAt&limit=1",
        )
    ]

    assert [each["number"] for each in everybody] == [1, 2]
    assert set(everybody[0]) == {
        *("id", "consumerId", "number", "status", "denyReason", "enteredAt", "admittedAt"),
        *("completedAt", "admissionId", "expiresAt"),
    }
    assert found == [everybody[1:]] * 4


def test_post_participations_admit_extend_deny(client, merchant):
    queue = running_queue(client, merchant, admissionRate=0, extendable=True)
    guest = make_guest(client, merchant)
    client.post(f"/api/v1/queues/{queue['id']}/enter", headers=guest.headers)
    [entry] = shown(client, merchant, f"/queues/{queue['id']}/participations").json["data"]
    address = f"/participations/{entry['id']}"

    admitted = post(client, merchant, f"{address}/admit", 200)
    extended = post(client, merchant, f"{address}/extend", 200, seconds=60)
    denied = post(client, merchant, f"{address}/deny", 200, reason="BOT_DETECTED")
    unknown = post(client, merchant, "/participations/ent_unknown/admit", 404)

    assert [each["status"] for each in (admitted, extended, denied)] == [
        *("ADMITTED", "ADMITTED", "DENIED"),
    ]
    assert extended["expiresAt"] > admitted["expiresAt"]
    assert denied["denyReason"] == "BOT_DETECTED"
    assert unknown["error"] == "Participation not found"


def test_post_audiences_and_members(client, merchant):
    rules = [{"field": "spent", "operator": "GREATER_THAN", "values": [100]}]
    made = post(client, merchant, "/audiences", name="Friends", type="STATIC")
    dynamic = post(client, merchant, "/audiences", name="Buyers", type="DYNAMIC", rules=rules)
    people = [prove(client, merchant, email=f"{name}@example.com") for name in ("jane", "john")]
    address = f"/audiences/{made['id']}/members"

    added = post(client, merchant, address, 200, consumerIds=[people[0].consumer_id])
    csv = client.post(
        f"{ADMIN}{address}",
        data="email\njane@example.com\nJOHN@example.com\nnobody@example.com\n",
        content_type="text/csv",
        headers=merchant.server,
    )
    unknown = post(client, merchant, address, 404, consumerIds=["cons_unknown"])
    refused = post(
        client, merchant, f"/audiences/{dynamic['id']}/members", 409, consumerIds=["cons_unknown"]
    )

    assert dynamic["rules"] == [{**rules[0], "groupId": None}]
    assert added == {"added": 1, "unchanged": 0, "notFound": 0, "notFoundLines": []}
    assert csv.status_code == 200
    assert csv.json == {"added": 1, "unchanged": 1, "notFound": 1, "notFoundLines": [4]}
    assert unknown["code"] == "CONSUMER_NOT_FOUND"
    assert refused["error"] == "Conflict"
    listed = shown(client, merchant, address).json["data"]
    assert {each["consumerId"] for each in listed} == {each.consumer_id for each in people}


def test_post_connections_verify_sync_and_sync_runs(client, merchant):
    fake = shop(new_id("shop"))
    body = {"platform": "fake", "name": "Shop", "settings": {"shop": fake.name}}
    made = post(client, merchant, "/connections", **body, credentials={"apiKey": fake.api_key})
    address = f"/connections/{made['id']}"

    verified = post(client, merchant, f"{address}/verify", 200)
    run = post(client, merchant, f"{address}/sync", 202, subject="products")
    twice = post(client, merchant, f"{address}/sync", 409, subject="products")
    bad = post(client, merchant, f"{address}/sync", 400, subject="teapots")

    assert "credentials" not in made
    assert made["credentialsSet"]["apiKey"] is True
    assert verified["state"] == "active"
    assert (run["subject"], run["status"]) == ("products", "queued")
    assert twice["error"] == "Conflict"
    assert [each["field"] for each in bad["details"]] == ["subject"]
    assert shown(client, merchant, f"{address}/sync-runs/{run['id']}").json["id"] == run["id"]
    listed = shown(client, merchant, f"{address}/sync-runs").json["data"]
    assert [each["id"] for each in listed] == [run["id"]]


def test_post_api_keys_rotate_and_revoke(client, merchant):
    made = post(client, merchant, "/api-keys", **KEY, scopes=["read:products"])
    address = f"/api-keys/{made['id']}"

    rotated = post(client, merchant, f"{address}/rotate", overlapSeconds=60)
    twice = post(client, merchant, f"{address}/rotate", 409)
    serving = [client.get(PRODUCTS, headers=bearer(each["key"])) for each in (made, rotated)]
    revoked = post(client, merchant, f"{address}/revoke", 200)
    late = [
        post(client, merchant, f"{address}/rotate", 409),
        client.patch(f"{ADMIN}{address}", json={"name": "X"}, headers=merchant.server).json,
    ]

    assert made["key"].startswith("sk_live_")
    assert rotated["key"] != made["key"]
    assert (rotated["scopes"], rotated["replacedBy"]) == (["read:products"], None)
    assert (twice["code"], twice["id"]) == ("KEY_REPLACED", rotated["id"])
    assert [each.status_code for each in serving] == [200, 200]
    assert revoked["revokedAt"] is not None
    assert client.get(PRODUCTS, headers=bearer(made["key"])).status_code == 401
    assert [each["code"] for each in late] == ["KEY_REVOKED"] * 2
    assert "key" not in shown(client, merchant, address).json


def test_a_live_key_with_admin_makes_test_keys_and_no_test_key_makes_live_ones(
    client, merchant, rt
):
    tester = make_merchant(rt, "test", of=merchant)

    made = post(client, merchant, "/api-keys", **{**KEY, "mode": "test"})
    refused = post(client, tester, "/api-keys", 403, **KEY)

    assert made["key"].startswith("sk_test_")
    assert refused["code"] == "PERMISSION_DENIED"


def test_a_key_ends_in_every_process_within_two_seconds(client, merchant, settings):
    made = post(client, merchant, "/api-keys", **KEY)
    elsewhere = build(settings)
    there = create_app(elsewhere).test_client()
    elsewhere.ticker.start()

    def status():
        return there.get(PRODUCTS, headers=bearer(made["key"])).status_code

    before = status()
    post(client, merchant, f"/api-keys/{made['id']}/revoke", 200)
    wait_until(lambda: status() == 401, "the key has ended there too")
    elsewhere.close()

    assert before == 200


class FastClock:
    """Runs a minute for every second."""

    def __init__(self):
        self._begun = datetime.now(UTC)

    def now(self):
        return self._begun + (datetime.now(UTC) - self._begun) * 60


def test_the_last_use_of_a_key_is_told_within_seconds(client, merchant, settings):
    made = post(client, merchant, "/api-keys", **KEY)
    elsewhere = build(settings, FastClock())
    elsewhere.ticker.start()

    create_app(elsewhere).test_client().get(PRODUCTS, headers=bearer(made["key"]))
    address = f"/api-keys/{made['id']}"
    used = wait_until(lambda: shown(client, merchant, address).json["lastUsedAt"], "it is told")
    elsewhere.close()

    assert made["lastUsedAt"] is None
    assert used > made["createdAt"]


def test_get_and_patch_organizations_current(client, merchant):
    before = shown(client, merchant, "/organizations/current")
    changes = {
        "allowedRedirectHosts": ["shop.example"],
        "limits": {"queueEntry": 5000},
        "theme": {"accent": "#ff0066"},
    }
    version = {**merchant.server, "If-Match": before.headers["ETag"]}

    changed = client.patch(f"{ADMIN}/organizations/current", json=changes, headers=version)
    late = client.patch(f"{ADMIN}/organizations/current", json=changes, headers=version)

    assert changed.status_code == 200
    assert changed.json["allowedRedirectHosts"] == ["shop.example"]
    assert changed.json["limits"]["queueEntry"] == 5000
    assert changed.json["theme"] == {"accent": "#ff0066"}
    assert (late.status_code, late.json["code"]) == (412, "PRECONDITION_FAILED")


def test_get_outbox(client, merchant):
    ask(client, merchant, email="jane@example.com")

    [message] = shown(client, merchant, "/outbox").json["data"]

    assert (message["channel"], message["recipient"]) == ("email", "jane@example.com")
    assert shown(client, merchant, "/outbox?limit=0").status_code == 400
