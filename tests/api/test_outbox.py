"""What people were sent, for whoever develops against the service."""

from dataclasses import replace

from integration.app import create_app
from tests.support.launches import make_guest, make_merchant
from tests.support.people import ask, messages

OUTBOX = "/admin/api/v1/outbox"


def test_the_newest_come_first_page_by_page(client, merchant):
    for number in range(3):
        ask(client, merchant, email=f"p{number}@shop.example")

    first = client.get(f"{OUTBOX}?limit=2", headers=merchant.server).json
    cursor = first["pageInfo"]["endCursor"]
    second = client.get(f"{OUTBOX}?limit=2&cursor={cursor}", headers=merchant.server).json

    read = [each["recipient"] for each in first["data"] + second["data"]]
    assert read == [f"p{number}@shop.example" for number in (2, 1, 0)]
    assert second["pageInfo"]["hasNextPage"] is False
    shown = first["data"][0]
    assert shown.keys() == {
        "id",
        "channel",
        "status",
        "recipient",
        "subject",
        "text",
        "attempts",
        "problem",
        "createdAt",
        "sentAt",
    }
    assert (shown["channel"], shown["status"]) == ("email", "pending")


def test_it_is_the_merchants_own(client, rt, merchant):
    ask(client, merchant, email="jane@shop.example")

    assert messages(client, make_merchant(rt)) == []
    assert messages(client, make_merchant(rt, "test", of=merchant)) == []


def test_it_is_for_admins(client, rt, merchant):
    reader = make_merchant(rt, scopes=("read:consumers",), of=merchant)
    guest = make_guest(client, merchant)

    answers = [client.get(OUTBOX, headers=h) for h in (reader.server, guest.headers, {})]

    assert [answer.status_code for answer in answers] == [403, 401, 401]


def test_in_production_there_is_none(rt, merchant):
    strict = create_app(replace(rt, settings=replace(rt.settings, env="production")))

    answer = strict.test_client().get(OUTBOX, headers=merchant.server)

    assert (answer.status_code, answer.json["error"]) == (404, "Not found")
