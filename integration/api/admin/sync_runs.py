"""Pulling a shop's products, customers and orders, and watching it."""

from typing import Any

from marshmallow import fields, validate

from integration.api.runs import RunView
from integration.kernel.tenant import Caller
from integration.services import syncing
from integration.web.fields import Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.pagination import PageQuery, page, page_of
from integration.web.routes import Blueprint

blp = Blueprint(
    "sync_runs", __name__, url_prefix="/admin/api/v1", description="Syncs of connected shops"
)


class SyncBody(Wire):
    """What to pull; ``full`` also what has not changed since the last completed run."""

    subject = fields.String(required=True, validate=validate.OneOf(list(syncing.SUBJECTS)))
    full = fields.Boolean(load_default=False)


class FailureView(Wire):
    """A record of the shop's that could not be kept, and why."""

    external_id = fields.String(required=True, data_key="externalId", attribute="externalId")
    reason = fields.String(required=True)


class ConflictView(FailureView):
    """A record that was merged with a consumer whom another source knows."""

    consumer_id = fields.String(required=True, data_key="consumerId", attribute="consumerId")


class SyncRunView(RunView):
    """One walk through a shop's records; rates are in records a second."""

    connection_id = fields.String(required=True)
    subject = fields.String(required=True)
    pages = fields.Integer(required=True)
    records = fields.Integer(required=True)
    gone = fields.Integer(required=True)
    failures = fields.List(fields.Nested(FailureView), required=True)
    conflicts = fields.List(fields.Nested(ConflictView), required=True)
    total = fields.Integer(required=True, allow_none=True)


@blp.endpoint(
    "POST",
    "/connections/<connection_id>/sync",
    merchant("write:connections"),
    body=SyncBody,
    answers={202: SyncRunView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def start_sync(caller: Caller, body: dict[str, Any], connection_id: str) -> Any:
    """Start pulling what changed in a shop since the last time, or all of it."""
    return syncing.start(
        runtime(), caller.tenant, connection_id, body["subject"], full=body["full"]
    )


@blp.endpoint(
    "GET",
    "/connections/<connection_id>/sync-runs",
    merchant("read:connections"),
    query=PageQuery,
    answers={200: page_of(SyncRunView)},
    limit="admin",
)
def list_sync_runs(caller: Caller, query: dict[str, Any], connection_id: str) -> Any:
    """List a connection's syncs, the newest first."""
    rt, tenant = runtime(), caller.tenant
    return page(
        rt,
        query,
        lambda after, limit: syncing.page(rt, tenant, connection_id, after, limit),
        ":".join(["sync-runs", *tenant, connection_id]),
    )


@blp.endpoint(
    "GET",
    "/connections/<connection_id>/sync-runs/<run_id>",
    merchant("read:connections"),
    answers={200: SyncRunView},
    limit="admin",
)
def get_sync_run(caller: Caller, connection_id: str, run_id: str) -> Any:
    """Show how far a sync has come."""
    return syncing.progress(runtime(), caller.tenant, run_id, connection_id)
