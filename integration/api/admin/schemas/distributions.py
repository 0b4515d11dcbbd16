"""What every kind of distribution has (contract.md, section 5)."""

from typing import Any, ClassVar

from marshmallow import fields, post_load, validate

from integration.engine.kinds.waitlist import WaitlistState
from integration.web.fields import NAME, Timestamp, Wire, camel
from integration.web.lists import NamedQuery, SortedQuery, sorting
from integration.web.objects import LocalTime, TimeZone, json_object, whole

MOST = 1_000_000_000
LONGEST_ADMISSION = 604_800
SHORTEST_ADMISSION = 60
NOTICE = validate.Length(max=1_000)
ID = validate.Length(min=1, max=64)
STATES = validate.OneOf(["draft", "active", "paused", "ended"])
STATUSES = validate.OneOf(["PENDING", "OPEN", "PAUSED", "CLOSED", "DRAWN", "SETTLED"])


class DistributionFields(Wire):
    """The fields of every kind; a naive time is read in ``timeZone`` (the experience's)."""

    sequence_id = fields.String(required=True, validate=ID)
    name = fields.String(validate=NAME)
    open_at = LocalTime(load_default=None, allow_none=True)
    close_at = LocalTime(load_default=None, allow_none=True)
    time_zone = TimeZone()
    max_capacity = whole(1, MOST, load_default=None, allow_none=True)
    admission_expiration_seconds = whole(SHORTEST_ADMISSION, LONGEST_ADMISSION)
    product_id = fields.String(load_default=None, allow_none=True, validate=ID)
    variant_id = fields.String(load_default=None, allow_none=True, validate=ID)
    inventory_bound = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    stock = whole(0, MOST, load_default=None, allow_none=True)
    units_per_admission = whole(1, 1_000, load_default=1)
    fingerprint_policy = fields.String(
        load_default="required", validate=validate.OneOf(["required", "recommended", "off"])
    )
    fingerprint_at_validation = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    max_entries_per_fingerprint = whole(1, 1_000_000, load_default=3)
    extendable = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    restock_on_cancel = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    notice = fields.String(load_default=None, allow_none=True, validate=NOTICE)
    details = json_object(data_key="metadata", load_default=dict)


class DistributionBody(DistributionFields):
    """A distribution to make or change; a kind's own fields become its ``rules``."""

    RULES: ClassVar[tuple[str, ...]] = ()

    @post_load
    def gather_rules(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Keep the kind's own fields together, under their names on the wire."""
        rules = {camel(name): data.pop(name) for name in self.RULES if name in data}
        return {**data, "rules": rules} if rules else data


class CountersView(Wire):
    """How many: entries ever, waiting, live admissions; stock held and sold, in units."""

    entered = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    active = fields.Integer(required=True)
    held = fields.Integer(required=True)
    sold = fields.Integer(required=True)
    serving = fields.Integer(required=True)


class DistributionView(DistributionFields):
    """A distribution; ``status`` follows from its state and times, null while it is a draft.

    A draw that has been drawn is DRAWN, an auction whose winners were chosen SETTLED.
    """

    id = fields.String(required=True)
    experience_id = fields.String(required=True)
    type = fields.String(required=True, attribute="kind")
    state = fields.String(required=True, validate=STATES)
    status = fields.String(required=True, allow_none=True, validate=STATUSES)
    counters = fields.Nested(CountersView, required=True)
    created_at = Timestamp(required=True)


class DistributionQuery(NamedQuery):
    """Which distributions; ``state`` is the merchant's order, ``status`` what follows now."""

    sort = sorting("name", "openAt")
    experience_id = fields.String(load_default=None, validate=ID)
    sequence_id = fields.String(load_default=None, validate=ID)
    product_id = fields.String(load_default=None, validate=ID)
    state = fields.String(load_default=None, validate=STATES)
    status = fields.String(load_default=None, validate=STATUSES)


class EntryView(Wire):
    """One entry, and the admission that it was given."""

    id = fields.String(required=True)
    consumer_id = fields.String(required=True)
    number = fields.Integer(required=True, allow_none=True)
    status = fields.String(required=True)
    deny_reason = fields.String(required=True, allow_none=True)
    entered_at = Timestamp(required=True)
    admitted_at = Timestamp(required=True, allow_none=True)
    completed_at = Timestamp(required=True, allow_none=True)
    admission_id = fields.String(required=True, allow_none=True)
    expires_at = Timestamp(required=True, allow_none=True)


class PeopleQuery(SortedQuery):
    """Whose entries: by id, by e-mail address in either case, by the merchant's own id."""

    consumer_id = fields.String(load_default=None, validate=ID)
    email = fields.String(load_default=None, validate=validate.Length(1, 254))
    external_id = fields.String(load_default=None, validate=validate.Length(1, 255))


class WaitlistQuery(PeopleQuery):
    """Who is or was on a waitlist."""

    status = fields.String(
        load_default=None, validate=validate.OneOf([each.value for each in WaitlistState])
    )


class EntryQuery(PeopleQuery):
    """Which entries; they come by number."""

    status = fields.String(
        load_default=None,
        validate=validate.OneOf(["QUEUED", "ADMITTED", "COMPLETED", "DENIED", "LEFT"]),
    )
    number = fields.Integer(load_default=None, validate=validate.Range(1, MOST))
