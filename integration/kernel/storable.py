"""JSON that somebody else wrote, as PostgreSQL and orjson can hold it."""

import re
from typing import Any

DEEPEST = 100
"""What is nested deeper is left out: no notice is, and orjson writes no more than 254."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_LOWEST, _HIGHEST = -(2**63), 2**64 - 1


def clean(value: Any) -> Any:
    """Return a value with U+FFFD for each NUL and each half of a surrogate pair in its texts.

    Looks into dicts, lists and tuples; whatever else there is stays as it is.
    """
    match value:
        case str():
            return _UNSTORABLE.sub("\ufffd", value) if _UNSTORABLE.search(value) else value
        case dict():
            return {clean(name): clean(each) for name, each in value.items()}
        case list() | tuple():
            return type(value)(clean(each) for each in value)
    return value


def storable(value: Any, room: int = DEEPEST) -> Any:
    """Return JSON with its texts clean, integers of more than 64 bits as text, and bounded depth.

    A text keeps all digits of an id, which a float would not.
    """
    match value:
        case dict():
            inside = value.items() if room else ()
            return {clean(name): storable(each, room - 1) for name, each in inside}
        case list():
            return [storable(each, room - 1) for each in value] if room else []
        case int() if not _LOWEST <= value <= _HIGHEST:
            return str(value)
    return clean(value)
