"""What merchants do on launch night, by the Admin API of a whole running service."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.flows.storefront import ADMIN, made, publish
from tests.support.house import House

PATHS = {
    "queue": "queues",
    "draw": "draws",
    "auction": "auctions",
    "timed_release": "timed-releases",
    "appointment": "appointments",
    "waitlist": "waitlists",
}
PRODUCT = {"name": "Sneaker", "price": 199.99, "currencyCode": "USD", "inventory": 500}
EVERY_DAY = [{"weekday": day, "from": "00:00", "to": "23:30"} for day in range(7)]


def soon(seconds: float) -> str:
    """Return a time so many seconds from now; negative for the past."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def needed(mechanism: str) -> dict[str, Any]:
    """Return what a distribution must have."""
    return {
        "draw": {"drawAt": soon(3600), "winnerCount": 1},
        "auction": {
            "settleAt": soon(3600),
            "startingPrice": "200.00",
            "minimumBidIncrement": "5.00",
            "currencyCode": "USD",
        },
        "appointment": {
            "slotDurationMinutes": 30,
            "maxCapacityPerSlot": 5,
            "locations": [{"name": "Main street"}],
            "weeklyHours": EVERY_DAY,
        },
    }.get(mechanism, {})


@dataclass(frozen=True)
class Launch:
    """A published experience with one distribution."""

    running: House
    mechanism: str
    experience_id: str
    sequence_id: str
    id: str

    @property
    def admin(self) -> str:
        """Where the Admin API keeps the distribution."""
        return f"{ADMIN}/{PATHS[self.mechanism]}/{self.id}"

    @property
    def public(self) -> str:
        """Where the Consumer API shows it."""
        return f"/api/v1/{PATHS[self.mechanism]}/{self.id}"

    def change(self, **fields: Any) -> None:
        """Change the distribution."""
        answer = self.running.call("PATCH", self.admin, json=fields, headers=self.running.server)
        assert answer.status_code == 200, answer.text

    def does(self, verb: str, **body: Any) -> Any:
        """Do something with the distribution: pause, resume, close, end, run."""
        return made(self.running, f"{self.admin}/{verb}", body)

    def entries(self) -> list[dict[str, Any]]:
        """Return who is in it."""
        answer = self.running.get(f"{self.admin}/participations")
        assert answer.status_code == 200, answer.text
        return list(answer.json()["data"])


def launch(
    running: House,
    mechanism: str,
    *,
    experience: dict[str, Any] | None = None,
    sequence: dict[str, Any] | None = None,
    **body: Any,
) -> Launch:
    """Publish an experience with one distribution; winners go to the demo shop's checkout."""
    product = made(running, "/api/products", {**PRODUCT, "sku": f"SKU-{soon(0)}"})["id"]
    checkout = f"{running.url}/demo/checkout?token={{token}}"
    asked = {"name": "The drop", "productId": product, "checkoutUrl": checkout}
    wanted = {**needed(mechanism), **body}
    asked |= experience or {}
    return Launch(
        running, mechanism, *publish(running, PATHS[mechanism], asked, sequence, **wanted)
    )
