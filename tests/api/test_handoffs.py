"""Ways out: who gets one, and where it may lead back to."""

import pytest

from tests.api.admitted import act, admitted, run_out
from tests.api.shopping import RETURN, hand_off, make_shop_launch
from tests.support.launches import make_guest, make_launch, make_merchant


def test_a_handoff_is_a_code_for_two_minutes_and_an_address_that_takes_it(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)

    made = hand_off(client, guest, token, "same_site")

    assert made.status_code == 201
    assert made.json["url"] == f"http://fanfare.test/checkout/{made.json['code']}"
    assert token not in made.json["url"]
    assert made.json["expiresAt"].endswith("Z")


def test_only_the_consumers_own_admission_will_do(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    thief = make_guest(client, merchant)
    stranger = make_guest(client, make_merchant(rt))

    stolen = [hand_off(client, other, token) for other in (thief, stranger)]
    forged = hand_off(client, guest, token[:-3] + "AAA")

    for each in (*stolen, forged):
        assert (each.status_code, each.json["code"]) == (404, "ADMISSION_NOT_FOUND")


@pytest.mark.parametrize("ending", ["complete", "run out"])
def test_an_admission_that_is_over_leads_nowhere(client, rt, merchant, ending):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    if ending == "complete":
        act(client, merchant, launch, "complete", admissionToken=token)
    else:
        run_out(rt, launch)

    refused = hand_off(client, guest, token)

    assert (refused.status_code, refused.json["code"]) == (409, "NOT_ADMITTED")


def test_it_wants_a_consumer(client, rt, merchant):
    body = {"admissionToken": "x", "pattern": "external"}

    nobody = client.post("/api/v1/handoffs", headers=merchant.page, json=body)

    assert (nobody.status_code, nobody.json["code"]) == (401, "AUTHENTICATION_REQUIRED")


@pytest.mark.parametrize(
    "address",
    [
        "https://shop.example/back?x=1#top",
        "https://partner.example/back",
        "http://localhost:3000/back",
    ],
)
def test_it_may_lead_back_to_hosts_that_the_merchant_named(client, rt, address):
    merchant = make_merchant(rt, allowed_redirect_hosts=["partner.example", "localhost:3000"])
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)

    assert hand_off(client, guest, token, returnUrl=address).status_code == 201


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "https://shop.example@evil.example/",
        "https://shop.example.evil.example/",
        "https://shop.example\\@evil.example/",
        "http://shop.example/",
        "javascript:alert(1)",
        "https://shop.example:8443/",
        "https://shop.example/\nSet-Cookie: x",
        "https://\u0455hop.example/",
    ],
)
def test_it_leads_back_nowhere_else(client, rt, merchant, address):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)

    refused = hand_off(client, guest, token, returnUrl=address)

    assert refused.status_code == 400
    assert [detail["field"] for detail in refused.json["details"]] == ["returnUrl"]
    assert "evil" not in refused.json["details"][0]["message"]


def test_no_more_than_an_admission_is_for_can_be_bought_with_it(client, rt, merchant):
    launch = make_launch(rt, merchant, units_per_admission=2)
    guest, token = admitted(client, rt, merchant, launch)

    fine = hand_off(client, guest, token, quantity=2)
    greedy = hand_off(client, guest, token, quantity=3)

    assert fine.status_code == 201
    assert (greedy.status_code, greedy.json["details"][0]["field"]) == (400, "quantity")


def test_a_variant_must_be_one_of_the_product(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)

    unknown = hand_off(client, guest, token, variantId="var_none")

    assert (unknown.status_code, unknown.json["code"]) == (404, "VARIANT_NOT_FOUND")


def test_an_experience_without_a_checkout_says_so(client, rt, merchant):
    launch = make_launch(rt, merchant, experience={"checkout_url": None})
    guest, token = admitted(client, rt, merchant, launch)

    nowhere = hand_off(client, guest, token)

    assert (nowhere.status_code, nowhere.json["code"]) == (409, "NO_CHECKOUT")


@pytest.mark.parametrize(
    "body",
    [
        {"pattern": "teleport"},
        {"quantity": 0},
        {"quantity": "1"},
        {"returnUrl": ""},
        {"admissionToken": ""},
        {"more": 1},
    ],
)
def test_a_malformed_handoff_is_refused(client, rt, merchant, body):
    guest = make_guest(client, merchant)
    values = {"admissionToken": "x", "pattern": "external", **body}

    refused = client.post("/api/v1/handoffs", headers=guest.headers, json=values)

    assert refused.status_code == 400


def test_the_connected_shop_is_a_host_to_come_back_to(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)

    assert hand_off(client, guest, token, returnUrl=RETURN).status_code == 201
