"""Taking secrets and contact data out of whatever is about to be written down.

By the name that a value goes under, and by what the text itself looks like. It would
rather hide too much: logs carry ids, and ids pass.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise
from typing import Any

HIDDEN = "[redacted]"
MAX_TEXT = 32_768
_MAX_DEPTH = 6

_WORDS = frozenset(
    "token tokens jwt jws bearer authorization auth secret secrets password passwd pwd passphrase "  # noqa: SIM905 - reads as a list of words
    "code codes otp pin key keys apikey credential credentials cookie cookies email emails mail "
    "phone phones mobile msisdn contact contacts fingerprint signature hmac private pem dsn "
    "handle fullname firstname lastname".split()
)
_PAIRS = frozenset({("full", "name"), ("first", "name"), ("last", "name"), ("webhook", "path")})
_HARMLESS_LAST = frozenset({"id", "ids", "count", "kind", "type", "status", "at", "seconds", "ms"})
_HARMLESS_CODES = frozenset(
    {"error", "status", "exit", "return", "http", "country", "currency", "language", "reason"}
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

_NAME = (
    r"[\w.-]{0,40}(?:token|secret|passw(?:or)?d|passphrase|authorization|(?:api|able)[_-]?key"
    r"|private[_-]?key|otp|e-?mail|phone|cookie|credential|fingerprint|signature|full_?name"
    r"|access_?code|webhook_?path)[\w-]{0,40}"
)
_VALUE = r"""(?:b?"(?:[^"\\]|\\.)*"|b?'(?:[^'\\]|\\.)*'|[^\s,;&(){}\[\]"']+)"""
_DOMAIN = r"(?:[\w-]{1,63}\.){1,8}[^\W\d_](?:[\w-]{0,61}\w)?"

# Each is anchored or bounded, so that no text makes them slow.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?s)-----BEGIN [A-Z ]+-----.*?(?:-----END [A-Z ]+-----|\Z)", HIDDEN),
        # What Postgres and SQLAlchemy quote of the rows and values at fault.
        (r"(DETAIL:\s*|\[parameters:\s*)[^\n]*", rf"\1{HIDDEN}"),
        (r"(?i)(\b(?:set-)?cookie[\"']?:\s*)[^\n]*", rf"\1{HIDDEN}"),
        (r"\b((?i:bearer)|Basic)\s+[\w.~+/=-]{8,}", rf"\1 {HIDDEN}"),
        (r"eyJ[\w-]{8,}(?:\.[\w-]*){0,4}", HIDDEN),
        (r"(?:[ps]k_(?:live|test)|whsec|rt|xc|fp|shp[a-z]{2})_[\w+/=-]{6,}", HIDDEN),
        (r"\bc[ks]_[0-9a-f]{32,}", HIDDEN),
        (r"gAAAAA[\w-]{20,}={0,2}", HIDDEN),
        # Logins in addresses, sealed codes in paths, and every query value.
        (r"(://)[^/\s@'\"]{1,512}@", rf"\1{HIDDEN}@"),
        (r"(/checkout/)[^\s\"'?#]+", rf"\1{HIDDEN}"),
        (r"([?&][\w.%\[\]-]{1,64}=)[^&\s\"'<>#]+", rf"\1{HIDDEN}"),
        (rf"(?i)(\b{_NAME}[\"']?\s{{0,3}}[:=]\s{{0,3}}){_VALUE}", rf"\1{HIDDEN}"),
        (r"(?i)(\bkey[\"']?\s{0,3}[:=]\s{0,3}[\"']?)[\w+/=.-]{12,}", rf"\1{HIDDEN}"),
        (r"(?i)(\bcode[\"']?\s{0,3}[:=]\s{0,3}[\"']?)(?=[\w-]*\d)[\w-]{4,}", rf"\1{HIDDEN}"),
        (
            r"(?i)(\b(?:code|otp|pin|passcode)\b\W{1,3}(?:(?:is|was)\W{1,3})?)\d{4,8}\b",
            rf"\1{HIDDEN}",
        ),
        (
            rf"(?<![\w.+%-])[\w.+%-][\w.+%'-]{{0,63}}(?:@|%40){_DOMAIN}",
            HIDDEN,
        ),
        (r"(?i)(?:\+|%2B)[1-9](?:[ .()-]{0,2}\d){6,14}(?!\d)", HIDDEN),
    )
)


def scrub(text: str) -> str:
    """Return the text without anything in it that looks like a secret or a contact.

    Texts of more than 32 768 characters are cut.
    """
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT] + " [cut]"
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def redact(value: Any, depth: int = 0) -> Any:
    """Return a copy of plain JSON values of it, scrubbed; never raises, whatever it is."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return scrub(value)
    if depth >= _MAX_DEPTH:
        return "[deeper]"
    if isinstance(value, Mapping):
        return {scrub(str(k)): redact_named(str(k), v, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple | AbstractSet):
        return [redact(each, depth + 1) for each in value]
    return scrub(_printed(value))


def redact_named(name: str, value: Any, depth: int = 0) -> Any:
    """Return what may be written of a value that goes under this name."""
    if value is not None and not isinstance(value, bool) and is_secret_name(name):
        return HIDDEN
    return redact(value, depth)


@lru_cache(maxsize=1024)
def is_secret_name(name: str) -> bool:
    """Whether values under this name are hidden, in whatever case it is written."""
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or words[-1] in _HARMLESS_LAST:
        return False
    if words[-1] == "code" and not _HARMLESS_CODES.isdisjoint(words[-2:-1]):
        return False
    return not _WORDS.isdisjoint(words) or not _PAIRS.isdisjoint(pairwise(words))


def _printed(value: object) -> str:
    try:
        return value.decode("utf-8", "replace") if isinstance(value, bytes) else repr(value)
    except Exception:  # noqa: BLE001 - a broken repr must not cost the log line
        return f"[unprintable {type(value).__name__}]"
