"""Experiences of the Admin API (contract.md, section 5)."""

import pytest

from tests.support.backoffice import (
    ADMIN,
    CHECKOUT,
    draft,
    path_of,
    post,
    product_of,
    publish,
    queue_of,
    running_queue,
    stranger_to,
)
from tests.support.launches import make_merchant

EXPERIENCES = f"{ADMIN}/experiences"


def get(client, merchant, address):
    return client.get(address, headers=merchant.server)


def change(client, merchant, experience, **changes):
    return client.patch(f"{EXPERIENCES}/{experience['id']}", json=changes, headers=merchant.server)


def publishable(client, merchant, **given):
    experience = draft(client, merchant, **given)
    queue = queue_of(client, merchant, path_of(client, merchant, experience))
    return experience, queue


def test_an_experience_begins_as_a_draft(client, merchant):
    product = product_of(client, merchant)
    body = {
        "name": "Launch",
        "slug": "launch-26",
        "openAt": "2030-06-01T10:00:00",
        "closeAt": "2030-06-01T12:00:00+02:00",
        "timeZone": "Europe/Berlin",
        "currencyCode": "EUR",
        "checkoutUrl": CHECKOUT,
        "productId": product["id"],
        "theme": {"accent": "#ff0066"},
        "i18n": {"de": {"title": "Start"}},
        "notice": "Soon.",
        "expectedAudience": 1000,
    }

    made = post(client, merchant, "/experiences", **body)

    assert made["id"].startswith("exp_")
    assert made == {
        **body,
        "id": made["id"],
        "status": "draft",
        "openAt": "2030-06-01T08:00:00.000Z",
        "closeAt": "2030-06-01T10:00:00.000Z",
        "connectionId": None,
        "publishedAt": None,
        "endedAt": None,
        "createdAt": made["createdAt"],
    }
    shown = get(client, merchant, f"{EXPERIENCES}/{made['id']}")
    assert shown.json == made
    assert shown.headers["ETag"] == '"1"'


def test_what_is_not_said_is_the_organizations(client, rt):
    merchant = make_merchant(rt, currency_code="CHF", checkout_url=CHECKOUT)

    made = post(client, merchant, "/experiences", name="Launch")

    assert (made["currencyCode"], made["checkoutUrl"]) == ("CHF", CHECKOUT)
    assert made["timeZone"] == "UTC"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": None}, "name"),
        ({"slug": "Launch 26"}, "slug"),
        ({"openAt": "soon"}, "openAt"),
        ({"openAt": "0001-01-01T00:00:00+14:00"}, "openAt"),
        ({"openAt": "2030-01-02T00:00Z", "closeAt": "2030-01-01T00:00Z"}, "closeAt"),
        ({"timeZone": "Berlin"}, "timeZone"),
        ({"currencyCode": "EURO"}, "currencyCode"),
        ({"checkoutUrl": "http://shop.example"}, "checkoutUrl"),
        ({"checkoutUrl": "https://shop.example/{apiKey}"}, "checkoutUrl"),
        ({"checkoutUrl": "https://{handle}.example/"}, "checkoutUrl"),
        ({"theme": []}, "theme"),
        ({"expectedAudience": -1}, "expectedAudience"),
        ({"accessCode": "1234"}, "accessCode"),
    ],
)
def test_a_bad_field_is_named(client, merchant, given, field):
    refused = client.post(EXPERIENCES, json={"name": "Launch", **given}, headers=merchant.server)

    assert refused.status_code == 400
    assert refused.json["code"] == "VALIDATION_FAILED"
    assert [detail["field"] for detail in refused.json["details"]] == [field]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"productId": "prod_unknown"}, "PRODUCT_NOT_FOUND"),
        ({"connectionId": "conn_unknown"}, "CONNECTION_NOT_FOUND"),
    ],
)
def test_a_body_refers_to_what_there_is(client, merchant, given, code):
    refused = client.post(EXPERIENCES, json={"name": "Launch", **given}, headers=merchant.server)

    assert refused.status_code == 404
    assert refused.json["code"] == code


def test_a_body_never_refers_to_somebody_elses(client, merchant, rt):
    product = product_of(client, make_merchant(rt))

    refused = client.post(
        EXPERIENCES, json={"name": "Launch", "productId": product["id"]}, headers=merchant.server
    )

    assert refused.status_code == 404
    assert refused.json["error"] == "Product not found"


def test_what_may_change_depends_on_the_field(client, merchant):
    experience, _ = publishable(client, merchant)
    publish(client, merchant, experience)

    changed = change(client, merchant, experience, name="Other", notice="Soon.")
    refused = change(client, merchant, experience, currencyCode="EUR")
    stranded = change(client, merchant, experience, checkoutUrl=None)

    assert changed.json["name"] == "Other"
    assert refused.status_code == 409
    assert refused.json["details"][0]["field"] == "currencyCode"
    assert stranded.status_code == 409
    assert stranded.json["code"] == "CHECKOUT_REQUIRED"


def test_an_ended_experience_keeps_its_times(client, merchant):
    queue = running_queue(client, merchant)
    experience = {"id": queue["experienceId"]}
    post(client, merchant, f"/experiences/{experience['id']}/end", 200)

    refused = change(client, merchant, experience, closeAt="2031-01-01T00:00:00Z")

    assert refused.status_code == 409
    assert refused.json["message"] == "The experience has ended."
    assert change(client, merchant, experience, name="Past").status_code == 200


def test_a_change_of_something_newer_is_refused(client, merchant):
    experience = draft(client, merchant)
    headers = {**merchant.server, "If-Match": '"9"'}
    address = f"{EXPERIENCES}/{experience['id']}"

    refused = client.patch(address, json={"name": "Other"}, headers=headers)

    assert refused.status_code == 412


def test_archiving_takes_all_that_belongs_to_it(client, merchant):
    experience = draft(client, merchant)
    sequence = path_of(client, merchant, experience)
    queue = queue_of(client, merchant, sequence)

    archived = client.delete(f"{EXPERIENCES}/{experience['id']}", headers=merchant.server)

    assert (archived.status_code, archived.data) == (204, b"")
    for address in (
        f"experiences/{experience['id']}",
        f"sequences/{sequence['id']}",
        f"queues/{queue['id']}",
    ):
        assert get(client, merchant, f"{ADMIN}/{address}").status_code == 404


def test_a_running_experience_is_not_archived(client, merchant):
    queue = running_queue(client, merchant)

    refused = client.delete(f"{EXPERIENCES}/{queue['experienceId']}", headers=merchant.server)

    assert refused.status_code == 409
    assert refused.json["message"] == "End the experience before you archive it."


def test_the_list_is_read_in_pages(client, merchant):
    ids = [draft(client, merchant)["id"] for _ in range(3)]

    first = get(client, merchant, f"{EXPERIENCES}?limit=2").json
    cursor = first["pageInfo"]["endCursor"]
    second = get(client, merchant, f"{EXPERIENCES}?limit=2&cursor={cursor}").json

    assert [each["id"] for each in first["data"] + second["data"]] == ids
    assert first["data"][0]["status"] == "draft"


@pytest.mark.parametrize("verb", ["get", "patch", "delete", "publish", "pause", "resume", "end"])
@pytest.mark.parametrize("stranger", ["organization", "mode"])
def test_nobody_else_has_ever_heard_of_it(client, merchant, rt, verb, stranger):
    experience = draft(client, merchant)
    other = stranger_to(rt, merchant, stranger)
    address = f"{EXPERIENCES}/{experience['id']}"

    if verb in {"get", "patch", "delete"}:
        body = {"json": {"name": "Mine"}} if verb == "patch" else {}
        refused = getattr(client, verb)(address, headers=other.server, **body)
    else:
        refused = client.post(f"{address}/{verb}", headers=other.server)

    assert refused.status_code == 404
    assert refused.json["error"] == "Experience not found"


def test_each_verb_needs_its_scope(client, merchant, rt):
    reader = make_merchant(rt, scopes=("read:experiences",), of=merchant)

    assert client.get(EXPERIENCES, headers=reader.server).status_code == 200
    refused = client.post(EXPERIENCES, json={"name": "Launch"}, headers=reader.server)

    assert refused.status_code == 403
    assert refused.json["error"] == "Permission denied"


def test_a_call_without_a_key_is_refused(client, rt):
    refused = client.post(EXPERIENCES, json={"name": "Launch"})

    assert refused.status_code == 401
    assert refused.json["error"] == "Authentication required"
