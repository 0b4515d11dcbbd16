"""Answers that are files, sent while they are read."""

from collections.abc import Iterable

from flask import Response

CSV = "text/csv; charset=utf-8"


def attachment(name: str, content: Iterable[str] | bytes, type_: str = CSV) -> Response:
    """Return a file to be saved under this name."""
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=named, content_type=type_)
