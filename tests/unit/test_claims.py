"""How far a provider's word opens an account."""

import pytest

from integration.engine.claims import EmailClaim, opens_account


@pytest.mark.parametrize(
    ("verified", "proven", "opens"),
    [
        (True, False, True),
        (True, True, True),
        (None, False, True),
        (None, True, False),
        (False, False, False),
        (False, True, False),
    ],
)
def test_an_address_opens_the_account_that_nobody_else_has_shown_to_be_theirs(
    verified, proven, opens
):
    claim = EmailClaim("jane@shop.example", verified)

    assert opens_account(claim, proven=proven) is opens


def test_without_an_address_there_is_nothing_to_believe():
    assert not EmailClaim(None, verified=True).counts
