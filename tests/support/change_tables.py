"""The tables of what may change when: as a page shows them, and values to try them with."""

from integration.engine.changes import EXPERIENCES, SEQUENCES, TABLES, Stage, Table
from integration.engine.kinds import DistributionType

WORDS = {
    Stage.DRAFT: "draft",
    Stage.PUBLISHED: "published",
    Stage.LOBBY: "lobby",
    Stage.RUNNING: "open, paused",
    Stage.CLOSED: "closed",
    Stage.DECIDED: "settled",
    Stage.ENDED: "ended",
}
OF_EXPERIENCES = (Stage.DRAFT, Stage.RUNNING, Stage.ENDED)
DUTCH = {
    "auctionType": "dutch",
    "floorPrice": "1.00",
    "priceDropAmount": "1.00",
    "priceDropIntervalSeconds": 60,
}


def page() -> str:
    """All tables, as docs/admin-api.md holds them."""
    shared = {
        name: until
        for name, until in TABLES[DistributionType.QUEUE].items()
        if name in TABLES[DistributionType.TIMED_RELEASE]
    }
    parts = [
        _part("Experiences", EXPERIENCES, OF_EXPERIENCES),
        _part("Sequences (by the stage of their experience)", SEQUENCES, OF_EXPERIENCES),
        _part("Every distribution", shared, tuple(Stage)),
    ]
    for kind, table in TABLES.items():
        own = {name: until for name, until in table.items() if shared.get(name) != until}
        parts.append(_part(f"A {kind.value.replace('_', ' ')}", own, tuple(Stage)))
    return "\n\n".join(parts)


def _part(title: str, table: Table, stages: tuple[Stage, ...]) -> str:
    known = WORDS | ({Stage.RUNNING: "published"} if stages == OF_EXPERIENCES else {})
    words = [known[each] for each in stages]
    lines = [f"**{title}**", "", "| field | " + " | ".join(words) + " |"]
    lines.append("| --- " * (len(stages) + 1) + "|")
    for name, until in table.items():
        marks = ["yes" if each <= until.last else "no" for each in stages]
        lines.append(f"| `{name}` | " + " | ".join(marks) + " |")
    return "\n".join(lines)


def bodies(sibling: str, product: dict) -> dict[str, dict]:
    """A change of each field that is fine by itself, in whatever kind has it."""
    changes = {
        "sequenceId": sibling,
        "name": "Other",
        "openAt": "2091-01-01T00:00:00.000Z",
        "closeAt": "2094-01-01T00:00:00.000Z",
        "timeZone": "Europe/Berlin",
        "maxCapacity": 500,
        "admissionExpirationSeconds": 1200,
        "productId": product["id"],
        "inventoryBound": True,
        "stock": 50,
        "unitsPerAdmission": 2,
        "fingerprintPolicy": "off",
        "fingerprintAtValidation": True,
        "maxEntriesPerFingerprint": 7,
        "extendable": True,
        "restockOnCancel": True,
        "notice": "Soon.",
        "metadata": {"hall": 5},
        "admissionRate": 7,
        "maxActiveAdmissions": 9,
        "positionDisplay": "qualitative",
        "absenceSeconds": 60,
        "lobbyOpensAt": "2089-01-01T00:00:00.000Z",
        "shuffleBeforeOpen": True,
        "drawAt": "2097-01-01T00:00:00.000Z",
        "winnerCount": 3,
        "backupCount": 2,
        "continueSelectingUntilCompleted": True,
        "tickets": {"field": "spent", "max": 10},
        "beacon": {"kind": "none", "round": 5},
        "settleAt": "2097-01-01T00:00:00.000Z",
        "startingPrice": "50.00",
        "currencyCode": "EUR",
        "reservePrice": "500.00",
        "minimumBidIncrement": "5.00",
        "autoExtendSeconds": 30,
        "perConsumerLimit": 2,
        "waves": [{"at": "2092-01-01T00:00:00.000Z", "quantity": 10}],
        "slotDurationMinutes": 15,
        "bufferMinutes": 5,
        "maxCapacityPerSlot": 4,
        "locations": [{"id": "harbour", "name": "Harbour"}],
        "weeklyHours": [{"weekday": 1, "from": "10:00", "to": "12:00"}],
        "exceptions": [{"date": "2092-12-24", "closed": True, "hours": []}],
        "admitAtStart": True,
        "priority": 7,
        "color": "#ff0066",
        "requireAuthentication": True,
        "botCheck": True,
        "slug": "other",
        "checkoutUrl": "https://other.example/?token={token}",
        "theme": {"accent": "#ff0066"},
        "i18n": {"de": {"title": "Start"}},
        "expectedAudience": 1000,
    }
    alone = {name: {name: value} for name, value in changes.items()}
    variant = {"productId": product["id"], "variantId": product["variants"][0]["id"]}
    return {**alone, "variantId": variant, **dict.fromkeys(DUTCH, DUTCH)}
