"""What is remembered of tokens."""

from integration.kernel.token_cache import TokenCache
from integration.kernel.tokens import CACHE_SIZE


def test_the_cache_is_bounded_and_keeps_what_is_used():
    cache = TokenCache(100)

    for n in range(1000):
        cache.put(n.to_bytes(2), n)
        cache.get((0).to_bytes(2))

    assert len(cache) <= 100
    assert cache.get((0).to_bytes(2)) == 0
    assert cache.get((500).to_bytes(2)) is None
    assert CACHE_SIZE == 65_536
