"""The examples of docs/connectors/rest.md, as printed, each where its language is installed."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from connectors.records import CheckoutRequest
from connectors.signatures import standard_headers
from integration.kernel.clock import SystemClock
from tests.connectors.loopback import plain, serve
from tests.connectors.signed_shop import SECRET
from tests.connectors.test_rest import connect
from tests.support.house import ROOT

PAGE = (ROOT / "docs" / "connectors" / "rest.md").read_text()
ORDER = {
    "id": "1001",
    "status": "paid",
    "total": "129.90",
    "currency": "EUR",
    "updatedAt": "2026-11-20T10:00:00Z",
    "handle": "h-1",
}

# What a web framework does: hand over one request, or one order, as JSON.
FRAMES = {
    "python": (
        ".py",
        [sys.executable],
        """
import sys
given = json.load(sys.stdin)
if "order" in given:
    tell(given["order"])
else:
    print(json.dumps(answer(given["headers"], given["body"].encode())))
""",
    ),
    "js": (
        ".mjs",
        ["node"],
        """
import { readFileSync } from 'node:fs'
const given = JSON.parse(readFileSync(0))
if (given.order) await tell(given.order)
else console.log(JSON.stringify(answer(given.headers, given.body)))
""",
    ),
    "php": (
        ".php",
        ["php"],
        """
$given = json_decode(stream_get_contents(STDIN), true);
if (isset($given['order'])) { tell($given['order']); }
else { echo json_encode(answer($given['headers'], $given['body'])); }
""",
    ),
    "ruby": (
        ".rb",
        ["ruby"],
        """
given = JSON.parse($stdin.read)
given['order'] ? tell(given['order']) : puts(JSON.generate(answer(given['headers'], given['body'])))
""",
    ),
}


@pytest.fixture(params=FRAMES)
def example(request, tmp_path):
    """Runs the example of a language on one request or order."""
    ending, command, frame = FRAMES[request.param]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not on this machine")
    (block,) = re.findall(rf"```{request.param}\n(.*?)```", PAGE, re.DOTALL)
    program = tmp_path / f"shop{ending}"
    program.write_text(block + frame)

    def run(given, webhooks="http://127.0.0.1:9"):
        env = os.environ | {"FANFARE_WEBHOOK_SECRET": SECRET, "FANFARE_WEBHOOK_URL": webhooks}
        done = subprocess.run(
            [*command, program],
            check=False,
            input=json.dumps(given),
            env=env,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout else None

    return run


def asked(question, secret=SECRET, **data):
    body = json.dumps({"type": question, "data": data})
    headers = standard_headers("call_1", SystemClock().now(), body.encode(), secret)
    return {"headers": {name.lower(): value for name, value in headers.items()}, "body": body}


def test_it_answers_what_we_ask(example):
    status, found = example(asked("connection.verify"))
    assert (status, found) == (200, {"shop": "My shop", "currency": "EUR"})

    status, made = example(asked("checkout.create", handle="h-1", sku="A", quantity=1))
    assert status == 200
    assert made["url"].endswith(made["id"])

    assert example(asked("orders.list"))[0] == 404


def test_it_answers_nobody_else(example):
    forged = asked("connection.verify", secret="whsec_" + "A" * 32)
    stale = asked("connection.verify")
    stale["headers"]["webhook-timestamp"] = "1700000000"

    assert example(forged)[0] == 401
    assert example(stale)[0] == 401


def test_what_it_tells_is_an_order_to_us(example):
    with serve(plain(b"")) as served:
        example({"order": ORDER}, f"{served.url}/webhooks/rest/conn_1")

    (told,) = served.requests
    connector = connect("https://shop.example")
    notice = connector.read_notice(told, told["body"].encode())
    order = connector.interpret(notice).order
    assert (order.external_id, str(order.total), order.handle) == ("1001", "129.90", "h-1")


def test_its_checkout_is_one_that_we_take(example, tmp_path):
    def answer(handler):
        sent = {name.lower(): value for name, value in handler.headers.items()}
        status, body = example({"headers": sent, "body": handler.sent})
        plain(json.dumps(body).encode(), status)(handler)

    with serve(answer) as served:
        settings = {"storefrontUrl": "https://shop.example"}
        connector = connect(served.url, settings=settings.items())
        made = connector.create_checkout(CheckoutRequest(handle="h-1", sku="A"))

    assert made.url == f"https://shop.example/cart/{made.external_ref}"
