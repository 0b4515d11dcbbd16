"""The SDK for browsers, as built: a script for plain pages, and ES modules for import maps."""

import gzip
import re
from functools import lru_cache
from pathlib import Path

from flask import Response, request
from werkzeug import Response as AnyResponse

from integration.kernel.errors import FanfareError
from integration.kernel.settings import Settings
from integration.web.guard import NOBODY, runtime
from integration.web.routes import Blueprint, Media

blp = Blueprint("sdk", __name__, url_prefix="/sdk", description="The SDK for browsers")

TYPES = {".js": "text/javascript; charset=utf-8", ".map": "application/json"}
NAME = re.compile(r"[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64})?\.js(\.map)?")
"""No slash and no leading dot, so that no name leads out of the folder."""
HASHED = re.compile(r".+\.[A-Za-z0-9_-]{8}\.js(\.map)?")
SCRIPT_TAG = ("fanfare.js", "fanfare.js.map")
SCRIPT_FOLDER = Path("web-components", "dist")
MODULES_FOLDER = Path("browser", "dist")
FIVE_MINUTES = "public, max-age=300"
FOR_EVER = "public, max-age=31536000, immutable"


class NoSuchFile(FanfareError):
    """It is not among what was built, or nothing was."""

    error = "Not found"
    code = "SDK_FILE_NOT_FOUND"
    status = 404
    message = "There is no such file of the SDK here. Where none is built yet, run `make sdk`."


@blp.endpoint("GET", "/<name>", NOBODY, answers={200: Media("text/javascript")})
def part(_: None, name: str) -> AnyResponse:
    """Send a file of the SDK to a page of any origin, gzipped where that is understood."""
    file = _find(runtime().settings, name)
    response = Response(content_type=TYPES[file.suffix])
    if request.accept_encodings.quality("gzip"):
        response.data = _gzipped(file, file.stat().st_mtime_ns)
        response.content_encoding = "gzip"
    else:
        response.data = file.read_bytes()
    response.vary.add("Accept-Encoding")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = FOR_EVER if HASHED.fullmatch(name) else FIVE_MINUTES
    response.add_etag()
    return response.make_conditional(request)


@lru_cache(maxsize=64)
def _gzipped(file: Path, _changed_at: int) -> bytes:
    """Return a file's content as every process packs it, so that all of them give one ETag."""
    return gzip.compress(file.read_bytes(), mtime=0)


def _find(settings: Settings, name: str) -> Path:
    folder = SCRIPT_FOLDER if name in SCRIPT_TAG else MODULES_FOLDER
    file = settings.sdk_dir / folder / name
    if NAME.fullmatch(name) is None or not file.is_file():
        raise NoSuchFile
    return file
