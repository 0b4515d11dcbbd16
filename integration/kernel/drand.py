"""Signatures of drand's rounds, verified offline (scheme bls-unchained-g1-rfc9380)."""

import hmac

from py_arkworks_bls12381 import GT, G1Point, G2Point

_SUITE = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this is the network's one signature of a round's message.

    ``public_key`` has 96 bytes, ``signature`` 48, both compressed points. The signature's
    hash is the randomness, so a second spelling of the same point is refused.
    """
    try:
        key, signed = G2Point.from_compressed_bytes(public_key), _point(signature)
    except ValueError:
        return False
    if signed is None or key == G2Point.identity():
        return False
    hashed = G1Point.hash_to_curve(message, _SUITE)
    return GT.pairing_check([signed, -hashed], [G2Point(), key])


def _point(signature: bytes) -> G1Point | None:
    point = G1Point.from_compressed_bytes(signature)
    spelled = point.to_compressed_bytes()
    return point if hmac.compare_digest(spelled, signature) else None
