"""The description of a snapshot, by the reference library of its format."""

import hashlib
import json
from pathlib import Path

import pytest

from schemas.columns import columns
from schemas.croissant import CHECKSUMS, DESCRIPTION, Published, describe
from schemas.dictionary import DATASETS

mlcroissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed: make setup-dev")


def described() -> Published:
    return Published(
        number=7, snapshot_id="0" * 16, checksums="0" * 64, at="2026-11-30T12:00:00+00:00", pipeline_version="1.2"
    )


def test_the_reference_library_finds_no_fault_but_that_nobody_gave_a_licence(tmp_path: Path) -> None:
    (tmp_path / DESCRIPTION).write_text(describe(described()), encoding="utf-8")
    issues = mlcroissant.Dataset(tmp_path / DESCRIPTION).metadata.issues
    assert not issues.errors
    assert [warning for warning in issues.warnings if "schema.org/license" not in str(warning)] == []


def test_it_says_what_each_column_means_and_how_to_cite() -> None:
    said = json.loads(describe(described(), frozenset({("articles", "text")})))
    assert said["citeAs"] == "migration-events 1.2, snapshot 7 of 2026-11-30, id 0000000000000000"
    assert said["version"] == "1.7.0"
    fields = {record_set["name"]: record_set["field"] for record_set in said["recordSet"]}
    for name, record_type in DATASETS.items():
        expected = {c.name: c.meaning for c in columns(record_type) if (name, c.name) != ("articles", "text")}
        assert {field["name"]: field["description"] for field in fields[name]} == expected


def test_the_reference_library_reads_the_datasets_by_it(world: Path) -> None:
    description = world / "_current" / DESCRIPTION
    read = mlcroissant.Dataset(description)
    events = list(read.records("events"))
    assert len(events) == 17
    (protest,) = (event for event in events if event["events/event_type"] == b"protest")
    assert (protest["events/place_country"], protest["events/latitude"]) == (b"ESP", 35.89)
    assert protest["events/sources"][0]["events/sources/name"] == b"@migrants"
    assert len(list(read.records("coverage"))) == len(list(read.records("articles"))) == 13
    (sums,) = (o for o in json.loads(description.read_text())["distribution"] if o["name"] == CHECKSUMS)
    assert sums["sha256"] == hashlib.sha256((world / CHECKSUMS).read_bytes()).hexdigest()
