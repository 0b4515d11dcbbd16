"""The demo's set-up, through the front door, as a merchant would do it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask

from integration.demo import origins
from integration.demo.catalog import CATALOG
from integration.demo.launches import LAUNCHES
from integration.kernel.quotas import PER_HOUR, PER_MINUTE
from integration.runtime import Runtime
from integration.services import setup

SLUG = "demo"
RAISED = {name: limit * 1000 for name, limit in {**PER_MINUTE, **PER_HOUR}.items()}
KINDS = ("queue", "draw", "auction", "timedRelease", "appointment", "waitlist")

Facts = dict[str, Any]
Call = Callable[[str, str, Facts], Facts]


class DemoRefused(Exception):
    """A step of the set-up was refused; the text says which and why."""


def seed(app: Flask, rt: Runtime, known: Facts | None) -> Facts:
    """Return what demo.json says (design.md, section 5); make what is not there.

    ``known`` is what it said before: keys cannot be read again, only replaced.
    """
    facts = {**known} if known is not None and _serves(app, known) else _found(rt)
    facts["apiUrl"] = rt.settings.base_url()
    facts["experiences"] = dict.fromkeys(KINDS) | facts["experiences"]
    call = partial(_call, app, facts["secretKey"])
    shop = origins.shop(rt.settings)
    hosts = origins.hosts(shop, origins.other(shop))
    call("PATCH", "/admin/api/v1/organizations/current", {"allowedRedirectHosts": hosts})
    for kind in LAUNCHES:
        if facts["experiences"].get(kind) is None:
            made = _launch(rt, call, kind, shop)
            facts["experiences"][kind] = made["experienceId"]
            if kind == "queue":
                facts |= {"experienceId": made["experienceId"], "queueId": made["id"]}
    facts["storefrontUrl"] = f"{shop}/demo" if rt.settings.sdk_built else None
    return facts


def _found(rt: Runtime) -> Facts:
    founded = setup.find_or_create(rt, SLUG, name="Fanfare Demo", limits=RAISED)
    return {
        "apiUrl": None,
        "organizationId": founded.organization_id,
        "publishableKey": founded.publishable_key,
        "secretKey": founded.secret_key,
        "experienceId": None,
        "queueId": None,
        "experiences": {},
        "storefrontUrl": None,
    }


def _serves(app: Flask, known: Facts) -> bool:
    """Tell whether the keys and the queue of an earlier start are still good."""
    answer = app.test_client().get(
        f"/api/v1/queues/{known.get('queueId')}",
        headers={"Authorization": f"Bearer {known.get('secretKey')}"},
    )
    return answer.status_code == 200  # noqa: PLR2004


def _call(app: Flask, secret_key: str, method: str, path: str, body: Facts) -> Facts:
    headers = {"Authorization": f"Bearer {secret_key}"}
    answer = app.test_client().open(path, method=method, json=body, headers=headers)
    said: Facts = answer.json or {}
    if answer.status_code >= 300:  # noqa: PLR2004
        raise DemoRefused(f"{path}: {said.get('message')} {said.get('details', '')}")
    return said


def _launch(rt: Runtime, call: Call, kind: str, shop: str) -> Facts:
    """Publish an experience with one distribution, and return the distribution."""
    launch = LAUNCHES[kind]
    # One of them is paid elsewhere, so that leaving for another site can be tried.
    checkout = origins.other(shop) if kind == "timedRelease" else shop
    sold = CATALOG[kind]
    product = call("POST", "/api/products", sold.facts(shop))
    experience = call(
        "POST",
        "/admin/api/v1/experiences",
        {
            "name": launch.name,
            "productId": product["id"],
            "checkoutUrl": f"{checkout}/demo/checkout?token={{token}}",
            "notice": launch.notice,
            "theme": {"accent": sold.colours[0]},
        },
    )
    path = {"experienceId": experience["id"], "name": "Everybody"}
    sequence = call("POST", "/admin/api/v1/sequences", path)
    offer = {"sequenceId": sequence["id"], **launch.body(rt.clock.now())}
    made = call("POST", f"/admin/api/v1/{launch.path}", offer)
    call("POST", f"/admin/api/v1/experiences/{experience['id']}/publish", {})
    return made
