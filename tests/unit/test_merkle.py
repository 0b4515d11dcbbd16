from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration.engine.merkle import CHUNK, chunk_roots, fold, includes, leaf_hash, path

# The leaves and roots that Certificate Transparency's own tests use.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def model(leaves):
    """RFC 6962, section 2.1, as it stands there."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\1" + model(leaves[:half]) + model(leaves[half:])).digest()


def leaves_of(count):
    return [str(number).encode() for number in range(count)]


def nodes_of(leaves):
    return [leaf_hash(leaf) for leaf in leaves]


@pytest.mark.parametrize("count", range(1, 9))
def test_roots_are_those_of_certificate_transparency(count):
    assert fold(nodes_of(LEAVES[:count])).hex() == ROOTS[count - 1]


@given(st.integers(0, 300))
def test_the_root_is_the_one_that_the_rfc_defines(count):
    assert fold(nodes_of(leaves_of(count))) == model(leaves_of(count))


@given(st.data(), st.integers(1, 300))
def test_every_leaf_is_proved_at_its_place_and_nowhere_else(data, count):
    leaves, root = leaves_of(count), model(leaves_of(count))
    index = data.draw(st.integers(0, count - 1))
    elsewhere = data.draw(st.integers(-1, count))
    proof = path(nodes_of(leaves), index)

    assert includes(leaves[index], index, count, proof, root)
    assert includes(leaves[index], elsewhere, count, proof, root) is (elsewhere == index)
    assert not includes(b"another", index, count, proof, root)
    assert not includes(leaves[index], index, count, [*proof, root], root)


@pytest.mark.parametrize("count", [1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_one_chunk_and_the_roots_of_the_others_prove_any_leaf(count):
    leaves = leaves_of(count)
    nodes, index = nodes_of(leaves), count - 1
    roots = list(chunk_roots(iter(nodes)))
    begin = index // CHUNK * CHUNK

    proof = path(nodes[begin : begin + CHUNK], index % CHUNK) + path(roots, index // CHUNK)

    assert proof == path(nodes, index)
    assert includes(leaves[index], index, count, proof, fold(roots))
    assert fold(roots) == fold(nodes)


@settings(max_examples=20)
@given(st.integers(2, 100))
def test_a_node_cannot_pass_for_a_leaf(count):
    nodes = nodes_of(leaves_of(count))
    half = 1 << (count - 1).bit_length() - 1
    inner = fold(nodes[:half]) + fold(nodes[half:])

    assert not includes(inner, 0, 1, [], fold(nodes))
