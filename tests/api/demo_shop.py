"""Somebody in the demo shop: the demo as it is seeded, and an admission of its queue."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from integration.app import create_app
from integration.demo import facts
from integration.demo.seed import seed
from integration.services import admitting
from tests.api.admitted import run_out
from tests.support.launches import Launch


@pytest.fixture
def demo(app, rt) -> dict[str, Any]:
    """What demo.json says, written where the pages look for it."""
    known = seed(app, rt, None)
    facts.path(rt.settings).write_text(json.dumps(known))
    return known


@pytest.fixture
def token(rt, client, demo) -> str:
    """The admission of somebody who came through the demo's queue."""
    page = {"X-Publishable-Key": demo["publishableKey"]}
    said = client.post("/api/v1/auth/guest", headers=page).json
    me = {**page, "Authorization": f"Bearer {said['accessToken']}", "X-Fingerprint": "fp_12345"}
    queue = f"/api/v1/queues/{demo['queueId']}"
    client.post(f"{queue}/enter", headers=me)
    admitting.admit_due(rt, demo["queueId"])
    return client.get(f"{queue}/status", headers=me).json["admissionToken"]


def expire(rt, demo) -> None:
    """Let the time of every admission to the demo's queue be over."""
    run_out(rt, Launch(demo["queueId"], "", demo["experienceId"], ""))


def with_sdk(rt, folder: Path, **files: str) -> Flask:
    """Return the application where these files of the SDK are built."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return create_app(replace(rt, settings=replace(rt.settings, sdk_dir=folder)))
