"""Exact money: decimals as ISO 4217 counts them, never a binary fraction."""

import re
from decimal import Context, Decimal, Inexact, InvalidOperation

MAX_WHOLE_DIGITS = 12


def _codes(text: str) -> list[str]:
    return text.split()


# All that are in use, and two (ANG, BGN) that old orders still carry.
_CODES = frozenset(
    _codes("""
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN
    BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR
    FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY
    KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
    MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON
    RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP
    TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER
    ZAR ZMW ZWG ANG BGN
    """)
)
_DECIMALS = {
    **dict.fromkeys(
        _codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"), 0
    ),
    **dict.fromkeys(_codes("BHD IQD JOD KWD LYD OMR TND"), 3),
    **dict.fromkeys(_codes("CLF UYW"), 4),
}
_USUAL_DECIMALS = 2
_PATTERN = re.compile(r"(0|[1-9][0-9]*)(?:\.([0-9]+))?")
_EXACT = Context(prec=38, traps=[Inexact, InvalidOperation])


class BadMoney(ValueError):
    """The value is not an amount of this currency; the text says what to correct."""


def is_currency(code: str) -> bool:
    """Whether this is an active ISO 4217 code, in capitals."""
    return code in _CODES


def decimals(currency: str) -> int:
    """Return how many digits the currency has after the point; ``BadMoney`` if unknown."""
    if currency not in _CODES:
        raise BadMoney("Use an ISO 4217 currency code, such as USD.")
    return _DECIMALS.get(currency, _USUAL_DECIMALS)


def parse_money(value: str | float | Decimal, currency: str) -> Decimal:
    """Read an amount as contract.md, section 1, allows it, with all of its decimals.

    A float counts as the shortest text that means it, which is what its JSON said.
    Raises ``BadMoney``.
    """
    places = decimals(currency)
    found = None if isinstance(value, bool) else _PATTERN.fullmatch(_text(value))
    if found is None:
        raise BadMoney("Send a plain amount that is not negative, such as 105.00.")
    whole, fraction = found[1], found[2] or ""
    if len(whole) > MAX_WHOLE_DIGITS:
        raise BadMoney(f"Send at most {MAX_WHOLE_DIGITS} digits before the point.")
    if len(fraction) > places:
        raise BadMoney(f"{currency} has {places} digits after the point; send no more.")
    return from_minor(int(whole + fraction.ljust(places, "0")), currency)


def format_money(amount: Decimal, currency: str) -> str:
    """Write an amount with all of its currency's decimals: ``105.00``.

    Raises ``BadMoney`` rather than round.
    """
    return f"{_exact(amount, currency):f}"


def from_minor(units: int, currency: str) -> Decimal:
    """Return the amount that is so many of the currency's smallest units."""
    return Decimal(units).scaleb(-decimals(currency), _EXACT)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        # Python writes no integer of more than 4300 digits, but a Decimal of one.
        return str(Decimal(value))
    # A Decimal keeps its exponent in this form, so that 1E+2 is seen and refused.
    return str(value) if isinstance(value, float | Decimal) else ""


def _exact(amount: Decimal, currency: str) -> Decimal:
    try:
        return amount.quantize(Decimal(1).scaleb(-decimals(currency)), context=_EXACT)
    except (Inexact, InvalidOperation):
        raise BadMoney(f"The amount has more decimals than {currency} has.") from None
