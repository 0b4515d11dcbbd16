"""What a secret key may do (contract.md, section 2)."""

from collections.abc import Collection

SUBJECTS = (
    "experiences",
    "consumers",
    "products",
    "orders",
    "admissions",
    "webhooks",
    "connections",
)
ADMIN = "admin"
"""All the others, and the Admin API's keys, organization and audit."""

USUAL = tuple(f"{verb}:{subject}" for verb in ("read", "write") for subject in SUBJECTS)
"""What a key may do where nobody says."""

SCOPES = (*USUAL, ADMIN)


def grants(held: Collection[str], scope: str) -> bool:
    """Tell whether whoever has these scopes has this one; ``admin`` has them all."""
    return scope in held or ADMIN in held
