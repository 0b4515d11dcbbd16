"""A merchant's site: pages on an origin of their own, as written by the test."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[2]
TYPES = {".js": "text/javascript", ".html": "text/html; charset=utf-8"}


class Site:
    """Pages by their paths, and the packages' built files below ``/sdk/<package>/``."""

    def __init__(self, port: int) -> None:
        self.url = f"http://localhost:{port}"
        self.pages: dict[str, str] = {}

    def page(self, path: str, html: str) -> str:
        """Put a page there, and return its address."""
        self.pages[path] = html
        return self.url + path

    def find(self, path: str) -> tuple[bytes, str] | None:
        """Return the bytes at a path and their type."""
        if path in self.pages:
            return self.pages[path].encode(), TYPES[".html"]
        _, _, rest = path.partition("/sdk/")
        package, _, name = rest.partition("/")
        file = ROOT / "sdk" / package / "dist" / name
        if rest and file.is_file():
            return file.read_bytes(), TYPES.get(file.suffix, "text/plain")
        return None


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, site: Site, *more: object) -> None:
        self._site = site
        super().__init__(*more)

    def do_GET(self) -> None:
        found = self._site.find(self.path.partition("?")[0])
        body, kind = found or (b"Not here.", "text/plain")
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the test says what went wrong."""


@contextmanager
def site() -> Generator[Site]:
    """Serve a merchant's site on a free port until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    made = Site(server.server_address[1])
    server.RequestHandlerClass = partial(_Answers, made)  # type: ignore[assignment]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
