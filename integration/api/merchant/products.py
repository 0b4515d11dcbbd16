"""Products, kept by the merchant's back end."""

from typing import Any

from flask import Response
from marshmallow import ValidationError, fields, validate, validates

from integration.api.merchant.doors import IntegrationBlueprint
from integration.kernel.tenant import Caller
from integration.services import products
from integration.store.products import Filter
from integration.web.fields import NAME, TEXT, Currency, Money, Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.lists import SortedQuery, listed
from integration.web.objects import WEB_ADDRESS, Moment, Whole, whole
from integration.web.pagination import page_of
from integration.web.versions import expected_version, tagged

blp = IntegrationBlueprint("products", __name__, description="What is sold")

MOST_UNITS = 1_000_000_000
MOST_VARIANTS = 250
SKU = validate.Length(min=1, max=200)
EXTERNAL_ID = validate.Length(min=1, max=255)
SOURCE = validate.Length(min=1, max=100)


class VariantFields(Wire):
    """One buyable form of a product; without a price it costs what the product costs."""

    sku = fields.String(required=True, validate=SKU)
    title = fields.String(load_default=None, allow_none=True, validate=NAME)
    inventory = whole(0, MOST_UNITS, load_default=None, allow_none=True)
    external_id = fields.String(load_default=None, allow_none=True, validate=EXTERNAL_ID)


class VariantBody(VariantFields):
    """A variant to keep."""

    price = Money(number=True, load_default=None, allow_none=True)


class VariantView(VariantFields):
    """A variant, and what it is called here; its price is in the product's currency."""

    id = fields.String(required=True)
    price = fields.Float(required=True, allow_none=True)


class ProductBody(Wire):
    """A product; ``inventory`` null is not tracked."""

    name = fields.String(required=True, validate=NAME)
    sku = fields.String(required=True, validate=SKU)
    price = Money(number=True, required=True)
    currency_code = Currency(load_default=None, allow_none=True)
    description = fields.String(load_default=None, allow_none=True, validate=TEXT)
    inventory = whole(0, MOST_UNITS, load_default=None, allow_none=True)
    url = fields.String(load_default=None, allow_none=True, validate=WEB_ADDRESS)
    image_url = fields.String(load_default=None, allow_none=True, validate=WEB_ADDRESS)
    external_id = fields.String(load_default=None, allow_none=True, validate=EXTERNAL_ID)
    sync_source = fields.String(load_default=None, allow_none=True, validate=SOURCE)
    variants = fields.List(
        Whole(VariantBody), load_default=list, validate=validate.Length(max=MOST_VARIANTS)
    )

    @validates("variants")
    def check_variants(self, variants: list[dict[str, Any]], **_: Any) -> None:
        """Refuse two variants of one SKU: the list is matched by it."""
        skus = [variant.get("sku") for variant in variants]
        for place, sku in enumerate(skus):
            if sku in skus[:place] and sku is not None:
                raise ValidationError({place: {"sku": ["Each variant needs its own SKU."]}})


class ProductView(ProductBody):
    """A product as we keep it."""

    id = fields.String(required=True)
    currency_code = Currency(required=True)
    variants = fields.List(fields.Nested(VariantView), required=True)
    created_at = Timestamp(required=True)
    updated_at = Timestamp(required=True)


class ProductQuery(SortedQuery):
    """Which products."""

    sku = fields.String(load_default=None, validate=SKU)
    external_id = fields.String(load_default=None, validate=EXTERNAL_ID)
    updated_after = Moment(load_default=None)


@blp.endpoint(
    "POST",
    "/products",
    merchant("write:products"),
    body=ProductBody,
    answers={201: ProductView, 200: ProductView},
    limit="products",
    keyed=Keyed.WITH_EFFECT,
)
def create_product(caller: Caller, body: dict[str, Any]) -> Any:
    """Add a product; with a syncSource, update the one with this externalId or SKU."""
    saved = products.save(runtime(), caller.tenant, body)
    return tagged(saved.product, 201 if saved.created else 200)


@blp.endpoint(
    "GET",
    "/products",
    merchant("read:products"),
    query=ProductQuery,
    answers={200: page_of(ProductView)},
    limit="products",
)
def list_products(caller: Caller, query: dict[str, Any]) -> Any:
    """List products."""
    wanted = Filter(query["sku"], query["external_id"], query["updated_after"])
    return listed(
        caller,
        query,
        lambda part: products.page(runtime(), caller.tenant, part, wanted),
        "products",
    )


@blp.endpoint(
    "GET",
    "/products/<product_id>",
    merchant("read:products"),
    answers={200: ProductView},
    limit="products",
)
def get_product(caller: Caller, product_id: str) -> Any:
    """Show a product."""
    return tagged(products.get(runtime(), caller.tenant, product_id))


@blp.endpoint(
    "PATCH",
    "/products/<product_id>",
    merchant("write:products"),
    body=ProductBody(partial=True),
    answers={200: ProductView},
    limit="products",
)
def change_product(caller: Caller, body: dict[str, Any], product_id: str) -> Any:
    """Change some of a product's fields; variants are replaced, matched by SKU."""
    version = expected_version()
    return tagged(products.update(runtime(), caller.tenant, product_id, body, version))


@blp.endpoint(
    "DELETE",
    "/products/<product_id>",
    merchant("write:products"),
    answers={204: None},
    limit="products",
)
def archive_product(caller: Caller, product_id: str) -> Any:
    """Archive a product; its SKU is free again."""
    products.archive(runtime(), caller.tenant, product_id, expected_version())
    return Response(status=204)
