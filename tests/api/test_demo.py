"""The demo: seeded through the front door, once."""

import pytest

from integration.demo import facts
from integration.demo.catalog import CATALOG
from integration.demo.seed import seed
from tests.api.demo_shop import demo, with_sdk

__all__ = ["demo"]

SHELVES = ("queues", "draws", "auctions", "timedReleases", "appointments")
SCRIPT = "web-components/dist/fanfare.js"


@pytest.fixture
def page(demo):
    return {"X-Publishable-Key": demo["publishableKey"]}


def test_the_seed_makes_everything_once(app, rt, demo):
    again = seed(app, rt, demo)

    assert again == demo
    assert demo["experiences"]["queue"] == demo["experienceId"]


def test_the_storefront_is_named_where_the_sdk_is_built(rt, demo, tmp_path):
    built = with_sdk(rt, tmp_path / "built", **{SCRIPT: "script"})
    bare = with_sdk(rt, tmp_path / "bare")

    told = [seed(each, each.extensions["fanfare"], demo)["storefrontUrl"] for each in (built, bare)]

    assert told == ["http://127.0.0.1:8000/demo", None]


def test_what_was_not_there_at_an_earlier_start_is_added(app, rt, demo):
    earlier = {**demo, "experiences": {**demo["experiences"], "auction": None}}

    now = seed(app, rt, earlier)

    assert now["experiences"]["auction"] is not None
    assert {**now, "experiences": None} == {**demo, "experiences": None}


def test_every_experience_of_the_demo_is_open_and_shows_its_product(client, demo, page):
    for kind, experience in demo["experiences"].items():
        shown = client.get(f"/api/v1/experiences/{experience}", headers=page).json
        offered = [each for path in shown["sequences"] for each in offers(path)]
        picture = shown["product"]["imageUrl"].removeprefix("http://127.0.0.1:8000")

        assert [each["status"] for each in offered] == ["OPEN"]
        assert shown["product"]["name"] == CATALOG[kind].name
        assert client.get(picture).content_type == "image/svg+xml; charset=utf-8"


def test_one_checkout_is_on_another_site_and_both_are_allowed(client, demo, page):
    checkouts = {
        kind: client.get(f"/api/v1/experiences/{each}", headers=page).json["checkoutUrl"]
        for kind, each in demo["experiences"].items()
    }
    server = {"Authorization": f"Bearer {demo['secretKey']}"}
    ours = client.get("/admin/api/v1/organizations/current", headers=server).json

    away = [kind for kind, url in checkouts.items() if url.startswith("http://localhost:8000/")]

    assert away == ["timedRelease"]
    assert ours["allowedRedirectHosts"] == ["127.0.0.1:8000", "localhost:8000"]


def test_lost_keys_are_replaced(app, rt, demo):
    again = seed(app, rt, None)

    assert again["organizationId"] == demo["organizationId"]
    assert again["secretKey"] != demo["secretKey"]


def test_pages_say_so_where_nothing_was_seeded(client, rt):
    facts.path(rt.settings).unlink(missing_ok=True)

    answer = client.get("/demo")

    assert answer.status_code == 404
    assert answer.content_type == "text/html; charset=utf-8"


def offers(path):
    waitlist = [path["waitlist"]] if path["waitlist"] else []
    return waitlist + [each for shelf in SHELVES for each in path[shelf]]
