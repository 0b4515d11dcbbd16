"""Where shops send their merchants back to, once they have agreed to the connection."""

from urllib.parse import urlencode

from flask import Response, request

from integration.kernel.errors import FanfareError
from integration.services import authorizing
from integration.web.guard import NOBODY, runtime
from integration.web.pages import page_of, plain_page
from integration.web.routes import Blueprint, Media

blp = Blueprint("authorizations", __name__, url_prefix="/oauth", description="From shops")

RETURNED = "If you agreed, the shop is being connected now. You can close this page."
DONE = "The shop is connected and is being verified. You can close this page."


@blp.endpoint("GET", "/<platform>/<connection_id>", NOBODY, answers={200: Media("text/html")})
def finish_authorization(_: None, platform: str, connection_id: str) -> Response:
    """Take a merchant who comes back from their shop; the query is signed by the platform."""
    query, state = request.query_string.decode("latin-1"), request.args.get("state", "")
    authorizing.finish(runtime(), platform, connection_id, query, state)
    return _closed(plain_page("Connected", DONE))


@blp.endpoint("POST", "/<platform>/<connection_id>", NOBODY, answers={200: None})
def take_credentials(_: None, platform: str, connection_id: str) -> Response:
    """Take credentials that a shop posts by itself; its ``user_id`` is the state that we gave."""
    posted = request.get_json(silent=True)
    given = posted if isinstance(posted, dict) else {}
    query = urlencode({name: str(value) for name, value in given.items()})
    state = str(given.get("user_id", ""))
    authorizing.finish(runtime(), platform, connection_id, query, state)
    return Response(status=200)


@blp.endpoint(
    "GET", "/<platform>/<connection_id>/returned", NOBODY, answers={200: Media("text/html")}
)
def show_returned(_: None, platform: str, connection_id: str) -> Response:  # noqa: ARG001 - the address
    """Say goodbye to a merchant whose shop posts its credentials by itself."""
    return _closed(plain_page("Thank you", RETURNED))


def _apologize(error: FanfareError) -> Response:
    return _closed(page_of(error, "The shop could not be connected"))


blp.register_error_handler(FanfareError, _apologize)


def _closed(response: Response) -> Response:
    """The address holds a code: it is for nobody else."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
