"""What everybody with a key sees of a distribution, whatever its kind."""

from marshmallow import fields, validate

from integration.web.fields import Timestamp, Wire


class PublicView(Wire):
    """The fields of every kind; a kind with other words for its state says so itself."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    sequence_id = fields.String(required=True)
    capacity = fields.Integer(required=True, allow_none=True)
    open_at = Timestamp(required=True, allow_none=True)
    close_at = Timestamp(required=True, allow_none=True)
    time_zone = fields.String(required=True)
    status = fields.String(
        required=True, validate=validate.OneOf(["PENDING", "OPEN", "PAUSED", "CLOSED"])
    )
    consumer_count = fields.Integer(required=True)
    notice = fields.String(required=True, allow_none=True)
    server_time = Timestamp(required=True)
