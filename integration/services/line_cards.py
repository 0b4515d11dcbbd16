"""What everybody may know about a line."""

from integration.kernel.errors import NotFound
from integration.runtime import Runtime
from integration.store.line.card import Card


def card(rt: Runtime, queue_id: str) -> Card:
    """Return a published queue's card; the same bytes for everybody, for a second."""
    queue = rt.distributions.get(queue_id)
    found = None if queue is None or queue.kind != "queue" else rt.cards.get(queue_id)
    if found is None:
        raise NotFound("Queue")
    return found
