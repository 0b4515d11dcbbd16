"""The tables."""

from integration.store.models.access import ApiKey, Organization, SigningKey
from integration.store.models.auctions import Bid, Bidder
from integration.store.models.base import Base
from integration.store.models.bookings import Booking, WaitlistEntry
from integration.store.models.catalog import Product, Variant
from integration.store.models.checkout import Handoff, Order
from integration.store.models.draws import Draw, DrawChoice, DrawPage
from integration.store.models.experiences import Distribution, Experience, Sequence
from integration.store.models.imports import ImportPage, ImportProblem, ImportRun
from integration.store.models.insight import InsightBlock, InsightCount, InsightFact, InsightMark
from integration.store.models.journeys import (
    Audience,
    AudienceMember,
    RoutingGrant,
    SpentChallenge,
    Visit,
)
from integration.store.models.lines import Admission, Line, Participation
from integration.store.models.messages import (
    Delivery,
    IdempotencyKey,
    InboxNotice,
    OutboxEvent,
    WebhookEndpoint,
)
from integration.store.models.people import (
    Consumer,
    ExchangeCode,
    ExternalIdentity,
    Message,
    OtpCode,
    RefreshToken,
    Session,
)
from integration.store.models.platforms import Connection, SyncRun, SyncSeen
from integration.store.models.record import AuditMark, AuditRow, AuditSegment

__all__ = [
    "Admission",
    "ApiKey",
    "Audience",
    "AudienceMember",
    "AuditMark",
    "AuditRow",
    "AuditSegment",
    "Base",
    "Bid",
    "Bidder",
    "Booking",
    "Connection",
    "Consumer",
    "Delivery",
    "Distribution",
    "Draw",
    "DrawChoice",
    "DrawPage",
    "ExchangeCode",
    "Experience",
    "ExternalIdentity",
    "Handoff",
    "IdempotencyKey",
    "ImportPage",
    "ImportProblem",
    "ImportRun",
    "InboxNotice",
    "InsightBlock",
    "InsightCount",
    "InsightFact",
    "InsightMark",
    "Line",
    "Message",
    "Order",
    "Organization",
    "OtpCode",
    "OutboxEvent",
    "Participation",
    "Product",
    "RefreshToken",
    "RoutingGrant",
    "Sequence",
    "Session",
    "SigningKey",
    "SpentChallenge",
    "SyncRun",
    "SyncSeen",
    "Variant",
    "Visit",
    "WaitlistEntry",
    "WebhookEndpoint",
]
