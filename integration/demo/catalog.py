"""What the demo shop sells: a product a launch, and what its page says."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple


class Product(NamedTuple):
    """A pair of sneakers; ``colours`` are the upper's, the sole's and the lace's."""

    name: str
    description: str
    price: Decimal
    sku: str
    inventory: int
    slug: str
    kicker: str
    story: str
    colours: tuple[str, str, str]

    def facts(self, shop: str) -> dict[str, Any]:
        """Return the body of ``POST /api/products``."""
        return {
            "name": self.name,
            "description": self.description,
            "price": float(self.price),
            "currencyCode": CURRENCY,
            "sku": self.sku,
            "inventory": self.inventory,
            "syncSource": "demo",
            "url": f"{shop}/demo/launches/{self.slug}",
            "imageUrl": f"{shop}/demo/pictures/{self.slug}.svg",
        }


CURRENCY = "USD"
CATALOG: Mapping[str, Product] = MappingProxyType(
    {
        "queue": Product(
            name="Limited Edition Sneakers",
            description="Five hundred pairs, numbered.",
            price=Decimal("199.99"),
            sku="SNKR-001",
            inventory=500,
            slug="queue",
            kicker="The line",
            story="Everybody stands in one line, and the line moves as fast as we can serve."
            " Close the page if you like: your place is kept.",
            colours=("#e4572e", "#f3e9dc", "#2a2b3d"),
        ),
        "draw": Product(
            name="Night Shift",
            description="Fifty pairs, reflective from heel to toe.",
            price=Decimal("240.00"),
            sku="SNKR-002",
            inventory=50,
            slug="draw",
            kicker="The draw",
            story="Enter once, whenever you like: being early changes nothing. Fifty names are"
            " drawn, and anybody can check the drawing afterwards.",
            colours=("#31356e", "#9fe3d3", "#f5b82e"),
        ),
        "auction": Product(
            name="Pair No. 1 to 3",
            description="The first three pairs off the last, signed by their maker.",
            price=Decimal("200.00"),
            sku="SNKR-003",
            inventory=3,
            slug="auction",
            kicker="The auction",
            story="The three highest bids take the first three pairs. Say the most that you"
            " would pay, and we bid for you as far as it takes.",
            colours=("#1f7a5c", "#f6f1d5", "#e9c46a"),
        ),
        "timedRelease": Product(
            name="Everyday Low",
            description="Two pairs each, while there are some.",
            price=Decimal("129.00"),
            sku="SNKR-004",
            inventory=2_000,
            slug="timed-release",
            kicker="The drop",
            story="First come, first served: whoever is here while there are pairs may buy, two"
            " at most. You pay in our outlet, which has an address of its own.",
            colours=("#5b8def", "#ffffff", "#1b2a49"),
        ),
        "appointment": Product(
            name="Made to Measure",
            description="Fitted in half an hour, sewn in a week.",
            price=Decimal("320.00"),
            sku="SNKR-005",
            inventory=200,
            slug="appointment",
            kicker="The fitting",
            story="Half an hour of your own in one of our shops. Choose a time; move it or cancel"
            " it until it begins.",
            colours=("#8a5a44", "#efe3d3", "#d8a48f"),
        ),
        "waitlist": Product(
            name="Harbour High",
            description="Sold out, and coming back.",
            price=Decimal("149.00"),
            sku="SNKR-006",
            inventory=0,
            slug="waitlist",
            kicker="The restock",
            story="There are none now. Leave your name, and we tell you once there are pairs"
            " again; it is no place in a line.",
            colours=("#c44569", "#ffe3e8", "#40223c"),
        ),
    }
)
"""The products, by the names of their launches in demo.json."""
