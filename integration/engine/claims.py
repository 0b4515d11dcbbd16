"""How far an e-mail address is believed that came with a sign-in from elsewhere.

The merchant's server says it with a secret key, which may change any consumer anyway. Yet
what it passes on may be what somebody typed at an identity provider: such an address opens
no account that somebody else has shown to be theirs.
"""

from typing import NamedTuple


class EmailClaim(NamedTuple):
    """An address, and whether the provider checked it; None where nobody says so."""

    email: str | None
    verified: bool | None

    @property
    def counts(self) -> bool:
        """Whether anything is made of it at all."""
        return self.email is not None and self.verified is not False


def opens_account(claim: EmailClaim, *, proven: bool) -> bool:
    """Whether the claim leads to the account with this address.

    ``proven``: somebody has shown that the address is theirs, by a code or a checked claim.
    """
    return claim.counts and (claim.verified is True or not proven)
