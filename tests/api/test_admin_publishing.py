"""An experience's life by the Admin API (contract.md, section 5)."""

import pytest

from integration.services import admitting
from integration.store.models import OutboxEvent
from tests.support.backoffice import (
    ADMIN,
    draft,
    path_of,
    post,
    product_of,
    publish,
    queue_of,
    running_queue,
)
from tests.support.launches import make_guest, make_merchant

EXPERIENCES = f"{ADMIN}/experiences"


def get(client, merchant, address):
    return client.get(address, headers=merchant.server)


def publishable(client, merchant, **given):
    experience = draft(client, merchant, **given)
    queue = queue_of(client, merchant, path_of(client, merchant, experience))
    return experience, queue


def test_publishing_opens_what_has_no_opening_time(client, merchant):
    experience, queue = publishable(client, merchant)

    published = publish(client, merchant, experience)

    assert published["status"] == "active"
    assert published["warnings"] == []
    assert published["publishedAt"] is not None
    shown = get(client, merchant, f"{ADMIN}/queues/{queue['id']}").json
    assert (shown["state"], shown["status"]) == ("active", "OPEN")
    assert client.get(f"/api/v1/queues/{queue['id']}", headers=merchant.page).status_code == 200


def test_publishing_fixes_the_stock(client, merchant):
    product = product_of(client, merchant, inventory=40)
    experience = draft(client, merchant, productId=product["id"])
    sequence = path_of(client, merchant, experience)
    bound = queue_of(client, merchant, sequence, inventoryBound=True)
    given = queue_of(client, merchant, sequence, inventoryBound=True, stock=5)
    unbound = queue_of(client, merchant, sequence)

    publish(client, merchant, experience)
    client.patch(f"/api/products/{product['id']}", json={"inventory": 1}, headers=merchant.server)

    stocks = [
        get(client, merchant, f"{ADMIN}/queues/{queue['id']}").json["stock"]
        for queue in (bound, given, unbound)
    ]
    assert stocks == [40, 5, None]


def test_a_variant_brings_its_own_inventory(client, merchant):
    variants = [{"sku": "S", "inventory": 3}, {"sku": "M"}]
    product = product_of(client, merchant, inventory=40, variants=variants)
    small, medium = (variant["id"] for variant in product["variants"])
    experience = draft(client, merchant, productId=product["id"])
    sequence = path_of(client, merchant, experience)
    queues = [
        queue_of(client, merchant, sequence, inventoryBound=True, variantId=variant)
        for variant in (small, medium)
    ]

    publish(client, merchant, experience)

    stocks = [
        get(client, merchant, f"{ADMIN}/queues/{queue['id']}").json["stock"] for queue in queues
    ]
    assert stocks == [3, 40]


def test_an_experience_that_lacks_everything_says_so(client, merchant):
    experience = post(client, merchant, "/experiences", name="Launch")

    refused = client.post(f"{EXPERIENCES}/{experience['id']}/publish", headers=merchant.server)

    assert refused.status_code == 409
    assert refused.json["error"] == "Conflict"
    assert refused.json["code"] == "NOT_PUBLISHABLE"
    assert [detail["field"] for detail in refused.json["details"]] == ["checkoutUrl", "sequences"]


def test_what_a_sequence_or_a_queue_lacks_is_named(client, merchant):
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience)
    empty = path_of(client, merchant, experience)
    queue = queue_of(client, merchant, path, inventoryBound=True)

    refused = client.post(f"{EXPERIENCES}/{experience['id']}/publish", headers=merchant.server)

    assert refused.status_code == 409
    assert {detail["field"] for detail in refused.json["details"]} == {
        f"sequences.{empty['id']}",
        f"distributions.{queue['id']}.stock",
    }
    assert get(client, merchant, f"{EXPERIENCES}/{experience['id']}").json["status"] == "draft"


def test_publishing_warns_of_limits_and_times(client, rt):
    merchant = make_merchant(rt, limits={"queue_entry": 1000})
    experience, _ = publishable(
        client, merchant, expectedAudience=300_000, openAt="2030-01-01T00:00:00Z"
    )

    warnings = publish(client, merchant, experience)["warnings"]

    assert len(warnings) == 2
    assert "300 minutes" in warnings[0]
    assert "opens at once, before the experience does" in warnings[1]


def test_publishing_again_publishes_what_was_added(client, merchant):
    experience, _ = publishable(client, merchant)
    first = publish(client, merchant, experience)

    again = publish(client, merchant, experience)

    assert again["publishedAt"] == first["publishedAt"]


def test_a_queue_of_a_published_experience_is_open_at_once(client, merchant):
    experience, _ = publishable(client, merchant)
    publish(client, merchant, experience)

    added = queue_of(client, merchant, path_of(client, merchant, experience))

    assert (added["state"], added["status"]) == ("active", "OPEN")


def test_pausing_and_resuming_reach_every_queue(client, merchant):
    experience, queue = publishable(client, merchant)
    publish(client, merchant, experience)
    address = f"/experiences/{experience['id']}"

    paused = post(client, merchant, f"{address}/pause", 200)
    shown = client.get(f"/api/v1/queues/{queue['id']}", headers=merchant.page).json
    resumed = post(client, merchant, f"{address}/resume", 200)

    assert paused["status"] == "paused"
    assert shown["status"] == "PAUSED"
    assert resumed["status"] == "active"


def test_ending_denies_those_who_wait(client, merchant, rt):
    queue = running_queue(client, merchant, admissionRate=0)
    guest = make_guest(client, merchant)
    client.post(f"/api/v1/queues/{queue['id']}/enter", headers=guest.headers)

    ended = post(client, merchant, f"/experiences/{queue['experienceId']}/end", 200)
    admitting.settle_waiting(rt)

    assert ended["status"] == "ended"
    status = client.get(f"/api/v1/queues/{queue['id']}/status", headers=guest.headers).json
    assert (status["status"], status["denyReason"]) == ("DENIED", "QUEUE_CLOSED")
    counters = get(client, merchant, f"{ADMIN}/queues/{queue['id']}").json["counters"]
    assert (counters["entered"], counters["waiting"]) == (1, 0)


@pytest.mark.parametrize("verb", ["publish", "pause", "resume"])
def test_nothing_happens_after_the_end(client, merchant, verb):
    queue = running_queue(client, merchant)
    address = f"/experiences/{queue['experienceId']}"
    post(client, merchant, f"{address}/end", 200)

    refused = client.post(f"{ADMIN}{address}/{verb}", headers=merchant.server)

    assert refused.status_code == 409
    assert refused.json["message"] == "The experience has ended."
    assert post(client, merchant, f"{address}/end", 200)["status"] == "ended"


@pytest.mark.parametrize("verb", ["pause", "resume", "end"])
def test_a_draft_has_no_life_yet(client, merchant, verb):
    experience = draft(client, merchant)

    refused = client.post(f"{EXPERIENCES}/{experience['id']}/{verb}", headers=merchant.server)

    assert refused.status_code == 409


def test_subscribers_hear_of_publishing_and_ending(client, merchant, rt):
    post(client, merchant, "/webhooks", url="https://shop.example/hooks")
    queue = running_queue(client, merchant)
    post(client, merchant, f"/experiences/{queue['experienceId']}/end", 200)

    with rt.transaction() as tx:
        events = tx.session.query(OutboxEvent).order_by(OutboxEvent.sequence).all()

    assert [event.type for event in events] == ["experience.published", "experience.ended"]
    assert {event.subject_id for event in events} == {queue["experienceId"]}
