"""What a snapshot says of itself: sums, an id to cite, one schema in every file also after an upgrade."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.check import problems
from pipeline.snapshots import Output
from schemas.columns import SCHEMA_VERSION, arrow_schema
from schemas.dictionary import DATASETS

pytestmark = pytest.mark.usefixtures("cheap_coder")


@pytest.fixture
def output(tmp_path: Path, run_over: Callable[..., Any]) -> Path:
    tell(tmp_path, "Ceuta", "2018-06-25")
    tell(tmp_path, "Samos", "2019-01-02")
    run_over(tmp_path / "out", tmp_path / "in")
    return tmp_path / "out"


def tell(folder: Path, place: str, day: str) -> None:
    (folder / "in").mkdir(exist_ok=True)
    record = {"id": place, "text": f"The coastguard rescued 40 migrants off {place}, it said.", "published": day}
    (folder / "in" / f"{place}.jsonl").write_text(json.dumps(record))


def sums(output: Path) -> dict[str, str]:
    lines = (output / "SHA256SUMS").read_text().splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def run_record(output: Path) -> dict[str, Any]:
    return json.loads((output / "_current" / "run.json").read_text())


def test_every_data_file_is_listed_with_its_sum(output: Path) -> None:
    files = {p.relative_to(output).as_posix() for name in DATASETS for p in (output / name).rglob("*.parquet")}
    assert sums(output).keys() == files
    assert all(
        hashlib.sha256((output / name).read_bytes()).hexdigest() == digest for name, digest in sums(output).items()
    )
    assert run_record(output)["snapshot_id"] == hashlib.sha256((output / "SHA256SUMS").read_bytes()).hexdigest()[:16]


def test_another_snapshot_has_another_id_and_keeps_the_sums_of_files_that_are_links(
    output: Path, tmp_path: Path, run_over: Callable[..., Any]
) -> None:
    before, first = sums(output), run_record(output)["snapshot_id"]
    tell(tmp_path, "Lesbos", "2019-01-03")
    run_over(output, tmp_path / "in")
    assert run_record(output)["snapshot_id"] != first
    after = sums(output)
    same = {name for name in before if before[name] == after[name]}
    assert same == {
        "articles/year=2018/month=6/part-0.parquet",
        "events/year=2018/month=6/part-0.parquet",
        "rejected/part-0.parquet",
    }
    assert list(problems(Output(output))) == []


def test_check_tells_which_file_is_not_what_was_published(output: Path) -> None:
    (file,) = Output(output).current().files("coverage")
    table = pq.read_table(file)
    pq.write_table(table, file, compression="gzip")
    assert list(problems(Output(output))) == ["coverage/part-0.parquet is not what was published: its sum differs"]


def test_every_file_says_its_version_and_what_its_columns_mean_nested_ones_too(output: Path) -> None:
    for name in DATASETS:
        for file in (output / name).rglob("*.parquet"):
            schema = pq.read_schema(file)
            assert schema.metadata[b"schema_version"] == SCHEMA_VERSION.encode()
            assert all(field.metadata[b"description"] for field in schema)
    actor = pq.read_schema(Output(output).current().files("events")[0]).field("sources").type.value_type
    assert actor.field("sector").metadata == {b"description": b"what kind of party"}


def test_files_of_an_older_schema_are_written_anew_by_the_next_run(
    output: Path, tmp_path: Path, run_over: Callable[..., Any], datasets: Callable[..., Any]
) -> None:
    expected = datasets(output)
    shutil.copytree(output, tmp_path / "older", symlinks=True)
    for table, column in (("articles", "authors"), ("events", "route"), ("clusters", "merged_ids")):
        for file in Output(tmp_path / "older").current().files(table):
            without = pq.read_table(file, partitioning=None).drop_columns([column])
            file.unlink()
            pq.write_table(without, file)
    record = run_over(tmp_path / "older", tmp_path / "in")
    assert record.snapshot == 2
    assert datasets(tmp_path / "older") == expected
    for name, record_type in DATASETS.items():
        for file in (tmp_path / "older" / name).rglob("*.parquet"):
            assert pq.read_schema(file).equals(arrow_schema(record_type), check_metadata=True)
    assert run_over(tmp_path / "older", tmp_path / "in").snapshot is None
