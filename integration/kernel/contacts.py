"""How to reach a person: e-mail addresses and phone numbers, by their syntax alone."""

import email_validator
import phonenumbers

COUNTRY_CODES: frozenset[str] = frozenset(phonenumbers.SUPPORTED_REGIONS)
"""The ISO 3166 codes of the countries that have phone numbers: all that have people."""


class BadContact(ValueError):
    """The text is no address or number; the message says what to correct."""


def parse_email(text: str) -> str:
    """Return the address as it is kept: its domain in lower case, nothing looked up.

    Raises ``BadContact``. Who compares two addresses ignores the case of all of it.
    """
    try:
        # Reserved test domains pass: whether mail arrives is not for the syntax to say.
        found = email_validator.validate_email(
            text, check_deliverability=False, test_environment=True, strict=True
        )
    except email_validator.EmailNotValidError as error:
        raise BadContact("Not a valid e-mail address.") from error
    return found.normalized


def parse_phone(text: str, default_country: str | None = None) -> str:
    """Return the number in E.164, such as ``+15551234567``; it need only be possible.

    A national number needs ``default_country`` (ISO 3166, such as US). Raises ``BadContact``.
    """
    try:
        number = phonenumbers.parse(text, default_country)
    except phonenumbers.NumberParseException as error:
        raise BadContact(
            "Not a phone number. Send it as +15551234567, or with defaultCountry."
        ) from error
    if not phonenumbers.is_possible_number(number):
        raise BadContact("No phone number is of this length.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
