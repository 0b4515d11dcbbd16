"""Lists of the Admin API: filters, orders, cursors (contract.md, sections 1 and 5)."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from integration.store.models import Draw
from tests.support.backoffice import ADMIN, draft, path_of, post, queue_of, running_queue
from tests.support.draws import running_draw
from tests.support.launches import make_launch, make_merchant

NOW = datetime.now(UTC)
TIMES = {"none": None, "past": NOW - timedelta(days=1), "to come": NOW + timedelta(days=1)}
STATUSES = ["draft", "scheduled", "active", "paused", "ended", "archived"]


def listed(client, merchant, path, **query):
    answer = client.get(f"{ADMIN}/{path}", query_string=query, headers=merchant.server)
    assert answer.status_code == 200, answer.text
    return answer.json


def names(client, merchant, path, **query):
    return [each["name"] for each in listed(client, merchant, path, **query)["data"]]


def walked(client, merchant, path, **query):
    """All of a list, a row at a time, and what happens between two pages."""
    page, found = listed(client, merchant, path, limit=1, **query), []
    while page["data"]:
        found += page["data"]
        yield found
        cursor = page["pageInfo"]["endCursor"]
        page = listed(client, merchant, path, limit=1, cursor=cursor, **query)


MAKE = {
    "experiences": lambda client, merchant, name: draft(client, merchant, name=name),
    "sequences": lambda client, merchant, name: path_of(
        client, merchant, draft(client, merchant), name=name
    ),
    "queues": lambda client, merchant, name: queue_of(
        client, merchant, path_of(client, merchant, draft(client, merchant)), name=name
    ),
    "waitlists": lambda client, merchant, name: post(
        client,
        merchant,
        "/waitlists",
        sequenceId=path_of(client, merchant, draft(client, merchant))["id"],
        name=name,
    ),
    "audiences": lambda client, merchant, name: post(
        client, merchant, "/audiences", name=name, type="STATIC"
    ),
    "webhooks": lambda client, merchant, name: post(
        client, merchant, "/webhooks", name=name, url="https://shop.example/hooks"
    ),
    "connections": lambda client, merchant, name: post(
        client,
        merchant,
        "/connections",
        name=name,
        platform="fake",
        settings={"shop": "shop"},
        credentials={"apiKey": "key"},
    ),
}


@pytest.mark.parametrize("path", MAKE)
def test_a_list_comes_in_the_order_and_with_the_names_that_one_asks_for(client, merchant, path):
    for name in ("b1", "A2", "a_1"):
        MAKE[path](client, merchant, name)

    assert names(client, merchant, path) == ["b1", "A2", "a_1"]
    assert names(client, merchant, path, sort="-createdAt") == ["a_1", "A2", "b1"]
    assert set(names(client, merchant, path, sort="name")[:2]) == {"A2", "a_1"}
    assert names(client, merchant, path, sort="-name")[0] == "b1"
    assert names(client, merchant, path, name="a") == ["A2", "a_1"]
    assert names(client, merchant, path, name="_") == ["a_1"]
    assert names(client, merchant, path, name="%") == []


@pytest.mark.parametrize("sort", ["createdAt", "-createdAt", "name", "-name"])
def test_pages_miss_and_repeat_nothing_while_rows_come_and_change(client, merchant, sort):
    known = [draft(client, merchant, name=name) for name in ("d", "b", "D", "c")]

    for found in walked(client, merchant, "experiences", sort=sort):
        draft(client, merchant, name=f"{'a' if len(found) % 2 else 'e'}{len(found)}")
        client.patch(
            f"{ADMIN}/experiences/{found[-1]['id']}",
            json={"name": "z" if sort == "-name" else "a"},
            headers=merchant.server,
        )
        if len(found) > 8:
            break

    ids = [each["id"] for each in found]
    assert len(set(ids)) == len(ids)
    if sort != "-createdAt":
        assert set(ids) >= {each["id"] for each in known}


def test_experiences_come_by_their_opening_and_those_without_last(client, merchant):
    for name, open_at in (("2", "2030-01-02T00:00Z"), ("-", None), ("1", "2030-01-01T00:00Z")):
        draft(client, merchant, name=name, openAt=open_at)

    found = [each[-1]["name"] for each in walked(client, merchant, "experiences", sort="openAt")]

    assert found == ["1", "2", "-"]
    assert names(client, merchant, "experiences", sort="-openAt") == ["-", "2", "1"]


def test_sequences_come_by_their_priority(client, merchant):
    experience = draft(client, merchant)
    for priority in (1, 10, -5):
        path_of(client, merchant, experience, name=str(priority), priority=priority)

    assert names(client, merchant, "sequences", sort="-priority") == ["10", "1", "-5"]


@pytest.mark.parametrize(
    "other", [{"sort": "-name"}, {"name": "b"}, {"status": "draft"}, {"status": "ended"}]
)
def test_a_cursor_belongs_to_its_filters_and_its_order(client, merchant, other):
    draft(client, merchant, name="a")
    query = {"sort": "name", "limit": 1, "name": "a"}
    cursor = listed(client, merchant, "experiences", **query)["pageInfo"]["endCursor"]

    refused = client.get(
        f"{ADMIN}/experiences",
        query_string={**query, **other, "cursor": cursor},
        headers=merchant.server,
    )

    assert refused.status_code == 400
    assert [detail["field"] for detail in refused.json["details"]] == ["cursor"]


@pytest.mark.parametrize("query", ["sort=price", "status=open", "state=open"])
def test_a_list_refuses_what_it_does_not_know(client, merchant, query):
    refused = client.get(f"{ADMIN}/queues?{query}", headers=merchant.server)

    assert refused.status_code == 400


def test_a_status_finds_exactly_the_experiences_that_say_they_have_it(client, merchant, rt):
    make_launch(rt, merchant, experience={"published_at": None})
    times = [{"open_at": a, "close_at": b} for a in TIMES.values() for b in TIMES.values()]
    windows = [
        {"state": "active", **times[0]},
        {"state": "paused"},
        {"state": "paused", "open_at": TIMES["past"], "close_at": TIMES["past"]},
        {"state": "active", "open_at": TIMES["to come"]},
        {"state": "ended"},
    ]
    for experience, window in itertools.product(times, windows):
        make_launch(rt, merchant, experience=experience, **window)
    everything = listed(client, merchant, "experiences", limit=100)["data"]

    for status in STATUSES:
        found = listed(client, merchant, "experiences", status=status, limit=100)["data"]

        expected = [each["id"] for each in everything if each["status"] == status]
        assert [each["id"] for each in found] == expected
        assert expected or status == "archived"


def test_a_status_finds_exactly_the_queues_that_say_they_have_it(client, merchant, rt):
    for open_at, close_at, state in itertools.product(
        TIMES.values(), TIMES.values(), ("draft", "active", "paused", "ended")
    ):
        make_launch(rt, merchant, state=state, open_at=open_at, close_at=close_at)
    everything = listed(client, merchant, "queues", limit=100)["data"]

    for status in ("PENDING", "OPEN", "PAUSED", "CLOSED"):
        found = listed(client, merchant, "queues", status=status, limit=100)["data"]

        assert found == [each for each in everything if each["status"] == status] != []
    drafts = listed(client, merchant, "queues", state="draft", limit=100)["data"]
    assert {each["status"] for each in drafts} == {None}


def test_a_draw_that_was_drawn_says_so_and_is_found_by_it(client, merchant, rt):
    draw = running_draw(client, merchant)
    with rt.transaction() as tx:
        tx.session.get(Draw, draw["id"]).drawn_at = NOW

    shown = client.get(f"{ADMIN}/draws/{draw['id']}", headers=merchant.server).json

    assert shown["status"] == "DRAWN"
    assert listed(client, merchant, "draws", status="DRAWN")["data"] == [shown]
    assert listed(client, merchant, "draws", status="CLOSED")["data"] == []


def test_what_is_archived_is_listed_where_one_asks_for_it(client, merchant):
    experience = draft(client, merchant)
    client.delete(f"{ADMIN}/experiences/{experience['id']}", headers=merchant.server)

    [archived] = listed(client, merchant, "experiences", status="archived")["data"]

    assert (archived["id"], archived["status"]) == (experience["id"], "archived")
    assert listed(client, merchant, "experiences")["data"] == []


def test_distributions_are_found_by_what_they_belong_to(client, merchant):
    queue = running_queue(client, merchant)
    running_queue(client, merchant)

    for name in ("experienceId", "sequenceId"):
        found = listed(client, merchant, "queues", **{name: queue[name]})["data"]
        assert [each["id"] for each in found] == [queue["id"]]
    assert listed(client, merchant, "queues", productId="prod_unknown")["data"] == []


def test_keys_are_found_by_kind_name_and_whether_they_serve(client, merchant):
    body = {"kind": "secret", "mode": "live"}
    made = post(client, merchant, "/api-keys", name="Back end", **body)
    gone = post(client, merchant, "/api-keys", name="Backup", **body)
    post(client, merchant, f"/api-keys/{gone['id']}/revoke", 200)

    found = listed(client, merchant, "api-keys", name="back", active="true")["data"]

    assert [each["id"] for each in found] == [made["id"]]
    assert names(client, merchant, "api-keys", active="false") == ["Backup"]
    assert listed(client, merchant, "api-keys", mode="test")["data"] == []


def test_what_a_list_takes_is_described(client, rt):
    operation = client.get("/openapi.json").json["paths"]["/admin/api/v1/queues"]["get"]

    described = {each["name"]: each["schema"] for each in operation["parameters"]}
    sorts = ["createdAt", "name", "openAt", "-createdAt", "-name", "-openAt"]
    assert described["sort"]["enum"] == sorts
    assert {"experienceId", "sequenceId", "productId", "state", "status", "name"} <= set(described)


def test_a_cursor_of_another_mode_is_refused(client, merchant, rt):
    draft(client, merchant)
    tester = make_merchant(rt, "test", of=merchant)
    cursor = listed(client, merchant, "experiences", limit=1)["pageInfo"]["endCursor"]

    refused = client.get(f"{ADMIN}/experiences?limit=1&cursor={cursor}", headers=tester.server)

    assert refused.status_code == 400
