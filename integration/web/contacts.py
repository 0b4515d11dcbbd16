"""Contacts on the wire: syntax only, in the one form that is kept."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from integration.kernel.contacts import COUNTRY_CODES, BadContact, parse_email, parse_phone
from integration.kernel.mail import Channel
from integration.store.contacts import Contact
from integration.web.fields import Wire

LONGEST_EMAIL = 254
LONGEST_PHONE = 40


class Email(fields.String):
    """An e-mail address."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, *args, **kwargs)
        try:
            return parse_email(text)
        except BadContact as error:
            raise ValidationError(str(error)) from error


class Contacts(Wire):
    """An e-mail address and a phone number: E.164, or national with ``defaultCountry``."""

    email = Email(load_default=None, allow_none=True, validate=validate.Length(max=LONGEST_EMAIL))
    phone = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=LONGEST_PHONE)
    )
    default_country = fields.String(
        load_default=None, allow_none=True, load_only=True, validate=validate.Length(equal=2)
    )

    @post_load
    def read_phone(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        """Bring the number into its one form; the country has then served."""
        country = data.get("default_country")
        known = {name: value for name, value in data.items() if name != "default_country"}
        if country is not None and country not in COUNTRY_CODES:
            raise ValidationError("Not a country's code, such as US.", "defaultCountry")
        try:
            if known.get("phone") is not None:
                known["phone"] = parse_phone(known["phone"], country)
        except BadContact as error:
            raise ValidationError(str(error), "phone") from error
        return known


class OneContact(Contacts):
    """Either an e-mail address or a phone number."""

    @validates_schema(skip_on_field_errors=True)
    def check_one(self, data: Mapping[str, Any], **_: Any) -> None:
        """Refuse none and both: a code proves one."""
        given = [name for name in ("email", "phone") if data.get(name) is not None]
        if len(given) != 1:
            raise ValidationError("Give either email or phone.", "email")


def contact_of(body: Mapping[str, Any]) -> Contact:
    """Return the one contact that a body names."""
    if body["email"] is not None:
        return Contact(Channel.EMAIL, body["email"])
    return Contact(Channel.SMS, body["phone"])
