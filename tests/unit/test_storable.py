"""JSON that somebody else wrote, as a database can hold it."""

import json
from decimal import Decimal
from enum import StrEnum

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.kernel.storable import DEEPEST, clean, storable

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
JSON = st.recursive(
    LEAVES, lambda each: st.lists(each) | st.dictionaries(st.text(st.characters()), each)
)


class Color(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"a\u0000b"', "a\ufffdb"),
        (r'"\ud800"', "\ufffd"),
        (r'"x\udfffy"', "x\ufffdy"),
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'{"\u0000": ["\udc00"]}', {"\ufffd": ["\ufffd"]}),
        ("18446744073709551615", 2**64 - 1),
        ("18446744073709551616", "18446744073709551616"),
        ("-9223372036854775809", "-9223372036854775809"),
        ("[true, null, 1.5]", [True, None, 1.5]),
    ],
)
def test_what_cannot_be_held_is_kept_as_near_as_can_be(text, expected):
    assert storable(json.loads(text)) == expected


@given(JSON)
def test_whatever_comes_can_be_written_and_holds_no_nul(value):
    written = orjson.dumps(storable(value))

    assert rb"\u0000" not in written.replace(rb"\\", b"")


def test_what_is_nested_too_deeply_ends_there():
    nested = json.loads("[" * 500 + "]" * 500)

    written = orjson.dumps(storable(nested))

    assert written == b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1)


def test_records_keep_what_is_no_text():
    record = {"color": Color.RED, "price": Decimal("1.50"), "lines": ({"sku": "a\0"},), "n": 2**70}

    cleaned = clean(record)

    assert cleaned == {**record, "lines": ({"sku": "a\ufffd"},)}
    assert cleaned["color"] is Color.RED
