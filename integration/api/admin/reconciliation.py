"""How a connected shop's orders and our admissions agree."""

from typing import Any

from marshmallow import fields

from integration.api.admin.sync_runs import SyncRunView
from integration.kernel.tenant import Caller
from integration.services import reconciling
from integration.web.fields import Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.routes import Blueprint

blp = Blueprint(
    "reconciliation", __name__, url_prefix="/admin/api/v1", description="What shops and we know"
)


class CountsView(Wire):
    """The shop's orders by what they did for an admission."""

    pending = fields.Integer(required=True)
    completed = fields.Integer(required=True)
    rejected = fields.Integer(required=True)


class UnmatchedView(Wire):
    """An order of the shop that needs a look, and why."""

    order_id = fields.String(required=True)
    external_order_id = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    created_at = Timestamp(required=True)


class OpenCheckoutView(Wire):
    """A winner who was sent to the shop and has no order yet."""

    admission_id = fields.String(required=True)
    consumer_id = fields.String(required=True)
    external_ref = fields.String(required=True, allow_none=True)
    opened_at = Timestamp(required=True, allow_none=True)
    expires_at = Timestamp(required=True)


class ReconciliationView(Wire):
    """The newest look at the shop's orders, and what is open; lists hold the newest hundred."""

    connection_id = fields.String(required=True)
    every_minutes = fields.Integer(required=True, allow_none=True)
    last_run = fields.Nested(SyncRunView, required=True, allow_none=True)
    orders = fields.Nested(CountsView, required=True)
    unmatched = fields.List(fields.Nested(UnmatchedView), required=True)
    open_checkouts = fields.List(fields.Nested(OpenCheckoutView), required=True)


@blp.endpoint(
    "GET",
    "/connections/<connection_id>/reconciliation",
    merchant("read:connections"),
    answers={200: ReconciliationView},
    limit="admin",
)
def show_reconciliation(caller: Caller, connection_id: str) -> Any:
    """Show how a shop's orders and our admissions agree."""
    return reconciling.show(runtime(), caller.tenant, connection_id)
