"""Draws that run, and the people in them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import text

from integration.runtime import Runtime
from integration.services import drawing, selecting
from tests.support.backoffice import draft, path_of, post, publish
from tests.support.launches import Guest, Merchant, make_guest

SOON = timedelta(days=1)


def draw_of(client: FlaskClient, merchant: Merchant, sequence: dict[str, Any], **given: Any):
    """Add a draw that is drawn tomorrow."""
    body = {"drawAt": (datetime.now(UTC) + SOON).isoformat(), "winnerCount": 1, **given}
    return post(client, merchant, "/draws", sequenceId=sequence["id"], **body)


def running_draw(client: FlaskClient, merchant: Merchant, **given: Any) -> dict[str, Any]:
    """Publish an experience with one draw, and return the draw."""
    experience = draft(client, merchant)
    draw = draw_of(client, merchant, path_of(client, merchant, experience), **given)
    publish(client, merchant, experience)
    return draw


def enter(client: FlaskClient, draw: dict[str, Any], guest: Guest) -> dict[str, Any]:
    answer = client.post(f"/api/v1/draws/{draw['id']}/enter", headers=guest.headers)
    assert answer.status_code in {200, 201}, answer.text
    return answer.json


def entrants(client: FlaskClient, merchant: Merchant, draw: dict[str, Any], count: int):
    """Guests who have entered, in this order."""
    guests = [make_guest(client, merchant) for _ in range(count)]
    for guest in guests:
        enter(client, draw, guest)
    return guests


def status(client: FlaskClient, draw: dict[str, Any], guest: Guest) -> dict[str, Any]:
    answer = client.get(f"/api/v1/draws/{draw['id']}/status", headers=guest.headers)
    assert answer.status_code == 200, answer.text
    return answer.json


def statuses(
    client: FlaskClient, draw: dict[str, Any], guests: Sequence[Guest]
) -> list[dict[str, Any]]:
    return [status(client, draw, guest) for guest in guests]


def outcomes(client: FlaskClient, draw: dict[str, Any], guests: Sequence[Guest]) -> list[str]:
    """What became of each, sorted."""
    return sorted(each["outcome"] for each in statuses(client, draw, guests))


def leave(client: FlaskClient, draw: dict[str, Any], guest: Guest) -> dict[str, Any]:
    answer = client.post(f"/api/v1/draws/{draw['id']}/leave", headers=guest.headers)
    assert answer.status_code == 200, answer.text
    return answer.json


def close(client: FlaskClient, merchant: Merchant, draw: dict[str, Any]) -> None:
    post(client, merchant, f"/draws/{draw['id']}/close", 200)


def close_and_run(client: FlaskClient, merchant: Merchant, rt: Runtime, draw: dict[str, Any]):
    """Close a draw and have it drawn by hand; the clock comes by."""
    close(client, merchant, draw)
    tick(rt)
    post(client, merchant, f"/draws/{draw['id']}/run", 200)
    tick(rt)


def tick(rt: Runtime) -> None:
    """Do what the clock does to draws."""
    for draw_id in drawing.due(rt):
        drawing.draw(rt, draw_id)
        while selecting.settle(rt, draw_id):
            pass


def proof(client: FlaskClient, merchant: Merchant, draw: dict[str, Any], **headers: str) -> Any:
    answer = client.get(f"/api/v1/draws/{draw['id']}/proof", headers=headers or merchant.page)
    assert answer.status_code == 200, answer.text
    return answer.json


def moved(rt: Runtime, draw: dict[str, Any], column: str, moment: datetime) -> None:
    """Let a time of a draw be another one, as the rows have it."""
    table, key = ("draw", "distribution_id") if column == "draw_at" else ("distribution", "id")
    with rt.transaction() as tx:
        tx.session.execute(
            text(f"UPDATE {table} SET {column} = :moment WHERE {key} = :id"),
            {"moment": moment, "id": draw["id"]},
        )
    rt.distributions.forget(draw["id"])
