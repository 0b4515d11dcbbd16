"""contract.md, section 3: the way out, `POST /handoffs` and `GET /checkout/{code}`."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text

from tests.api.admitted import act, admitted
from tests.api.shopping import hand_off, make_shop_launch, path_of, query_of
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_launch, make_merchant

HTML = "text/html; charset=utf-8"
DATA = {"Accept": "application/json"}
PLACEHOLDERS = ["token", "handle", "consumerId", "experienceId", "productId", "variantId"]
PLACEHOLDERS += ["distributionType", "distributionId", "returnUrl"]


@pytest.fixture
def browser(app):
    """Opens links as a new browser would."""
    return app.test_client


@pytest.fixture
def launch(rt, merchant):
    return make_launch(rt, merchant)


@pytest.fixture
def way(client, rt, merchant, launch):
    return path_of(hand_off(client, *admitted(client, rt, merchant, launch)))


@pytest.mark.parametrize("pattern", ["same_site", "external", "embedded"])
def test_post_handoffs(client, rt, merchant, launch, pattern):
    guest, token = admitted(client, rt, merchant, launch)

    made = hand_off(client, guest, token, pattern)

    left = datetime.fromisoformat(made.json["expiresAt"]) - datetime.now(UTC)
    assert made.status_code == 201
    assert made.json.keys() == {"code", "url", "expiresAt"}
    assert made.json["url"].endswith(f"/checkout/{made.json['code']}")
    assert timedelta(seconds=60) < left <= timedelta(seconds=121)
    assert token not in made.text
    assert made.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "bad",
    [
        ({"pattern": "teleport"}, "pattern"),
        ({"quantity": 0}, "quantity"),
        ({"returnUrl": "https://evil.example/"}, "returnUrl"),
        ({"returnUrl": "javascript:alert(1)"}, "returnUrl"),
        ({"more": 1}, "more"),
    ],
)
def test_400_of_a_handoff_that_makes_no_sense(client, rt, merchant, launch, bad):
    body, field = bad
    guest, token = admitted(client, rt, merchant, launch)

    answer = hand_off(client, guest, token, **body)

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert [detail["field"] for detail in answer.json["details"]] == [field]


def test_404_of_an_admission_that_is_not_ones_own(client, rt, merchant, launch):
    _, token = admitted(client, rt, merchant, launch)

    answer = hand_off(client, make_guest(client, merchant), token)

    assert refused(answer) == (404, "Admission not found", "ADMISSION_NOT_FOUND")


def test_401_without_a_consumer(client, merchant):
    body = {"admissionToken": "x", "pattern": "external"}

    answer = client.post("/api/v1/handoffs", json=body, headers=merchant.page)

    assert refused(answer) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")


def test_get_checkout_303_to_the_checkout_url_with_placeholders_filled_in(
    client, rt, merchant, browser
):
    url = "https://shop.example/c?" + "&".join(f"{name}={{{name}}}" for name in PLACEHOLDERS)
    launch = make_launch(rt, merchant, experience={"checkout_url": url})
    guest, token = admitted(client, rt, merchant, launch)
    back = "https://shop.example/thanks?a=1&b=2"

    answer = browser().get(path_of(hand_off(client, guest, token, returnUrl=back)))

    told = query_of(answer)
    assert answer.status_code == 303
    assert told.pop("handle")
    assert told == {
        "token": token,
        "consumerId": guest.consumer_id,
        "experienceId": launch.experience_id,
        "productId": launch.product_id,
        "distributionType": "queue",
        "distributionId": launch.queue_id,
        "returnUrl": back,
    }


def test_get_checkout_without_placeholders_five_are_appended(client, rt, merchant, browser):
    launch = make_launch(rt, merchant, experience={"checkout_url": "https://shop.example/buy?x=1"})
    guest, token = admitted(client, rt, merchant, launch)

    answer = browser().get(path_of(hand_off(client, guest, token)))

    found = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert {name: values[0] for name, values in found.items()} == {
        "x": "1",
        "token": token,
        "consumerId": guest.consumer_id,
        "productId": launch.product_id,
        "distributionType": "queue",
        "distributionId": launch.queue_id,
    }


def test_get_checkout_of_a_platform_never_carries_the_token(client, rt, merchant, browser):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)

    answer = browser().get(path_of(hand_off(client, guest, token)))

    assert answer.status_code == 303
    assert token not in answer.headers["Location"]


def test_get_checkout_is_no_referrer_and_no_store(browser, way):
    answer = browser().get(way)

    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_get_checkout_the_first_browser_gets_a_cookie_and_the_same_redirect_again(browser, way):
    mine = browser()

    first, again = mine.get(way), mine.get(way)

    assert "HttpOnly" in first.headers["Set-Cookie"]
    assert (first.status_code, first.headers["Location"]) == (303, again.headers["Location"])


@pytest.mark.parametrize(
    "look",
    [
        {"method": "HEAD"},
        {"headers": {"Sec-Purpose": "prefetch"}},
        {"headers": {"Purpose": "prefetch"}},
    ],
)
def test_get_checkout_heads_and_prefetches_use_nothing_up(browser, way, look):
    browser().open(way, **look)

    assert browser().get(way).status_code == 303


def test_get_checkout_410_for_others(browser, way):
    browser().get(way)

    page, data = browser().get(way), browser().get(way, headers=DATA)

    assert (page.status_code, page.content_type) == (410, HTML)
    assert refused(data) == (410, "Gone", "HANDOFF_USED")


def test_get_checkout_410_once_it_has_expired(browser, way, rt):
    with rt.transaction() as tx:
        tx.session.execute(text("UPDATE handoff SET expires_at = clock_timestamp()"))

    page = browser().get(way)

    assert (page.status_code, page.content_type) == (410, HTML)


@pytest.mark.parametrize("forged", ["nonsense", "{}x", "%F0%9F%92%A5"])
def test_get_checkout_404_of_a_forged_code_as_a_plain_page(browser, way, forged):
    code = way.rpartition("/")[2]

    page = browser().get(f"/checkout/{forged.format(code)}")

    assert (page.status_code, page.content_type) == (404, HTML)
    assert "<main>" in page.text


def test_get_checkout_of_an_admission_that_is_over_goes_nowhere(client, rt, merchant, browser):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    way = path_of(hand_off(client, guest, token))
    act(client, merchant, launch, "complete", admissionToken=token)

    answer = browser().get(way, headers=DATA)

    assert (answer.status_code, answer.json["error"]) in {(409, "Conflict"), (410, "Gone")}
    assert "Location" not in answer.headers


def test_it_goes_only_to_hosts_that_the_merchant_named(client, rt, browser):
    merchant = make_merchant(rt, allowed_redirect_hosts=["partner.example"])
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    addresses = {
        "https://shop.example/a": 201,
        "https://partner.example/a": 201,
        "https://partner.example.evil.example/a": 400,
        "//evil.example": 400,
    }

    answers = {url: hand_off(client, guest, token, returnUrl=url).status_code for url in addresses}

    assert answers == addresses
