"""The one way out of the house: HTTP to hosts that somebody else named.

The address is checked when the connection is made and then connected to by number, so a name
that changes its mind between check and use (DNS rebinding) gains nothing.
"""

import math
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any, ClassVar, cast

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
)
from urllib3.util.ssl_ import create_urllib3_context

from integration.kernel.addresses import acceptable, problem_with
from integration.kernel.errors import Detail, FanfareError, ValidationFailed

Resolver = Callable[[str, int], Sequence[str]]
"""Turns a host and port into addresses, in the order to try them; raises ``OSError``."""

CONNECT_SECONDS = 3.05
READ_SECONDS = 10.0
TOTAL_SECONDS = 30.0
MAX_BYTES = 8 * 1024 * 1024
_CHUNK = 64 * 1024
_TRIES = 4


class OutboundRefused(FanfareError):
    """The target is one that we do not talk to; trying again changes nothing."""

    error = "Conflict"
    code = "OUTBOUND_REFUSED"
    status: ClassVar[int] = 409
    message = "This address is not one that we connect to."


class OutboundFailed(FanfareError):
    """Nothing usable came back; ``kind`` is timeout, connect, tls, too_large or broken."""

    error = "Service unavailable"
    code = "OUTBOUND_FAILED"
    status: ClassVar[int] = 503
    message = "The other server did not answer."

    def __init__(self, message: str, *, kind: str) -> None:
        super().__init__(message, retry_after=2)
        self.kind = kind


def resolve(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise socket.gaierror(socket.EAI_NONAME, "Not a host name") from None
    return [str(address[0]) for *_, address in found]


def check_url(url: str, *, allow_loopback: bool, field: str = "url") -> None:
    """Raise ``ValidationFailed`` for a target that would be refused, as far as its text tells.

    No name is resolved here: the target may be away, and its address is checked at each
    connection anyway. ``allow_loopback`` opens plain http and this machine, for development.
    """
    problem = problem_with(url, allow_loopback=allow_loopback)
    if problem:
        raise ValidationFailed(details=[Detail(field, problem)])


def guarded_session(
    *,
    allow_loopback: bool,
    timeout: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS),
    total: float = TOTAL_SECONDS,
    max_bytes: int = MAX_BYTES,
    cut: bool = False,
    resolver: Resolver = resolve,
) -> requests.Session:
    """Return a session for any number of threads, to be kept for the life of the process.

    Redirects are answers, not followed; no cookies, proxies or ``.netrc``. ``timeout`` is for
    connecting and for each read, ``total`` seconds end the whole answer, ``max_bytes`` its body
    once unpacked: a longer one is refused, or cut where ``cut``. Raises ``OutboundRefused`` and
    ``OutboundFailed``, nothing of requests'.
    """
    return _GuardedSession(_Guard(allow_loopback, resolver, total), timeout, (max_bytes, cut))


@dataclass(frozen=True, slots=True)
class _Guard:
    """Decides which addresses a name may stand for, and how long an answer may take."""

    allow_loopback: bool
    resolver: Resolver
    total: float

    def addresses(self, host: str, port: int) -> Sequence[str]:
        """Resolve a name; one bad address spoils it, since it is the resolver's to order them."""
        found = self.resolver(host, port)
        if not all(acceptable(a, allow_loopback=self.allow_loopback) for a in found):
            raise OutboundRefused
        return found


class _TimedSocket(socket.socket):
    """Ends at a moment, however slowly the bytes drip in."""

    ends = math.inf

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        _shorten(self, self.ends)
        return super().recv_into(*args, **kwargs)


class _TimedTlsSocket(ssl.SSLSocket):
    """The same under TLS."""

    ends = math.inf

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        _shorten(self, self.ends)
        return super().recv_into(*args, **kwargs)


def _shorten(sock: socket.socket, ends: float) -> None:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    sock.settimeout(min(left, sock.gettimeout() or left))


class _GuardedConnection(HTTPConnection):
    """Connects to a checked number; Host, SNI and the certificate's name stay the host's."""

    guard: ClassVar[_Guard]

    def _new_conn(self) -> socket.socket:
        named = self._dns_host
        try:
            addresses = self.guard.addresses(named.strip("[]"), self.port)
        except OSError as error:
            raise NameResolutionError(self.host, self, cast("socket.gaierror", error)) from error
        failure: HTTPError = NewConnectionError(self, "The name has no address")
        try:
            for self._dns_host in addresses[:_TRIES]:
                try:
                    return self._timed(super()._new_conn())
                except (NewConnectionError, ConnectTimeoutError) as error:
                    failure = error
        finally:
            self._dns_host = named
        raise failure

    def _timed(self, made: socket.socket) -> socket.socket:
        timed = _TimedSocket(fileno=made.detach())
        timed.settimeout(self.timeout)
        return timed

    def getresponse(self) -> Any:
        cast("_TimedSocket", self.sock).ends = time.monotonic() + self.guard.total
        return super().getresponse()


class _GuardedAdapter(HTTPAdapter):
    def __init__(self, guard: _Guard) -> None:
        self._guard = guard
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        context = create_urllib3_context()
        context.sslsocket_class = _TimedTlsSocket
        super().init_poolmanager(*args, **kwargs, ssl_context=context)
        guard = {"guard": self._guard}
        plain = type("Plain", (_GuardedConnection,), guard)
        tls = type("Tls", (_GuardedConnection, HTTPSConnection), guard)
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
        }


class _GuardedSession(requests.Session):
    def __init__(self, guard: _Guard, timeout: tuple[float, float], body: tuple[int, bool]) -> None:
        super().__init__()
        self._guard, self._timeout, (self._max_bytes, self._cut) = guard, timeout, body
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self.mount(scheme, _GuardedAdapter(guard))

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        try:
            return super().prepare_request(request)
        except requests.RequestException:
            raise OutboundRefused("This is not a valid address.") from None

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Follow nothing; requests would also read a redirect's body, without a bound."""

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        problem = problem_with(request.url or "", allow_loopback=self._guard.allow_loopback)
        if problem:
            raise OutboundRefused(problem)
        fixed = {"stream": True, "proxies": {}}
        kwargs["timeout"] = kwargs.get("timeout") or self._timeout
        try:
            with super().send(request, **kwargs | fixed) as response:
                # What .content would keep, had it a bound.
                response._content = self._read(response)  # noqa: SLF001
                return response
        except requests.RequestException as error:
            # Its text repeats the address, which may hold a secret.
            raise _failed(error) from None

    def _read(self, response: requests.Response) -> bytes:
        body = bytearray()
        for chunk in response.iter_content(min(_CHUNK, self._max_bytes)):
            body += chunk
            if len(body) > self._max_bytes and not self._cut:
                raise OutboundFailed("The other server's answer is too large.", kind="too_large")
            if len(body) > self._max_bytes:
                break
        return bytes(body[: self._max_bytes])


def _failed(error: requests.RequestException) -> OutboundFailed:
    late = any(isinstance(reason, ReadTimeoutError) for reason in error.args)
    if late or isinstance(error, requests.Timeout):
        return OutboundFailed("The other server took too long to answer.", kind="timeout")
    if isinstance(error, requests.exceptions.SSLError):
        return OutboundFailed("The other server's certificate is not valid.", kind="tls")
    if isinstance(error, requests.ConnectionError):
        return OutboundFailed("The other server cannot be reached.", kind="connect")
    return OutboundFailed("The other server's answer cannot be read.", kind="broken")
