"""Oneself with all that one takes part in, for OpenAPI: the view answers it as bytes."""

from marshmallow import fields, validate

from integration.api.consumer.schemas.status import StatusView, WaitlistStatusView
from integration.engine.journeys import COLLECTIONS
from integration.web.fields import Timestamp, Wire


class ProfileView(Wire):
    """Who somebody is; what is not known is null."""

    id = fields.String(required=True)
    email = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    full_name = fields.String(required=True, allow_none=True)
    created_at = Timestamp(required=True)


class ResumableAdmissionView(Wire):
    """A live admission, and where it came from."""

    distribution_type = fields.String(required=True, validate=validate.OneOf([*COLLECTIONS]))
    distribution_id = fields.String(required=True)
    experience_id = fields.String(required=True)
    sequence_id = fields.String(required=True)
    admission_token = fields.String(required=True)
    admitted_at = Timestamp(required=True, allow_none=True)
    expires_at = Timestamp(required=True, allow_none=True)


class ListedAdmissionView(ResumableAdmissionView):
    """A live admission among the others, which are told apart by ``id``."""

    id = fields.String(required=True)


class ParticipationView(Wire):
    """What somebody takes part in; the token only once admitted."""

    type = fields.String(required=True, validate=validate.OneOf([*COLLECTIONS, "waitlist"]))
    id = fields.String(required=True)
    status = fields.String(required=True)
    admission_token = fields.String()


class JourneyResumeView(Wire):
    """The way back to one entry; ``admission`` only once admitted."""

    experience_id = fields.String(required=True)
    sequence_id = fields.String(required=True)
    journey_stage = fields.String(required=True, validate=validate.OneOf(["routed", "admitted"]))
    sequence_stage = fields.String(
        required=True, validate=validate.OneOf(["waitlist_entered", "participating", "admitted"])
    )
    participation = fields.Nested(ParticipationView, required=True)
    admission = fields.Nested(ResumableAdmissionView)


class SequenceNodeView(Wire):
    """The entries of one sequence, by kind."""

    queue = fields.Nested(StatusView)
    draw = fields.Nested(StatusView)
    auction = fields.Nested(StatusView)
    timed_release = fields.Nested(StatusView)
    appointment = fields.Nested(StatusView)
    waitlist = fields.Nested(WaitlistStatusView)


class ExperienceNodeView(Wire):
    """The entries of one experience, by sequence."""

    sequences = fields.Dict(
        keys=fields.String(), values=fields.Nested(SequenceNodeView), required=True
    )


def _by_id(view: type[Wire]) -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.Nested(view), required=True)


class ActiveView(Wire):
    """Live entries by kind and id, the way back to each, and the admissions by id."""

    experiences = _by_id(ExperienceNodeView)
    queues = _by_id(StatusView)
    draws = _by_id(StatusView)
    auctions = _by_id(StatusView)
    timed_releases = _by_id(StatusView)
    appointments = _by_id(StatusView)
    admissions = _by_id(ListedAdmissionView)
    journeys = fields.List(fields.Nested(JourneyResumeView), required=True)


class OwnProfileView(ProfileView):
    """Who one is, and all that one takes part in."""

    active = fields.Nested(ActiveView, required=True)
