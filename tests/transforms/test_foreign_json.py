import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.foreign_json import read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_json_is_read_as_the_standard_library_reads_it(value: object) -> None:
    assert read_json(json.dumps(value)) == value


@given(st.text(st.characters(categories=["Cs", "Ll"])))
def test_what_is_read_can_be_written(text: str) -> None:
    (read,) = read_json(json.dumps([text]))
    read.encode()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (r'"\ud83d"', "?"),
        (r'"\uD83D x"', "? x"),
        (r'"\ud83d\ude00"', "😀"),
        (r'{"\udc00": ["a\\ud83d"]}', {"?": ["a\\ud83d"]}),
    ],
)
def test_values(written: str, value: object) -> None:
    assert read_json(written) == value


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[" * 101 + "1" + "]" * 101, "nested too deeply"),
        ("[" * 100_000, "nested too deeply"),
        ("1" * 5000, "digits"),
        ("{oops}", "Expecting property name"),
        ('"a\nb"', "control character"),
    ],
)
def test_what_is_none_is_an_error_that_says_why(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_json(written)
