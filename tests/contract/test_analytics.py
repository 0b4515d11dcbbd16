"""Section 5 of the contract: GET /analytics, /experiences/:id/metrics, /sequences/:id/metrics."""

import pytest

from integration.services import counting
from tests.api.admitted import admitted
from tests.support.launches import make_launch, make_merchant

ADMIN = "/admin/api/v1"
FUNNEL = {"routed", "gated", "noAccess", "entered", "admitted", "checkedOut"}
FUNNEL |= {"completed", "expired", "denied", "left"}
FIGURES = {"funnel", "conversion", "wait", "timeToComplete", "revenue", "refused", "fairness"}
METRICS = {"asOf", "now", "total", "groupBy", "groups"}


@pytest.fixture
def launch(client, rt, merchant):
    """A queue in which somebody was admitted."""
    launch = make_launch(rt, merchant)
    admitted(client, rt, merchant, launch)
    counting.count(rt)
    return launch


def paths(launch):
    return [
        f"{ADMIN}/analytics",
        f"{ADMIN}/experiences/{launch.experience_id}/metrics",
        f"{ADMIN}/sequences/{launch.sequence_id}/metrics",
    ]


def test_get_analytics(client, merchant, launch):
    answer = client.get(f"{ADMIN}/analytics?groupBy=mechanism", headers=merchant.server)

    assert answer.status_code == 200
    assert answer.headers["X-Request-Id"]
    assert answer.headers["X-RateLimit-Limit"]
    said = answer.json
    assert set(said) == METRICS | {"from", "to", "interval", "series"}
    assert set(said["total"]) == FIGURES
    assert set(said["total"]["funnel"]) == FUNNEL
    assert set(said["total"]["wait"]) == {"count", "p50", "p90", "p99"}
    assert set(said["series"][0]) == {"at", "entered", "admitted", "completed"}
    assert [set(each) for each in said["groups"]] == [FIGURES | {"id", "name"}]
    assert said["groups"][0]["id"] == "queue"
    assert said["now"] == {"waiting": 0, "admitted": 1}


def test_get_experiences_id_metrics(client, merchant, launch):
    path = f"{ADMIN}/experiences/{launch.experience_id}/metrics"

    answer = client.get(path, headers=merchant.server)

    assert answer.status_code == 200
    assert set(answer.json) == METRICS
    assert answer.json["groupBy"] == "sequence"
    assert [each["id"] for each in answer.json["groups"]] == [launch.sequence_id]
    assert answer.json["total"]["funnel"]["admitted"] == 1


def test_get_sequences_id_metrics(client, merchant, launch):
    answer = client.get(f"{ADMIN}/sequences/{launch.sequence_id}/metrics", headers=merchant.server)

    assert answer.status_code == 200
    assert set(answer.json) == METRICS
    assert answer.json["groupBy"] == "distribution"
    assert [each["id"] for each in answer.json["groups"]] == [launch.queue_id]
    assert answer.json["total"]["funnel"]["entered"] == 1


def test_figures_want_a_secret_key_that_may_read_experiences(client, rt, merchant, launch):
    narrow = make_merchant(rt, scopes=("read:products",), of=merchant)
    reader = make_merchant(rt, scopes=("read:experiences",), of=merchant)
    for path in paths(launch):
        nobody, page, refused, allowed = (
            client.get(path, headers=headers)
            for headers in ({}, merchant.page, narrow.server, reader.server)
        )

        assert (nobody.status_code, nobody.json["code"]) == (401, "AUTHENTICATION_REQUIRED")
        assert page.status_code == 401
        assert (refused.status_code, refused.json["code"]) == (403, "PERMISSION_DENIED")
        assert allowed.status_code == 200


@pytest.mark.parametrize("stranger", ["organization", "mode", "nothing"])
def test_what_is_not_theirs_is_not_there(client, rt, merchant, launch, stranger):
    keys = {
        "organization": lambda: make_merchant(rt),
        "mode": lambda: make_merchant(rt, "test", of=merchant),
        "nothing": lambda: merchant,
    }[stranger]()
    found = launch if stranger != "nothing" else make_launch(rt, make_merchant(rt))

    for kind, path in zip(("Experience", "Sequence"), paths(found)[1:], strict=True):
        answer = client.get(path, headers=keys.server)

        assert answer.status_code == 404
        assert answer.json["error"] == f"{kind} not found"
        assert answer.json["code"] == f"{kind.upper()}_NOT_FOUND"


def test_the_admin_limit_counts_them(client, rt, launch):
    merchant = make_merchant(rt, limits={"admin": 1})
    client.get(f"{ADMIN}/analytics", headers=merchant.server)

    answer = client.get(f"{ADMIN}/analytics", headers=merchant.server)

    assert answer.status_code == 429
    assert answer.json["code"] == "RATE_LIMITED"
    assert int(answer.headers["Retry-After"]) == answer.json["retryAfter"]
