"""The door to the checkout, opened by browsers (contract.md, section 3)."""

from flask import Response, after_this_request, request

from integration.kernel.errors import FanfareError, NotFound
from integration.services import checkouts
from integration.services.checkouts import Opened
from integration.web.guard import NOBODY, runtime
from integration.web.pages import page_of
from integration.web.routes import Blueprint

blp = Blueprint("checkout", __name__, description="The door to the checkout")

COOKIE = "fanfare_checkout"
UNKNOWN = "Check that you opened all of it, or go back to the shop's page and continue from there."


@blp.endpoint("GET", "/checkout/<code>", NOBODY, answers={303: None, 204: None})
def check_out(_: None, code: str) -> Response:
    """Go to the checkout; the first browser may come again until the code expires."""
    cookie = request.cookies.get(COOKIE)
    if _only_looks():
        checkouts.look(runtime(), code, cookie)
        return _closed(Response(status=204))
    opened = checkouts.enter(runtime(), code, cookie)
    _remember(code, opened)
    url = checkouts.destination(runtime(), opened.way, request.remote_addr)
    return _closed(Response(status=303, headers={"Location": url}))


def _apologize(error: FanfareError) -> Response:
    if isinstance(error, checkouts.Gone):
        return _closed(page_of(error, "This link does not work any more"))
    if isinstance(error, NotFound):
        return _closed(page_of(error, "This link is not one of ours", UNKNOWN))
    return _closed(page_of(error, "We cannot take you to the checkout right now"))


blp.register_error_handler(FanfareError, _apologize)


def _only_looks() -> bool:
    """Tell whether nobody is there yet to follow a redirect: a scanner, or a prefetch."""
    purposes = (request.headers.get("Sec-Purpose", ""), request.headers.get("Purpose", ""))
    return request.method == "HEAD" or any("prefetch" in purpose for purpose in purposes)


def _remember(code: str, opened: Opened) -> None:
    """Give the browser its cookie with whatever it is answered, a failure too."""

    @after_this_request
    def give(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            opened.cookie,
            max_age=opened.seconds,
            path=f"/checkout/{code}",
            secure=runtime().settings.base_url().startswith("https:"),
            httponly=True,
            samesite="Lax",
        )
        return response


def _closed(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
