"""Values as cells of a CSV file that a spreadsheet will open."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, TextIO

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins so for a formula, and would run what a headline says."""

BYTE_ORDER_MARK = "\ufeff"
"""At the start of a CSV file it tells spreadsheets that the file is UTF-8; readers of data skip it."""


def cell(value: Any) -> Any:
    """A value as a cell: texts that would be formulas are quoted by an apostrophe, nested values are JSON.

    Null is the empty cell; numbers stay numbers, negative ones too.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, dict)):
        value = as_json(value)
    if isinstance(value, str) and _may_be_formula(value):
        return f"'{value}"
    return value


def unquoted(text: str) -> str:
    """What a text cell held before `cell` quoted it."""
    return text[1:] if text.startswith("'") and _may_be_formula(text) else text


def as_json(value: Any) -> str:
    """A value as JSON on one line; dates and instants in ISO 8601."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def write_csv(out: TextIO, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows under their names, in the form of RFC 4180; returns how many."""
    writer = csv.writer(out)
    writer.writerow([cell(name) for name in names])
    count = 0
    for row in rows:
        writer.writerow([cell(value) for value in row])
        count += 1
    return count


def json_lines(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of one JSON array, an object a row."""
    yield "["
    before = None
    for row in rows:
        if before is not None:
            yield f"{before},"
        before = as_json(dict(zip(names, row, strict=True)))
    if before is not None:
        yield before
    yield "]"


def _may_be_formula(text: str) -> bool:
    """Whether a text begins like a formula, or like a formula that was quoted: so that quoting can be undone."""
    return text.lstrip("'").startswith(STARTS_FORMULA)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
