"""The hot door and the Flask views behind it say the same, header for header."""

from datetime import UTC, datetime, timedelta

import pytest

from integration.app import create_app
from tests.support.launches import make_guest, make_launch, make_merchant

OF_THE_MOMENT = {"X-Request-Id", "X-RateLimit-Remaining", "X-RateLimit-Reset"}


@pytest.fixture(scope="module")
def cold(shared_runtime):
    """The application with its hot door taken off."""
    app = create_app(shared_runtime)
    app.wsgi_app = app.wsgi_app.behind
    return app


def told(answer):
    body = answer.json if answer.data else None
    if isinstance(body, dict):
        body.pop("requestId", None)
    headers = {name: value for name, value in answer.headers if name not in OF_THE_MOMENT}
    if answer.status_code >= 400 or "requestId" in answer.text:
        headers.pop("Content-Length", None)
    return answer.status_code, headers, body


@pytest.fixture
def situation(client, rt, merchant):
    """Queues in every state, and people who may or may not ask for them."""
    later = datetime.now(UTC) + timedelta(hours=1)
    earlier = datetime.now(UTC) - timedelta(hours=1)
    queues = {
        "open": make_launch(rt, merchant).queue_id,
        "full": make_launch(rt, merchant, max_capacity=0).queue_id,
        "later": make_launch(rt, merchant, open_at=later).queue_id,
        "closed": make_launch(rt, merchant, close_at=earlier).queue_id,
        "paused": make_launch(rt, merchant, state="paused").queue_id,
        "draft": make_launch(rt, merchant, state="draft").queue_id,
        "another's": make_launch(rt, make_merchant(rt)).queue_id,
        "nothing": "queue_nothing",
    }
    guest = make_guest(client, merchant)
    people = {
        "guest": guest.headers,
        "key alone": merchant.page,
        "secret key": merchant.server,
        "nobody": {},
        "bad token": {**guest.headers, "Authorization": "Bearer eyJ.eyJ.x"},
        "no fingerprint": {k: v for k, v in guest.headers.items() if k != "X-Fingerprint"},
        "bad fingerprint": {**guest.headers, "X-Fingerprint": "x"},
        "own request id": {**guest.headers, "X-Request-Id": "mine-12345678"},
        "from a page": {**guest.headers, "Origin": "https://shop.example"},
    }
    for queue in ("open", "paused"):
        client.post(f"/api/v1/queues/{queues[queue]}/enter", headers=guest.headers)
    for queue in queues.values():
        hold_card(client, rt, queue)
    return queues, people


def hold_card(client, rt, queue):
    """Let the line's card be the same from now on, however long the test takes."""
    client.get(f"/api/v1/queues/{queue}/line")
    if queue in rt.cards._slots:
        rt.cards._slots[queue].due = float("inf")


@pytest.mark.parametrize(
    ("method", "action"),
    [("GET", "line"), ("GET", "status"), ("POST", "enter"), ("HEAD", "line"), ("OPTIONS", "enter")],
)
def test_both_doors_say_the_same(client, cold, situation, method, action):
    queues, people = situation

    for queue in queues.values():
        for headers in people.values():
            path = f"/api/v1/queues/{queue}/{action}"
            through = [
                door.open(path, method=method, headers=headers)
                for door in (client, cold.test_client())
            ]
            assert told(through[0]) == told(through[1]), (queues, path, headers)


@pytest.mark.parametrize("path", ["/api/v1/queues//enter", "/api/v1/queues/a/b/enter", "/enter"])
def test_addresses_that_only_look_alike(client, cold, merchant, path):
    answers = [door.post(path, headers=merchant.page) for door in (client, cold.test_client())]

    assert told(answers[0]) == told(answers[1])


def test_an_unchanged_card_is_not_sent_again(client, cold, rt, merchant):
    queue = make_launch(rt, merchant).queue_id
    hold_card(client, rt, queue)
    path = f"/api/v1/queues/{queue}/line"
    etag = client.get(path).headers["ETag"]

    answers = [
        door.get(path, headers={"If-None-Match": etag}) for door in (client, cold.test_client())
    ]

    assert [answer.status_code for answer in answers] == [304, 304]
