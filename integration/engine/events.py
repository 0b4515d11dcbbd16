"""What subscribers may hear of, by name (contract.md, section 6)."""

_KINDS = ("queue", "draw", "auction", "timed_release", "appointment")
_STEPS = ("entered", "admitted", "completed", "left", "denied")

EVENTS: tuple[str, ...] = (
    *(f"{kind}.consumer.{step}" for kind in _KINDS for step in _STEPS),
    "draw.consumer.won",
    "draw.consumer.lost",
    "draw.completed",
    "auction.bid.placed",
    "auction.bid.outbid",
    "auction.settled",
    "appointment.booked",
    "appointment.cancelled",
    "appointment.rescheduled",
    "waitlist.consumer.entered",
    "waitlist.consumer.notified",
    "admission.expired",
    "order.created",
    "order.completed",
    "order.rejected",
    "order.cancelled",
    "order.refunded",
    "consumer.created",
    "consumer.updated",
    "consumer.deleted",
    "experience.published",
    "experience.opened",
    "experience.closed",
    "experience.ended",
    "sync.completed",
    "sync.failed",
)
