"""Who may call a route; every route names one of these."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, request
from structlog.contextvars import bind_contextvars

from integration.kernel.errors import AuthenticationRequired
from integration.kernel.tenant import Caller
from integration.runtime import Runtime
from integration.services import access
from integration.services.access import Credentials


def runtime() -> Runtime:
    """Return the runtime of the app that answers this request."""
    rt: Runtime = current_app.extensions["fanfare"]
    return rt


@dataclass(frozen=True)
class Guard:
    """A way to tell the caller, or None for who may be anybody; ``security`` is OpenAPI's."""

    identify: Callable[[Runtime, Credentials], Caller | None] | None
    security: tuple[dict[str, list[str]], ...]

    def check(self) -> Caller | None:
        """Return the caller of this request, or raise what the contract says."""
        if self.identify is None:
            return None
        caller = self.identify(runtime(), sent())
        if caller is not None:
            bind_contextvars(organization_id=caller.tenant.organization_id)
        return caller


def sent() -> Credentials:
    """Return the credentials of this request."""
    headers = request.headers
    return Credentials(
        headers.get("X-Publishable-Key"), headers.get("Authorization"), headers.get("Origin")
    )


PUBLISHABLE: dict[str, list[str]] = {"publishableKey": []}
SECRET: dict[str, list[str]] = {"secretKey": []}
CONSUMER: dict[str, list[str]] = {"publishableKey": [], "consumerToken": []}

NOBODY = Guard(None, ({},))
KEY = Guard(access.any_key, (PUBLISHABLE, SECRET))
CONSUMER_ACTION = Guard(access.consumer, (CONSUMER,))
SIGNED_IN = Guard(
    lambda rt, sent: access.consumer(rt, sent, missing=AuthenticationRequired), (CONSUMER,)
)


def secret_row(*scopes: str) -> Guard:
    """Guard a secret row of the Consumer API."""
    return Guard(lambda rt, sent: access.secret_key(rt, sent, *scopes), (SECRET,))


def merchant(*scopes: str) -> Guard:
    """Guard a row of the Integration or the Admin API."""

    def identify(rt: Runtime, sent: Credentials) -> Caller:
        return access.secret_key(rt, sent, *scopes, missing=AuthenticationRequired)

    return Guard(identify, (SECRET,))
