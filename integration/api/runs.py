"""What merchants see of a run: a sync of a shop, or a file on its way in."""

from marshmallow import fields

from integration.store.runs import RunStatus
from integration.web.fields import Timestamp, Wire


class RunView(Wire):
    """How far a run has come; ``rate`` is in records a second."""

    id = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": [each.value for each in RunStatus]})
    created = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    rate = fields.Float(required=True, allow_none=True)
    seconds_left = fields.Integer(required=True, allow_none=True)
    started_at = Timestamp(required=True)
    finished_at = Timestamp(required=True, allow_none=True)
    problem = fields.String(required=True, allow_none=True)
