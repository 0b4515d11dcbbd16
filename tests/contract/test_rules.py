"""contract.md, section 1: ids, times, bodies, money, contacts."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.api.admitted import act, admitted
from tests.contract.world import make_world
from tests.support.auctions import make_auction
from tests.support.backoffice import draft, path_of, post, queue_of
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_launch
from tests.support.people import ask

VALIDATION_FAILED = (400, "Validation failed", "VALIDATION_FAILED")
PREFIXES = {
    "experiences": "exp",
    "sequences": "seq",
    "queues": "queue",
    "draws": "draw",
    "auctions": "auction",
    "timed-releases": "tr",
    "appointments": "appt",
    "waitlists": "wl",
    "slots": "slot",
    "participations": "ent",
    "consumers": "cons",
    "products": "prod",
    "orders": "ord",
    "api-keys": "key",
    "webhooks": "whk",
    "connections": "conn",
    "sync-runs": "sync",
    "audiences": "audience",
}
PATHS = [
    "/api/v1/experiences/{}",
    "/api/v1/queues/{}",
    "/api/v1/draws/{}",
    "/api/v1/auctions/{}",
    "/api/v1/timed-releases/{}",
    "/api/v1/appointments/{}",
    "/api/v1/consumers/{}",
    "/api/products/{}",
    "/api/orders/{}",
    "/admin/api/v1/sequences/{}",
]


def product(client, merchant, **given):
    body = {"name": "Sneaker", "sku": "SNKR", "price": 105, **given}
    return client.post("/api/products", json=body, headers=merchant.server)


def fields_of(answer):
    assert refused(answer) == VALIDATION_FAILED
    return [detail["field"] for detail in answer.json["details"]]


def test_ids_are_a_prefix_and_a_ulid(app, rt):
    known = make_world(rt, app).known

    wrong = [
        known[collection]
        for collection, prefix in PREFIXES.items()
        if not re.fullmatch(rf"{prefix}_[0-7][0-9A-HJKMNP-TV-Z]{{25}}", known[collection])
    ]
    assert wrong == []
    assert known.keys() == PREFIXES.keys()


@pytest.mark.parametrize("path", PATHS)
def test_an_id_in_a_path_is_opaque(client, merchant, path):
    for name in ("x", "prod_01", "..%2F..", "%F0%9F%92%A5", "' OR 1=1 --"):
        status, error, code = refused(client.get(path.format(name), headers=merchant.server))

        assert status == 404, name
        assert error.endswith("ot found")
        assert code.endswith("NOT_FOUND")


def test_times_are_utc_with_z(client, merchant):
    experience = draft(client, merchant, openAt="2030-06-01T12:00:00+02:00")

    assert experience["openAt"] == "2030-06-01T10:00:00.000Z"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", experience["createdAt"])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2030-06-01T12:00:00Z", "2030-06-01T12:00:00.000Z"),
        ("2030-06-01T12:00:00-05:30", "2030-06-01T17:30:00.000Z"),
        ("2030-06-01T12:00:00", "2030-06-01T10:00:00.000Z"),
        ("2030-12-01T12:00", "2030-12-01T11:00:00.000Z"),
    ],
)
def test_a_naive_time_is_read_in_the_objects_time_zone(client, merchant, given, kept):
    sequence = path_of(client, merchant, draft(client, merchant))

    queue = queue_of(client, merchant, sequence, timeZone="Europe/Berlin", openAt=given)

    assert queue["openAt"] == kept


def test_a_distributions_time_zone_is_its_experiences(client, merchant):
    experience = draft(client, merchant, timeZone="America/New_York")

    queue = queue_of(
        client, merchant, path_of(client, merchant, experience), openAt="2030-06-01T12:00"
    )

    assert (queue["timeZone"], queue["openAt"]) == ("America/New_York", "2030-06-01T16:00:00.000Z")


@pytest.mark.parametrize("bad", ["tomorrow", "2030-13-01T00:00Z", 1700000000, ""])
def test_what_is_no_time_is_refused(client, merchant, bad):
    body = {"name": "Launch", "openAt": bad}

    answer = client.post("/admin/api/v1/experiences", json=body, headers=merchant.server)

    assert fields_of(answer) == ["openAt"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/products", {"name": "A", "sku": "A", "price": 1}),
        ("/api/consumers", {"email": "a@example.com"}),
        ("/admin/api/v1/experiences", {"name": "A"}),
        ("/api/v1/admissions/validate", {"admissionId": "adm_x"}),
    ],
)
def test_unknown_fields_are_refused(client, merchant, path, body):
    answer = client.post(path, json={**body, "nme": "A"}, headers=merchant.server)

    assert fields_of(answer) == ["nme"]


@pytest.mark.parametrize("empty", [{}, {"json": {}}])
def test_a_body_that_is_all_optional_may_be_absent(client, merchant, rt, empty):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    called = [
        client.post(
            f"/api/v1/experiences/{launch.experience_id}/route", headers=merchant.page, **empty
        ),
        client.post("/api/v1/auth/logout", headers=guest.headers, **empty),
    ]

    assert [answer.status_code for answer in called] == [200, 204]


@pytest.mark.parametrize(
    ("price", "currency", "shown"),
    [
        (105, "USD", 105.0),
        (105.5, "USD", 105.5),
        (105, "JPY", 105),
        (1.234, "BHD", 1.234),
        (999999999999.99, "USD", 999999999999.99),
        (0, "USD", 0),
    ],
)
def test_integration_api_money_is_a_json_number(client, merchant, price, currency, shown):
    answer = product(client, merchant, price=price, currencyCode=currency)

    assert answer.status_code == 201
    assert answer.json["price"] == shown
    assert isinstance(answer.json["price"], int | float)


@pytest.mark.parametrize(
    ("price", "currency"),
    [
        (-1, "USD"),
        (1.005, "USD"),
        (1.5, "JPY"),
        (1e30, "USD"),
        (1000000000000, "USD"),
        ("1e3", "USD"),
        (True, "USD"),
        (None, "USD"),
    ],
)
def test_400_of_what_is_no_amount(client, merchant, price, currency):
    answer = product(client, merchant, price=price, currencyCode=currency)

    assert fields_of(answer) == ["price"]


def test_an_exponent_in_a_json_number_is_refused(client, merchant):
    body = b'{"name": "Sneaker", "sku": "SNKR", "price": 1e22}'

    answer = client.post(
        "/api/products", data=body, content_type="application/json", headers=merchant.server
    )

    assert fields_of(answer) == ["price"]


@pytest.mark.parametrize("given", ["100.00", "100", 100, 100.0])
def test_elsewhere_money_is_a_decimal_string_and_a_number_is_accepted(client, merchant, given):
    sequence = path_of(client, merchant, draft(client, merchant))
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    body = {"settleAt": soon, "startingPrice": given, "currencyCode": "EUR"}

    auction = post(client, merchant, "/auctions", sequenceId=sequence["id"], **body)

    assert (auction["startingPrice"], auction["currencyCode"]) == ("100.00", "EUR")


@pytest.mark.parametrize("given", ["-1", "1.005", "1e3", "abc", "1000000000000", " 1", "NaN", ""])
def test_400_of_what_is_no_amount_elsewhere(client, merchant, given):
    sequence = path_of(client, merchant, draft(client, merchant))
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    body = {"settleAt": soon, "startingPrice": given, "currencyCode": "EUR"}

    answer = client.post(
        "/admin/api/v1/auctions",
        json={"sequenceId": sequence["id"], **body},
        headers=merchant.server,
    )

    assert fields_of(answer) == ["startingPrice"]


def test_answers_carry_all_of_the_currencys_decimals(client, merchant, rt):
    auction_id = make_auction(rt, merchant)
    guest = make_guest(client, merchant)

    bid = client.post(
        f"/api/v1/auctions/{auction_id}/bid", json={"amount": "105"}, headers=guest.headers
    )

    assert (bid.status_code, bid.json["lastBidAmount"]) == (201, "105.00")


def test_the_amount_of_a_completion_is_a_decimal_string_too(client, merchant, rt):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)

    done = act(
        client, merchant, launch, "complete", admissionToken=token, orderId="o", orderAmount=105
    )

    found = client.get("/api/orders?externalOrderId=o", headers=merchant.server).json["data"]
    assert done.status_code == 200
    assert [(order["consumerId"], order["totalAmount"]) for order in found] == [
        (guest.consumer_id, 105.0)
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("John@Example.COM", "john@example.com"),
        ("john@no-such-domain-anywhere.dev", "john@no-such-domain-anywhere.dev"),
    ],
)
def test_an_email_is_compared_case_insensitively_and_no_dns_is_asked(client, merchant, given, kept):
    made = client.post("/api/consumers", json={"email": given}, headers=merchant.server)
    again = client.post("/api/consumers", json={"email": given.upper()}, headers=merchant.server)

    assert made.status_code == 201
    assert made.json["email"].lower() == kept
    assert refused(again) == (409, "Conflict", "EMAIL_TAKEN")
    assert again.json["id"] == made.json["id"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"phone": "+15551234567"}, "+15551234567"),
        ({"phone": "+49 30 901820"}, "+4930901820"),
        ({"phone": "030 901820", "defaultCountry": "DE"}, "+4930901820"),
    ],
)
def test_a_phone_is_e164_or_national_with_default_country(client, merchant, given, kept):
    made = client.post("/api/consumers", json=given, headers=merchant.server)

    assert (made.status_code, made.json["phone"]) == (201, kept)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "john"}, "email"),
        ({"email": "john@"}, "email"),
        ({"phone": "030 901820"}, "phone"),
        ({"phone": "+1"}, "phone"),
        ({"phone": "030 901820", "defaultCountry": "XX"}, "defaultCountry"),
    ],
)
def test_400_of_what_is_no_contact(client, merchant, given, field):
    made = client.post("/api/consumers", json=given, headers=merchant.server)
    asked = ask(client, merchant, **given)

    assert fields_of(made) == [field]
    assert fields_of(asked) == [field]
