"""The demo: seeded through the front door, and a checkout that behaves as a merchant's should."""

import pytest

from integration.demo.seed import seed
from integration.services import admitting, inbox
from integration.store.models import InboxNotice
from tests.support.launches import make_guest, make_launch, make_merchant

SHELVES = ("queues", "draws", "auctions", "timedReleases", "appointments")


@pytest.fixture
def demo(app, rt):
    return seed(app, rt, None)


@pytest.fixture
def token(app, rt, client, demo):
    """The admission of somebody who came through the demo's queue."""
    page = {"X-Publishable-Key": demo["publishableKey"]}
    said = client.post("/api/v1/auth/guest", headers=page).json
    me = {**page, "Authorization": f"Bearer {said['accessToken']}", "X-Fingerprint": "fp_12345"}
    queue = f"/api/v1/queues/{demo['queueId']}"
    client.post(f"{queue}/enter", headers=me)
    admitting.admit_due(rt, demo["queueId"])
    return client.get(f"{queue}/status", headers=me).json["admissionToken"]


def test_the_seed_makes_everything_once(app, rt, demo):
    again = seed(app, rt, demo)

    assert again == demo
    assert demo["experiences"]["queue"] == demo["experienceId"]
    assert demo["storefrontUrl"] is None


def test_what_was_not_there_at_an_earlier_start_is_added(app, rt, demo):
    earlier = {**demo, "experiences": {**demo["experiences"], "auction": None}}

    now = seed(app, rt, earlier)

    assert now["experiences"]["auction"] is not None
    assert {**now, "experiences": None} == {**demo, "experiences": None}


def test_every_experience_of_the_demo_is_open(client, demo):
    page = {"X-Publishable-Key": demo["publishableKey"]}
    made = [each for each in demo["experiences"].values() if each is not None]

    for experience in made:
        shown = client.get(f"/api/v1/experiences/{experience}", headers=page).json
        offered = [each for path in shown["sequences"] for each in offers(path)]
        assert [each["status"] for each in offered] == ["OPEN"]


def test_lost_keys_are_replaced(app, rt, demo):
    again = seed(app, rt, None)

    assert again["organizationId"] == demo["organizationId"]
    assert again["secretKey"] != demo["secretKey"]


def test_the_checkout_takes_an_order_once(client, rt, demo, token):
    page = client.get(f"/demo/checkout?token={token}")
    bought = client.post("/demo/orders", data={"token": token})
    with rt.transaction() as tx:
        notices = [notice.id for notice in tx.session.query(InboxNotice)]
    for notice_id in notices:
        inbox.handle(rt, notice_id)

    assert page.status_code == bought.status_code == 200
    assert "Pay 199.99 USD" in page.text
    assert "Thank you" in bought.text
    assert "has been used" in client.get(f"/demo/checkout?token={token}").text
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("token", ["", "x", "eyJ.eyJ.x", "<script>alert(1)</script>"])
def test_what_is_no_admission_leads_nowhere(client, demo, token):
    assert client.get("/demo/checkout", query_string={"token": token}).status_code == 404
    assert client.post("/demo/orders", data={"token": token}).status_code == 404


def test_other_organizations_admissions_are_not_the_demos(client, rt, demo):
    other = make_merchant(rt)
    launch = make_launch(rt, other)
    guest = make_guest(client, other)
    client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)
    admitting.admit_due(rt, launch.queue_id)
    status = client.get(f"/api/v1/queues/{launch.queue_id}/status", headers=guest.headers).json

    answer = client.post("/demo/orders", data={"token": status["admissionToken"]})

    assert answer.status_code == 404


def offers(path):
    waitlist = [path["waitlist"]] if path["waitlist"] else []
    return waitlist + [each for shelf in SHELVES for each in path[shelf]]
