import os
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import BadSignature, URLSafeTimedSerializer

from integration.kernel.crypto import (
    CannotOpen,
    Vault,
    hash_secret,
    new_api_key,
    random_text,
    same,
)

SECRET = "a secret of the installation, long enough"
OLDER = "the secret that it had before this one ."

vault = Vault(SECRET)


@given(data=st.binary(max_size=500))
def test_what_is_sealed_comes_back_and_cannot_be_read(data):
    sealed = vault.seal(data)

    assert vault.open(sealed) == data
    assert len(data) < 8 or data not in sealed


def test_sealing_the_same_twice_tells_nothing():
    assert vault.seal(b"same") != vault.seal(b"same")


def test_a_previous_secret_still_opens():
    sealed = Vault(OLDER).seal(b"kept")

    assert Vault(SECRET, [OLDER]).open(sealed) == b"kept"


def test_what_is_sealed_after_a_rotation_needs_the_new_secret():
    sealed = Vault(SECRET, [OLDER]).seal(b"new")

    assert Vault(SECRET).open(sealed) == b"new"
    with pytest.raises(CannotOpen):
        Vault(OLDER).open(sealed)


@pytest.mark.parametrize("damage", [b"", b"x", b"\xff\xfe", b"gAAAAABm"])
def test_damaged_bytes_cannot_be_opened(damage):
    with pytest.raises(CannotOpen):
        vault.open(damage)


def test_each_byte_of_the_sealed_counts():
    sealed = bytearray(vault.seal(b"whole"))
    sealed[20] ^= 1

    with pytest.raises(CannotOpen):
        vault.open(bytes(sealed))


def test_purposes_have_keys_that_tell_nothing_of_each_other():
    keys = {vault.derive(purpose) for purpose in ("cursor", "handoff", "seal", "fingerprint")}

    assert len(keys) == 4
    assert all(len(key) == 32 for key in keys)
    assert vault.derive("cursor") == Vault(SECRET).derive("cursor")


def test_itsdangerous_takes_the_keys_of_all_secrets_and_signs_with_the_newest():
    before = URLSafeTimedSerializer(Vault(OLDER).derive_all("handoff"))
    after = URLSafeTimedSerializer(Vault(SECRET, [OLDER]).derive_all("handoff"))

    assert after.loads(before.dumps("kept")) == "kept"
    with pytest.raises(BadSignature):
        before.loads(after.dumps("new"))


def test_fingerprints_are_stable_and_need_the_secret():
    stored = vault.fingerprint("fp_01JABCDEFG")

    assert stored == Vault(SECRET).fingerprint("fp_01JABCDEFG")
    assert stored != Vault(OLDER).fingerprint("fp_01JABCDEFG")
    assert stored != hash_secret("fp_01JABCDEFG")


@pytest.mark.parametrize(
    ("kind", "mode", "pattern"),
    [
        ("publishable", "live", r"pk_live_[0-9A-Za-z]{32}"),
        ("publishable", "test", r"pk_test_[0-9A-Za-z]{32}"),
        ("secret", "live", r"sk_live_[0-9A-Za-z]{32}"),
        ("secret", "test", r"sk_test_[0-9A-Za-z]{32}"),
    ],
)
def test_keys_say_what_they_are(kind, mode, pattern):
    assert re.fullmatch(pattern, new_api_key(kind, mode))


def test_random_text_does_not_repeat_and_uses_every_character_alike():
    texts = [random_text(32) for _ in range(10_000)]
    counts = Counter("".join(texts))

    assert len(set(texts)) == 10_000
    assert len(counts) == 62
    # 320 000 / 62 = 5161 each; eight standard deviations.
    assert all(4590 < count < 5740 for count in counts.values())


def test_random_text_may_be_longer_than_one_draw():
    assert len(random_text(200_000)) == 200_000


def test_a_forked_child_makes_other_secrets_than_its_parent():
    random_text(1)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, random_text(32).encode())
        os._exit(0)
    os.waitpid(child, 0)

    assert os.read(read, 32).decode() != random_text(32)
    os.close(read)
    os.close(write)


def test_secrets_compare_as_text_and_as_bytes():
    assert same("é", "é".encode())
    assert same(hash_secret("a"), hash_secret("a"))
    assert not same("a", "b")


def test_printing_a_vault_shows_no_secret():
    assert repr(Vault(SECRET, [OLDER])) == str(vault) == "Vault()"
