"""The plugin for Medusa, run by Node on what Medusa gives a subscriber."""

import json
import subprocess

import pytest

from connectors.base import NoticeRefused
from connectors.signatures import read_standard_notice
from integration.kernel.clock import SystemClock
from tests.connectors.loopback import plain
from tests.support.house import ROOT
from tests.support.node import node_bin

PLUGIN = ROOT / "connectors" / "medusa" / "plugin"
HARNESS = ROOT / "tests" / "connectors" / "js" / "medusa.js"
NAME = "medusa-plugin-fanfare"
SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgY29ubmVjdG9yIHRlc3Rz"


def run(*names, rows=(), **options):
    events = [{"name": name, "data": {"id": "id_1"}} for name in names]
    plugins = ["another-plugin", {"resolve": "of-others", "options": {"url": "http://127.0.0.1:9"}}]
    plugins.append({"resolve": NAME, "options": options})
    done = subprocess.run(
        [node_bin() / "node", HARNESS, PLUGIN],
        input=json.dumps({"events": events, "plugins": plugins, "rows": rows}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def heard(served, secret=SECRET):
    return [
        read_standard_notice(each, each["body"].encode(), secret, SystemClock().now())
        for each in served.requests
    ]


@pytest.mark.parametrize("secret", [SECRET, "plain text of somebody's own"])
def test_what_it_signs_is_accepted(serving, secret):
    served = serving(plain(b""))

    run("order.placed", url=served.url, secret=secret)

    [notice] = heard(served, secret)
    assert (notice.topic, notice.payload["data"]) == ("order.placed", {"id": "id_1"})
    assert notice.ref == notice.payload["id"]


def test_while_a_secret_is_changed_both_sign(serving):
    served = serving(plain(b""))

    run("order.placed", url=served.url, secret=["whsec_bmV3", SECRET])

    assert len(heard(served)) == len(heard(served, "whsec_bmV3")) == 1
    with pytest.raises(NoticeRefused):
        heard(served, "whsec_YW5vdGhlcg==")


def test_payments_and_variants_tell_of_what_they_belong_to(serving):
    served = serving(plain(b""))
    rows = [{"payment_collection": {"order": {"id": "order_7"}}, "product_id": "prod_7"}]

    found = run(
        "payment.captured", "product-variant.deleted", rows=rows, url=served.url, secret="s"
    )

    told = [(notice.topic, notice.payload["data"]["id"]) for notice in heard(served, "s")]
    assert told == [("order.updated", "order_7"), ("product.changed", "prod_7")]
    assert [each["entity"] for each in found["asked"]] == ["payment", "product_variant"]
    assert all(each["withDeleted"] and each["filters"] == {"id": "id_1"} for each in found["asked"])


def test_a_payment_of_no_order_tells_nobody(serving):
    served = serving(plain(b""))

    for rows in ([], [{"payment_collection": None}], [{"payment_collection": {}}]):
        run("payment.refunded", rows=rows, url=served.url, secret=SECRET)

    assert served.requests == []


@pytest.mark.parametrize("missing", ["url", "secret"])
def test_without_its_options_it_keeps_quiet(serving, missing):
    served = serving(plain(b""))
    options = {"url": served.url, "secret": SECRET}
    del options[missing]

    run("order.placed", **options)

    assert served.requests == []


def test_what_is_not_taken_is_sent_again_under_the_same_id(serving):
    answers = iter([plain(b"", status) for status in (503, 302, 200)])

    def in_turn(handler):
        next(answers)(handler)

    served = serving(in_turn)

    run("order.placed", url=served.url, secret=SECRET)

    notices = heard(served)
    assert len(notices) == 3
    assert len({(notice.ref, json.dumps(notice.payload)) for notice in notices}) == 1


def test_every_event_that_it_hears_means_something_to_the_connector(serving):
    served = serving(plain(b""))
    rows = [{"payment_collection": {"order": {"id": "order_7"}}, "product_id": "prod_7"}]
    events = run(url=served.url, secret=SECRET)["events"]

    run(*events, rows=rows, url=served.url, secret=SECRET)

    topics = {notice.topic for notice in heard(served)}
    assert topics == {"order.placed", "order.updated", "order.canceled", "product.changed"}
    assert len(served.requests) == len(events)


def test_what_is_packed_is_laid_out_as_medusa_loads_it():
    packed = json.loads((PLUGIN / "package.json").read_text())

    assert packed["name"] == NAME
    assert packed["files"] == [".medusa/server"]
    assert "cpSync('src', '.medusa/server/src'" in packed["scripts"]["prepack"]
    assert "medusa-v2" in packed["keywords"]
