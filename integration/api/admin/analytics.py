"""Analytics: what launches came to, and how they go."""

from datetime import timedelta
from typing import Any

from marshmallow import fields, validate

from integration.engine.insight import FUNNEL, Interval
from integration.engine.kinds import DistributionType
from integration.kernel.tenant import Caller
from integration.services import analytics
from integration.services.analytics import Question
from integration.store.insight.reading import Scope
from integration.web.fields import Currency, Money, Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.objects import Moment
from integration.web.routes import Blueprint

blp = Blueprint(
    "analytics", __name__, url_prefix="/admin/api/v1", description="What launches came to"
)
READ = merchant("read:experiences")
ID = validate.Length(min=1, max=64)
DEFAULT_SPAN = timedelta(days=1)
GROUPS = ["experience", "sequence", "distribution", "mechanism"]


class AnalyticsQuery(Wire):
    """Of which lines and time; by default all of the last 24 hours."""

    since = Moment(data_key="from", load_default=None)
    until = Moment(data_key="to", load_default=None)
    interval = fields.Enum(Interval, by_value=True, load_default=None)
    experience_id = fields.String(load_default=None, validate=ID)
    sequence_id = fields.String(load_default=None, validate=ID)
    distribution_id = fields.String(load_default=None, validate=ID)
    mechanism = fields.String(
        load_default=None, validate=validate.OneOf([each.value for each in DistributionType])
    )
    group_by = fields.String(load_default=None, validate=validate.OneOf(GROUPS))


def _count() -> fields.Integer:
    return fields.Integer(required=True)


def _share() -> fields.Float:
    return fields.Float(required=True, allow_none=True)


FunnelView = Wire.from_dict({step.value: _count() for step in FUNNEL}, name="FunnelView")


class DurationsView(Wire):
    """Quantiles in seconds, within 1 % of the exact ones; null where there are none."""

    count = _count()
    p50 = _share()
    p90 = _share()
    p99 = _share()


class ConversionView(Wire):
    """Which share completed."""

    of_entered = _share()
    of_admitted = _share()


class RevenueView(Wire):
    """What completed orders came to, and how much of it was cancelled or refunded."""

    currency_code = Currency(required=True)
    amount = Money(required=True)
    refunded = Money(required=True)
    orders = _count()


class RefusedView(Wire):
    """Which share of all who tried to enter was refused, and how many by each code.

    ``routing``: which share of all who asked for the way was not led in.
    """

    limits = _share()
    gates = _share()
    routing = _share()
    codes = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class FairnessView(Wire):
    """Kendall's tau between the order of entry and the order of admission."""

    tau = _share()
    pairs = _count()


class FiguresView(Wire):
    """Everything that is told of some lines over some time."""

    funnel = fields.Nested(FunnelView, required=True)
    conversion = fields.Nested(ConversionView, required=True)
    wait = fields.Nested(DurationsView, required=True)
    time_to_complete = fields.Nested(DurationsView, required=True)
    revenue = fields.List(fields.Nested(RevenueView), required=True)
    refused = fields.Nested(RefusedView, required=True)
    fairness = fields.Nested(FairnessView, required=True)


class GroupView(FiguresView):
    """The same of one group: the id of what it is by, or the mechanism."""

    id = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)


class NowView(Wire):
    """How many wait, and hold a live admission, at this moment."""

    waiting = _count()
    admitted = _count()


class MetricsView(Wire):
    """All that was ever counted; what has happened since ``asOf`` may be missing."""

    as_of = Timestamp(required=True)
    now = fields.Nested(NowView, required=True)
    total = fields.Nested(FiguresView, required=True)
    group_by = fields.String(required=True, allow_none=True)
    groups = fields.List(fields.Nested(GroupView), required=True)


class PointView(Wire):
    """One interval of a series, by when it begins."""

    at = Timestamp(required=True)
    entered = _count()
    admitted = _count()
    completed = _count()


class AnalyticsView(MetricsView):
    """A period, its series, and its figures."""

    since = Timestamp(data_key="from", required=True)
    until = Timestamp(data_key="to", required=True)
    interval = fields.String(required=True)
    series = fields.List(fields.Nested(PointView), required=True)


@blp.endpoint(
    "GET",
    "/analytics",
    READ,
    query=AnalyticsQuery,
    answers={200: AnalyticsView},
    limit="admin",
)
def show(caller: Caller, query: dict[str, Any]) -> Any:
    """Show what launches came to in a period; each thing counts when it happened."""
    rt = runtime()
    until = query.pop("until") or rt.clock.now()
    since = query.pop("since") or until - DEFAULT_SPAN
    interval, group_by = query.pop("interval"), query.pop("group_by")
    question = Question(Scope(**query), since, until, interval, group_by)
    return analytics.analyze(rt, caller.tenant, question)


@blp.endpoint(
    "GET",
    "/experiences/<experience_id>/metrics",
    READ,
    answers={200: MetricsView},
    limit="admin",
)
def of_experience(caller: Caller, experience_id: str) -> Any:
    """Show what an experience has come to, in all and by sequence."""
    scope = Scope(experience_id=experience_id)
    return analytics.metrics(runtime(), caller.tenant, scope, "sequence")


@blp.endpoint(
    "GET",
    "/sequences/<sequence_id>/metrics",
    READ,
    answers={200: MetricsView},
    limit="admin",
)
def of_sequence(caller: Caller, sequence_id: str) -> Any:
    """Show what a sequence has come to, in all and by distribution."""
    scope = Scope(sequence_id=sequence_id)
    return analytics.metrics(runtime(), caller.tenant, scope, "distribution")
