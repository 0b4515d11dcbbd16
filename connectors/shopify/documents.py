"""The GraphQL documents for the Admin API, checked in the tests against its published schemas.

Each with what it costs at most by Shopify's rule: an object is a point, a connection two
and its objects as often as it is long, a mutation ten. No call may cost more than 1000.
"""

from typing import NamedTuple


class Document(NamedTuple):
    """A document, and the points to have before it is sent."""

    text: str
    cost: int


PRODUCTS_A_PAGE = 10
CUSTOMERS_A_PAGE = 200
ORDERS_A_PAGE = 25
VARIANTS_AT_ONCE = 30
LINES_AT_ONCE = 6
PARTS_A_PAGE = 250
LINES_A_PAGE = 200

_VARIANT = "id sku title price inventoryQuantity inventoryPolicy inventoryItem { tracked }"

_PRODUCT = f"""
  id title description updatedAt onlineStoreUrl tracksInventory
  featuredMedia {{ preview {{ image {{ url }} }} }}
  variants(first: {VARIANTS_AT_ONCE}) {{
    pageInfo {{ hasNextPage endCursor }} nodes {{ {_VARIANT} }}
  }}
"""

_LINE = """
  sku quantity currentQuantity variant { id } originalUnitPriceSet { shopMoney { amount } }
"""

_ORDER = f"""
  id email cartToken cancelledAt displayFinancialStatus processedAt updatedAt discountCodes
  customAttributes {{ key value }} totalPriceSet {{ shopMoney {{ amount currencyCode }} }}
  lineItems(first: {LINES_AT_ONCE}) {{
    pageInfo {{ hasNextPage endCursor }} nodes {{ {_LINE} }}
  }}
"""

_CUSTOMER = """
  id firstName lastName updatedAt
  defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber }
"""

PRODUCTS = Document(
    f"""
query Products($first: Int!, $after: String, $query: String) {{
  shop {{ currencyCode }}
  count: productsCount(query: $query, limit: null) {{ count }}
  page: products(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {{
    pageInfo {{ hasNextPage endCursor }} nodes {{ {_PRODUCT} }}
  }}
}}
""",
    664,
)

CUSTOMERS = Document(
    f"""
query Customers($first: Int!, $after: String, $query: String) {{
  count: customersCount(query: $query, limit: null) {{ count }}
  page: customers(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {{
    pageInfo {{ hasNextPage endCursor }} nodes {{ {_CUSTOMER} }}
  }}
}}
""",
    603,
)

ORDERS = Document(
    f"""
query Orders($first: Int!, $after: String, $query: String) {{
  count: ordersCount(query: $query, limit: null) {{ count }}
  page: orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {{
    pageInfo {{ hasNextPage endCursor }} nodes {{ {_ORDER} }}
  }}
}}
""",
    753,
)

PRODUCT = Document(
    f"""
query Product($id: ID!) {{
  shop {{ currencyCode }}
  product(id: $id) {{ {_PRODUCT} }}
}}
""",
    67,
)

ORDER = Document(f"query Order($id: ID!) {{ order(id: $id) {{ {_ORDER} }} }}", 30)

MORE_VARIANTS = Document(
    f"""
query MoreVariants($id: ID!, $first: Int!, $after: String) {{
  owner: product(id: $id) {{
    part: variants(first: $first, after: $after) {{
      pageInfo {{ hasNextPage endCursor }} nodes {{ {_VARIANT} }}
    }}
  }}
}}
""",
    503,
)

MORE_LINES = Document(
    f"""
query MoreLines($id: ID!, $first: Int!, $after: String) {{
  owner: order(id: $id) {{
    part: lineItems(first: $first, after: $after) {{
      pageInfo {{ hasNextPage endCursor }} nodes {{ {_LINE} }}
    }}
  }}
}}
""",
    803,
)

VARIANT_BY_SKU = Document(
    """
query VariantBySku($query: String!) {
  productVariants(first: 2, query: $query) { nodes { id sku } }
}
""",
    4,
)

BULK_PRODUCTS = """
{ products%s { edges { node {
  id title description updatedAt onlineStoreUrl tracksInventory
  featuredMedia { preview { image { url } } }
  variants { edges { node {
    id sku title price inventoryQuantity inventoryPolicy inventoryItem { tracked }
  } } }
} } } }
"""

BULK_CUSTOMERS = f"""
{{ customers%s {{ edges {{ node {{ {_CUSTOMER} }} }} }} }}
"""

BULK_ORDERS = f"""
{{ orders%s {{ edges {{ node {{
  id email cartToken cancelledAt displayFinancialStatus processedAt updatedAt discountCodes
  customAttributes {{ key value }} totalPriceSet {{ shopMoney {{ amount currencyCode }} }}
  lineItems {{ edges {{ node {{ {_LINE} }} }} }}
}} }} }} }}
"""

RUN_BULK = Document(
    """
mutation RunBulk($query: String!) {
  run: bulkOperationRunQuery(query: $query, groupObjects: true) {
    bulkOperation { id createdAt } userErrors { code }
  }
}
""",
    13,
)

BULK = Document(
    """
query Bulk($id: ID!) {
  shop { currencyCode }
  bulkOperation(id: $id) { status errorCode url fileSize }
}
""",
    2,
)
