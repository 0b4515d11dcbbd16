"""What is remembered of tokens."""

from datetime import UTC, datetime, timedelta

from integration.kernel.signing import SigningKey
from integration.kernel.token_cache import TokenCache
from integration.kernel.tokens import CACHE_SIZE, Keyring, access_claims

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_cache_is_bounded_and_keeps_what_is_used():
    cache = TokenCache(100)

    for n in range(1000):
        cache.put(n.to_bytes(2), n)
        cache.get((0).to_bytes(2))

    assert len(cache) <= 100
    assert cache.get((0).to_bytes(2)) == 0
    assert cache.get((500).to_bytes(2)) is None
    assert CACHE_SIZE == 65_536


def test_what_tokens_of_an_organization_share_is_kept_once():
    ring = Keyring("https://fanfare.example", SigningKey.generate())
    claims = access_claims(
        organization_id="org_1",
        mode="live",
        consumer_id="cons_1",
        session_id="sess_1",
        issued_at=NOW,
        expires_at=NOW + timedelta(hours=1),
    )

    one, other = (ring.read(ring.issue(claims | {"sub": sub}), "access") for sub in ("a", "b"))

    assert one["sub"] != other["sub"]
    assert all(one[name] is other[name] for name in ("iss", "typ", "aud", "mode"))
