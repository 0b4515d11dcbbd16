"""Every GraphQL document of the Shopify connector, against the schemas that Shopify publishes."""

from collections.abc import Iterator

import pytest
from graphql import GraphQLEnumType, TypeInfo, TypeInfoVisitor, Visitor, parse, visit

from connectors.shopify import arrangements, documents, scopes, storefront, webhooks
from connectors.shopify.documents import Document
from connectors.shopify.shop import LOWEST_VERSION, VERSION
from connectors.shopify.walk import filtered
from tests.support.shopify.schema import (
    ADMIN,
    STOREFRONT,
    VERSIONS,
    checked,
    cost_of,
    needed_scopes,
    published,
)

SIZES = {
    "PRODUCTS": documents.PRODUCTS_A_PAGE,
    "CUSTOMERS": documents.CUSTOMERS_A_PAGE,
    "ORDERS": documents.ORDERS_A_PAGE,
    "MORE_VARIANTS": documents.PARTS_A_PAGE,
    "MORE_LINES": documents.LINES_A_PAGE,
}
MOST_POINTS = 1000
OPTIONAL = {"discountPercent": "10", "gateFunction": "fanfare-checkout-gate"}
OF_OPTIONS = {"CREATE_DISCOUNT", "VALIDATIONS", "CREATE_VALIDATION", "UPDATE_VALIDATION"}


def metered() -> dict[str, Document]:
    every = vars(documents) | vars(arrangements)
    return {name: found for name, found in every.items() if isinstance(found, Document)}


def bulk() -> dict[str, str]:
    every = {name: text for name, text in vars(documents).items() if name.startswith("BULK_")}
    return {name: filtered(text, "updated_at:>='2026-01-01'") for name, text in every.items()}


def admin() -> dict[str, str]:
    return {name: document.text for name, document in metered().items()} | bulk()


def selected(api: str, version: str, text: str) -> Iterator[tuple[str, str | None]]:
    """Yield each field that a document selects, and why it should not, if it is deprecated."""
    info, found = TypeInfo(published(api, version).schema), []

    class Reader(Visitor):
        def enter_field(self, node, *_):
            field = info.get_field_def()
            found.append((f"{info.get_parent_type()}.{node.name.value}", field.deprecation_reason))

    visit(parse(text), TypeInfoVisitor(info, Reader()))
    yield from found


def test_the_pinned_versions_are_the_ones_that_are_checked():
    assert (LOWEST_VERSION, VERSION) == VERSIONS
    assert len(metered()) >= 18
    assert len(bulk()) == 3


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", admin())
def test_a_document_for_the_admin_api_is_valid(name, version):
    problems = checked(ADMIN, version, admin()[name])

    assert not isinstance(problems, list), problems


@pytest.mark.parametrize("version", VERSIONS)
def test_the_document_for_the_storefront_api_is_valid(version):
    problems = checked(STOREFRONT, version, storefront.CREATE_CART)

    assert not isinstance(problems, list), problems


@pytest.mark.parametrize("version", VERSIONS)
def test_an_invalid_document_would_be_noticed(version):
    text = documents.ORDER.text.replace("cartToken", "cartTokens")

    problems = checked(ADMIN, version, text)

    assert [problem.message.partition("'")[2].partition("'")[0] for problem in problems] == [
        "cartTokens"
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_that_is_deprecated_is_asked_for(version):
    asked = [(ADMIN, text) for text in admin().values()] + [(STOREFRONT, storefront.CREATE_CART)]

    old = [
        (field, why)
        for api, text in asked
        for field, why in selected(api, version, text)
        if why is not None
    ]

    assert old == []


@pytest.mark.parametrize("name", metered())
def test_a_document_costs_what_it_says_and_no_more_than_a_call_may(name):
    document = metered()[name]
    variables = {"first": SIZES.get(name)}

    cost = cost_of(ADMIN, VERSION, document.text, variables)

    assert cost == document.cost <= MOST_POINTS


@pytest.mark.parametrize("version", VERSIONS)
def test_the_app_asks_for_what_its_documents_need_and_for_nothing_else(version):
    needed = {each for text in admin().values() for each in needed_scopes(ADMIN, version, text)}
    asked = set(scopes.needed(OPTIONAL))
    # Who may write may read.
    given = asked | {each.replace("write_", "read_", 1) for each in asked}

    unmet = [sorted(any_of) for any_of in needed if not any_of & given]
    idle = [each for each in asked if not any(each in any_of for any_of in needed)]

    assert unmet == []
    assert idle == []


@pytest.mark.parametrize("version", VERSIONS)
def test_an_option_that_is_off_is_not_asked_for(version):
    without = {name: text for name, text in admin().items() if name not in OF_OPTIONS}
    always = set(scopes.needed({}))

    needed = {each for text in without.values() for each in needed_scopes(ADMIN, version, text)}

    assert [sorted(any_of) for any_of in needed if not any_of & always] == []
    assert set(scopes.needed(OPTIONAL)) > always


@pytest.mark.parametrize("version", VERSIONS)
def test_every_topic_is_one_of_shopifys(version):
    topics = published(ADMIN, version).schema.type_map["WebhookSubscriptionTopic"]

    assert isinstance(topics, GraphQLEnumType)
    assert set(webhooks.TOPICS) <= topics.values.keys()
    assert not {name.upper().replace("/", "_") for name in webhooks.COMPLIANCE} & set(topics.values)
