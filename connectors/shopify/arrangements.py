"""The documents that look at a shop, and arrange in it what a launch needs."""

from connectors.shopify.documents import Document

TOPICS_AT_MOST = 250

VERIFY = Document(
    """
query Verify {
  shop { name myshopifyDomain currencyCode ianaTimezone }
  currentAppInstallation { accessScopes { handle } }
}
""",
    3,
)

SUBSCRIPTIONS = Document(
    f"""
query Subscriptions {{
  webhookSubscriptions(first: {TOPICS_AT_MOST}) {{ nodes {{ topic uri format filter }} }}
}}
""",
    252,
)

SUBSCRIBE = Document(
    """
mutation Subscribe($topic: WebhookSubscriptionTopic!, $uri: String!) {
  made: webhookSubscriptionCreate(
    topic: $topic, webhookSubscription: {uri: $uri, format: JSON}
  ) { userErrors { message } }
}
""",
    12,
)

CREATE_DISCOUNT = Document(
    """
mutation CreateDiscount($discount: DiscountCodeBasicInput!) {
  made: discountCodeBasicCreate(basicCodeDiscount: $discount) { userErrors { code } }
}
""",
    12,
)

VALIDATIONS = Document(
    """
query Validations {
  validations(first: 25) {
    nodes {
      id enabled shopifyFunction { handle }
      metafield(namespace: "$app:fanfare", key: "gate") { value }
    }
  }
}
""",
    77,
)

CREATE_VALIDATION = Document(
    """
mutation CreateValidation($validation: ValidationCreateInput!) {
  made: validationCreate(validation: $validation) { userErrors { code } }
}
""",
    12,
)

UPDATE_VALIDATION = Document(
    """
mutation UpdateValidation($id: ID!, $validation: ValidationUpdateInput!) {
  made: validationUpdate(id: $id, validation: $validation) { userErrors { code } }
}
""",
    12,
)

CREATE_STOREFRONT_TOKEN = Document(
    """
mutation CreateStorefrontToken($title: String!) {
  made: storefrontAccessTokenCreate(input: {title: $title}) {
    storefrontAccessToken { accessToken } userErrors { message }
  }
}
""",
    13,
)
