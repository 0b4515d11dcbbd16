"""What is watched for the record, and what of it nobody may read there."""

import re

import pytest
from sqlalchemy import LargeBinary

from integration.store.models import Base

NOT_WATCHED = {
    "audit_log": "the record itself",
    "audit_segment": "its seals",
    "audit_mark": "how far they are",
    "line": "counters of what entries say",
    "bidder": "where bids have brought an entry",
    "draw_page": "what a draw's root stands for",
    "draw_choice": "what the entries' outcomes say",
    "routing_grant": "an answer of route, kept; computed again whenever gates change",
    "visit": "who has looked at an experience",
    "spent_challenge": "solved puzzles",
    "handoff": "an admission on its way to a checkout",
    "session": "sign-ins",
    "refresh_token": "sign-ins",
    "external_identity": "sign-ins",
    "exchange_code": "sign-ins",
    "otp_code": "sign-ins",
    "message": "what people were sent",
    "inbox_notice": "what was reported; what came of it is recorded",
    "outbox_event": "what is told of changes that are recorded",
    "delivery": "what is told of changes that are recorded",
    "idempotency_key": "answers, kept for a day",
    "sync_seen": "what a walk has met; what came of it is recorded",
    "signing_key": "of the installation, nobody's",
    "import_page": "a file on its way in; what came of it is recorded",
    "import_error": "a file on its way in; what came of it is recorded",
    "insight_count": "figures, counted from what is recorded",
    "insight_fact": "figures, counted from what is recorded",
    "insight_mark": "figures, counted from what is recorded",
    "insight_block": "figures, counted from what is recorded",
}
PERSONAL = re.compile(r"e?mail|phone|full_name|secret|token|credential|password|hash|seed")


@pytest.fixture
def watched(stage) -> dict[str, set[str]]:
    """The watched tables, and the columns that are withheld or ignored there."""
    found: dict[str, set[str]] = {}
    for table, arguments in stage.run(
        "SELECT tgrelid::regclass::text, tgargs FROM pg_trigger WHERE tgname = 'audit_update'"
    ):
        _, _, withheld, ignored = (arguments.decode().split("\0") + [""] * 4)[:4]
        found[table] = {*withheld.split(","), *ignored.split(",")}
    return found


def test_every_table_is_watched_or_says_why_not(watched):
    unknown = set(Base.metadata.tables) - set(watched) - set(NOT_WATCHED)

    assert unknown == set(), "Call audit_watch in the migration, or say in NOT_WATCHED why not."
    assert set(watched) & set(NOT_WATCHED) == set()


def test_no_bytes_and_nothing_personal_is_recorded_in_the_clear(watched):
    own = {"participation"}
    """Its functions name the columns that they record."""
    clear = [
        f"{table}.{column.name}"
        for table, hidden in watched.items()
        if table not in own
        for column in Base.metadata.tables[table].columns
        if column.name not in hidden
        and (isinstance(column.type, LargeBinary) or PERSONAL.search(column.name))
    ]

    assert clear == ["draw.entry_root", "draw.beacon_signature"]
