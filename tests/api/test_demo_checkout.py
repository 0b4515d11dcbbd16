"""The sample checkout behaves as a merchant's should."""

import pytest

from integration.services import admitting, inbox
from integration.store.models import InboxNotice
from tests.api.demo_shop import demo, expire, token, with_sdk
from tests.support.launches import make_guest, make_launch, make_merchant

__all__ = ["demo", "token"]


@pytest.fixture
def checkout(client, token):
    """The address of the checkout after the token was handed in."""
    return client.get("/demo/checkout", query_string={"token": token}).location


def settle(rt):
    """Do what the worker does with reported orders."""
    with rt.transaction() as tx:
        notices = [notice.id for notice in tx.session.query(InboxNotice)]
    for notice_id in notices:
        inbox.handle(rt, notice_id)


def pay(client, checkout, card="good"):
    return client.post(f"{checkout}/pay", data={"card": card})


@pytest.mark.parametrize("way", ["address", "body"])
def test_the_token_is_kept_in_a_cookie_and_in_no_address_or_page(client, token, way):
    told = {"query_string" if way == "address" else "data": {"token": token}}

    taken = client.open("/demo/checkout", method="GET" if way == "address" else "POST", **told)
    page = client.get(taken.location)

    cookie = taken.headers["Set-Cookie"]
    assert taken.status_code == 303
    assert taken.headers["Cache-Control"] == page.headers["Cache-Control"] == "no-store"
    assert taken.headers["Referrer-Policy"] == page.headers["Referrer-Policy"] == "no-referrer"
    assert token not in taken.location + taken.text + page.text
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert f"Path={taken.location}" in cookie


def test_the_page_shows_what_is_reserved_and_for_how_long_however_often(client, checkout):
    first, again = client.get(checkout), client.get(checkout)

    assert first.status_code == again.status_code == 200
    assert "Limited Edition Sneakers" in again.text
    assert "Pay 199.99 USD" in again.text
    assert "data-seconds=" in again.text


def test_an_order_completes_the_admission(client, rt, checkout, token):
    paid = pay(client, checkout)
    thanked = client.get(paid.location)
    settle(rt)
    again = client.get(checkout)
    elsewhere = client.get("/demo/checkout", query_string={"token": token})

    assert (paid.status_code, thanked.status_code) == (303, 200)
    assert f"ODD-{checkout[-10:]}" in thanked.text
    assert again.status_code == 410
    assert "has been used" in again.text
    assert client.get(elsewhere.location).status_code == 410
    assert client.get(paid.location).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_another_sites_page_cannot_pay(client, checkout, site):
    form = {"data": {"card": "good"}, "headers": {"Sec-Fetch-Site": site}}

    refused = client.post(f"{checkout}/pay", **form)

    assert refused.status_code == 403
    assert "Nothing was charged" in refused.text
    assert client.get(f"{checkout}/order").status_code == 303


def test_paying_twice_is_one_order(client, rt, demo, checkout):
    server = {"Authorization": f"Bearer {demo['secretKey']}"}

    pay(client, checkout)
    pay(client, checkout)
    settle(rt)
    late = pay(client, checkout)

    assert late.status_code == 410
    assert len(client.get("/api/orders", headers=server).json["data"]) == 1


@pytest.mark.parametrize("card", ["bad", "", "more"])
def test_a_failed_payment_keeps_the_admission(client, checkout, card):
    failed = pay(client, checkout, card)
    page = client.get(failed.location)
    paid = pay(client, checkout)

    assert failed.status_code == 303
    assert "did not go through" in page.text
    assert paid.location.endswith("/order")


def test_nothing_is_sold_once_the_time_is_over(client, rt, demo, checkout):
    expire(rt, demo)

    page, paid = client.get(checkout), pay(client, checkout)

    assert page.status_code == paid.status_code == 410
    assert "The time to pay is over" in page.text
    assert client.get(f"{checkout}/order").status_code == 303


@pytest.mark.parametrize("wrong", ["x", "eyJ.eyJ.x", "<script>alert(1)</script>", "a" * 5000, "é"])
def test_what_is_no_admission_leads_nowhere(client, demo, wrong):
    taken = client.get("/demo/checkout", query_string={"token": wrong})
    posted = client.post("/demo/checkout", data={"token": wrong})

    assert (taken.status_code, posted.status_code) == (404, 404)
    assert "no reservation of our shop" in taken.text
    assert "alert(1)" not in taken.text
    assert "Set-Cookie" not in taken.headers


def test_other_organizations_admissions_are_not_the_demos(client, rt, demo):
    other = make_merchant(rt)
    launch = make_launch(rt, other)
    guest = make_guest(client, other)
    client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)
    admitting.admit_due(rt, launch.queue_id)
    status = client.get(f"/api/v1/queues/{launch.queue_id}/status", headers=guest.headers).json

    answer = client.post("/demo/checkout", data={"token": status["admissionToken"]})

    assert answer.status_code == 404


def test_another_browser_sees_nothing_of_a_reservation(app, checkout):
    other = app.test_client()

    answers = [other.get(checkout), pay(other, checkout), other.get(f"{checkout}/order")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "This browser holds no reservation" in answers[0].text


def test_one_reservations_cookie_opens_no_other(client, checkout, token):
    other = "/demo/checkout/adm_01HXYZ00000000000000000000"
    client.set_cookie("demo_reservation", token, path=other)

    assert client.get(other).status_code == 404


def test_no_site_may_frame_the_checkout_but_the_demos_own_in_a_frame_of_theirs(client, checkout):
    alone = client.get(checkout)
    framed = client.get(checkout, headers={"Sec-Fetch-Dest": "iframe"})

    assert "frame-ancestors 'none'" in alone.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' http://" in framed.headers["Content-Security-Policy"]


def test_in_a_frame_the_cookie_is_that_pair_of_sites_alone(client, token):
    headers = {"Sec-Fetch-Dest": "iframe"}

    taken = client.get("/demo/checkout", query_string={"token": token}, headers=headers)

    cookie = taken.headers["Set-Cookie"]
    assert {"Secure", "Partitioned", "SameSite=None"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    ("to", "action"), [("", "http://localhost/"), ("outlet", "http://127.0.0.1/")]
)
def test_without_a_token_in_the_address_the_page_looks_in_its_tab(client, demo, to, action):
    page = client.get("/demo/checkout", query_string={"to": to, "token": ""})

    assert page.status_code == 200
    assert f'action="{action}demo/checkout"' in page.text


def test_a_page_in_a_frame_says_whom_it_tells_what(rt, token, tmp_path):
    script = {"web-components/dist/fanfare.js": ""}
    shop = with_sdk(rt, tmp_path, **script).test_client()
    checkout = shop.get("/demo/checkout", query_string={"token": token}).location

    failed = shop.get(pay(shop, checkout, "bad").location).text
    thanked = shop.get(pay(shop, checkout).location).text

    for page in (failed, thanked):
        assert 'data-hosts="http://localhost http://127.0.0.1"' in page
    assert 'data-failed="The payment did not go through."' in failed
    assert f'data-completed="ODD-{checkout[-10:]}"' in thanked
