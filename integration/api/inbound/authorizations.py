"""Where shops send their merchants back to, once they have agreed to the connection."""

from flask import Response, request

from integration.kernel.errors import FanfareError
from integration.services import authorizing
from integration.web.guard import NOBODY, runtime
from integration.web.pages import page_of, plain_page
from integration.web.routes import Blueprint

blp = Blueprint("authorizations", __name__, url_prefix="/oauth", description="From shops")

DONE = "The shop is connected and is being verified. You can close this page."


@blp.endpoint("GET", "/<platform>/<connection_id>", NOBODY, answers={200: None})
def finish_authorization(_: None, platform: str, connection_id: str) -> Response:
    """Take a merchant who comes back from their shop; the query is signed by the platform."""
    query, state = request.query_string.decode("latin-1"), request.args.get("state", "")
    authorizing.finish(runtime(), platform, connection_id, query, state)
    return _closed(plain_page("Connected", DONE))


def _apologize(error: FanfareError) -> Response:
    return _closed(page_of(error, "The shop could not be connected"))


blp.register_error_handler(FanfareError, _apologize)


def _closed(response: Response) -> Response:
    """The address holds a code: it is for nobody else."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
