"""Keyed calls on real processes: 100 at once make one object, and so does one that was killed."""

import json
import signal
import subprocess
import sys
from collections import Counter

import pytest

from tests.support import dying
from tests.support.racing import starting

CALLS = 100
SECONDS = 60
SHAPES = {
    "consumers": {"email": "john@example.com", "fullName": "John Doe"},
    "products": {"name": "Sneaker", "sku": "SNKR-001", "price": 199.99},
}


@pytest.fixture
def processes(rt, settings):
    """Four processes on this worker's engines."""
    with starting(settings) as found:
        yield found


def call_of(merchant, subject, key):
    headers = {**merchant.server, "X-Idempotency-Key": key}
    return {
        "path": f"/api/{subject}",
        "method": "POST",
        "headers": headers,
        "json": SHAPES[subject],
    }


def listed(client, merchant, subject):
    return client.get(f"/api/{subject}", headers=merchant.server).json["data"]


def test_a_hundred_identical_calls_on_four_processes_make_one_object(client, merchant, processes):
    for subject in SHAPES:
        answers = processes.race([call_of(merchant, subject, "once")] * CALLS)

        [made] = listed(client, merchant, subject)
        told = Counter(answer.status for answer in answers)
        assert told.keys() <= {201, 409}
        assert told[201] > 0
        assert all(answer.body == made for answer in answers if answer.status == 201)
        waiting = {answer.code for answer in answers if answer.status == 409}
        assert waiting <= {"IDEMPOTENCY_IN_PROGRESS"}
        again = client.open(**call_of(merchant, subject, "once"))
        assert (again.status_code, again.json) == (201, made)
        assert again.headers["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_call_that_was_killed_is_made_once(client, merchant, settings, moment):
    call = call_of(merchant, "consumers", "once")

    ended = subprocess.run(
        [
            *(sys.executable, "-m", dying.__name__, settings.database_url),
            *(settings.redis_url, str(settings.data_dir), moment),
        ],
        input=json.dumps(call),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    before = listed(client, merchant, "consumers")
    answer = client.open(**call)

    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert len(before) == (1 if moment == "after" else 0)
    assert answer.status_code == 201
    assert listed(client, merchant, "consumers") == [answer.json]
    assert ("Idempotency-Replayed" in answer.headers) is (moment == "after")
