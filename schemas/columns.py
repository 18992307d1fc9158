"""How a record type becomes an Arrow schema: one definition, in the dataclass, for rows, schemas and the dictionary.

A column is a field annotated with its meaning, and where needed with its closed vocabulary or a narrower Arrow type:

    event_type: Annotated[str, "what was done (codebook 2)", Terms("event_type")]
    word_count: Annotated[int, "words of `text`", pa.int32()]

`X | None` makes the column nullable; nested dataclasses become structs, lists become lists.
"""

import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from schemas import vocabulary

SCHEMA_VERSION = "1"
"""Written into every file. Columns may be added under one version; what a column means may not change."""

_ARROW = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    bytes: pa.binary(),
    datetime: pa.timestamp("us", tz="UTC"),
    date: pa.date32(),
}


@dataclass(frozen=True)
class Terms:
    """Marks a column whose values come from a closed vocabulary."""

    vocabulary: str


@dataclass(frozen=True)
class Column:
    """One column, or one field of a struct: what Parquet, validation and the dictionary need to know of it."""

    name: str
    meaning: str
    arrow: pa.DataType
    nullable: bool
    terms: str | None
    nested: type | None
    """The dataclass of a struct or of a list of structs."""


@cache
def columns(record_type: type) -> tuple[Column, ...]:
    """The columns of a record type, in order."""
    hints = get_type_hints(record_type, include_extras=True)
    return tuple(_column(f.name, hints[f.name]) for f in fields(record_type))


def _column(name: str, hint: Any) -> Column:
    extras: tuple[Any, ...] = ()
    if get_origin(hint) is Annotated:
        hint, *rest = get_args(hint)
        extras = tuple(rest)
    nullable = False
    if get_origin(hint) in (Union, types.UnionType):
        hint, nullable = next(a for a in get_args(hint) if a is not type(None)), True
    item = get_args(hint)[0] if get_origin(hint) in (list, tuple) else hint
    nested = item if is_dataclass(item) else None
    arrow = next((e for e in extras if isinstance(e, pa.DataType)), None)
    if arrow is None:
        arrow = _struct(item) if nested is not None else _ARROW[item]
        if item is not hint:
            arrow = pa.list_(pa.field("element", arrow, nullable=False))
    meaning = next((e for e in extras if isinstance(e, str)), "")
    terms = next((e.vocabulary for e in extras if isinstance(e, Terms)), None)
    return Column(name, meaning, arrow, nullable, terms, nested if isinstance(nested, type) else None)


def _struct(record_type: Any) -> pa.DataType:
    return pa.struct([_arrow_field(c) for c in columns(record_type)])


def _arrow_field(column: Column) -> pa.Field:
    return pa.field(column.name, column.arrow, column.nullable, {"description": column.meaning})


@cache
def arrow_schema(record_type: type) -> pa.Schema:
    """The Arrow schema of a record type; each field, nested ones too, carries its meaning, the schema its version."""
    return pa.schema(
        [_arrow_field(c) for c in columns(record_type)],
        {"schema_version": SCHEMA_VERSION, "table": record_type.__name__.lower()},
    )


@cache
def _plainer(record_type: type) -> Callable[[Any], dict[str, Any]]:
    """A function that turns a nested record into a dict, built once per type."""
    parts = [(c.name, _plainer(c.nested) if c.nested else None) for c in columns(record_type)]

    def plain(record: Any) -> dict[str, Any]:
        out = {}
        for name, inner in parts:
            value = getattr(record, name)
            if inner is not None and value is not None:
                value = [inner(v) for v in value] if isinstance(value, (list, tuple)) else inner(value)
            out[name] = value
        return out

    return plain


def as_row(record: object) -> dict[str, Any]:
    """A record as a dict that Arrow takes, nested records too."""
    record_type: Any = type(record)
    return _plainer(record_type)(record)


def to_table(record_type: type, records: Sequence[Any]) -> pa.Table:
    """Records of one type as an Arrow table with the type's schema."""
    return pa.Table.from_pylist([as_row(r) for r in records], schema=arrow_schema(record_type))


def problems(record: object) -> Iterator[str]:
    """What is wrong with a record, as sentences: a null where none may be, a value outside its vocabulary."""
    record_type: Any = type(record)
    for column in columns(record_type):
        value = getattr(record, column.name)
        if value is None:
            if not column.nullable:
                yield f"{column.name} is null"
        elif column.terms and value not in vocabulary.allowed(column.terms):
            yield f"{column.name} is {value!r}, not a term of {column.terms}"
        elif column.nested and isinstance(value, (list, tuple)):
            for i, inner in enumerate(value):
                yield from (f"{column.name}[{i}].{p}" for p in problems(inner))
