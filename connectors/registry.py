"""Finds the platforms: every folder beside this file that declares a ``PLATFORM``."""

import pkgutil
import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from urllib.parse import urlsplit

import connectors
from connectors.base import Connector, Surroundings
from connectors.platform import Key, Platform
from integration.kernel.errors import Detail, NotFound, ValidationFailed
from integration.kernel.outbound import check_url

ANEW = (
    "The one we keep is for the shop as it was: give it again, for it would be sent to another "
    "shop, or null to have it forgotten."
)


def platforms(*, testing: bool = False) -> tuple[Platform, ...]:
    """Return what a merchant may connect to, by name; with ``testing`` the make-believe too."""
    return tuple(platform for platform in _found().values() if testing or not platform.testing)


def find_platform(name: str, *, testing: bool = False) -> Platform:
    """Return the platform of that name. Raises ``NotFound``."""
    platform = _found().get(name)
    if platform is None or (platform.testing and not testing):
        raise NotFound("Platform")
    return platform


def open_connector(
    name: str,
    settings: Mapping[str, str],
    credentials: Mapping[str, str],
    surroundings: Surroundings,
    *,
    testing: bool = False,
) -> Connector:
    """Return a connector for one connection; calls nobody yet.

    Raises ``NotFound`` for an unknown platform, ``ValidationFailed`` for bad keys.
    """
    platform = find_platform(name, testing=testing)
    _refuse(_setting_problems(platform, settings))
    check_credentials(platform, credentials, saved=True)
    return platform.open(settings, credentials, surroundings)


def check_settings(
    platform: Platform, settings: Mapping[str, object], *, allow_loopback: bool
) -> None:
    """Raise ``ValidationFailed`` with a detail for every unknown, missing or bad setting.

    Addresses are checked as ``kernel.outbound.check_url`` does, without resolving anything.
    """
    _refuse(_setting_problems(platform, settings))
    for name in platform.url_settings & settings.keys():
        check_url(str(settings[name]), allow_loopback=allow_loopback, field=f"settings.{name}")


def check_credentials(
    platform: Platform,
    credentials: Mapping[str, object],
    *,
    given: Mapping[str, object] | None = None,
    saved: bool = False,
) -> None:
    """Raise ``ValidationFailed`` unless the keys are known and one group of them is complete.

    What is ``given``, all of them unless it says which, must have its form; the others, as
    ``saved`` ones, were taken once. Saved ones may also hold what the connector itself saved.
    """
    given = credentials if given is None else given
    known = {key.name for key in platform.credentials}
    kept = platform.saved_credentials if saved else frozenset()
    details = _misfits("credentials", known | kept, credentials)
    details += [] if saved else _malformed("credentials", platform.credentials, given)
    groups = platform.credential_groups
    if groups and not any(all(credentials.get(name) for name in group) for group in groups):
        wanted = ", or ".join(" and ".join(sorted(group)) for group in groups)
        details.append(Detail("credentials", f"Give {wanted}."))
    _refuse(details)


def leads_elsewhere(
    platform: Platform, before: Mapping[str, str], after: Mapping[str, str]
) -> bool:
    """Tell whether calls with these settings would go to another shop than they did.

    Another path of the same host is another shop: many live in folders of one.
    Where nobody is called any more nobody else is; where somebody is called anew, it is.
    """
    there = _destination(platform, after)
    return there is not None and there != _destination(platform, before)


def check_given_anew(
    platform: Platform, kept: Mapping[str, str], given: Mapping[str, object]
) -> None:
    """Raise ``ValidationFailed`` with a detail for each credential kept and not given again."""
    _refuse(
        [
            Detail(f"credentials.{key.name}", ANEW)
            for key in platform.credentials
            if kept.get(key.name) and key.name not in given
        ]
    )


def credentials_set(platform: Platform, credentials: Mapping[str, str]) -> dict[str, bool]:
    """Return for each key a merchant may give whether it is set, never its value."""
    return {key.name: bool(credentials.get(key.name)) for key in platform.credentials}


def _destination(platform: Platform, settings: Mapping[str, str]) -> tuple[object, ...] | None:
    text = settings.get(platform.destination, "")
    if not text or platform.destination not in platform.url_settings:
        return (text.lower(),) if text else None
    parts = urlsplit(text)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname, port, parts.path.rstrip("/"), parts.query


def _setting_problems(platform: Platform, settings: Mapping[str, object]) -> list[Detail]:
    known = {key.name for key in platform.settings}
    required = sorted(name for name in platform.required_settings if not settings.get(name))
    missing = [Detail(f"settings.{name}", "Required.") for name in required]
    malformed = _malformed("settings", platform.settings, settings)
    return _misfits("settings", known, settings) + missing + malformed


def _malformed(where: str, keys: tuple[Key, ...], given: Mapping[str, object]) -> list[Detail]:
    return [
        Detail(f"{where}.{key.name}", f"Give it like this: {key.description}")
        for key in keys
        if key.pattern and isinstance(text := given.get(key.name), str)
        if text and not re.fullmatch(key.pattern, text)
    ]


@cache
def _found() -> dict[str, Platform]:
    names = sorted(
        module.name for module in pkgutil.iter_modules(connectors.__path__) if module.ispkg
    )
    found = [import_module(f"connectors.{name}").PLATFORM for name in names]
    return {platform.name: platform for platform in found}


def _misfits(
    where: str, known: frozenset[str] | set[str], given: Mapping[str, object]
) -> list[Detail]:
    return [
        Detail(f"{where}.{name}", "Must be text." if name in known else "Unknown key.")
        for name, value in given.items()
        if name not in known or not isinstance(value, str)
    ]


def _refuse(details: list[Detail]) -> None:
    if details:
        raise ValidationFailed(details=details)
