"""Why somebody may not enter, for every kind of mechanism (contract.md, section 1).

Each error names its kind, as in ``Queue is closed`` or ``Consumer not in timed release``.
"""

from datetime import datetime
from math import ceil

from integration.engine.status import stamp
from integration.kernel.errors import Conflict, FanfareError, PermissionDenied

FULL_RETRY_SECONDS = 30
FINGERPRINT_HEADER = {"X-Fingerprint-Error": "true"}


def title(kind: str) -> str:
    """Return how errors name a kind: ``timed_release`` is ``Timed release``."""
    return kind.replace("_", " ").capitalize()


class NeverEntered(FanfareError):
    """The consumer has never entered."""

    code = "NOT_ENTERED"
    status = 404

    def __init__(self, kind: str) -> None:
        name = kind.replace("_", " ")
        super().__init__(f"This consumer has not entered the {name}. Enter it first.")
        self.error = f"Consumer not in {name}"
        self.code = f"NOT_IN_{kind.upper()}"


class NotOpenYet(FanfareError):
    """Entries begin later; the body says when, the header in how many seconds."""

    code = "NOT_OPEN_YET"
    status = 423

    def __init__(self, kind: str, opens_at: datetime, now: datetime) -> None:
        super().__init__(
            "Entries begin at the time in opensAt. Try again then.",
            retry_after=max(1, ceil((opens_at - now).total_seconds())),
            extra={"opensAt": stamp(opens_at)},
        )
        self.error = f"{title(kind)} is not open yet"


class Closed(FanfareError):
    """Entries have ended."""

    code = "CLOSED"
    status = 400

    def __init__(self, kind: str) -> None:
        super().__init__(f"The {kind.replace('_', ' ')} takes no more entries.")
        self.error = f"{title(kind)} is closed"


class Full(FanfareError):
    """There are as many as there may be; somebody may leave."""

    code = "FULL"
    status = 429

    def __init__(self, kind: str) -> None:
        said = "Every place is taken. One may come free: try again later."
        super().__init__(said, retry_after=FULL_RETRY_SECONDS)
        self.error = f"{title(kind)} is full"


class SoldOut(Conflict):
    """Nothing is left, and nothing can come back."""

    code = "SOLD_OUT"
    message = "Everything has been sold."


class NotRouted(PermissionDenied):
    """The sequence has gates, and no route has led this consumer through them as they stand."""

    code = "NOT_ROUTED"
    message = "Ask for the way first: POST /experiences/:id/route. It opens what is open to you."


class FingerprintRequired(FanfareError):
    """The merchant wants to tell devices apart."""

    error = "Fingerprint required"
    code = "FINGERPRINT_REQUIRED"
    status = 403
    message = "Send the device's fingerprint as 'X-Fingerprint: fp_...'."

    def __init__(self) -> None:
        super().__init__(headers=FINGERPRINT_HEADER)


class FingerprintLimit(FanfareError):
    """This device holds as many entries as one may."""

    error = "Too many entries from this device"
    code = "FINGERPRINT_LIMIT"
    status = 403
    message = "This device already holds as many entries as are allowed."

    def __init__(self) -> None:
        super().__init__(headers=FINGERPRINT_HEADER)
