"""A sheet is drawn, marked as a person marks it, and counted."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.audit import MARKS, draw
from pipeline.commands.audit import audit
from pipeline.commands.sample import sample
from pipeline.errors import UsageError
from pipeline.snapshots import Output


def drawn(world: Path, path: Path, per_type: int = 20, seed: int = 1) -> list[dict[str, str]]:
    with path.open("w", encoding="utf-8", newline="") as out:
        draw(Output(world).current(), per_type, seed, out)
    return read(path)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def mark(path: Path, **said: str) -> None:
    """Mark all events of a type, as a spreadsheet would save it."""
    rows = read(path)
    for row in rows:
        row["event_right"] = said.get(row["event_type"], row["event_right"])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def test_a_sheet_holds_what_is_needed_to_judge_an_event(world: Path, tmp_path: Path) -> None:
    rows = drawn(world, tmp_path / "sheet.csv")
    assert len(rows) == 17
    (refusal,) = (row for row in rows if row["event_type"] == "refusal" and row["event_date"] == "2018-06-24")
    assert (refusal["sources"], refusal["of_type"]) == ("Italy [ITA GOV]; Malta [MLT GOV]", "2")
    assert "⟦Italy and Malta refused the Lifeline entry on Sunday.⟧ " in refusal["article"]
    assert refusal["snapshot_id"] == json.loads((world / "croissant.json").read_text())["identifier"]
    (protest,) = (row for row in rows if row["event_type"] == "protest")
    assert protest["evidence"].startswith("'=1+1")
    assert all(row[name] == "" for row in rows for name in MARKS)


def test_a_sample_is_of_each_type_and_hangs_on_the_seed_alone(world: Path, tmp_path: Path) -> None:
    def ids(seed: int) -> list[str]:
        return [row["event_id"] for row in drawn(world, tmp_path / "sheet.csv", per_type=1, seed=seed)]

    assert len(ids(1)) == 11  # one of each type
    assert ids(1) == ids(1)
    assert len({tuple(ids(seed)) for seed in range(8)}) > 1


def test_marks_become_precision(world: Path, tmp_path: Path) -> None:
    drawn(world, tmp_path / "sheet.csv")
    mark(tmp_path / "sheet.csv", refusal="Yes", policy_change="n", aid=" ")
    done = CliRunner().invoke(audit, [str(tmp_path / "sheet.csv"), "--as", "json"], catch_exceptions=False)
    assert [
        (row["event_type"], row["marked"], row["right"], row["low"], row["high"]) for row in json.loads(done.output)
    ] == [
        ("policy_change", 3, 0, 0.0, 0.561),
        ("refusal", 2, 2, 0.342, 1.0),
        ("all types", 5, 2, 0.118, 0.769),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("event_type,of_type,event_right\nthreat,3,maybe\n", "row 2: event_right is 'maybe'; write yes or no"),
        ("event_type,of_type,event_right\nthreat,many,yes\n", "row 2: of_type is 'many'"),
        ("event_type,event_right\nthreat,yes\n", "has no column 'of_type'"),
        ("", "has no column 'event_type'"),
        ("event_type,of_type,event_right\nthreat,3,\n", "event_right is empty in all of"),
        (b"\xff\xfe\x00", "cannot read"),
        (None, "cannot read"),
    ],
)
def test_a_sheet_that_cannot_be_counted_is_named_with_the_remedy(content: Any, message: str, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    if content is not None:
        sheet.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError, match=r"sheet\.csv") as refused:
        CliRunner().invoke(audit, [str(sheet)], catch_exceptions=False)
    assert message in str(refused.value)


def test_a_sheet_that_is_there_is_not_written_over(world: Path, tmp_path: Path) -> None:
    (tmp_path / "marked.csv").write_text("hours of work")
    with pytest.raises(UsageError, match="not there yet"):
        CliRunner().invoke(sample, [str(world), "--to", str(tmp_path / "marked.csv")], catch_exceptions=False)
    assert (tmp_path / "marked.csv").read_text() == "hours of work"
