"""The door to the checkout: one browser, a while, and plain pages for everybody else."""

import re
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256

import pytest

from connectors.base import PlatformBusy, PlatformRefused
from integration.app import create_app
from tests.api.admitted import act, admitted, run_out
from tests.api.shopping import (
    RETURN,
    hand_off,
    let_time_pass,
    make_shop_launch,
    path_of,
    query_of,
)
from tests.support.launches import make_launch, make_merchant

HTML = "text/html; charset=utf-8"


def way_out(client, rt, merchant, launch, **body):
    """An admitted guest's token, and the path of their handoff."""
    guest, token = admitted(client, rt, merchant, launch)
    return token, path_of(hand_off(client, guest, token, **body))


@pytest.fixture
def browser(app):
    """Opens the door as a new browser would."""
    return app.test_client


def test_the_first_browser_goes_to_the_merchants_checkout_with_the_token(
    client, rt, merchant, browser
):
    token, path = way_out(client, rt, merchant, make_launch(rt, merchant))

    redirect = browser().get(path)

    assert redirect.status_code == 303
    assert redirect.headers["Location"] == f"https://shop.example/checkout?token={token}"
    assert redirect.headers["Referrer-Policy"] == "no-referrer"
    assert redirect.headers["Cache-Control"] == "no-store"


def test_every_placeholder_is_filled_in(client, rt, merchant, browser):
    template = "https://shop.example/{distributionType}/{distributionId}?" + "&".join(
        f"{name}={{{name}}}"
        for name in ("handle", "consumerId", "experienceId", "productId", "variantId", "returnUrl")
    )
    launch = make_launch(rt, merchant, experience={"checkout_url": template})
    _, path = way_out(client, rt, merchant, launch, returnUrl=RETURN)

    redirect = browser().get(path)

    told = query_of(redirect)
    assert f"/queue/{launch.queue_id}?" in redirect.headers["Location"]
    assert told["experienceId"] == launch.experience_id
    assert told["productId"] == launch.product_id
    assert told["returnUrl"] == RETURN
    assert told["handle"].startswith("hnd_")


def test_without_placeholders_the_usual_five_are_appended(client, rt, merchant, browser):
    launch = make_launch(rt, merchant, experience={"checkout_url": "https://shop.example/buy"})
    token, path = way_out(client, rt, merchant, launch)

    told = query_of(browser().get(path))

    assert set(told) == {"token", "consumerId", "productId", "distributionType", "distributionId"}
    assert told["token"] == token


def test_the_organizations_checkout_serves_where_the_experience_has_none(client, rt, browser):
    merchant = make_merchant(rt, checkout_url="https://all.example/?t={token}")
    launch = make_launch(rt, merchant, experience={"checkout_url": None})
    token, path = way_out(client, rt, merchant, launch)

    assert browser().get(path).headers["Location"] == f"https://all.example/?t={token}"


def test_the_same_browser_gets_the_same_redirect_again(client, rt, merchant, browser):
    _, path = way_out(client, rt, merchant, make_launch(rt, merchant))
    mine = browser()

    first, again = mine.get(path), mine.get(path)

    assert first.headers["Location"] == again.headers["Location"]
    cookie = first.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert f"Path={path}" in cookie
    assert "Secure" not in cookie


def test_another_browser_is_told_that_the_link_was_used(client, rt, merchant, browser):
    token, path = way_out(client, rt, merchant, make_launch(rt, merchant))
    browser().get(path)

    page = browser().get(path)
    data = browser().get(path, headers={"Accept": "application/json"})

    assert (page.status_code, page.content_type) == (410, HTML)
    assert token not in page.text
    assert (data.status_code, data.json["code"], data.json["error"]) == (
        410,
        "HANDOFF_USED",
        "Gone",
    )


def test_of_many_browsers_at_once_one_gets_in(client, rt, merchant, browser):
    _, path = way_out(client, rt, merchant, make_launch(rt, merchant))

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: browser().get(path).status_code, range(24)))

    assert sorted(codes) == [303] + [410] * 23


@pytest.mark.parametrize(
    "look",
    [
        {"method": "HEAD"},
        {"headers": {"Sec-Purpose": "prefetch"}},
        {"headers": {"Sec-Purpose": "prefetch;prerender"}},
        {"headers": {"Purpose": "prefetch"}},
    ],
)
def test_looking_uses_nothing_up(client, rt, merchant, browser, look):
    _, path = way_out(client, rt, merchant, make_launch(rt, merchant))

    looked = browser().open(path, **look)
    opened = browser().get(path)

    assert looked.status_code == 204
    assert "Set-Cookie" not in looked.headers
    assert "Location" not in looked.headers
    assert opened.status_code == 303


def test_a_forged_code_leads_to_a_page_that_says_so(client, rt, merchant, browser):
    _, path = way_out(client, rt, merchant, make_launch(rt, merchant))

    for forged in ("/checkout/nonsense", path[:-3] + "AAA"):
        page = browser().get(forged)
        assert (page.status_code, page.content_type) == (404, HTML)
    assert browser().get(path).status_code == 303


def test_an_expired_code_is_gone_even_for_its_browser(client, rt, merchant, browser):
    _, path = way_out(client, rt, merchant, make_launch(rt, merchant))
    mine = browser()
    mine.get(path)
    let_time_pass(rt, "handoff", "expires_at")

    gone = mine.get(path, headers={"Accept": "application/json"})

    assert (gone.status_code, gone.json["code"]) == (410, "HANDOFF_EXPIRED")


@pytest.mark.parametrize("ending", ["complete", "run out"])
def test_an_admission_that_is_over_opens_nothing(client, rt, merchant, browser, ending):
    launch = make_launch(rt, merchant)
    token, path = way_out(client, rt, merchant, launch)
    if ending == "complete":
        act(client, merchant, launch, "complete", admissionToken=token)
    else:
        run_out(rt, launch)

    assert browser().get(path).status_code == 410


def test_the_pages_are_plain_accessible_and_load_nothing(client, rt, merchant, browser):
    page = browser().get("/checkout/nonsense")

    assert '<html lang="en">' in page.text
    assert page.text.count("<h1>") == 1
    assert "<main>" in page.text
    assert "go back to the shop" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    [style] = re.findall(r"<style>(.*)</style>", page.text, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert f"'sha256-{digest}'" in policy
    assert not re.search(r"(src|href)=", page.text)


def test_over_https_the_cookie_is_for_https_alone(client, rt, merchant):
    _, path = way_out(client, rt, merchant, make_launch(rt, merchant))
    settings = replace(rt.settings, public_url="https://fanfare.test")
    secure = create_app(replace(rt, settings=settings)).test_client()

    assert "Secure" in secure.get(path, base_url="https://fanfare.test").headers["Set-Cookie"]


def test_a_connected_shop_makes_the_checkout_and_never_sees_the_token(
    client, rt, merchant, browser
):
    sold = make_shop_launch(rt, merchant)
    token, path = way_out(client, rt, merchant, sold.launch)

    redirect = browser().get(path)

    location = redirect.headers["Location"]
    assert redirect.status_code == 303
    assert location.startswith(f"{sold.shop.url.lower()}/checkout?")
    assert query_of(redirect)["handle"].startswith("hnd_")
    assert token not in location
    assert sold.shop.calls["create_checkout"] == 1


def test_asking_again_makes_no_second_checkout(client, rt, merchant, browser):
    sold = make_shop_launch(rt, merchant)
    _, path = way_out(client, rt, merchant, sold.launch)
    mine = browser()

    first, again = mine.get(path), mine.get(path)

    assert again.headers["Location"] == first.headers["Location"]
    assert sold.shop.calls["create_checkout"] == 1


@pytest.mark.parametrize(
    "failing",
    [(PlatformBusy(retry_after=7), "7"), (PlatformRefused(), "5")],
)
def test_a_shop_that_fails_is_tried_again_by_the_same_browser(
    client, rt, merchant, browser, failing
):
    sold = make_shop_launch(rt, merchant)
    _, path = way_out(client, rt, merchant, sold.launch)
    mine = browser()
    sold.shop.fail_with, wait = failing
    away = mine.get(path)

    sold.shop.fail_with = None
    back = mine.get(path)

    assert (away.status_code, away.content_type) == (503, HTML)
    assert away.headers["Retry-After"] == wait
    assert f'http-equiv="refresh" content="{wait}"' in away.text
    assert back.status_code == 303


@pytest.fixture
def unanswered(rt, merchant, browser, client, monkeypatch):
    """A browser, its path, and a claim that nobody gave back."""
    sold = make_shop_launch(rt, merchant)
    _, path = way_out(client, rt, merchant, sold.launch)
    mine = browser()
    with monkeypatch.context() as unanswering:
        unanswering.setattr("integration.store.handoffs.release", lambda *_: None)
        sold.shop.fail_with = PlatformBusy()
        mine.get(path)
    sold.shop.fail_with = None
    return mine, path


def test_a_claim_whose_holder_died_is_taken_over(rt, unanswered):
    mine, path = unanswered

    held = mine.get(path)
    let_time_pass(rt, "handoff", "claimed_until")
    taken_over = mine.get(path)

    assert (held.status_code, held.headers["Retry-After"]) == (503, "1")
    assert taken_over.status_code == 303
