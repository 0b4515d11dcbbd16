"""The one error family: what went wrong, in words a caller can act on."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, TypeVar

T = TypeVar("T")


class Detail(NamedTuple):
    """One field at fault, by its dotted path in the body or query."""

    field: str
    message: str


class FanfareError(Exception):
    """A failure with a stable code, an HTTP status and an answer to "try again?".

    ``error`` and ``code`` are public and never renamed (contract.md, section 1).
    ``retry_after`` is in seconds; ``extra`` joins the body, ``headers`` the answer.
    """

    error: str = "Server error"
    code: str = "SERVER_ERROR"
    status: ClassVar[int] = 500
    message: ClassVar[str] = "Something went wrong on our side. Try again in a moment."

    def __init__(
        self,
        message: str | None = None,
        *,
        details: Sequence[Detail] = (),
        retry_after: float | None = None,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message or self.message)
        self.details = tuple(details)
        self.retry_after = retry_after
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})


class ValidationFailed(FanfareError):
    """The body or the query is not what the route takes."""

    error = "Validation failed"
    code = "VALIDATION_FAILED"
    status = 400
    message = "The request is not valid. See details for the fields to correct."


class AuthenticationRequired(FanfareError):
    """No credential, or one that is unknown, revoked, expired or malformed."""

    error = "Authentication required"
    code = "AUTHENTICATION_REQUIRED"
    status = 401
    message = "Send a valid key, and a consumer access token where the call asks for one."


class SecretKeyRequired(FanfareError):
    """A server-side row was called without a good secret key."""

    error = "Secret key required"
    code = "SECRET_KEY_REQUIRED"
    status = 401
    message = "Send a secret key as 'Authorization: Bearer sk_...', from your server only."


class ConsumerRequired(FanfareError):
    """The key is good, but nobody says which consumer is acting."""

    error = "Consumer ID is required"
    code = "CONSUMER_REQUIRED"
    status = 400
    message = "Send the consumer's access token as 'Authorization: Bearer ...'."


class PermissionDenied(FanfareError):
    """The credential is good, but not for this."""

    error = "Permission denied"
    code = "PERMISSION_DENIED"
    status = 403
    message = "This key may not do that. Use a key with the scope that the call needs."


class NotFound(FanfareError):
    """Nothing by that id that this caller may see; ``kind`` as in "Timed release"."""

    code = "NOT_FOUND"
    error = "Not found"
    status = 404
    message = "Nothing is here. Check the address and the id."

    def __init__(self, kind: str | None = None) -> None:
        super().__init__()
        if kind:
            self.error = f"{kind} not found"
            self.code = f"{kind.upper().replace(' ', '_')}_NOT_FOUND"


def required(found: T | None, kind: str) -> T:
    """Return what was looked for, or raise ``NotFound`` of that kind."""
    if found is None:
        raise NotFound(kind)
    return found


class Conflict(FanfareError):
    """The state of things does not allow it; the message says why."""

    error = "Conflict"
    code = "CONFLICT"
    status = 409
    message = "The object's current state does not allow this."


class RequestTooLarge(FanfareError):
    """The body is larger than the route reads."""

    error = "Request too large"
    code = "REQUEST_TOO_LARGE"
    status = 413
    message = "The body is too large. Send at most 1 MiB."


class RateLimited(FanfareError):
    """More calls than the limit allows in this window."""

    error = "Rate limit exceeded"
    code = "RATE_LIMITED"
    status = 429
    message = "Too many requests. Wait for the time in Retry-After, then try again."


class ServiceUnavailable(FanfareError):
    """Something underneath is away for the moment; nothing was changed."""

    error = "Service unavailable"
    code = "SERVICE_UNAVAILABLE"
    status = 503
    message = "The service cannot do this right now. Try again in a moment."

    def __init__(self, message: str | None = None, *, retry_after: float = 1) -> None:
        super().__init__(message, retry_after=retry_after)
