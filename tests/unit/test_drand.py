import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.beacons import QUICKNET, message, randomness
from integration.kernel.drand import verify

# Recorded rounds of quicknet; anybody can fetch them.
ROUNDS = {
    1000: (
        "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
        "e342b73a8dd2bacbe47e4b6b63ed5e39"
    ),
    1001: (
        "b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03"
        "f73896b25883abf2853d10337fb8fa41"
    ),
    657_413: (
        "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be"
        "41076862b98fad56e91a6b85b89cd97b"
    ),
}
KEY = QUICKNET.public_key
SIGNED = bytes.fromhex(ROUNDS[1000])


@pytest.mark.parametrize(("number", "signed"), ROUNDS.items())
def test_recorded_rounds_verify_and_only_as_what_they_are(number, signed):
    assert verify(KEY, message(number), bytes.fromhex(signed))
    assert not verify(KEY, message(number + 1), bytes.fromhex(signed))


def test_the_randomness_of_a_recorded_round_is_the_one_that_was_published():
    assert randomness(bytes.fromhex(ROUNDS[657_413])).hex() == (
        "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"
    )


@given(at=st.integers(0, 47), bit=st.integers(0, 7))
def test_one_bit_changed_is_no_signature(at, bit):
    changed = bytearray(SIGNED)
    changed[at] ^= 1 << bit

    assert not verify(KEY, message(1000), bytes(changed))


@given(st.binary(max_size=100))
def test_junk_is_no_signature_and_no_key(junk):
    assert not verify(KEY, message(1000), junk)
    assert not verify(junk, message(1000), SIGNED)


INFINITY = b"\xc0" + bytes(47)


@pytest.mark.parametrize(
    "odd",
    [INFINITY, b"\xff" * 48, b"\xe0" + bytes(47), bytes(48)],
    ids=["plain", "ones", "sign", "zeros"],
)
def test_the_point_at_infinity_signs_nothing_however_it_is_spelled(odd):
    assert not verify(KEY, message(1000), odd)
    assert not verify(odd + bytes(48), message(1000), odd)
    assert not verify(b"\xc0" + bytes(95), message(1000), INFINITY)


def test_a_signature_has_one_spelling():
    # The same point with its coordinate written modulo p would have another hash.
    modulus = int(
        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241"
        "eabfffeb153ffffb9feffffffffaaab",
        16,
    )
    flags, coordinate = SIGNED[0] & 0xE0, int.from_bytes(SIGNED, "big") & (1 << 381) - 1
    same = (coordinate + modulus).to_bytes(48, "big")
    spelled = bytes([same[0] | flags]) + same[1:]

    assert not verify(KEY, message(1000), spelled)
    # The other root of the same coordinate is another point.
    assert not verify(KEY, message(1000), bytes([SIGNED[0] ^ 0x20]) + SIGNED[1:])
