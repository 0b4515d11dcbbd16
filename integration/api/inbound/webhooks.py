"""Webhooks from connected shops: verified, kept, answered; acted on by a job."""

from flask import Response, request

from integration.kernel.errors import FanfareError
from integration.kernel.logging import logger
from integration.services import inbox
from integration.web.guard import NOBODY, runtime
from integration.web.routes import Blueprint

log = logger(__name__)

blp = Blueprint("inbound_webhooks", __name__, url_prefix="/webhooks", description="From shops")


@blp.endpoint("POST", "/<platform>/<connection_id>", NOBODY, answers={200: None})
def receive_webhook(_: None, platform: str, connection_id: str) -> Response:
    """Take a shop's webhook; the signature is the platform's own."""
    headers = dict(request.headers)
    try:
        inbox.receive(runtime(), platform, connection_id, headers, request.get_data())
    except FanfareError as error:
        log.warning("notice_refused", platform=platform, connection=connection_id, code=error.code)
        raise
    return Response(status=200)
