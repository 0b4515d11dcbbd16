"""contract.md, section 6, and section 5's rows on webhooks, row by row."""

import hmac
import re
from base64 import b64decode
from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import text
from standardwebhooks import Webhook, WebhookVerificationError

from integration.kernel.outbound import guarded_session
from integration.services import deliveries
from tests.connectors.loopback import plain, serve
from tests.jobs.support import drain, happen, make_due
from tests.support.backoffice import ADMIN, post
from tests.support.envelopes import refused
from tests.support.launches import make_merchant
from tests.support.receiver import receiving

WEBHOOK = {
    *("id", "url", "name", "events", "enabled", "disabledReason", "previousSecretUntil"),
    *("health", "createdAt"),
}
DELIVERY = {
    *("id", "webhookId", "eventId", "eventType", "status", "attempts", "nextAttemptAt"),
    *("deliveredAt", "lastStatus", "lastProblem", "createdAt", "body"),
}
MINUTE, HOUR = 60, 3600
HOOK = "https://shop.example/hooks"


def get(client, merchant, path):
    answer = client.get(f"{ADMIN}{path}", headers=merchant.server)
    assert answer.status_code == 200, answer.text
    return answer.json


def log_of(client, merchant, endpoint):
    """Return what became of the endpoint's deliveries, the newest first."""
    return get(client, merchant, f"/webhooks/{endpoint}/deliveries")["data"]


def answering(client, merchant, *answers):
    """Register an endpoint that answers like this, the last again and again."""
    left = list(answers)

    def answer(handler):
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return serve(answer), lambda at: post(client, merchant, "/webhooks", url=f"{at.url}/hook")


def test_post_webhooks(client, merchant):
    answer = client.post(f"{ADMIN}/webhooks", json={"url": HOOK}, headers=merchant.server)

    assert answer.status_code == 201
    assert answer.json.keys() == WEBHOOK | {"secret"}
    assert len(b64decode(answer.json["secret"].removeprefix("whsec_"))) == 32
    assert answer.json["events"] is None
    shown = get(client, merchant, f"/webhooks/{answer.json['id']}")
    assert shown.keys() == WEBHOOK
    assert re.fullmatch(r'"\d+"', answer.headers["ETag"])


def test_get_patch_and_delete_webhooks(client, merchant):
    made = post(client, merchant, "/webhooks", url=HOOK, events=["order.created"], name="Mine")
    path = f"{ADMIN}/webhooks/{made['id']}"
    tag = client.get(path, headers=merchant.server).headers["ETag"]
    headers = {**merchant.server, "If-Match": tag}

    listed = get(client, merchant, "/webhooks")
    changed = client.patch(path, json={"events": None}, headers=headers)
    stale = client.patch(path, json={"name": "Theirs"}, headers=headers)
    gone = client.delete(path, headers=merchant.server)

    assert [each["id"] for each in listed["data"]] == [made["id"]]
    assert (changed.status_code, changed.json["events"]) == (200, None)
    assert refused(stale) == (412, "Precondition failed", "PRECONDITION_FAILED")
    assert gone.status_code == 204
    assert refused(client.get(path, headers=merchant.server)) == (
        *(404, "Webhook not found", "WEBHOOK_NOT_FOUND"),
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[fe80::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://0x0a000001/",
        "https://name:word@shop.example/",
        "ftp://shop.example/",
        "file:///etc/passwd",
    ],
)
def test_400_private_metadata_userinfo_and_other_schemes_at_registration(client, merchant, url):
    answer = client.post(f"{ADMIN}/webhooks", json={"url": url}, headers=merchant.server)

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert [each["field"] for each in answer.json["details"]] == ["url"]


def test_body_and_headers(client, rt, merchant):
    with receiving(client, merchant) as receiver:
        happen(rt, merchant, "order.created", {"id": "ord_1"})
        deliveries.drain(rt, receiver.id)

        [said] = receiver.told()
    [request] = receiver.served.requests
    assert list(said) == ["id", "type", "timestamp", "organizationId", "sequence", "data"]
    assert said["id"].startswith("evt_")
    assert said["timestamp"].endswith("Z")
    assert request["X-Fanfare-Retry-Count"] == "0"
    assert request["X-Fanfare-Delivery-Id"].startswith("dlv_")
    assert request["X-Fanfare-Webhook-Id"] == receiver.id


def test_signed_twice(client, rt, merchant):
    with receiving(client, merchant) as receiver:
        happen(rt, merchant)
        deliveries.drain(rt, receiver.id)

    [request] = receiver.served.requests
    timestamp, body = request["X-Fanfare-Timestamp"], request["body"]
    digest = hmac.new(receiver.secret.encode(), f"{timestamp}.{body}".encode(), sha256).hexdigest()
    assert request["X-Fanfare-Signature"] == f"sha256={digest}"
    assert abs(rt.clock.now().timestamp() - int(timestamp)) < 300
    assert Webhook(receiver.secret).verify(body, request)["id"] == request["webhook-id"]
    with pytest.raises(WebhookVerificationError):
        Webhook(receiver.secret).verify(body.replace("order", "0rder"), request)


def test_rotate_and_two_secrets_sign_for_24_hours(client, rt, merchant):
    with receiving(client, merchant) as receiver:
        rotated = post(client, merchant, f"/webhooks/{receiver.id}/rotate", 200)
        happen(rt, merchant)
        deliveries.drain(rt, receiver.id)
        with rt.transaction() as tx:
            tx.session.execute(
                text("UPDATE webhook_endpoint SET previous_until = now() - interval '1 second'")
            )
        happen(rt, merchant)
        deliveries.drain(rt, receiver.id)

    both, one = receiver.served.requests
    for secret in (receiver.secret, rotated["secret"]):
        Webhook(secret).verify(both["body"], both)
    Webhook(rotated["secret"]).verify(one["body"], one)
    with pytest.raises(WebhookVerificationError):
        Webhook(receiver.secret).verify(one["body"], one)
    assert rotated.keys() == WEBHOOK | {"secret"}


def test_the_old_secret_ends_after_24_hours(client, rt, merchant):
    made = post(client, merchant, "/webhooks", url=HOOK)

    post(client, merchant, f"/webhooks/{made['id']}/rotate", 200)

    statement = "SELECT extract(epoch FROM previous_until - now()) FROM webhook_endpoint"
    with rt.transaction() as tx:
        left = float(tx.session.scalar(text(statement)))
    assert left == pytest.approx(24 * HOUR, abs=60)


def test_attempts_at_once_then_1_5_30_min_2_6_12_24_h_then_failed(client, rt, merchant):
    served, register = answering(client, merchant, plain(b"", 500))
    waits = []
    with served as at:
        endpoint = register(at)["id"]
        happen(rt, merchant)
        for _ in range(8):
            deliveries.drain(rt, endpoint)
            statement = "SELECT extract(epoch FROM due_at - clock_timestamp()) FROM delivery"
            with rt.transaction() as tx:
                waits.append(float(tx.session.scalar(text(statement))))
            make_due(rt, "delivery")
        deliveries.drain(rt, endpoint)

    [told] = log_of(client, merchant, endpoint)
    expected = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR]
    assert waits[:7] == [pytest.approx(seconds, abs=20) for seconds in expected]
    assert (told["status"], told["attempts"], told["nextAttemptAt"]) == ("failed", 8, None)
    assert [each["X-Fanfare-Retry-Count"] for each in at.requests] == [str(n) for n in range(8)]
    assert len({each["webhook-id"] for each in at.requests}) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 500, 503])
def test_whatever_is_not_2xx_is_tried_again_and_no_redirect_followed(client, rt, merchant, status):
    served, register = answering(client, merchant, plain(b"", status, Location="/other"))
    with served as at:
        endpoint = register(at)["id"]
        happen(rt, merchant)
        deliveries.drain(rt, endpoint)

    [told] = log_of(client, merchant, endpoint)
    assert (told["status"], told["attempts"], told["lastStatus"]) == ("pending", 1, status)
    assert [each["path"] for each in at.requests] == ["/hook"]


def test_410_disables(client, rt, merchant):
    served, register = answering(client, merchant, plain(b"", 410))
    with served as at:
        endpoint = register(at)["id"]
        happen(rt, merchant)
        deliveries.drain(rt, endpoint)

    shown = get(client, merchant, f"/webhooks/{endpoint}")
    assert (shown["enabled"], shown["health"]["status"]) == (False, "disabled")
    assert shown["disabledReason"] == "The endpoint answered 410 Gone."
    assert [each["status"] for each in log_of(client, merchant, endpoint)] == ["cancelled"]
    assert happen(rt, merchant) == []


def test_refused_again_at_connect_time(client, rt, merchant):
    made = post(client, merchant, "/webhooks", url="https://hooks.shop.example/")
    rebound = guarded_session(allow_loopback=False, resolver=lambda *_: ["127.0.0.1"])
    happen(rt, merchant)

    deliveries.drain(replace(rt, hooks=rebound), made["id"])

    [told] = log_of(client, merchant, made["id"])
    assert (told["status"], told["lastStatus"]) == ("pending", None)
    assert told["lastProblem"] == "This address is not one that we connect to."


def test_30_s_timeout(client, rt, merchant):
    hasty = guarded_session(allow_loopback=True, timeout=(1, 0.3), cut=True)
    with serve(lambda handler: handler.rfile.read(1)) as at:
        endpoint = post(client, merchant, "/webhooks", url=f"{at.url}/hook")["id"]
        happen(rt, merchant)
        deliveries.drain(replace(rt, hooks=hasty), endpoint)

    [told] = log_of(client, merchant, endpoint)
    assert (told["status"], told["lastStatus"]) == ("pending", None)
    assert told["lastProblem"] == "The other server took too long to answer."
    assert rt.hooks._timeout[1] == rt.hooks._guard.total == 30


def test_post_test(client, rt, merchant):
    with receiving(client, merchant, events=["order.created"]) as receiver:
        answer = client.post(f"{ADMIN}/webhooks/{receiver.id}/test", headers=merchant.server)
        drain(rt)

        [said] = receiver.told()
    assert answer.status_code == 202
    assert answer.json.keys() == DELIVERY
    assert said["type"] == answer.json["eventType"] == "webhook.test"


def test_get_deliveries(client, rt, merchant):
    with receiving(client, merchant) as receiver:
        happen(rt, merchant)
        deliveries.drain(rt, receiver.id)

        page = get(client, merchant, f"/webhooks/{receiver.id}/deliveries?limit=1")
    [told] = page["data"]
    assert told.keys() == DELIVERY
    assert (told["status"], told["attempts"], told["lastStatus"]) == ("delivered", 1, 200)
    assert told["body"] == receiver.told()[0]
    assert page["pageInfo"] == {"endCursor": page["pageInfo"]["endCursor"], "hasNextPage": False}
    [entry] = get(client, merchant, f"/webhooks/deliveries/{told['id']}")["log"]
    assert entry.keys() == {"at", "status", "problem", "durationMs", "response"}


def test_post_deliveries_retry(client, rt, merchant):
    served, register = answering(client, merchant, plain(b"", 500), plain(b""))
    with served as at:
        endpoint = register(at)["id"]
        happen(rt, merchant)
        deliveries.drain(rt, endpoint)
        [failed] = log_of(client, merchant, endpoint)

        path = f"{ADMIN}/webhooks/deliveries/{failed['id']}/retry"
        answer = client.post(path, headers=merchant.server)
        drain(rt)

    [told] = log_of(client, merchant, endpoint)
    assert (answer.status_code, answer.json.keys()) == (202, DELIVERY)
    assert (told["status"], told["attempts"]) == ("delivered", 2)
    assert [each["X-Fanfare-Retry-Count"] for each in at.requests] == ["0", "1"]


@pytest.mark.parametrize("path", ["/webhooks/{}/test", "/webhooks/deliveries/{}/retry"])
def test_409_webhook_disabled(client, rt, merchant, path):
    made = post(client, merchant, "/webhooks", url="http://127.0.0.1:9/hook")
    sent = post(client, merchant, f"/webhooks/{made['id']}/test", 202)
    disabled = {"json": {"enabled": False}, "headers": merchant.server}
    client.patch(f"{ADMIN}/webhooks/{made['id']}", **disabled)

    about = sent["id"] if "deliveries" in path else made["id"]
    answer = client.post(ADMIN + path.format(about), headers=merchant.server)

    assert refused(answer) == (409, "Conflict", "WEBHOOK_DISABLED")


@pytest.mark.parametrize(
    "row",
    [
        ("GET", "/webhooks/{}", "Webhook"),
        ("PATCH", "/webhooks/{}", "Webhook"),
        ("DELETE", "/webhooks/{}", "Webhook"),
        ("POST", "/webhooks/{}/test", "Webhook"),
        ("POST", "/webhooks/{}/rotate", "Webhook"),
        ("GET", "/webhooks/{}/deliveries", "Webhook"),
        ("GET", "/webhooks/deliveries/{}", "Delivery"),
        ("POST", "/webhooks/deliveries/{}/retry", "Delivery"),
    ],
)
@pytest.mark.parametrize("whose", ["unknown", "other", "test mode"])
def test_404_not_found(client, rt, merchant, row, whose):
    method, path, kind = row
    made = post(client, merchant, "/webhooks", url="http://127.0.0.1:9/hook")
    sent = post(client, merchant, f"/webhooks/{made['id']}/test", 202)
    about = {"Webhook": made["id"], "Delivery": sent["id"]}[kind]
    asking = {
        "unknown": lambda: merchant,
        "other": lambda: make_merchant(rt),
        "test mode": lambda: make_merchant(rt, "test", of=merchant),
    }[whose]()

    answer = client.open(
        ADMIN + path.format("nothing" if whose == "unknown" else about),
        method=method,
        headers=asking.server,
        **({"json": {"name": "Mine"}} if method == "PATCH" else {}),
    )

    assert refused(answer) == (404, f"{kind} not found", f"{kind.upper()}_NOT_FOUND")
