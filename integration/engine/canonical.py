"""Canonical JSON text (RFC 8785), so that two who write the same thing hash the same bytes.

Numbers are whole: what has a fraction is sent as text, and never depends on how a language
prints its floats.
"""

import json
from collections.abc import Mapping

MAX_EXACT = 2**53 - 1
"""The largest number that every JSON reader reads exactly."""


def canonical(value: object) -> str:
    """Return the one text of this value: no spaces, names in order of UTF-16 code units.

    Raises ``ValueError`` for what has no such text: fractions, numbers beyond 2^53 - 1,
    lone surrogates, names that are not text.
    """
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return _whole(value)
    if isinstance(value, Mapping):
        return _object(value)
    if isinstance(value, list | tuple):
        return f"[{','.join(map(canonical, value))}]"
    raise ValueError(f"A {type(value).__name__} has no canonical text.")


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("A lone surrogate has no canonical text.") from None
    # json escapes what ECMAScript escapes, in the same way.
    return json.dumps(value, ensure_ascii=False)


def _whole(value: int) -> str:
    if abs(value) > MAX_EXACT:
        raise ValueError("A number beyond 2^53 - 1 has no canonical text.")
    return str(value)


def _object(value: Mapping[object, object]) -> str:
    names = [name for name in value if isinstance(name, str)]
    if len(names) < len(value):
        raise ValueError("A name that is not text has no canonical text.")
    texts = {name: _text(name) for name in names}
    names.sort(key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(f"{texts[name]}:{canonical(value[name])}" for name in names) + "}"
