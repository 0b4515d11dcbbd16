"""`@fanfare/sdk`, as it is built, in Node, against the service."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from integration.kernel.webhook_signatures import signed
from integration.services import admitting
from tests.contract.catalogue import EXAMPLES
from tests.jobs.support import new_secret
from tests.support.launches import make_guest, make_launch
from tests.support.node import OLDEST, major_version, node_bin, shims
from tests.support.sdk import ROOT, SDK, built, compiled, project, run_node

SEED = (ROOT / "tests" / "contract" / "samples" / "product.ts").read_text()
README = (SDK / "server" / "README.md").read_text()
PIECES = re.findall(r"```ts\n(.*?)```", README, re.DOTALL)
PROGRAMS = Path(__file__).parent / "programs"


def piece(holding: str) -> str:
    """Return the README's piece of code with these words."""
    [found] = [piece for piece in PIECES if holding in piece]
    return found


def module(holding: str) -> str:
    """Return what a piece is compiled to."""
    return f"piece{PIECES.index(piece(holding))}.js"


def typed(number: int, event: str) -> str:
    """Return an example of a webhook as a constant of its type."""
    data = json.dumps(EXAMPLES[event])
    return f'export const e{number}: WebhookEventOf<"{event}">["data"] = {data};\n'


@pytest.fixture(scope="session")
def modules(tmp_path_factory) -> Path:
    """The seed's sample, the README's pieces, our programs and the webhooks' examples, compiled."""
    built("@fanfare/sdk")
    events = "".join(typed(number, event) for number, event in enumerate(EXAMPLES))
    files = {
        "seed.ts": SEED,
        "events.ts": f'import type {{ WebhookEventOf }} from "@fanfare/sdk";\n{events}',
        **{path.name: path.read_text() for path in PROGRAMS.glob("*.ts")},
        **{f"piece{number}.ts": text for number, text in enumerate(PIECES)},
    }
    return compiled(project(tmp_path_factory.mktemp("server"), files))


def nodes() -> list[str]:
    """Return the Node that comes as a wheel, and the machine's own where it is new enough."""
    machines = shutil.which("node")
    found = [machines] if machines and major_version(machines) >= OLDEST else []
    return [str(shims() / "node"), *found]


@pytest.fixture(params=nodes())
def run(request, address, merchant, modules):
    """Runs one of the modules as a merchant's server would."""

    def run(name: str, **environment: str):
        access = {"FANFARE_API_URL": address, "FANFARE_API_KEY": merchant.secret}
        return run_node(modules / name, node=request.param, **access, **environment)

    return run


@pytest.fixture
def admitted(client, rt, merchant):
    """A guest whom a queue has admitted, and the queue."""
    launch, guest = make_launch(rt, merchant, extendable=True), make_guest(client, merchant)
    client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)
    admitting.admit_due(rt, launch.queue_id)
    status = client.get(f"/api/v1/queues/{launch.queue_id}/status", headers=guest.headers).json
    return {
        "ADMISSION_TOKEN": status["admissionToken"],
        "DISTRIBUTION_ID": launch.queue_id,
        "CONSUMER_ID": guest.consumer_id,
    }


def test_the_seeds_sample_adds_its_product_as_it_is_printed(run, client, merchant):
    run("seed.js")

    [product] = client.get("/api/products", headers=merchant.server).json["data"]
    assert (product["name"], product["price"], product["sku"]) == ("Product Name", 99.99, "SKU-123")


def test_a_server_does_everything_that_it_may(run, admitted):
    said = json.loads(run("everything.js", **admitted))

    assert said == {
        "skus": [f"S-{number:03}" for number in range(7)],
        "pages": [3, 3, 2],
        "once": True,
        "changed": [10.5, None],
        "archived": "PRODUCT_NOT_FOUND",
        "consumer": ["jane@shop.example", "Jane Doe", "EMAIL_TAKEN", True],
        "erased": "CONSUMER_NOT_FOUND",
        "code": True,
        "valid": [True, None, "queue"],
        "longer": True,
        "completed": "COMPLETED",
        "orders": [["B-1", "completed"], "COMPLETED"],
        "launch": ["draft", "Spring, again", "NOT_PUBLISHABLE", True],
        "stale": [412, "PRECONDITION_FAILED"],
        "import": ["queued", "products"],
        "refused": [401, "AUTHENTICATION_REQUIRED", True],
    }


def test_the_readmes_pieces_run(run, client, merchant):
    headers = merchant.server

    listed = run(module("syncSource"))
    run(module("ETag"))
    run(module("assert"))

    assert listed == "SKU-123 99.99\n"
    [experience] = client.get("/admin/api/v1/experiences", headers=headers).json["data"]
    assert (experience["name"], experience["notice"]) == ("Spring launch", "One pair each.")


def test_the_readmes_checkout_and_error_run(run, modules, admitted):
    (modules / "calling.js").write_text(
        f"""
        import {{ begin, paid }} from "./{module("export async function begin")}";
        import {{ idOf }} from "./{module("EMAIL_TAKEN")}";
        const token = process.env.ADMISSION_TOKEN;
        const began = await begin(token);
        const ids = [await idOf("jane@shop.example"), await idOf("jane@shop.example")];
        const said = [began, await paid(token, "B-1", "199.99"), await begin(token)];
        console.log(JSON.stringify([...said, ids[0] === ids[1]]));
        """
    )

    began, paid, again, same = json.loads(run("calling.js", **admitted))

    assert re.fullmatch(r"Pay within \d+ s\.", began)
    assert (paid, again, same) == ("COMPLETED", "Go back to the queue: COMPLETED.", True)


@pytest.mark.parametrize("node", nodes())
@pytest.mark.parametrize("age", [0, 400])
def test_what_the_service_signs_is_verified(modules, node, age):
    secrets = [new_secret(), new_secret()]
    body = json.dumps(
        {"id": "evt_1", "type": "order.created", "data": {"name": "Ü"}}, ensure_ascii=False
    )
    raw = body.encode()
    now = datetime.now(UTC) - timedelta(seconds=age)
    told = {"BODY": body, "HEADERS": json.dumps(signed(secrets, "evt_1", raw, now))}

    answers = [
        json.loads(run_node(modules / "verify.js", node=node, SECRETS=json.dumps(known), **told))
        for known in (secrets[:1], secrets[1:], [new_secret()])
    ]

    ours = "order.created" if age == 0 else "STALE_WEBHOOK"
    assert answers == [
        [ours, "INVALID_SIGNATURE"],
        [ours, "INVALID_SIGNATURE"],
        ["INVALID_SIGNATURE", "INVALID_SIGNATURE"],
    ]


@contextmanager
def receiving(program: Path, secret: str) -> Generator[tuple[str, "subprocess.Popen[str]"]]:
    """Run the README's receiver; gives its address."""
    running = subprocess.Popen(
        [node_bin() / "node", program],
        env={"PATH": os.defpath, "PORT": "0", "FANFARE_WEBHOOK_SECRET": secret},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        port = re.search(r"port: (\d+)", read_until(running, "}"))[1]
        yield f"http://127.0.0.1:{port}", running
    finally:
        running.kill()
        running.wait()
        running.stdout.close()


def read_until(running: "subprocess.Popen[str]", ending: str) -> str:
    said = ""
    while ending not in said:
        line = running.stdout.readline()
        assert line, said
        said += line
    return said


def test_the_readmes_receiver_takes_what_is_signed(modules):
    secret, now = new_secret(), datetime.now(UTC)
    event = {"id": "evt_1", "type": "order.completed", "data": {"externalOrderId": "B-1"}}
    body = json.dumps(event).encode()

    with receiving(modules / module("createServer"), secret) as (url, running):
        statuses = [
            requests.post(
                url, body, headers=signed([key], "evt_1", body, now), timeout=30
            ).status_code
            for key in (secret, new_secret(), secret)
        ]
        said = running.stdout.readline()

    assert (statuses, said) == ([204, 401, 204], "B-1\n")
