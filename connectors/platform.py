"""What a platform's folder declares of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from connectors.base import Connector, Surroundings
from connectors.gates import GateOf, soft


class Allowance(NamedTuple):
    """How much a shop may be asked before it has said so itself: the least that any plan has."""

    maximum: float
    per_second: float


class Key(NamedTuple):
    """One entry of a connection's settings or credentials, and a line that explains it.

    A ``pattern`` is for the whole of it.
    """

    name: str
    description: str
    pattern: str | None = None


OpenConnector = Callable[[Mapping[str, str], Mapping[str, str], Surroundings], Connector]


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """What a platform's folder declares as ``PLATFORM``.

    ``destination`` is the setting that says which shop gets the credentials.
    ``credential_groups``: all keys of at least one group must be set. ``saved_credentials``
    are those that only the connector itself saves. ``gate`` says whether the shop itself refuses
    a checkout without an admission. ``testing`` platforms are never offered in production.
    ``allowance`` is None where the shop does not meter us. With ``single_use_links`` a checkout's
    address opens once.
    """

    name: str
    title: str
    open: OpenConnector
    destination: str
    settings: tuple[Key, ...] = ()
    required_settings: frozenset[str] = frozenset()
    url_settings: frozenset[str] = frozenset()
    credentials: tuple[Key, ...] = ()
    credential_groups: tuple[frozenset[str], ...] = ()
    saved_credentials: frozenset[str] = frozenset()
    gate: GateOf = soft()  # noqa: RUF009 - a function, not a thing that is shared
    testing: bool = False
    allowance: Allowance | None = None
    single_use_links: bool = False
