"""contract.md, section 1: lists, cursors and limits, in every API."""

import pytest

from tests.support.auctions import make_auction
from tests.support.backoffice import ADMIN, product_of
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_merchant

VALIDATION_FAILED = (400, "Validation failed", "VALIDATION_FAILED")
LISTS = [
    "/api/products",
    "/products",
    "/api/consumers",
    "/api/orders",
    *[
        f"{ADMIN}/{name}"
        for name in (
            "experiences",
            "sequences",
            "queues",
            "draws",
            "auctions",
            "timed-releases",
            "appointments",
            "waitlists",
            "audiences",
            "webhooks",
            "connections",
            "api-keys",
            "outbox",
        )
    ],
]


def listed(client, merchant, path, **query):
    return client.get(path, query_string=query, headers=merchant.server)


def fields_of(answer):
    assert refused(answer) == VALIDATION_FAILED
    return [detail["field"] for detail in answer.json["details"]]


@pytest.mark.parametrize("path", LISTS)
def test_lists_answer_data_and_page_info(client, merchant, path):
    answer = listed(client, merchant, path)

    assert answer.status_code == 200
    assert answer.json.keys() == {"data", "pageInfo"}
    assert answer.json["pageInfo"].keys() == {"endCursor", "hasNextPage"}


@pytest.mark.parametrize("path", LISTS)
def test_400_of_a_limit_outside_its_range(client, merchant, path):
    for limit in ("0", "101", "-1", "x", "1.5", ""):
        assert fields_of(listed(client, merchant, path, limit=limit)) == ["limit"], limit


@pytest.mark.parametrize("path", LISTS)
def test_limit_is_1_to_100(client, merchant, path):
    assert [listed(client, merchant, path, limit=n).status_code for n in (1, 100)] == [200, 200]


@pytest.mark.parametrize("path", LISTS)
def test_400_of_a_forged_cursor(client, merchant, path):
    for cursor in ("x", "", "InByb2RfMDFIWFlaIg.forged", "a" * 5000):
        assert fields_of(listed(client, merchant, path, cursor=cursor)) == ["cursor"], cursor


def test_default_50(client, merchant):
    for number in range(51):
        product_of(client, merchant, sku=f"SKU-{number}")

    first = listed(client, merchant, "/api/products").json
    rest = listed(client, merchant, "/api/products", cursor=first["pageInfo"]["endCursor"]).json

    assert (len(first["data"]), first["pageInfo"]["hasNextPage"]) == (50, True)
    assert (len(rest["data"]), rest["pageInfo"]["hasNextPage"]) == (1, False)


def test_cursors_are_stable_under_inserts(client, merchant):
    made = [product_of(client, merchant, sku=f"SKU-{number}")["id"] for number in range(4)]
    first = listed(client, merchant, "/api/products", limit=2).json

    later = product_of(client, merchant, sku="LATER")["id"]
    client.delete(f"/api/products/{made[1]}", headers=merchant.server)
    rest = listed(client, merchant, "/api/products", cursor=first["pageInfo"]["endCursor"]).json

    assert [each["id"] for each in first["data"]] == made[:2]
    assert [each["id"] for each in rest["data"]] == [*made[2:], later]


def test_a_cursor_is_signed_for_its_list_and_owner(client, merchant, rt):
    for number in range(2):
        product_of(client, merchant, sku=f"SKU-{number}")
    cursor = listed(client, merchant, "/api/products", limit=1).json["pageInfo"]["endCursor"]
    other = make_merchant(rt)
    tester = make_merchant(rt, "test", of=merchant)

    for who, path in (
        (other, "/api/products"),
        (tester, "/api/products"),
        (merchant, "/api/orders"),
    ):
        assert fields_of(listed(client, who, path, cursor=cursor)) == ["cursor"]


def test_the_consumer_apis_lists_are_the_same(client, merchant, rt):
    auction = make_auction(rt, merchant)
    guest = make_guest(client, merchant)
    for path in (f"/api/v1/auctions/{auction}/bids", f"/api/v1/auctions/{auction}/bids/history"):
        shown = client.get(path, headers=guest.headers)
        forged = client.get(path, headers=guest.headers, query_string={"cursor": "x"})
        wide = client.get(path, headers=guest.headers, query_string={"limit": 101})

        assert shown.json == {"data": [], "pageInfo": {"endCursor": None, "hasNextPage": False}}
        assert (fields_of(forged), fields_of(wide)) == (["cursor"], ["limit"])
