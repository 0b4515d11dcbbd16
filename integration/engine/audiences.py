"""Whether a consumer is in an audience, by its rules over what is known of them.

Rules of one group must all hold; of several groups one is enough. Rules without a group are
a group of their own. An audience without rules has nobody in it.

Numbers are compared as numbers and times as times, also where they come as text; texts
without regard to case, and only for being equal or containing. What cannot be compared does
not hold. Of several values one is enough; ``NOT_`` means none of them, and also holds where
nothing is known.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple


class Operator(StrEnum):
    """How a rule compares."""

    EQUALS = "EQUALS"
    NOT_EQUALS = "NOT_EQUALS"
    GREATER_THAN = "GREATER_THAN"
    GREATER_THAN_OR_EQUAL = "GREATER_THAN_OR_EQUAL"
    LESS_THAN = "LESS_THAN"
    LESS_THAN_OR_EQUAL = "LESS_THAN_OR_EQUAL"
    CONTAINS = "CONTAINS"
    NOT_CONTAINS = "NOT_CONTAINS"
    IN = "IN"
    NOT_IN = "NOT_IN"


class Rule(NamedTuple):
    """One condition: a fact, by name, compared with values."""

    field: str
    operator: Operator
    values: Sequence[object]
    group_id: str | None = None


def facts(
    *,
    email: str | None = None,
    phone: str | None = None,
    full_name: str | None = None,
    external_id: str | None = None,
    created_at: datetime | None = None,
    authenticated: bool = False,
    metadata: Mapping[str, object] = MappingProxyType({}),
) -> dict[str, object]:
    """Return what rules may ask of a consumer, by name.

    The merchant's metadata go by ``metadata.country``, and by ``country`` alone where that
    is none of our own names.
    """
    own: dict[str, object] = {
        "email": email,
        "emailDomain": None if email is None else email.rpartition("@")[2],
        "phone": phone,
        "fullName": full_name,
        "externalId": external_id,
        "createdAt": created_at,
        "authenticated": authenticated,
    }
    named = {f"metadata.{name}": value for name, value in metadata.items()}
    return {**metadata, **named, **own}


def included(rules: Iterable[Rule], known: Mapping[str, object]) -> bool:
    """Whether somebody of whom these facts are known is in the audience of these rules."""
    groups: dict[str | None, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.group_id, []).append(rule)
    return any(all(_holds(rule, known) for rule in group) for group in groups.values())


def _holds(rule: Rule, known: Mapping[str, object]) -> bool:
    test = _TESTS[rule.operator]
    parts = _parts(known.get(rule.field))
    found = any(test(part, value) for part in parts for value in rule.values)
    return found is not (rule.operator in _NEGATED)


def _parts(fact: object) -> Sequence[object]:
    if fact is None:
        return ()
    return fact if isinstance(fact, list | tuple) else (fact,)


def _equal(fact: object, value: object) -> bool:
    if isinstance(fact, str) and isinstance(value, str):
        return fact.casefold() == value.casefold()
    if isinstance(fact, bool) or isinstance(value, bool):
        return _text(fact) == _text(value)
    return _order(fact, value) == 0


def _contains(fact: object, value: object) -> bool:
    if isinstance(fact, str) and isinstance(value, str):
        return value.casefold() in fact.casefold()
    return _equal(fact, value)


def _order(fact: object, value: object) -> int | None:
    """Return -1, 0 or 1 as the fact is less, equal or greater; None: they do not compare."""
    for read in (_number, _moment):
        ours, theirs = read(fact), read(value)
        if ours is not None and theirs is not None:
            return int(ours > theirs) - int(ours < theirs)
    return None


def _number(value: object) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _moment(value: object) -> Any:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _text(value: object) -> str:
    return str(value).casefold()


_NEGATED = frozenset({Operator.NOT_EQUALS, Operator.NOT_CONTAINS, Operator.NOT_IN})
_TESTS: Mapping[Operator, Callable[[object, object], bool]] = {
    Operator.EQUALS: _equal,
    Operator.NOT_EQUALS: _equal,
    Operator.GREATER_THAN: lambda fact, value: _order(fact, value) == 1,
    Operator.GREATER_THAN_OR_EQUAL: lambda fact, value: _order(fact, value) in {0, 1},
    Operator.LESS_THAN: lambda fact, value: _order(fact, value) == -1,
    Operator.LESS_THAN_OR_EQUAL: lambda fact, value: _order(fact, value) in {-1, 0},
    Operator.CONTAINS: _contains,
    Operator.NOT_CONTAINS: _contains,
    Operator.IN: _equal,
    Operator.NOT_IN: _equal,
}
