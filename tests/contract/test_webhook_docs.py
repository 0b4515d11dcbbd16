"""docs/webhooks.md: its receivers receive, and its examples are what is sent."""

import os
import subprocess
import threading
from contextlib import contextmanager

import pytest
from werkzeug.serving import make_server

from integration.engine.events import EVENTS
from integration.services import deliveries
from tests.connectors.loopback import plain, serve
from tests.contract.catalogue import CATALOGUE, block
from tests.jobs.support import deliveries_of, happen, make_endpoint, new_secret
from tests.support.node import node_bin
from tests.support.waiting import wait_until


def test_every_event_is_in_the_catalogue():
    assert set(CATALOGUE) == {*EVENTS, "webhook.test"}


@contextmanager
def flask_receiver(secret, monkeypatch):
    """The page's receiver in Python: its address, and what it prints."""
    said = []
    monkeypatch.setenv("FANFARE_WEBHOOK_SECRET", secret)
    names = {"__name__": __name__, "print": lambda *words, **_: said.append(words[0])}
    exec(block("python", "app = Flask"), names)  # the page's own words
    server = make_server("127.0.0.1", 0, names["app"], threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/fanfare", said
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def node_receiver(secret, monkeypatch):
    """The page's receiver in Node: the same."""
    running = subprocess.Popen(
        [node_bin() / "node", "--input-type=module", "--eval", block("js", "createServer")],
        env={"PATH": os.defpath, "PORT": "0", "FANFARE_WEBHOOK_SECRET": secret},
        stdout=subprocess.PIPE,
        text=True,
    )
    said = []
    try:
        port = int(running.stdout.readline().split()[1])
        reader = threading.Thread(
            target=lambda: said.extend(line.split()[0] for line in running.stdout)
        )
        reader.start()
        yield f"http://127.0.0.1:{port}/fanfare", said
    finally:
        running.kill()
        running.wait()
        reader.join()
        running.stdout.close()


@pytest.mark.parametrize("receiver", [flask_receiver, node_receiver])
def test_a_receiver_takes_what_is_ours_once_and_nothing_else(rt, merchant, monkeypatch, receiver):
    secret = new_secret()
    with receiver(secret, monkeypatch) as (url, said):
        ours = make_endpoint(rt, merchant, url, secret=secret, events=["order.created"])
        forged = make_endpoint(rt, merchant, url, events=["order.rejected"])
        happen(rt, merchant, "order.created")
        happen(rt, merchant, "order.rejected")
        deliveries.drain(rt, forged.id)
        deliveries.drain(rt, ours.id)
        with rt.transaction() as tx:
            tx.session.connection().exec_driver_sql("UPDATE delivery SET state = 'pending'")
        deliveries.drain(rt, ours.id)
        wait_until(lambda: said, "it acted")

    [taken], [refused] = deliveries_of(rt, ours), deliveries_of(rt, forged)
    assert (taken.state, taken.attempts, taken.last_status) == ("delivered", 2, 204)
    assert refused.last_status == 401
    assert said == ["order.created"]


def test_the_check_by_hand_knows_what_is_ours(rt, merchant):
    names = {}
    exec(block("python", "def is_ours"), names)

    with serve(plain(b"")) as served:
        endpoint = make_endpoint(rt, merchant, f"{served.url}/hook")
        happen(rt, merchant)
        deliveries.drain(rt, endpoint.id)

    [request] = served.requests
    body = request["body"].encode()
    assert names["is_ours"](endpoint.secret, request, body)
    assert not names["is_ours"](endpoint.secret, request, body + b" ")
    assert not names["is_ours"](new_secret(), request, body)
    assert not names["is_ours"](endpoint.secret, {**request, "X-Fanfare-Timestamp": "1"}, body)
