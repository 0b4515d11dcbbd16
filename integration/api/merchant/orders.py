"""Orders, reported by the merchant's back end."""

from typing import Any

from marshmallow import fields, validate

from integration.api.merchant.doors import IntegrationBlueprint
from integration.engine.orders import Completion, OrderState
from integration.kernel.tenant import Caller
from integration.services import orders
from integration.store.orders import Filter
from integration.web.fields import Currency, Money, Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.lists import SortedQuery, listed
from integration.web.objects import whole
from integration.web.pagination import page_of
from integration.web.versions import expected_version, tagged

blp = IntegrationBlueprint("orders", __name__, description="What was sold")

ID = validate.Length(min=1, max=255)
MOST_LINES = 250
MOST_UNITS = 1_000_000
STATES = [state.value for state in OrderState]


class LineBody(Wire):
    """What was bought, as often as ``quantity``; ``price`` is for one."""

    sku = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    quantity = whole(1, MOST_UNITS, required=True)
    price = Money(number=True, load_default=None, allow_none=True)


class LineView(Wire):
    """A line of an order; its price is in the order's currency."""

    sku = fields.String(required=True, allow_none=True)
    quantity = fields.Integer(required=True)
    price = fields.Float(required=True, allow_none=True)


class OrderBody(Wire):
    """An order that an admission led to."""

    consumer_id = fields.String(required=True, validate=ID)
    distribution_id = fields.String(required=True, validate=ID)
    external_order_id = fields.String(required=True, validate=ID)
    total_amount = Money(number=True, required=True)
    currency_code = Currency(load_default=None, allow_none=True)
    admission_token = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=2048)
    )
    status = fields.String(load_default="paid", validate=validate.OneOf(["placed", "paid"]))
    line_items = fields.List(
        fields.Nested(LineBody), load_default=list, validate=validate.Length(max=MOST_LINES)
    )


class OrderView(Wire):
    """An order, and what it did for its admission."""

    id = fields.String(required=True)
    external_order_id = fields.String(required=True)
    connection_id = fields.String(required=True, allow_none=True)
    consumer_id = fields.String(required=True, allow_none=True)
    distribution_id = fields.String(required=True, allow_none=True)
    admission_id = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, validate=validate.OneOf(STATES))
    total_amount = Money(number=True, required=True, allow_none=True)
    currency_code = fields.String(required=True, allow_none=True)
    line_items = fields.List(fields.Nested(LineView), required=True)
    completion = fields.String(
        required=True, validate=validate.OneOf([each.value for each in Completion])
    )
    completion_reason = fields.String(required=True, allow_none=True)
    late = fields.Boolean(required=True)
    created_at = Timestamp(required=True)
    updated_at = Timestamp(required=True)


class OrderChange(Wire):
    """How the order has ended."""

    status = fields.String(required=True, validate=validate.OneOf(["cancelled", "refunded"]))


class OrderQuery(SortedQuery):
    """Which orders."""

    external_order_id = fields.String(load_default=None, validate=ID)
    consumer_id = fields.String(load_default=None, validate=ID)


@blp.endpoint(
    "POST",
    "/orders",
    merchant("write:orders"),
    body=OrderBody,
    answers={201: OrderView, 200: OrderView},
    limit="orders",
    keyed=Keyed.WITH_EFFECT,
)
def report_order(caller: Caller, body: dict[str, Any]) -> Any:
    """Report an order; it completes its admission within moments."""
    kept = orders.report(runtime(), caller.tenant, body)
    return tagged(kept.order, 201 if kept.created else 200)


@blp.endpoint(
    "GET",
    "/orders",
    merchant("read:orders"),
    query=OrderQuery,
    answers={200: page_of(OrderView)},
    limit="orders",
)
def list_orders(caller: Caller, query: dict[str, Any]) -> Any:
    """List orders."""
    wanted = Filter(query["external_order_id"], query["consumer_id"])
    return listed(
        caller, query, lambda part: orders.page(runtime(), caller.tenant, part, wanted), "orders"
    )


@blp.endpoint(
    "GET",
    "/orders/<order_id>",
    merchant("read:orders"),
    answers={200: OrderView},
    limit="orders",
)
def get_order(caller: Caller, order_id: str) -> Any:
    """Show an order."""
    return tagged(orders.get(runtime(), caller.tenant, order_id))


@blp.endpoint(
    "PATCH",
    "/orders/<order_id>",
    merchant("write:orders"),
    body=OrderChange,
    answers={200: OrderView},
    limit="orders",
)
def change_order(caller: Caller, body: dict[str, Any], order_id: str) -> Any:
    """Cancel or refund an order; its units go back where the distribution restocks."""
    to = OrderState(body["status"])
    return tagged(orders.undo(runtime(), caller.tenant, order_id, to, expected_version()))
