"""Ways to reach a person: e-mail by SMTP, text messages by an HTTP gateway.

A sender is a port: it takes one message and returns, or says why not and whether to try again.
"""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from typing import NamedTuple, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

import requests

from integration.kernel.outbound import OutboundFailed, OutboundRefused

TIMEOUT_SECONDS = 10.0
PORTS = {"smtp": 25, "smtps": 465}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Channel(StrEnum):
    """What a message travels by."""

    EMAIL = "email"
    SMS = "sms"


class Letter(NamedTuple):
    """A message to one person; ``id`` is the same at every attempt."""

    id: str
    recipient: str
    subject: str
    text: str


class CannotSend(Exception):
    """The message was not taken; ``again`` says whether it may be later."""

    def __init__(self, problem: str, *, again: bool) -> None:
        super().__init__(problem)
        self.again = again


class Sender(Protocol):
    """Sends one message, or raises ``CannotSend``; it may take ten seconds."""

    def __call__(self, letter: Letter) -> None:
        """Send it."""
        ...


@dataclass(frozen=True)
class SmtpSender:
    """Sends e-mail through one server: ``smtp://user:password@host:587`` or ``smtps://``.

    ``smtp`` takes up TLS where the server offers it, and a password goes nowhere without.
    """

    url: str
    author: str

    def __repr__(self) -> str:
        return "SmtpSender()"

    def __call__(self, letter: Letter) -> None:
        """Send an e-mail."""
        message = EmailMessage()
        message["From"], message["To"] = self.author, letter.recipient
        message["Subject"] = letter.subject
        message["Message-ID"] = f"<{letter.id}@{self.author.rpartition('@')[2].rstrip('>')}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        try:
            with self._open() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise CannotSend("The address was refused.", again=_passing(error)) from None
        except smtplib.SMTPAuthenticationError:
            raise CannotSend("The mail server refuses our login.", again=True) from None
        except smtplib.SMTPResponseException as error:
            again = error.smtp_code < 500  # noqa: PLR2004 - SMTP's own border
            raise CannotSend(f"The mail server said {error.smtp_code}.", again=again) from None
        except (smtplib.SMTPException, OSError) as error:
            # Its text may repeat the address.
            raise CannotSend(f"No mail server: {type(error).__name__}.", again=True) from None

    def _open(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        context = ssl.create_default_context()
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        try:
            _secure(server, context, parts)
        except BaseException:
            server.close()
            raise
        return server


def _secure(server: smtplib.SMTP, context: ssl.SSLContext, parts: SplitResult) -> None:
    """Take up TLS where it is offered, and log in where the address says as whom."""
    server.ehlo_or_helo_if_needed()
    safe = parts.scheme == "smtps" or parts.hostname in LOOPBACK
    if parts.scheme == "smtp" and server.has_extn("starttls"):
        server.starttls(context=context)
        safe = True
    if parts.username:
        if not safe:
            raise CannotSend("The mail server offers no TLS for our login.", again=True)
        server.login(unquote(parts.username), unquote(parts.password or ""))


def _passing(error: smtplib.SMTPRecipientsRefused) -> bool:
    return all(code < 500 for code, _ in error.recipients.values())  # noqa: PLR2004


@dataclass(frozen=True)
class HttpSender:
    """Sends text messages by POSTing ``{id, to, text}`` as JSON to a gateway."""

    http: requests.Session
    url: str
    token: str | None

    def __repr__(self) -> str:
        return "HttpSender()"

    def __call__(self, letter: Letter) -> None:
        """Send a text message; the gateway may take ``Idempotency-Key`` for repeats."""
        headers = {"Idempotency-Key": letter.id}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        body = {"id": letter.id, "to": letter.recipient, "text": letter.text}
        try:
            answer = self.http.post(self.url, json=body, headers=headers, timeout=TIMEOUT_SECONDS)
        except (OutboundFailed, OutboundRefused) as error:
            raise CannotSend(str(error), again=isinstance(error, OutboundFailed)) from None
        if not 200 <= answer.status_code < 300:  # noqa: PLR2004
            later = answer.status_code in {408, 425, 429} or answer.status_code >= 500  # noqa: PLR2004
            raise CannotSend(f"The gateway answered {answer.status_code}.", again=later)


def problem_with_smtp(url: str) -> str | None:
    """Return what is wrong with a mail server's address, or None."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in PORTS and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        known = False
    return None if known else "must be smtp://host:port or smtps://host:port."


def senders(
    http: requests.Session,
    *,
    smtp_url: str | None,
    author: str,
    sms_url: str | None,
    sms_token: str | None,
) -> Mapping[Channel, Sender]:
    """Return the ways that the settings open."""
    ways: dict[Channel, Sender] = {}
    if smtp_url is not None:
        ways[Channel.EMAIL] = SmtpSender(smtp_url, author)
    if sms_url is not None:
        ways[Channel.SMS] = HttpSender(http, sms_url, sms_token)
    return ways
