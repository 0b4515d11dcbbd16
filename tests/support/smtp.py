"""A small real mail server on 127.0.0.1: it takes what it is sent, or says what a test says."""

import ssl
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from socketserver import StreamRequestHandler, ThreadingTCPServer

USUAL = {"MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", "AUTH": "235 welcome"}


@dataclass
class MailServer:
    """A running server: where it listens, what it took, and which commands came how."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    commands: list[tuple[str, bool]] = field(default_factory=list)
    """Each with whether it came under TLS."""


class _Server(ThreadingTCPServer):
    daemon_threads = True
    says: Mapping[str, str]
    tls: ssl.SSLContext | None
    at_once: bool
    served: MailServer

    def handle_error(self, *_):
        pass


class _Handler(StreamRequestHandler):
    server: _Server
    secret = False

    def handle(self):
        if self.server.at_once:
            self._wrap()
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            self.server.served.commands.append((verb, self.secret))
            if verb == "QUIT":
                self._say("221 bye")
                return
            self._answer(verb)

    def finish(self):
        super().finish()
        self.request.close()

    def _answer(self, verb):
        if verb == "EHLO":
            offers = ["250-here", "250-AUTH PLAIN"]
            if self.server.tls and not self.secret:
                offers.append("250-STARTTLS")
            self._say("\r\n".join([*offers, "250 8BITMIME"]))
        elif verb == "STARTTLS":
            self._say("220 go on")
            self._wrap()
        else:
            said = self.server.says.get(verb, "250 ok")
            self._say(said)
            if verb == "DATA" and said.startswith("354"):
                self._take()

    def _take(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        letter = message_from_bytes(b"".join(lines), policy=default)
        self.server.served.letters.append(letter)
        self._say("250 taken")

    def _wrap(self):
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.secret = True
        self.rfile = self.request.makefile("rb")
        self.wfile = self.request.makefile("wb", buffering=0)

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def serve_mail(
    says: Mapping[str, str] | None = None,
    tls: ssl.SSLContext | None = None,
    *,
    at_once: bool = False,
) -> Generator[MailServer]:
    """Serve on a free port until the block ends; ``tls`` by STARTTLS, or ``at_once``."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.says, server.tls, server.at_once = USUAL | dict(says or {}), tls, at_once
    server.served = MailServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
