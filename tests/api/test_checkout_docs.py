"""The checkout that docs/checkout.md prints works as printed, over HTTP."""

import re
from pathlib import Path

import pytest

from tests.api.admitted import admitted, run_out
from tests.support.launches import make_launch, make_merchant
from tests.support.serving import serving

PAGE = (Path(__file__).parents[2] / "docs" / "checkout.md").read_text()


@pytest.fixture
def launch(rt, merchant):
    return make_launch(rt, merchant)


@pytest.fixture
def token(client, rt, merchant, launch):
    return admitted(client, rt, merchant, launch)[1]


@pytest.fixture
def shop(app, merchant, monkeypatch):
    """A customer of the shop that the page prints."""
    [source] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names = {"__name__": "shop"}
    with serving(app) as url:
        monkeypatch.setenv("FANFARE_API_URL", url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("FANFARE_API_KEY", merchant.secret)
        exec(compile(source, "docs/checkout.md", "exec"), names)
        yield names["app"].test_client()
        names["fanfare"].close()


def test_a_customer_pays_and_the_order_is_reported(client, merchant, shop, token):
    taken = shop.post("/checkout", data={"token": token})
    page = shop.get(taken.location)
    failed = shop.post(f"{taken.location}/pay", data={"card": "declined"})
    paid = shop.post(f"{taken.location}/pay", data={"card": "4242"})

    [order] = client.get("/api/orders", headers=merchant.server).json["data"]
    assert (taken.status_code, page.status_code, failed.status_code) == (303, 200, 303)
    assert re.search(r"for \d+ more seconds", page.text)
    assert token not in taken.location + page.text
    assert order["externalOrderId"] in paid.text


def test_nothing_is_sold_once_the_time_is_over(rt, launch, shop, token):
    taken = shop.get("/checkout", query_string={"token": token})
    run_out(rt, launch)

    page, paid = shop.get(taken.location), shop.post(f"{taken.location}/pay", data={"card": "1"})

    assert (page.status_code, paid.status_code) == (410, 410)
    assert "The time to pay is over" in page.text


def test_what_is_no_admission_of_this_shop_is_not_there(client, rt, shop):
    other = make_merchant(rt)
    _, foreign = admitted(client, rt, other, make_launch(rt, other))

    answers = [shop.get("/checkout", query_string={"token": each}) for each in ("", "x", foreign)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_another_browser_sees_nothing(shop, token):
    taken = shop.post("/checkout", data={"token": token})

    assert shop.application.test_client().get(taken.location).status_code == 404
