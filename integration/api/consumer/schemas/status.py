"""Where somebody stands, for OpenAPI: the views answer the status object as bytes."""

from marshmallow import fields, validate

from integration.engine.bands import Band
from integration.engine.kinds.waitlist import WaitlistState
from integration.engine.participations import ParticipationState
from integration.web.fields import Timestamp, Wire

STATES = [state.value for state in ParticipationState]


class WaitView(Wire):
    """The range of an estimate, in seconds."""

    low = fields.Integer(required=True)
    high = fields.Integer(required=True)


class StatusView(Wire):
    """Where a consumer stands; what is not reached is null.

    The distribution's id is called after its kind: one of ``queueId`` to ``appointmentId``.
    """

    status = fields.String(required=True, validate=validate.OneOf(STATES))
    entered_at = Timestamp(required=True)
    admitted_at = Timestamp(required=True, allow_none=True)
    completed_at = Timestamp(required=True, allow_none=True)
    deny_reason = fields.String(required=True, allow_none=True)
    position = fields.Integer(required=True, allow_none=True)
    admission_token = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    expires_at = Timestamp(required=True, allow_none=True)
    number = fields.Integer(required=True, allow_none=True)
    estimated_wait_seconds = fields.Integer(required=True, allow_none=True)
    estimated_wait = fields.Nested(WaitView, required=True, allow_none=True)
    poll_after_ms = fields.Integer(required=True, allow_none=True)
    band = fields.String(validate=validate.OneOf([each.value for each in Band]))
    queue_id = fields.String()
    draw_id = fields.String()
    auction_id = fields.String()
    timed_release_id = fields.String()
    appointment_id = fields.String()
    consumer_id = fields.String(required=True)
    experience_id = fields.String(required=True)
    sequence_id = fields.String(required=True)


class WaitlistStatusView(Wire):
    """Whether a consumer is on a waitlist: never a position, never access."""

    waitlist_id = fields.String(required=True)
    consumer_id = fields.String(required=True)
    experience_id = fields.String(required=True)
    sequence_id = fields.String(required=True)
    status = fields.String(
        required=True, validate=validate.OneOf([each.value for each in WaitlistState])
    )
    entered_at = Timestamp(required=True)
    notified_at = Timestamp(required=True, allow_none=True)
