"""Bodies that are files: read whole, of one type, larger than a JSON body may be."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from integration.kernel.errors import RequestTooLarge
from integration.web.errors import UnsupportedMediaType

MIB = 1 << 20


@dataclass(frozen=True)
class File:
    """A body of this type, of at most so many MiB, in UTF-8."""

    type: str
    most_mib: int

    def check(self) -> bytes:
        """Return the file that this request brings."""
        charset = request.mimetype_params.get("charset", "utf-8").lower()
        if request.mimetype != self.type or charset not in {"utf-8", "utf8", "us-ascii"}:
            said = f"Send the file as it is, in UTF-8, with 'Content-Type: {self.type}'."
            raise UnsupportedMediaType(said)
        request.max_content_length = self.most_mib * MIB
        try:
            return request.get_data()
        except RequestEntityTooLarge as error:
            said = f"The file is too large. Send at most {self.most_mib} MiB; split a larger one."
            raise RequestTooLarge(said) from error

    def docs(self) -> dict[str, Any]:
        """Return what OpenAPI says of it."""
        return {"requestBody": {"required": True, "content": {self.type: {"schema": {}}}}}


def reading(view: Callable[..., Any], file: File) -> Callable[..., Any]:
    """Wrap a view so that it gets the file behind its caller."""

    @wraps(view)
    def run(caller: Any, *args: Any, **path: Any) -> Any:
        return view(caller, file.check(), *args, **path)

    return run
