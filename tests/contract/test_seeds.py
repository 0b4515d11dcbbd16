"""The guides' own samples, run as they are printed; only hosts, keys and ids are ours."""

import json
import os
import re
import shlex
import subprocess
from collections.abc import Generator
from pathlib import Path

import jsonschema
import pytest
import requests

from integration.services import admitting
from tests.support.launches import make_guest, make_launch
from tests.support.node import node_bin
from tests.support.serving import serving
from tests.support.typescript import schemas

SAMPLES = Path(__file__).parent / "samples"
HOSTS = ("https://consumer.fanfare.io", "https://api.fanfare.io")


@pytest.fixture
def address(app, rt) -> Generator[str]:
    """The address of a server that really listens."""
    with serving(app) as url:
        yield url


@pytest.fixture
def launch(rt, merchant):
    return make_launch(rt, merchant)


@pytest.fixture
def guest(client, merchant):
    return make_guest(client, merchant)


@pytest.fixture
def admitted(client, launch, guest, rt):
    """The guest, admitted by the queue."""
    client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)
    admitting.admit_due(rt, launch.queue_id)
    return guest


def sample(name: str, address: str = "", **ours: str) -> str:
    """Return a sample with what stands for keys and ids replaced."""
    text = (SAMPLES / name).read_text()
    for host in HOSTS:
        text = text.replace(host, address)
    for theirs, replacement in ours.items():
        text, times = re.subn(theirs + r"[\w.-]*", replacement, text)
        assert times
    return text


def curl(command: str) -> requests.Response:
    """Do what a curl command says."""
    program, *words = shlex.split(command.replace("\\\n", " "))
    assert program == "curl"
    method = url = ""
    headers = {}
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        else:
            url = word
    return requests.request(method, url, headers=headers, timeout=10)


def node(script: str, **environment: str):
    """Run a module in Node, and return what it prints."""
    done = subprocess.run(
        [node_bin() / "node", "--input-type=module"],
        input=script,
        env={"PATH": os.defpath, **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check(value, name: str, interface: str) -> None:
    """Compare a value with one of the guides' interfaces."""
    jsonschema.validate(value, schemas(sample(name))[interface])


def missing(theirs, ours, path: str = "") -> list[str]:
    """Return the paths of names that their example has and ours lacks."""
    if isinstance(theirs, list):
        return [name for a, b in zip(theirs, ours, strict=True) for name in missing(a, b, path)]
    if not isinstance(theirs, dict):
        return []
    if any("_01HXYZ" in name for name in theirs):
        return missing(list(theirs.values()), list(ours.values()), f"{path}.*")
    lacking = [f"{path}.{name}" for name in theirs if name not in ours]
    return lacking + [
        name
        for key in theirs
        if key in ours
        for name in missing(theirs[key], ours[key], f"{path}.{key}")
    ]


def test_the_curl_call_for_oneself(address, admitted, merchant):
    keys = {"pk_live_": merchant.publishable, "eyJ": admitted.access_token}

    answer = curl(sample("consumer-me.sh", address, **keys))

    assert answer.status_code == 200
    check(answer.json(), "consumer-me.ts", "ConsumerMe")
    journey = answer.json()["active"]["journeys"][0]
    check(journey, "consumer-me.ts", "JourneyResume")
    assert journey["journeyStage"] == "admitted"


def test_the_curl_call_for_a_consumer(address, guest, merchant):
    keys = {"sk_live_": merchant.secret, "cons_": guest.consumer_id}

    answer = curl(sample("consumer.sh", address, **keys))

    assert answer.status_code == 200
    check(answer.json(), "consumer.ts", "Consumer")
    assert answer.json().keys() == {"id", "email", "phone", "fullName", "createdAt"}


def test_the_example_of_oneself_is_in_ours(address, admitted, merchant):
    theirs = json.loads(sample("consumer-me.json"))

    ours = requests.get(
        f"{address}/api/v1/consumers/me", headers=admitted.headers, timeout=10
    ).json()

    check(theirs, "consumer-me.ts", "ConsumerMe")
    assert missing(theirs, ours) == []


def test_the_fetch_call_that_enters(address, launch, guest, merchant):
    known = f"const accessToken = {guest.access_token!r}, fingerprint = 'fp_01HXYZ123456789';"
    keys = {"pk_live_": merchant.publishable, "queue_01HXYZ": launch.queue_id}
    script = sample("enter.js", address, **keys)

    status = node(known + script.replace("log(status)", "log(JSON.stringify(status))"))

    check(status, "status-and-experience.ts", "DistributionStatus")
    assert (status["status"], status["position"]) == ("QUEUED", 1)


def test_the_fetch_call_for_oneself(address, admitted, merchant):
    known = f"const publishableKey = {merchant.publishable!r};"
    script = sample("profile.ts", address).replace("accessToken: string", "accessToken")
    call = f"console.log(JSON.stringify(await getConsumerProfile({admitted.access_token!r})))"

    profile = node(known + script + call)

    assert profile["consumer"] == {
        "id": admitted.consumer_id,
        "email": None,
        "phone": None,
        "fullName": None,
    }
    assert profile["journeys"][0]["admission"]["admissionToken"]


@pytest.mark.parametrize("known", [True, False])
def test_the_fetch_call_for_a_consumer(address, guest, merchant, known):
    consumer_id = guest.consumer_id if known else "cons_unknown"
    script = sample("lookup.ts", address).replace("consumerId: string", "consumerId")
    call = f"console.log(JSON.stringify(await lookupConsumer({consumer_id!r})))"

    found = node(script + call, FANFARE_SECRET_KEY=merchant.secret)

    assert (found and found["id"]) == (consumer_id if known else None)


def test_the_python_call_that_adds_a_product(address, merchant):
    scope = {"api_key": merchant.secret}

    exec(sample("product.py.txt", address), scope)

    assert scope["response"].status_code == 201
    assert scope["response"].json()["price"] == 99.99


def test_an_experience_and_a_status_have_the_guides_shapes(client, launch, admitted):
    experience = client.get(f"/api/v1/experiences/{launch.experience_id}", headers=admitted.headers)
    status = client.get(f"/api/v1/queues/{launch.queue_id}/status", headers=admitted.headers)

    check(experience.json, "status-and-experience.ts", "Experience")
    check(status.json, "status-and-experience.ts", "DistributionStatus")


def test_what_is_not_of_a_shape_is_noticed():
    for wrong in ({"status": "WAITING"}, {"status": "QUEUED", "position": "1"}, {}):
        with pytest.raises(jsonschema.ValidationError):
            check(wrong, "status-and-experience.ts", "DistributionStatus")
