"""Jobs: what is still to be done, what could not be done and why, and doing it again."""

from typing import Any

from marshmallow import fields, validate

from integration.kernel.tenant import Caller
from integration.services import jobs
from integration.store import intents
from integration.store.intents import Chosen, Kind, Status
from integration.store.job_queue import QUEUES
from integration.web.fields import Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.pagination import PageQuery, page, page_of
from integration.web.routes import Blueprint

blp = Blueprint("jobs", __name__, url_prefix="/admin/api/v1/jobs", description="Jobs")

KINDS, STATES = [kind.value for kind in Kind], [status.value for status in Status]


class JobQuery(PageQuery):
    """Which jobs: by ``kind`` and ``status``."""

    kind = fields.String(load_default=None, validate=validate.OneOf(KINDS))
    status = fields.String(load_default=None, validate=validate.OneOf(STATES))


class JobView(Wire):
    """Something to be done; ``problem`` is why the last try failed, ``dueAt`` the next one."""

    id = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": KINDS})
    queue = fields.String(required=True, metadata={"enum": list(QUEUES)})
    status = fields.String(required=True, metadata={"enum": STATES})
    subject_id = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The order, connection or webhook that it is for."},
    )
    topic = fields.String(required=True)
    attempts = fields.Integer(required=True)
    problem = fields.String(required=True, allow_none=True)
    due_at = Timestamp(required=True, allow_none=True)
    created_at = Timestamp(required=True)


@blp.endpoint(
    "GET",
    "",
    merchant("admin"),
    query=JobQuery,
    answers={200: page_of(JobView)},
    limit="admin",
)
def list_jobs(caller: Caller, query: dict[str, Any]) -> Any:
    """List what waits, runs, is tried again or has failed, the newest first."""
    rt, tenant = runtime(), caller.tenant
    chosen = Chosen(query["kind"], query["status"])
    return page(
        rt,
        query,
        lambda after, limit: jobs.page(rt, tenant, after, limit, chosen),
        ":".join(["jobs", *tenant, str(chosen.kind), str(chosen.status)]),
        intents.place,
    )


@blp.endpoint(
    "POST",
    "/<job_id>/retry",
    merchant("admin"),
    answers={202: JobView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def retry_job(caller: Caller, job_id: str) -> Any:
    """Have a job done now, whatever became of it so far."""
    return jobs.retry(runtime(), caller.tenant, job_id)
