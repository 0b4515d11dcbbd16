"""Section 5: what is made, listed, shown, changed and archived by the Admin API."""

import pytest

from tests.support.backoffice import ADMIN, CHECKOUT, draft, path_of, post

MANY = ("queues", "draws", "auctions", "timed-releases", "appointments", "waitlists")
LATER = "2090-01-01T00:00:00.000Z"
OWN = {
    "queues": {},
    "draws": {"drawAt": LATER, "winnerCount": 2},
    "auctions": {"settleAt": LATER, "startingPrice": "100.00", "currencyCode": "USD"},
    "timed-releases": {},
    "appointments": {"slotDurationMinutes": 30},
    "waitlists": {"name": "Waitlist"},
}
COMMON = {
    **dict.fromkeys(("openAt", "closeAt", "maxCapacity", "productId", "variantId", "stock")),
    "name": "Everybody",
    "timeZone": "UTC",
    "inventoryBound": False,
    "unitsPerAdmission": 1,
    "fingerprintAtValidation": False,
    "maxEntriesPerFingerprint": 3,
    "extendable": False,
    "restockOnCancel": False,
    "notice": None,
    "metadata": {},
}
DEFAULTS = {
    "queues": {
        "admissionRate": None,
        "maxActiveAdmissions": None,
        "lobbyOpensAt": None,
        "shuffleBeforeOpen": False,
        "absenceSeconds": 180,
        "positionDisplay": "precise",
        "admissionExpirationSeconds": 900,
    },
    "draws": {
        "drawAt": LATER,
        "closeAt": LATER,
        "backupCount": 0,
        "continueSelectingUntilCompleted": False,
        "tickets": None,
        "beacon": {"kind": "none", "round": None},
        "admissionExpirationSeconds": 86_400,
    },
    "auctions": {
        "settleAt": LATER,
        "closeAt": LATER,
        "auctionType": "english",
        "reservePrice": None,
        "minimumBidIncrement": "0.01",
        "winnerCount": 1,
        "autoExtendSeconds": 0,
        "floorPrice": None,
        "priceDropAmount": None,
        "priceDropIntervalSeconds": None,
        "admissionExpirationSeconds": 86_400,
    },
    "timed-releases": {
        "perConsumerLimit": 1,
        "waves": [],
        "admissionExpirationSeconds": 900,
    },
    "appointments": {
        "bufferMinutes": 0,
        "maxCapacityPerSlot": 1,
        "locations": [],
        "weeklyHours": [],
        "exceptions": [],
        "admitAtStart": False,
        "admissionExpirationSeconds": 86_400,
    },
}
BODIES = {
    "experiences": lambda _: {"name": "Launch"},
    "sequences": lambda path: {"name": "Path", "experienceId": path["experienceId"]},
    **{kind: lambda path, kind=kind: {"sequenceId": path["id"], **OWN[kind]} for kind in MANY},
    "audiences": lambda _: {"name": "Friends", "type": "STATIC"},
    "webhooks": lambda _: {"url": "https://shop.example/hooks"},
    "connections": lambda _: {
        "platform": "fake",
        "name": "Shop",
        "settings": {"shop": "shop"},
        "credentials": {"apiKey": "key"},
    },
    "api-keys": lambda _: {"kind": "secret", "mode": "live", "name": "Back end"},
}
PREFIXES = {
    "experiences": "exp",
    "sequences": "seq",
    **dict(zip(MANY, ("queue", "draw", "auction", "tr", "appt", "wl"), strict=True)),
    "audiences": "audience",
    "webhooks": "whk",
    "connections": "conn",
    "api-keys": "key",
}
SHOWN_ONCE = {"webhooks": {"secret"}, "api-keys": {"key"}}


@pytest.fixture
def path(client, merchant):
    return path_of(client, merchant, draft(client, merchant))


@pytest.mark.parametrize("kind", BODIES)
def test_post_get_list_get_patch_delete(client, merchant, path, kind):
    headers, collection = merchant.server, f"{ADMIN}/{kind}"
    made = client.post(collection, json=BODIES[kind](path), headers=headers)
    address = f"{collection}/{made.json['id']}"

    shown = client.get(address, headers=headers)
    listed = client.get(f"{collection}?sort=-createdAt&limit=1", headers=headers).json
    version = {**headers, "If-Match": shown.headers["ETag"]}
    changed = client.patch(address, json={"name": "Other"}, headers=version)
    late = client.patch(address, json={"name": "Late"}, headers=version)
    refused = client.delete(address, headers=version)
    archived = client.delete(address, headers={**headers, "If-Match": changed.headers["ETag"]})

    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert made.json["id"].startswith(f"{PREFIXES[kind]}_")
    once = SHOWN_ONCE.get(kind, set())
    assert shown.json == {name: value for name, value in made.json.items() if name not in once}
    assert listed["data"] == [shown.json]
    assert set(listed["pageInfo"]) == {"endCursor", "hasNextPage"}
    assert (changed.status_code, changed.json["name"]) == (200, "Other")
    assert changed.headers["ETag"] == '"2"'
    for each in (late, refused):
        assert (each.status_code, each.json["error"]) == (412, "Precondition failed")
        assert each.json["code"] == "PRECONDITION_FAILED"
    assert (archived.status_code, archived.data) == (204, b"")
    gone = client.get(address, headers=headers)
    if kind == "api-keys":
        assert gone.json["revokedAt"] is not None
    else:
        assert gone.status_code == 404
        assert gone.json["error"].endswith(" not found")


@pytest.mark.parametrize("kind", BODIES)
def test_a_post_that_is_repeated_with_its_key_makes_one_object(client, merchant, path, kind):
    headers = {**merchant.server, "X-Idempotency-Key": "once"}

    first, again = (
        client.post(f"{ADMIN}/{kind}", json=BODIES[kind](path), headers=headers) for _ in range(2)
    )
    other = client.post(f"{ADMIN}/{kind}", json={"name": "Other"}, headers=headers)

    assert again.data == first.data
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["ETag"] == first.headers["ETag"]
    assert other.status_code in {400, 422}


@pytest.mark.parametrize("kind", BODIES)
def test_unknown_fields_and_bad_queries_are_refused(client, merchant, path, kind):
    body = {**BODIES[kind](path), "surprise": 1}

    answers = [
        client.post(f"{ADMIN}/{kind}", json=body, headers=merchant.server),
        client.get(f"{ADMIN}/{kind}?limit=101", headers=merchant.server),
        client.get(f"{ADMIN}/{kind}?cursor=forged", headers=merchant.server),
        client.get(f"{ADMIN}/{kind}?sort=colour", headers=merchant.server),
    ]

    assert [each.status_code for each in answers] == [400] * 4
    assert {each.json["code"] for each in answers} == {"VALIDATION_FAILED"}
    fields = [each.json["details"][0]["field"] for each in answers]
    assert fields == ["surprise", "limit", "cursor", "sort"]


@pytest.mark.parametrize("kind", BODIES)
def test_a_key_without_the_scope_is_refused(client, merchant, kind):
    body = {"kind": "secret", "mode": "live", "name": "Reader", "scopes": ["read:orders"]}
    reader = post(client, merchant, "/api-keys", **body)["key"]

    answers = [
        client.get(f"{ADMIN}/{kind}", headers=headers)
        for headers in ({"Authorization": f"Bearer {reader}"}, merchant.page, {})
    ]

    assert [each.status_code for each in answers] == [403, 401, 401]
    assert answers[0].json["error"] == "Permission denied"
    assert answers[1].json["error"] == "Authentication required"


@pytest.mark.parametrize("kind", DEFAULTS)
def test_every_distribution_takes_the_common_fields_and_its_own(client, merchant, path, kind):
    made = post(client, merchant, f"/{kind}", sequenceId=path["id"], **OWN[kind])

    policy = "recommended" if kind in {"timed-releases", "appointments"} else "required"
    expected = {**COMMON, "fingerprintPolicy": policy, **OWN[kind], **DEFAULTS[kind]}
    assert {name: made[name] for name in expected} == expected
    assert (made["state"], made["status"]) == ("draft", None)


def test_waitlists_take_sequence_id_and_name_only(client, merchant, path):
    made = post(client, merchant, "/waitlists", sequenceId=path["id"], name="Soon")
    refused = post(client, merchant, "/waitlists", 400, sequenceId=path["id"], name="Soon", stock=1)

    assert set(made) == {
        *("id", "experienceId", "sequenceId", "type", "name", "state", "status", "createdAt"),
    }
    assert [each["field"] for each in refused["details"]] == ["stock"]


def test_post_experiences(client, merchant):
    made = post(client, merchant, "/experiences", name="Launch", checkoutUrl=CHECKOUT)

    unset = ("slug", "openAt", "closeAt", "connectionId", "productId", "theme", "i18n", "notice")
    assert made == {
        **dict.fromkeys((*unset, "expectedAudience", "publishedAt", "endedAt")),
        "id": made["id"],
        "name": "Launch",
        "timeZone": "UTC",
        "currencyCode": "USD",
        "checkoutUrl": CHECKOUT,
        "status": "draft",
        "createdAt": made["createdAt"],
    }


def test_post_sequences(client, merchant, path):
    body = {"experienceId": path["experienceId"], "accessCode": "Sesame", "color": "#ff0066"}

    made = post(client, merchant, "/sequences", name="Friends", **body)

    assert made == {
        "id": made["id"],
        "experienceId": path["experienceId"],
        "name": "Friends",
        "priority": 0,
        "color": "#ff0066",
        "hasAccessCode": True,
        "audienceId": None,
        "requireAuthentication": False,
        "botCheck": False,
        "createdAt": made["createdAt"],
    }
