"""contract.md, section 1: every error of the table, with exact `error`, `code` and headers."""

from datetime import UTC, datetime, timedelta

import pytest

from integration.kernel.errors import ServiceUnavailable
from integration.services import products
from tests.api.admitted import act, admitted
from tests.api.shopping import hand_off, path_of
from tests.contract.test_experiences import GATED, enter, launch
from tests.support.backoffice import ADMIN, draft, product_of, stranger_to
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_launch, make_merchant, without
from tests.support.people import code_for, exchange, verify

VALIDATION_FAILED = (400, "Validation failed", "VALIDATION_FAILED")
AUTHENTICATION_REQUIRED = (401, "Authentication required", "AUTHENTICATION_REQUIRED")
SECRET_KEY_REQUIRED = (401, "Secret key required", "SECRET_KEY_REQUIRED")
PERMISSION_DENIED = (403, "Permission denied", "PERMISSION_DENIED")
CONSUMERS_ROWS = [
    ("POST", "/queues/x/enter"),
    ("POST", "/queues/x/leave"),
    ("GET", "/queues/x/status"),
    ("POST", "/auctions/x/bid"),
    ("GET", "/auctions/x/status"),
    ("GET", "/auctions/x/bids"),
    ("GET", "/auctions/x/bids/history"),
    ("POST", "/timed-releases/x/enter"),
    ("POST", "/timed-releases/x/leave"),
    ("GET", "/timed-releases/x/status"),
    ("POST", "/appointments/x/book"),
    ("POST", "/appointments/x/reschedule"),
    ("DELETE", "/appointments/x/cancel"),
    ("GET", "/appointments/x/status"),
    ("GET", "/appointments/x/calendar.ics"),
    ("POST", "/waitlists/x/enter"),
    ("POST", "/waitlists/x/leave"),
    ("GET", "/waitlists/x/status"),
    ("POST", "/experiences/x/enter"),
    ("DELETE", "/experiences/x/leave"),
]
SIGNED_IN_ROWS = [
    ("POST", "/draws/x/enter"),
    ("POST", "/draws/x/leave"),
    ("GET", "/draws/x/status"),
    ("GET", "/consumers/me"),
    ("POST", "/handoffs"),
    ("POST", "/auth/logout"),
]
SECRET_ROWS = [
    ("POST", "/auth/external/authorize"),
    ("GET", "/consumers/x"),
    ("POST", "/queues/x/admit"),
    *[
        ("POST", f"/{kind}/x/{verb}")
        for kind in ("queues", "draws", "auctions", "timed-releases", "appointments")
        for verb in ("complete", "deny", "validate")
    ],
    *[("POST", f"/admissions/{verb}") for verb in ("validate", "complete", "deny", "extend")],
]
KEY_ROWS = [
    ("GET", "/experiences/x"),
    ("POST", "/experiences/x/route"),
    ("POST", "/challenges"),
    ("GET", "/queues/x"),
    ("GET", "/draws/x"),
    ("GET", "/draws/x/proof"),
    ("GET", "/auctions/x"),
    ("GET", "/auctions/x/highest-bid"),
    ("GET", "/timed-releases/x"),
    ("GET", "/appointments/x"),
    ("GET", "/appointments/x/slots"),
    ("GET", "/organizations/current"),
    *[
        ("POST", f"/auth/{verb}")
        for verb in ("guest", "otp/request", "otp/verify", "external/exchange", "refresh")
    ],
]


def call(client, row, headers, **more):
    method, path = row
    return client.open(f"/api/v1{path}", method=method, headers=headers, **more)


@pytest.mark.parametrize("row", CONSUMERS_ROWS)
def test_400_consumer_id_is_required(client, merchant, row):
    bare = call(client, row, merchant.page)

    assert refused(bare) == (400, "Consumer ID is required", "CONSUMER_REQUIRED")


@pytest.mark.parametrize("row", SIGNED_IN_ROWS)
def test_401_without_a_consumer(client, merchant, row):
    assert refused(call(client, row, merchant.page)) == AUTHENTICATION_REQUIRED


@pytest.mark.parametrize("row", [*KEY_ROWS, *CONSUMERS_ROWS, *SIGNED_IN_ROWS])
def test_401_authentication_required(client, row):
    wrong = [
        {},
        {"X-Publishable-Key": "pk_live_" + "x" * 32},
        {"X-Publishable-Key": "nonsense"},
        {"Authorization": "Bearer sk_live_" + "x" * 32},
        {"Authorization": "Basic abc"},
    ]

    assert {refused(call(client, row, sent)) for sent in wrong} == {AUTHENTICATION_REQUIRED}


@pytest.mark.parametrize("row", [*CONSUMERS_ROWS, *SIGNED_IN_ROWS])
def test_401_of_a_token_that_is_none(client, merchant, row):
    tokens = ["nonsense", "e30.e30.e30"]
    wrong = [{**merchant.page, "Authorization": f"Bearer {token}"} for token in tokens]

    assert {refused(call(client, row, sent)) for sent in wrong} == {AUTHENTICATION_REQUIRED}


@pytest.mark.parametrize("row", SECRET_ROWS)
def test_401_secret_key_required(client, merchant, row):
    guest = make_guest(client, merchant)
    wrong = [{}, merchant.page, guest.headers, {"Authorization": "Bearer sk_live_none"}]

    assert {refused(call(client, row, sent)) for sent in wrong} == {SECRET_KEY_REQUIRED}


@pytest.mark.parametrize("row", SECRET_ROWS)
def test_403_permission_denied_without_the_scope(client, merchant, rt, row):
    limited = make_merchant(rt, scopes=("read:products",), of=merchant)

    assert refused(call(client, row, limited.server)) == PERMISSION_DENIED


def test_401_invalid_code(client, merchant):
    code_for(client, merchant, email="john@example.com")
    wrong = verify(client, merchant, "000000", email="john@example.com")
    unknown = exchange(client, merchant, "xc_unknown")

    assert refused(wrong) == (401, "Invalid code", "INVALID_OTP")
    assert refused(unknown) == (401, "Invalid code", "INVALID_EXCHANGE_CODE")


def test_403_not_routed(client, merchant):
    experience = launch(client, merchant, GATED)

    answer = enter(client, experience["gated"], make_guest(client, merchant))

    assert refused(answer) == (403, "Permission denied", "NOT_ROUTED")


def test_403_fingerprint_required(client, merchant, rt):
    made = make_launch(rt, merchant)
    guest = without(make_guest(client, merchant), "X-Fingerprint")

    answer = call(client, ("POST", f"/queues/{made.queue_id}/enter"), guest.headers)

    assert refused(answer) == (403, "Fingerprint required", "FINGERPRINT_REQUIRED")
    assert answer.headers["X-Fingerprint-Error"] == "true"


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/nothing", "/admin/api/v1/nothing", "/api"])
def test_404_not_found_of_an_unknown_route(client, path):
    assert refused(client.get(path)) == (404, "Not found", "NOT_FOUND")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/v1/experiences/x", "Experience"),
        ("/api/v1/queues/x", "Queue"),
        ("/api/v1/draws/x", "Draw"),
        ("/api/v1/auctions/x", "Auction"),
        ("/api/v1/timed-releases/x", "Timed release"),
        ("/api/v1/appointments/x", "Appointment"),
        ("/api/v1/consumers/x", "Consumer"),
        ("/api/products/x", "Product"),
        ("/api/orders/x", "Order"),
        (f"{ADMIN}/waitlists/x", "Waitlist"),
        (f"{ADMIN}/sequences/x", "Sequence"),
    ],
)
def test_404_kind_not_found(client, merchant, path, kind):
    answer = client.get(path, headers=merchant.server)

    code = f"{kind.upper().replace(' ', '_')}_NOT_FOUND"
    assert refused(answer) == (404, f"{kind} not found", code)


@pytest.mark.parametrize("whose", ["organization", "mode"])
def test_404_in_a_body_as_in_a_path(client, merchant, rt, whose):
    other = stranger_to(rt, merchant, whose)
    hidden = draft(client, other)
    body = {"experienceId": hidden["id"], "name": "Everybody"}

    foreign = client.post(f"{ADMIN}/sequences", json=body, headers=merchant.server)
    unknown = client.post(
        f"{ADMIN}/sequences", json={**body, "experienceId": "exp_x"}, headers=merchant.server
    )

    assert (
        refused(foreign)
        == refused(unknown)
        == (404, "Experience not found", "EXPERIENCE_NOT_FOUND")
    )
    assert foreign.json["message"] == unknown.json["message"]


@pytest.mark.parametrize("ending", ["draft", "archived"])
def test_404_of_a_draft_and_of_what_is_archived(client, merchant, ending):
    experience = draft(client, merchant)
    if ending == "archived":
        client.delete(f"{ADMIN}/experiences/{experience['id']}", headers=merchant.server)

    answer = client.get(f"/api/v1/experiences/{experience['id']}", headers=merchant.page)

    assert refused(answer) == (404, "Experience not found", "EXPERIENCE_NOT_FOUND")


def test_405_method_not_allowed(client, merchant):
    answer = client.put("/api/v1/consumers/me", headers=merchant.page)

    assert refused(answer) == (405, "Method not allowed", "METHOD_NOT_ALLOWED")
    assert "GET" in answer.headers["Allow"]


def test_409_conflict_sku_taken(client, merchant):
    first = product_of(client, merchant)
    body = {"name": "Other", "sku": first["sku"], "price": 1}

    answer = client.post("/api/products", json=body, headers=merchant.server)

    assert refused(answer) == (409, "Conflict", "SKU_TAKEN")
    assert answer.json["id"] == first["id"]


def test_409_conflict_email_taken_with_the_id(client, merchant):
    body = {"email": "john@example.com"}
    first = client.post("/api/consumers", json=body, headers=merchant.server).json

    answer = client.post("/api/consumers", json=body, headers=merchant.server)

    assert refused(answer) == (409, "Conflict", "EMAIL_TAKEN")
    assert answer.json["id"] == first["id"]


def test_409_conflict_not_publishable_with_details(client, merchant):
    experience = draft(client, merchant, checkoutUrl=None)

    answer = client.post(f"{ADMIN}/experiences/{experience['id']}/publish", headers=merchant.server)

    assert refused(answer) == (409, "Conflict", "NOT_PUBLISHABLE")
    assert {"field", "message"} == answer.json["details"][0].keys()


def test_409_conflict_not_admitted_and_already_completed(client, merchant, rt):
    made = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, made)
    act(client, merchant, made, "complete", admissionToken=token, orderId="1", orderAmount="1.00")

    again = act(
        client, merchant, made, "complete", admissionToken=token, orderId="2", orderAmount="1.00"
    )
    gone = hand_off(client, guest, token)

    assert refused(again) == (409, "Conflict", "ADMISSION_ALREADY_COMPLETED")
    assert refused(gone) == (409, "Conflict", "NOT_ADMITTED")


def test_410_gone(client, merchant, rt, app):
    made = make_launch(rt, merchant)
    path = path_of(hand_off(client, *admitted(client, rt, merchant, made)))
    client.get(path)

    answer = app.test_client().get(path, headers={"Accept": "application/json"})

    assert refused(answer) == (410, "Gone", "HANDOFF_USED")


def test_412_precondition_failed(client, merchant):
    product = product_of(client, merchant)
    path = f"/api/products/{product['id']}"
    etag = client.get(path, headers=merchant.server).headers["ETag"]
    headers = {**merchant.server, "If-Match": etag}

    good, late = (client.patch(path, json={"price": 1}, headers=headers) for _ in range(2))

    assert good.status_code == 200
    assert refused(late) == (412, "Precondition failed", "PRECONDITION_FAILED")


@pytest.mark.parametrize("path", ["/api/products", "/api/v1/auth/refresh", f"{ADMIN}/experiences"])
def test_413_request_too_large(client, merchant, path):
    body = b'{"name": "' + b"x" * (1 << 20) + b'"}'

    answer = client.post(path, data=body, content_type="application/json", headers=merchant.server)

    assert refused(answer) == (413, "Request too large", "REQUEST_TOO_LARGE")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/csv"])
def test_415_unsupported_media_type(client, merchant, kind):
    answer = client.post("/api/products", data="x", content_type=kind, headers=merchant.server)

    assert refused(answer) == (415, "Unsupported media type", "UNSUPPORTED_MEDIA_TYPE")


def test_422_idempotency_key_reused(client, merchant):
    headers = {**merchant.server, "X-Idempotency-Key": "once"}
    client.post("/api/products", json={"name": "A", "sku": "A", "price": 1}, headers=headers)

    answer = client.post(
        "/api/products", json={"name": "B", "sku": "B", "price": 1}, headers=headers
    )

    assert refused(answer) == (422, "Idempotency key reused", "IDEMPOTENCY_KEY_REUSED")


def test_423_not_open_yet_with_opens_at_and_retry_after(client, merchant, rt):
    opens = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    made = make_launch(rt, merchant, open_at=opens)

    answer = call(
        client, ("POST", f"/queues/{made.queue_id}/enter"), make_guest(client, merchant).headers
    )

    assert refused(answer) == (423, "Queue is not open yet", "NOT_OPEN_YET")
    assert datetime.fromisoformat(answer.json["opensAt"]) == opens
    assert 3500 <= int(answer.headers["Retry-After"]) <= 3600


def test_400_queue_is_closed(client, merchant, rt):
    made = make_launch(rt, merchant, close_at=datetime.now(UTC) - timedelta(seconds=5))

    answer = call(
        client, ("POST", f"/queues/{made.queue_id}/enter"), make_guest(client, merchant).headers
    )

    assert refused(answer) == (400, "Queue is closed", "CLOSED")


def test_500_server_error_tells_no_internals(client, merchant, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("secret internals")

    monkeypatch.setattr(products, "page", fail)

    answer = client.get("/api/products", headers=merchant.server)

    assert refused(answer) == (500, "Server error", "SERVER_ERROR")
    assert "internals" not in answer.text


def test_503_service_unavailable_with_retry_after(client, merchant, monkeypatch):
    def fail(*_, **__):
        raise ServiceUnavailable

    monkeypatch.setattr(products, "page", fail)

    answer = client.get("/api/products", headers=merchant.server)

    assert refused(answer) == (503, "Service unavailable", "SERVICE_UNAVAILABLE")
    assert answer.headers["Retry-After"] == "1"


def test_x_request_id_on_every_answer_but_the_line(client, merchant, rt):
    made = make_launch(rt, merchant)
    good = client.get(f"/api/v1/queues/{made.queue_id}", headers=merchant.page)
    own = client.get("/nothing", headers={"X-Request-Id": "abcdefgh-1"})
    line = client.get(f"/api/v1/queues/{made.queue_id}/line")

    assert good.headers["X-Request-Id"].startswith("req_")
    assert own.headers["X-Request-Id"] == own.json["requestId"] == "abcdefgh-1"
    assert "X-Request-Id" not in line.headers
