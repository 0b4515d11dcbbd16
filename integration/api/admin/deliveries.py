"""What became of the events that were sent to an endpoint, and sending them again."""

from typing import Any

from marshmallow import fields

from integration.kernel.tenant import Caller
from integration.services import deliveries
from integration.store.deliveries import DeliveryState
from integration.web.fields import Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.pagination import PageQuery, page, page_of
from integration.web.routes import Blueprint

blp = Blueprint(
    "deliveries", __name__, url_prefix="/admin/api/v1", description="Webhook deliveries"
)


class _NextAttempt(Timestamp):
    """When a delivery is attempted next; null once nothing more will be."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        pending = obj.state == DeliveryState.PENDING
        return super()._serialize(value if pending else None, attr, obj, **kwargs)


class DeliveryView(Wire):
    """One event on its way to one endpoint; ``nextAttemptAt`` only while it is pending."""

    id = fields.String(required=True)
    webhook_id = fields.String(required=True, attribute="endpoint_id")
    event_id = fields.String(required=True)
    event_type = fields.String(required=True, attribute="event.type")
    status = fields.String(
        required=True,
        attribute="state",
        metadata={"enum": [state.value for state in DeliveryState]},
    )
    attempts = fields.Integer(required=True)
    next_attempt_at = _NextAttempt(required=True, allow_none=True, attribute="due_at")
    delivered_at = Timestamp(required=True, allow_none=True)
    last_status = fields.Integer(required=True, allow_none=True)
    last_problem = fields.String(required=True, allow_none=True)
    created_at = Timestamp(required=True, attribute="event.created_at")


@blp.endpoint(
    "POST",
    "/webhooks/<webhook_id>/test",
    merchant("write:webhooks"),
    answers={202: DeliveryView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def send_test_event(caller: Caller, webhook_id: str) -> Any:
    """Send the event webhook.test to an endpoint."""
    return deliveries.send_test(runtime(), caller.tenant, webhook_id)


@blp.endpoint(
    "GET",
    "/webhooks/<webhook_id>/deliveries",
    merchant("read:webhooks"),
    query=PageQuery,
    answers={200: page_of(DeliveryView)},
    limit="admin",
)
def list_deliveries(caller: Caller, query: dict[str, Any], webhook_id: str) -> Any:
    """List an endpoint's deliveries, the newest first."""
    rt, tenant = runtime(), caller.tenant
    return page(
        rt,
        query,
        lambda after, limit: deliveries.page(rt, tenant, webhook_id, after, limit),
        ":".join(["deliveries", *tenant, webhook_id]),
    )


@blp.endpoint(
    "POST",
    "/webhooks/deliveries/<delivery_id>/retry",
    merchant("write:webhooks"),
    answers={202: DeliveryView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def retry_delivery(caller: Caller, delivery_id: str) -> Any:
    """Attempt a delivery once more now, whatever came of it so far."""
    return deliveries.retry(runtime(), caller.tenant, delivery_id)
