"""What people were sent, for whoever develops against the service."""

from typing import Any

from marshmallow import fields

from integration.kernel.mail import Channel
from integration.kernel.tenant import Caller
from integration.services import mail
from integration.store.messages import MessageState
from integration.store.rows import Slice
from integration.web.fields import Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.pagination import PageQuery, page, page_of
from integration.web.routes import Blueprint

blp = Blueprint(
    "outbox", __name__, url_prefix="/admin/api/v1", description="Messages to people (development)"
)


class MessageView(Wire):
    """A message to a person; what it said is null once that was forgotten."""

    id = fields.String(required=True)
    channel = fields.String(required=True, metadata={"enum": [each.value for each in Channel]})
    status = fields.String(required=True, metadata={"enum": [each.value for each in MessageState]})
    recipient = fields.String(required=True, allow_none=True)
    subject = fields.String(required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)
    attempts = fields.Integer(required=True)
    problem = fields.String(required=True, allow_none=True)
    created_at = Timestamp(required=True)
    sent_at = Timestamp(required=True, allow_none=True)


@blp.endpoint(
    "GET",
    "/outbox",
    merchant("admin"),
    query=PageQuery,
    answers={200: page_of(MessageView)},
    limit="admin",
)
def list_messages(caller: Caller, query: dict[str, Any]) -> Any:
    """List what people were sent, or would have been, the newest first; in development only."""
    rt, tenant = runtime(), caller.tenant
    return page(
        rt,
        query,
        lambda after, limit: mail.outbox(rt, tenant, Slice(after, limit, newest_first=True)),
        ":".join(["outbox", *tenant]),
    )
