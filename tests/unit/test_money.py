import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.kernel.money import (
    BadMoney,
    decimals,
    format_money,
    from_minor,
    is_currency,
    parse_money,
)

CURRENCIES = st.sampled_from(["USD", "EUR", "JPY", "KRW", "KWD", "BHD", "CLF", "ISK"])


@pytest.mark.parametrize(
    ("currency", "places"),
    [("USD", 2), ("EUR", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("TND", 3), ("CLF", 4)],
)
def test_each_currency_has_its_own_decimals(currency, places):
    assert decimals(currency) == places


@pytest.mark.parametrize("code", ["usd", "XXX", "DM", "", "USDD", "ZWL"])
def test_codes_that_are_no_currency_are_refused(code):
    assert not is_currency(code)
    with pytest.raises(BadMoney, match="ISO 4217"):
        parse_money("1", code)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("105", "105.00"),
        ("105.5", "105.50"),
        (105, "105.00"),
        (105.5, "105.50"),
        (0.07, "0.07"),
        (Decimal("0.1"), "0.10"),
        ("0", "0.00"),
        ("999999999999.99", "999999999999.99"),
        (999999999999.99, "999999999999.99"),
    ],
)
def test_amounts_are_read_exactly_and_written_with_all_decimals(value, written):
    amount = parse_money(value, "USD")

    assert format_money(amount, "USD") == written


def test_amounts_of_currencies_without_decimals_have_no_point():
    assert format_money(parse_money("1500", "JPY"), "JPY") == "1500"
    assert format_money(Decimal("1500.0000"), "JPY") == "1500"
    assert format_money(Decimal("1.5E+3"), "JPY") == "1500"


@pytest.mark.parametrize(
    "value",
    [
        "-1",
        "-0",
        -1,
        "+1",
        "1e3",
        "1E3",
        Decimal("1E+3"),
        1e300,
        1e-7,
        "NaN",
        "Infinity",
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("-Infinity"),
        "",
        " 1",
        "1 ",
        "1\n",
        "1,50",
        ".5",
        "5.",
        "007",
        "1_000",
        "0x10",
        "१",
        "1.234",
        0.1 + 0.2,
        "1.000",
        "1000000000000",
        10**12,
        "9" * 100_000,
        True,
        False,
        None,
        [],
        {},
    ],
)
def test_anything_but_a_plain_amount_is_refused(value):
    with pytest.raises(BadMoney):
        parse_money(value, "USD")


def test_a_number_too_long_for_python_to_print_is_refused():
    with pytest.raises(BadMoney, match="12 digits"):
        parse_money(10**5000, "USD")


def test_a_fraction_of_a_yen_is_refused():
    with pytest.raises(BadMoney, match="JPY has 0 digits"):
        parse_money("10.5", "JPY")


def test_writing_never_rounds():
    with pytest.raises(BadMoney, match="more decimals"):
        format_money(Decimal("1.005"), "USD")
    with pytest.raises(BadMoney, match="more decimals"):
        format_money(Decimal("0.001"), "USD")


@given(units=st.integers(0, 10**12 - 1), currency=CURRENCIES)
def test_smallest_units_and_amounts_are_two_spellings_of_one_thing(units, currency):
    amount = from_minor(units, currency)

    assert amount.scaleb(decimals(currency)) == units
    assert parse_money(format_money(amount, currency), currency) == amount


@given(units=st.integers(0, 10**14 - 1))
def test_a_json_number_is_read_as_it_was_written(units):
    written = format_money(from_minor(units, "USD"), "USD")

    assert parse_money(json.loads(written), "USD") == Decimal(written)
    assert parse_money(json.loads(written, parse_float=Decimal), "USD") == Decimal(written)


@given(value=st.text() | st.floats() | st.integers() | st.decimals())
def test_nothing_but_bad_money_is_ever_raised(value):
    try:
        amount = parse_money(value, "USD")
    except BadMoney:
        return

    assert amount >= 0
    assert amount.as_tuple().exponent == -2
