from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Annotated

import pyarrow as pa
import pytest

from schemas import vocabulary
from schemas.articles import Article, Quote
from schemas.columns import Terms, arrow_schema, columns, problems, to_table
from schemas.dictionary import DATASETS, data_dictionary
from schemas.events import Actor, Event
from schemas.state import Sighting


@dataclass(frozen=True, kw_only=True)
class Inner:
    a: Annotated[str, "an a"]
    b: Annotated[tuple[str, ...], "some b"] = ()


@dataclass(frozen=True, kw_only=True)
class Outer:
    text: Annotated[str, "a text"]
    number: Annotated[int | None, "a number", pa.int32()] = None
    day: Annotated[date | None, "a day"] = None
    at: Annotated[datetime | None, "an instant"] = None
    inner: Annotated[tuple[Inner, ...], "inner ones"] = ()
    sector: Annotated[str, "a sector", Terms("sector")] = "GOV"


def test_a_record_type_is_the_definition_of_its_schema() -> None:
    schema = arrow_schema(Outer)
    inner = pa.struct(
        [pa.field("a", pa.string(), False), pa.field("b", pa.list_(pa.field("element", pa.string(), False)), False)]
    )
    assert schema.equals(
        pa.schema(
            [
                pa.field("text", pa.string(), False),
                pa.field("number", pa.int32()),
                pa.field("day", pa.date32()),
                pa.field("at", pa.timestamp("us", "UTC")),
                pa.field("inner", pa.list_(pa.field("element", inner, False)), False),
                pa.field("sector", pa.string(), False),
            ]
        )
    )
    assert schema.field("text").metadata == {b"description": b"a text"}


def test_records_become_rows_and_come_back() -> None:
    record = Outer(
        text="x", number=3, day=date(2018, 6, 25), at=datetime(2018, 6, 25, tzinfo=UTC), inner=(Inner(a="y", b=("z",)),)
    )
    (row,) = to_table(Outer, [record]).to_pylist()
    assert row == {
        "text": "x",
        "number": 3,
        "day": date(2018, 6, 25),
        "at": datetime(2018, 6, 25, tzinfo=UTC),
        "inner": [{"a": "y", "b": ["z"]}],
        "sector": "GOV",
    }


def test_problems_name_the_field() -> None:
    wrong = Outer(text=None, sector="XXX")  # type: ignore[arg-type]
    assert list(problems(wrong)) == ["text is null", "sector is 'XXX', not a term of sector"]
    actor = Actor(name="x", code="ITA", sector="KING")
    assert "sources[0].sector is 'KING', not a term of sector" in set(problems(_event(sources=(actor,))))


def _event(**more: object) -> Event:
    values = {f.name: "x" for f in fields(Event)} | {"sources": (), "targets": (), "figures": ()} | more
    return Event(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("record_type", [*DATASETS.values(), Quote, Actor, Sighting], ids=lambda t: t.__name__)
def test_every_column_says_what_it_means_and_every_vocabulary_exists(record_type: type) -> None:
    for column in columns(record_type):
        assert column.meaning, column.name
        assert column.terms is None or vocabulary.allowed(column.terms)


def test_the_data_dictionary_names_every_column_and_every_term() -> None:
    text = data_dictionary()
    for record_type in DATASETS.values():
        for column in columns(record_type):
            assert f"| `{column.name}` |" in text
    for name in vocabulary.names():
        for term in vocabulary.allowed(name):
            assert f"`{term}`" in text


def test_the_columns_of_the_design_are_there() -> None:
    assert {"article_id", "published_date", "quotes", "repairs", "duplicate_of", "relevance"} <= {
        f.name for f in fields(Article)
    }
