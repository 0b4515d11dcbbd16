"""The GraphQL documents, checked in the tests against a running shop."""

import re

from connectors.base import ConnectorError

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

LOGIN = """
mutation Login($username: String!, $password: String!) {
  login(username: $username, password: $password) { __typename }
}
"""

VERIFY = """
query Verify {
  activeChannel { defaultCurrencyCode }
  globalSettings {
    serverConfig { entityCustomFields { entityName customFields { ... on CustomField { name } } } }
  }
}
"""

PROBES = {
    "ReadCatalog": "{ products(options: {take: 1}) { totalItems } }",
    "ReadCustomer": "{ customers(options: {take: 1}) { totalItems } }",
    "ReadOrder": "{ orders(options: {take: 1}) { totalItems } }",
}
"""For each permission that we need, something that only it allows."""

NEWEST = """
query Newest {
  products(options: {take: 1, sort: {updatedAt: DESC}}) { items { id updatedAt } }
}
"""

STILL_THERE = """
query StillThere($id: String!, $updatedAt: DateRange!) {
  products(options: {filter: {id: {eq: $id}, updatedAt: {between: $updatedAt}}}) { totalItems }
}
"""

_SHOP = """
  activeChannel { pricesIncludeTax }
  globalSettings {
    trackInventory outOfStockThreshold serverConfig { moneyStrategyPrecision }
  }
"""

_PRODUCT = """
  id name description updatedAt featuredAsset { preview }
  variants {
    id sku name price priceWithTax currencyCode trackInventory outOfStockThreshold
    useGlobalOutOfStockThreshold stockLevels { stockOnHand stockAllocated }
  }
"""

PRODUCTS = f"""
query Products($options: ProductListOptions!) {{
  {_SHOP}
  page: products(options: $options) {{ totalItems items {{ {_PRODUCT} }} }}
}}
"""

VARIANTS = f"""
query Variants($options: ProductVariantListOptions!) {{
  {_SHOP}
  page: productVariants(options: $options) {{
    totalItems items {{ id updatedAt product {{ {_PRODUCT} }} }}
  }}
}}
"""

PRODUCT = f"""
query Product($id: ID!) {{
  {_SHOP}
  product(id: $id) {{ {_PRODUCT} }}
}}
"""

CUSTOMERS = """
query Customers($options: CustomerListOptions!) {
  page: customers(options: $options) {
    totalItems
    items { id emailAddress phoneNumber firstName lastName updatedAt }
  }
}
"""

VARIANT = """
query Variant($sku: String!) {
  productVariants(options: {take: 1, filter: {sku: {eq: $sku}}}) { items { id } }
}
"""

ADD_ITEM = """
mutation AddItem($variant: ID!, $quantity: Int!) {
  added: addItemToOrder(productVariantId: $variant, quantity: $quantity) {
    __typename
    ... on Order { code }
    ... on ErrorResult { errorCode }
  }
}
"""


def orders(field: str) -> str:
    """Return the document that lists orders, with the custom field that carries the handle."""
    return f"""
query Orders($options: OrderListOptions!) {{
  globalSettings {{ serverConfig {{ moneyStrategyPrecision }} }}
  page: orders(options: $options) {{
    totalItems
    items {{
      id code state currencyCode totalWithTax updatedAt orderPlacedAt customer {{ emailAddress }}
      customFields {{ {_checked(field)} }}
      lines {{ quantity proratedUnitPriceWithTax productVariant {{ id sku }} }}
    }}
  }}
}}
"""


def set_handle(field: str) -> str:
    """Return the document that puts the handle on the active order."""
    return f"""
mutation SetHandle($handle: String!) {{
  set: setOrderCustomFields(input: {{customFields: {{{_checked(field)}: $handle}}}}) {{
    __typename
    ... on ErrorResult {{ errorCode }}
  }}
}}
"""


def _checked(field: str) -> str:
    if not _NAME.fullmatch(field):
        raise ConnectorError("The setting orderField is not the name of a custom field.")
    return field
