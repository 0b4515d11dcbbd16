"""Whatever a merchant's server changes by the API is on record, by the route that it took.

A new route must be walked here, or be named in ``CHANGES_NOTHING`` with its reason.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from connectors.fake import shop
from integration.kernel.ids import new_id
from integration.web.guard import SECRET
from tests.api.admitted import waiting
from tests.support.backoffice import ADMIN, CHECKOUT
from tests.support.launches import make_launch
from tests.support.slots import ALWAYS

SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat()
LATER = (datetime.now(UTC) + timedelta(days=2)).isoformat()
KINDS = {
    "queues": {},
    "draws": {"drawAt": LATER, "winnerCount": 1},
    "auctions": {"settleAt": LATER, "startingPrice": "10.00", "currencyCode": "USD"},
    "timed-releases": {},
    "appointments": {"slotDurationMinutes": 30, "weeklyHours": ALWAYS},
    "waitlists": {},
}
CHANGES_NOTHING = {
    "POST /api/v1/admissions/validate": "it looks",
    "POST /api/v1/queues/<line_id>/validate": "it looks",
    "POST /api/v1/auth/external/authorize": "a sign-in, which is no change of the merchant's",
    "POST /admin/api/v1/connections/<connection_id>/authorize": "it tells where to agree",
}


class Server:
    """The merchant's server, which is answered well."""

    def __init__(self, client, merchant):
        self.client = client
        self.merchant = merchant

    def __call__(self, method, path, body=None, **headers):
        answer = self.client.open(
            path, method=method, headers={**self.merchant.server, **headers}, json=body
        )
        assert answer.status_code < 300, f"{method} {path}: {answer.text}"
        return answer.json

    def admin(self, method, path, body=None):
        return self(method, f"{ADMIN}{path}", body)


@pytest.fixture
def server(client, merchant):
    return Server(client, merchant)


def same_view(route):
    """Kinds share the views of admissions, and the Integration API's go without a prefix too."""
    route = re.sub(
        r"/(draws|auctions|timed-releases|appointments)/<line_id>/(complete|deny|validate)$",
        r"/queues/<line_id>/\2",
        route,
    )
    return re.sub(r"^(\w+) /(products|consumers|orders|imports)", r"\1 /api/\2", route)


def changing(app):
    """The routes that take a secret key and no consumer, and do not only read."""
    for rule in app.url_map.iter_rules():
        guard = getattr(app.view_functions[rule.endpoint], "guard", None)
        for method in rule.methods - {"GET", "HEAD", "OPTIONS"}:
            if guard is not None and guard.security == (SECRET,):
                yield same_view(f"{method} {rule.rule}")


def test_whatever_changes_by_the_api_is_on_record(app, client, rt, merchant, server):
    for walk in (catalog, keys_and_hooks, people, shops, launches):
        walk(server, rt)
    for kind, body in KINDS.items():
        distributions(server, kind, body)
    entries(server, client, rt, merchant)

    with rt.transaction() as tx:
        taken = tx.session.scalars(text("SELECT DISTINCT via FROM audit_log")).all()
    silent = set(changing(app)) - {same_view(each) for each in taken if each}
    assert silent - set(CHANGES_NOTHING) == set()
    assert set(CHANGES_NOTHING) - silent == set()


def catalog(server, _rt):
    server.admin("PATCH", "/organizations/current", {"name": "Acme and Sons"})
    product = server("POST", "/api/products", {"name": "A", "price": 1, "sku": "A-1"})["id"]
    server("PATCH", f"/api/products/{product}", {"price": 2})
    server("DELETE", f"/api/products/{product}")
    for subject, file in (
        ("products", "name,price,sku\nB,1,B-1\n"),
        ("consumers", "email\na@b.ex\n"),
    ):
        answer = server.client.post(
            f"/api/imports/{subject}",
            headers={**server.merchant.server, "Content-Type": "text/csv"},
            data=file,
        )
        assert answer.status_code == 202, answer.text


def keys_and_hooks(server, rt):
    key = {"kind": "secret", "mode": "live", "name": "Key"}
    one, two = (server.admin("POST", "/api-keys", key)["id"] for _ in range(2))
    server.admin("PATCH", f"/api-keys/{one}", {"name": "Other"})
    new = server.admin("POST", f"/api-keys/{one}/rotate")["id"]
    server.admin("POST", f"/api-keys/{two}/revoke")
    server.admin("DELETE", f"/api-keys/{new}")
    hook = server.admin(
        "POST", "/webhooks", {"url": "http://127.0.0.1:9/hook", "events": ["sync.failed"]}
    )["id"]
    server.admin("PATCH", f"/webhooks/{hook}", {"name": "Other"})
    server.admin("POST", f"/webhooks/{hook}/rotate")
    delivery = server.admin("POST", f"/webhooks/{hook}/test")["id"]
    server.admin("POST", f"/webhooks/deliveries/{delivery}/retry")
    with rt.transaction() as tx:
        tx.session.execute(text("UPDATE delivery SET state = 'failed'"))
    server.admin("POST", f"/jobs/{delivery}/retry")
    server.admin("DELETE", f"/webhooks/{hook}")


def people(server, _rt):
    consumer = server("POST", "/api/consumers", {"email": "ann@shop.example"})["id"]
    server("PATCH", f"/api/consumers/{consumer}", {"fullName": "Ann"})
    audience = server.admin("POST", "/audiences", {"name": "Members", "type": "STATIC"})["id"]
    server.admin("PATCH", f"/audiences/{audience}", {"name": "Friends"})
    members = f"/audiences/{audience}/members"
    server.admin("POST", members, {"consumerIds": [consumer]})
    server.admin("DELETE", f"{members}/{consumer}")
    server.admin("DELETE", f"/audiences/{audience}")
    server("DELETE", f"/api/consumers/{consumer}")


def shops(server, _rt):
    fake = shop(new_id("shop"))
    body = {"platform": "fake", "name": "Shop", "settings": {"shop": fake.name}}
    body["credentials"] = {"apiKey": fake.api_key, "webhookSecret": fake.webhook_secret}
    connection = server.admin("POST", "/connections", body)["id"]
    server.admin("PATCH", f"/connections/{connection}", {"name": "Other"})
    server.admin("POST", f"/connections/{connection}/verify")
    server.admin("POST", f"/connections/{connection}/sync", {"subject": "products"})
    server.admin("DELETE", f"/connections/{connection}")


def launch(server, kind, body):
    """An experience with one distribution, not yet published."""
    experience = server.admin("POST", "/experiences", {"name": "E", "checkoutUrl": CHECKOUT})["id"]
    sequence = server.admin("POST", "/sequences", {"experienceId": experience, "name": "S"})["id"]
    line = server.admin("POST", f"/{kind}", {"sequenceId": sequence, "name": "D", **body})["id"]
    return experience, sequence, line


def launches(server, _rt):
    experience, sequence, line = launch(server, "queues", {})
    server.admin("PATCH", f"/experiences/{experience}", {"name": "Other"})
    server.admin("PATCH", f"/sequences/{sequence}", {"name": "Other"})
    server.admin("POST", f"/experiences/{experience}/publish")
    server.admin("POST", f"/experiences/{experience}/pause")
    server.admin("POST", f"/experiences/{experience}/resume")
    copy = server.admin("POST", f"/experiences/{experience}/duplicate")["id"]
    server.admin("POST", f"/experiences/{experience}/end")
    server.admin("DELETE", f"/experiences/{copy}")
    _, sequence, line = launch(server, "queues", {})
    server.admin("DELETE", f"/queues/{line}")
    server.admin("DELETE", f"/sequences/{sequence}")


def distributions(server, kind, body):
    own = {} if kind == "waitlists" else {"openAt": SOON}
    experience, sequence, line = launch(server, kind, {**body, **own})
    if kind == "waitlists":
        # It is open from publishing on, and waits for this.
        server.admin("POST", "/queues", {"sequenceId": sequence, "name": "Q", "openAt": SOON})
    server.admin("PATCH", f"/{kind}/{line}", {"name": "Other"})
    server.admin("POST", f"/experiences/{experience}/publish")
    first, last = ("close", "open") if kind == "waitlists" else ("open", "close")
    for verb in (first, "pause", "resume", last):
        server.admin("POST", f"/{kind}/{line}/{verb}")
    if kind == "draws":
        server.admin("POST", f"/draws/{line}/run")
    if kind == "auctions":
        server.admin("POST", f"/auctions/{line}/settle")
    server.admin("POST", f"/{kind}/{line}/end")
    _, _, line = launch(server, kind, body)
    server.admin("DELETE", f"/{kind}/{line}")


def entries(server, client, rt, merchant):
    made = make_launch(rt, merchant, rules={"admissionRate": 0}, extendable=True)
    guests = iter(waiting(client, merchant, made, 9))
    queue = f"/api/v1/queues/{made.queue_id}"

    def one():
        who = {"consumerId": next(guests).consumer_id}
        return server("POST", f"{queue}/admit", who)["admitted"][0]

    def token():
        return {"admissionToken": one()["admissionToken"]}

    server("POST", f"{queue}/complete", {"consumerId": one()["consumerId"]})
    server("POST", f"{queue}/deny", {"consumerId": one()["consumerId"], "reason": "BOT_DETECTED"})
    server("POST", "/api/v1/admissions/complete", token())
    server("POST", "/api/v1/admissions/deny", {**token(), "reason": "BOT_DETECTED"})
    server("POST", "/api/v1/admissions/extend", {**token(), "seconds": 60})
    mine = [entry_of(server, made, next(guests)) for _ in range(2)]
    for entry in mine:
        server.admin("POST", f"/participations/{entry}/admit")
    server.admin("POST", f"/participations/{mine[0]}/extend", {"seconds": 60})
    server.admin("POST", f"/participations/{mine[1]}/deny", {"reason": "BOT_DETECTED"})
    buyer = one()["consumerId"]
    order = {"consumerId": buyer, "distributionId": made.queue_id, "externalOrderId": "1"}
    placed = server("POST", "/api/orders", {**order, "totalAmount": 9})["id"]
    server("PATCH", f"/api/orders/{placed}", {"status": "cancelled"})


def entry_of(server, made, guest):
    path = f"/queues/{made.queue_id}/participations?consumerId={guest.consumer_id}"
    return server.admin("GET", path)["data"][0]["id"]
