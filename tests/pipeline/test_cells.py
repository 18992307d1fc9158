import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cells import STARTS_FORMULA, cell, json_lines, unquoted, write_csv


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("-3 degrees", "'-3 degrees"),
        ("@someone", "'@someone"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        (-3, -3),
        (None, None),
        (True, "true"),
        (["ITA", "MLT"], '["ITA", "MLT"]'),
        ([{"day": date(2018, 6, 25)}], '[{"day": "2018-06-25"}]'),
    ],
)
def test_cells(value: Any, shown: Any) -> None:
    assert cell(value) == shown


@given(st.text() | st.sampled_from(STARTS_FORMULA).flatmap(lambda s: st.text().map(lambda t: s + t)))
def test_no_text_is_a_formula_and_quoting_can_be_undone(text: str) -> None:
    assert not cell(text).startswith(STARTS_FORMULA)
    assert unquoted(cell(text)) == text


@given(st.lists(st.tuples(st.text().filter(lambda t: "\0" not in t), st.integers())))
def test_a_csv_file_holds_what_was_written(rows: list[tuple[str, int]]) -> None:
    out = io.StringIO(newline="")
    assert write_csv(out, ["text", "number"], rows) == len(rows)
    head, *read = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert head == ["text", "number"]
    assert [(unquoted(text), int(number)) for text, number in read] == rows


@pytest.mark.parametrize("rows", [[], [(1, "a")], [(Decimal("1.5"), date(2018, 1, 2)), (2, None)]])
def test_json_is_one_array_whatever_the_number_of_rows(rows: list[tuple[Any, Any]]) -> None:
    read = json.loads("\n".join(json_lines(["a", "b"], iter(rows))))
    assert [row["a"] for row in read] == [float(a) for a, _ in rows]
