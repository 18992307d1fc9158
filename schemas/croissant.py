"""A snapshot's description in Croissant (https://docs.mlcommons.org/croissant), from the definitions of its columns.

Croissant and not a Frictionless Data Package: it knows files by pattern, so that a new month changes nothing in it,
fields within fields, and it is schema.org's Dataset, which catalogues and search engines read.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from schemas.columns import SCHEMA_VERSION, Column, columns
from schemas.dictionary import DATASETS, PARTITIONED

DESCRIPTION = "croissant.json"
"""The name of the file that holds the description."""

CHECKSUMS = "SHA256SUMS"
"""The name of the file that lists the sum of every data file, in the form of `sha256sum --check`."""

_TYPES = (
    (pa.types.is_string, "sc:Text"),
    (pa.types.is_boolean, "sc:Boolean"),
    (pa.types.is_integer, "sc:Integer"),
    (pa.types.is_floating, "sc:Float"),
    (pa.types.is_timestamp, "sc:DateTime"),
    (pa.types.is_date, "sc:Date"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What tells one snapshot from another."""

    number: int
    snapshot_id: str
    checksums: str
    """SHA-256 of the list of sums, in hexadecimal digits."""
    at: str
    """ISO 8601, UTC."""
    pipeline_version: str


def cite_as(published: Published) -> str:
    """How a snapshot is cited: tool, version, number, day, and the id that tells whether data are these data."""
    return (
        f"migration-events {published.pipeline_version}, "
        f"snapshot {published.number} of {published.at[:10]}, id {published.snapshot_id}"
    )


def describe(published: Published, left_out: frozenset[tuple[str, str]] = frozenset()) -> str:
    """A snapshot's description as JSON-LD.

    Args:
        published: the snapshot.
        left_out: dataset and column of what is not in the files, and is not described.

    """
    described = {
        "@context": _context(),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": "migration-events",
        "description": "Migration-policy events from news: who did what to whom, when, where, under which policy, each "
        "with the sentence that says it. The texts of the articles are their publishers'.",
        "version": f"{SCHEMA_VERSION}.{published.number}.0",
        "identifier": published.snapshot_id,
        "datePublished": published.at,
        "citeAs": cite_as(published),
        "distribution": [_checksums(published), *(_file_set(name) for name in DATASETS)],
        "recordSet": [
            _record_set(name, record_type, {column for table, column in left_out if table == name})
            for name, record_type in DATASETS.items()
        ],
    }
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


@cache
def _context() -> Any:
    return json.loads(files("schemas").joinpath("croissant_context.json").read_text(encoding="utf-8"))


def _checksums(published: Published) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": CHECKSUMS,
        "name": CHECKSUMS,
        "description": "The SHA-256 of every data file; sha256sum --check reads it.",
        "contentUrl": CHECKSUMS,
        "encodingFormat": "text/plain",
        "sha256": published.checksums,
    }


def _file_set(name: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{name}-files",
        "name": f"{name}-files",
        "description": f"The files of {name}.",
        "encodingFormat": "application/x-parquet",
        "includes": f"{name}/*/*/*.parquet" if name in PARTITIONED else f"{name}/*.parquet",
    }


def _record_set(name: str, record_type: type, left_out: set[str]) -> dict[str, Any]:
    shown = [column for column in columns(record_type) if column.name not in left_out]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": " ".join((record_type.__doc__ or "").split()),
        "field": [_field(f"{name}-files", name, column) for column in shown],
    }


def _field(files_id: str, within: str, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{within}/{column.name}",
        "name": column.name,
        "description": column.meaning,
    }
    is_list = pa.types.is_list(column.arrow)
    if is_list:
        field |= {"isArray": True, "arrayShape": "-1"}
    if column.nested is not None:
        field["subField"] = list(_inner(files_id, field["@id"], column.name, column.nested))
        return field
    field["dataType"] = _data_type(column.arrow.value_type if is_list else column.arrow)
    field["source"] = {"fileSet": {"@id": files_id}, "extract": {"column": column.name}}
    return field


def _inner(files_id: str, within: str, column: str, record_type: type) -> Iterator[dict[str, Any]]:
    for inner in columns(record_type):
        is_list = pa.types.is_list(inner.arrow)
        found = {
            "@type": "cr:Field",
            "@id": f"{within}/{inner.name}",
            "name": inner.name,
            "description": inner.meaning,
            "dataType": _data_type(inner.arrow.value_type if is_list else inner.arrow),
            "source": {
                "fileSet": {"@id": files_id},
                "extract": {"column": column},
                "transform": {"jsonPath": f"$[*].{inner.name}"},
            },
        }
        yield found | ({"isArray": True, "arrayShape": "-1"} if is_list else {})


def _data_type(arrow: pa.DataType) -> str:
    return next(name for is_type, name in _TYPES if is_type(arrow))
