"""What `check` finds in a dataset that was damaged, and that it finds nothing in one that was not."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.check import problems
from pipeline.snapshots import Output

Damage = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, run_over: Callable[..., Any]) -> Path:
    """A dataset of two reports, one of them also in a copy, coded by the real coder."""
    folder = tmp_path_factory.mktemp("whole")
    text = "Italy closed its ports to rescue ships on Monday, the interior ministry said. Malta refused the Lifeline entry."
    (folder / "a.txt").write_text(text)
    (folder / "b.txt").write_text(text + " Copyright of somebody else.")
    (folder / "c.txt").write_text("Greece returned 40 migrants to Turkey on Tuesday, the Greek police said.")
    (folder / "d.txt").write_bytes(b"")
    run_over(folder / "out", folder)
    return folder / "out"


def change(output: Path, table: str, damage: Damage) -> None:
    """Change the first row of a table in place."""
    (file, *_) = Output(output).current().files(table)
    read = pq.read_table(file, partitioning=None)
    rows = read.to_pylist()
    damage(rows[0])
    pq.write_table(pa.Table.from_pylist(rows, schema=read.schema), file)


def test_a_dataset_that_is_whole_has_no_problems(whole: Path) -> None:
    assert list(problems(Output(whole))) == []


@pytest.mark.parametrize(
    ("table", "damage", "found"),
    [
        ("articles", lambda row: row.update(text="Cut."), "does not stand where it says"),
        ("articles", lambda row: row.update(article_id="x"), "sightings: "),
        ("articles", lambda row: row.update(source_kind="rumour"), "articles: source_kind is rumour, not a term"),
        ("articles", lambda row: row.update(cluster_id="x"), "articles: the cluster of"),
        ("articles", lambda row: row.update(duplicate_of="x", cluster_id="x"), "is a copy of an article that is not"),
        ("events", lambda row: row.update(article_id="x"), "events: the article of"),
        ("events", lambda row: row.update(event_cluster_id="x"), "does not list the events that name it"),
        ("events", lambda row: row.update(source_codes=["XXX"]), "are not those of its actors"),
        ("events", lambda row: row.update(publisher="Somebody"), "does not say of its article"),
        ("clusters", lambda row: row.update(event_ids=[]), "does not list the events that name it"),
        ("coverage", lambda row: row.update(articles=7), "coverage: counts 7 articles"),
        ("rejected", lambda row: row.update(run_id="r0"), "_runs/r0.json: cannot be read"),
        ("state/sightings", lambda row: row.update(row_hash="x", source_uri="elsewhere"), "no row is kept"),
    ],
)
def test_damage_is_found_and_named(whole: Path, tmp_path: Path, table: str, damage: Damage, found: str) -> None:
    shutil.copytree(whole, tmp_path / "out", symlinks=True)
    change(tmp_path / "out", table, damage)
    assert [problem for problem in problems(Output(tmp_path / "out")) if found in problem]


def test_files_that_are_damaged_or_of_another_schema_are_named(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "out", symlinks=True)
    current = Output(tmp_path / "out").current()
    (file,) = current.files("clusters")
    file.write_bytes(file.read_bytes()[:-9])
    (other,) = current.files("rejected")
    pq.write_table(pq.read_table(other).drop_columns(["detail"]), other)
    found = list(problems(Output(tmp_path / "out")))
    assert found[0].startswith("clusters/part-0.parquet: cannot be read")
    assert found[1] == "rejected/part-0.parquet: not the schema of rejected"
    assert len(found) == 3
