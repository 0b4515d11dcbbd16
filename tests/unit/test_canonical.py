import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.canonical import MAX_EXACT, canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_EXACT, MAX_EXACT) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        # RFC 8785, section 3.2.2.
        ([None, True, False], "[null,true,false]"),
        ('€$\x0f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),
        # Section 3.2.3: by UTF-16 code units, in which the emoji comes before the dalet.
        (
            {
                "€": "Euro Sign",
                "\r": "Carriage Return",
                "\ufb33": "Hebrew Letter Dalet With Dagesh",
                "1": "One",
                "😀": "Emoji: Grinning Face",
                "\x80": "Control",
                "ö": "Latin Small Letter O With Diaeresis",
            },
            (
                '{"\\r":"Carriage Return","1":"One","\x80":"Control",'
                '"ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign",'
                '"😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}'
            ),
        ),
        ("\x00\x08\t\x0c\x1f\x7f\u2028", '"\\u0000\\b\\t\\f\\u001f\x7f\u2028"'),
        ({"b": [0, -1, {}], "a": {"d": 1, "c": ()}}, '{"a":{"c":[],"d":1},"b":[0,-1,{}]}'),
        (MAX_EXACT, "9007199254740991"),
    ],
)
def test_text_is_as_the_rfc_has_it(value, text):
    assert canonical(value) == text


@given(VALUES)
def test_it_says_what_the_value_says_and_says_it_in_one_way(value):
    text = canonical(value)

    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 9)))
def test_the_order_of_writing_does_not_matter(members):
    assert canonical(dict(reversed(members.items()))) == canonical(members)


@pytest.mark.parametrize(
    "value", [1.5, 1.0, float("nan"), 2**53, -(2**53), "\ud800", b"", {1: 2}, {"\udc00": 1}]
)
def test_what_has_no_exact_text_is_refused(value):
    with pytest.raises(ValueError, match="no canonical text"):
        canonical([value])
