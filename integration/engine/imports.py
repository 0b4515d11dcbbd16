"""What a row of an imported file says: the values of a consumer or a product, or what is wrong.

The bounds are those of the Integration API's bodies. An empty cell says nothing.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from integration.engine.csv_tables import plain, unguarded
from integration.kernel.addresses import is_web_address
from integration.kernel.contacts import COUNTRY_CODES, BadContact, parse_email, parse_phone
from integration.kernel.money import BadMoney, is_currency, parse_money

MOST_UNITS = 1_000_000_000
MOST_METADATA = 16 * 1024
ANY_CURRENCY = "CLF"
"""One with four decimals, the most there are; the product's own is looked at later."""


class BadCell(ValueError):
    """A cell is not what its column holds; the text says what to correct."""


class Problem(NamedTuple):
    """What is wrong with a row; ``column`` is None where it is the row as a whole."""

    column: str | None
    message: str


class Reading(NamedTuple):
    """What a row says; nothing of it counts where there are ``problems``."""

    values: Mapping[str, Any]
    problems: Sequence[Problem]


Read = Callable[[str], Any]
Check = Callable[[dict[str, Any]], Problem | None]


class Subject(NamedTuple):
    """What a file can bring: how its columns are read, and what a row must have."""

    columns: Mapping[str, Read]
    needs: Sequence[str]
    """One of these columns at least."""
    check: Check

    @property
    def names(self) -> Mapping[str, str]:
        """The columns by their plain names."""
        return {plain(name): name for name in self.columns}


def reader(subject: Subject, header: Sequence[str]) -> Callable[[Sequence[str]], Reading]:
    """Return what reads the rows of a file whose columns have these names."""
    known = subject.names
    names = [known.get(plain(title)) for title in header]

    def read(cells: Sequence[str]) -> Reading:
        return _read(subject, names, cells)

    return read


def ignored(subject: Subject, header: Sequence[str]) -> list[str]:
    """Return the columns of a file that say nothing to us."""
    return [title for title in header if title and plain(title) not in subject.names]


def _read(subject: Subject, names: Sequence[str | None], cells: Sequence[str]) -> Reading:
    values: dict[str, Any] = {}
    problems = []
    if any(cells[len(names) :]):
        said = f"The row has {len(cells)} cells, the header {len(names)}."
        problems.append(Problem(None, said))
    for name, cell in zip(names, cells, strict=False):
        text = unguarded(cell.strip())
        if name is None or not text:
            continue
        try:
            values[name] = subject.columns[name](_clean(text))
        except BadCell as error:
            problems.append(Problem(name, str(error)))
    if not problems and (problem := subject.check(values)) is not None:
        problems.append(problem)
    return Reading(values, problems)


def _clean(text: str) -> str:
    if "\x00" in text:
        raise BadCell("It holds a NUL character.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadCell("It is not UTF-8. Save the file as 'CSV UTF-8'.") from error
    return text


def _text(longest: int) -> Read:
    def read(text: str) -> str:
        if len(text) > longest:
            raise BadCell(f"At most {longest} characters.")
        return text

    return read


def _email(text: str) -> str:
    try:
        return parse_email(_text(254)(text))
    except BadContact as error:
        raise BadCell(str(error)) from error


def _country(text: str) -> str:
    if text.upper() not in COUNTRY_CODES:
        raise BadCell("Not a country's code, such as US.")
    return text.upper()


def _amount(text: str) -> Any:
    try:
        return parse_money(text, ANY_CURRENCY)
    except BadMoney as error:
        raise BadCell(str(error)) from error


def _currency(text: str) -> str:
    if not is_currency(text.upper()):
        raise BadCell("Not an ISO 4217 currency code, such as EUR.")
    return text.upper()


def _units(text: str) -> int:
    plain_digits = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_UNITS))
    if not plain_digits or int(text) > MOST_UNITS:
        raise BadCell(f"Not a whole number from 0 to {MOST_UNITS}.")
    return int(text)


def _metadata(text: str) -> dict[str, Any]:
    try:
        found = json.loads(_text(MOST_METADATA)(text), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadCell("Not a JSON object of at most 16 kB.") from error
    if not isinstance(found, dict) or "\\u0000" in text:
        raise BadCell("Not a JSON object of at most 16 kB.")
    return found


def _refuse(text: str) -> None:
    raise ValueError(text)


def _address(text: str) -> str:
    if not is_web_address(text):
        raise BadCell("Not an http or https address.")
    return text


def _check_consumer(values: dict[str, Any]) -> Problem | None:
    country = values.pop("defaultCountry", None)
    try:
        if "phone" in values:
            values["phone"] = parse_phone(values["phone"], country)
    except BadContact as error:
        return Problem("phone", str(error))
    if not {"email", "phone", "externalId"} & values.keys():
        return Problem(None, "Give at least one of email, phone and externalId.")
    return None


def _check_product(values: dict[str, Any]) -> Problem | None:
    if "sku" not in values:
        return Problem("sku", "Each product needs its SKU.")
    return None


CONSUMERS = Subject(
    {
        "email": _email,
        "phone": _text(40),
        "fullName": _text(200),
        "externalId": _text(255),
        "syncSource": _text(100),
        "metadata": _metadata,
        "defaultCountry": _country,
    },
    ("email", "phone", "externalId"),
    _check_consumer,
)
PRODUCTS = Subject(
    {
        "name": _text(200),
        "sku": _text(200),
        "price": _amount,
        "currencyCode": _currency,
        "description": _text(10_000),
        "inventory": _units,
        "url": _address,
        "imageUrl": _address,
        "externalId": _text(255),
        "syncSource": _text(100),
    },
    ("sku",),
    _check_product,
)
SUBJECTS: Mapping[str, Subject] = {"consumers": CONSUMERS, "products": PRODUCTS}
