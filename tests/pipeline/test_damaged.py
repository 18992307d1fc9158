"""Commands on a dataset of an earlier version, or of which a file was removed or changed: a remedy, and no traceback."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.snapshots import Output

Ended = Callable[..., tuple[int, str, str]]
Damage = Callable[[Path], object]


def of_an_earlier_version(snapshot: Path) -> None:
    """As they were before a snapshot said what it is."""
    (snapshot / "croissant.json").unlink()
    (snapshot / "SHA256SUMS").unlink()
    record = json.loads((snapshot / "run.json").read_text())
    del record["snapshot_id"]
    (snapshot / "run.json").write_text(json.dumps(record))


def without(name: str) -> Damage:
    return lambda snapshot: (snapshot / name).unlink()


def holding(name: str, content: bytes) -> Damage:
    return lambda snapshot: (snapshot / name).write_bytes(content)


DAMAGES: dict[str, tuple[Damage, str]] = {
    "of an earlier version": (of_an_earlier_version, "run.json"),
    "no description": (without("croissant.json"), "croissant.json"),
    "half a description": (holding("croissant.json", b'{"citeAs": "mig'), "croissant.json"),
    "another description": (holding("croissant.json", b"[]"), "croissant.json"),
    "a description of bytes": (holding("croissant.json", b"\xff\xfe"), "croissant.json"),
    "a description that does not say how to cite": (holding("croissant.json", b'{"citeAs": null}'), "croissant.json"),
    "no sums": (without("SHA256SUMS"), "SHA256SUMS"),
    "other sums": (holding("SHA256SUMS", b"0" * 64 + b"  clusters/part-0.parquet\n"), "SHA256SUMS"),
    "sums of bytes": (holding("SHA256SUMS", b"\xff"), "SHA256SUMS"),
    "no record": (without("run.json"), "run.json"),
    "half a record": (holding("run.json", b'{"run_id": "2'), "run.json"),
}


@pytest.fixture
def output(world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small world, `out` in the folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(world, tmp_path / "out", symlinks=True)


@pytest.mark.parametrize("how", DAMAGES)
def test_what_does_not_say_what_it_is_is_not_cited_but_read_and_a_command_mends_it(
    how: str, output: Path, ended: Ended
) -> None:
    damage, file = DAMAGES[how]
    damage(output / "_current")
    for words in (
        ("show", "out"),
        ("report", "out", "--to", "made.html"),
        ("sample", "out", "--to", "made.csv"),
        ("export", "out", "--as", "csv", "--to", "made"),
        ("export", "out", "--as", "shareable", "--to", "made"),
    ):
        status, _, err = ended(*words)
        assert status == 1
        assert err.startswith(f"migration-events: {file}: missing, ")
        assert "; migration-events correct out writes it anew" in err
        assert err.count("\n") == 1
    assert [path.name for path in Path().iterdir()] == ["out"]
    assert ended("sql", "out", "SELECT count(*) FROM clusters", "--as", "csv")[::2] == (0, "")
    assert ended("sources", "out", "--as", "csv")[0] == 0
    status, found, _ = ended("check", "out")
    assert status == 1
    assert f"{file}: missing, " in found
    assert ended("correct", "out", "--json")[0] == 0
    assert ended("check", "out") == (0, "All is well.\n", "")
    status, shown, _ = ended("show", "out")
    assert status == 0
    assert "Cite it as: " in shown


@pytest.mark.parametrize(
    "words",
    [
        ("show", "out"),
        ("report", "out", "--to", "made"),
        ("sample", "out", "--to", "made"),
        ("export", "out", "--as", "plover", "--to", "made"),
        ("sql", "out", "SELECT * FROM events"),
        ("sources", "out"),
        ("correct", "out"),
        ("recode", "out"),
        ("forget", "out", "1f0c5bd87e0a4c53b0b8ac6bf0d4a9de"),
        ("run", "--seeds", "seeds.txt", "--output", "out"),
    ],
)
def test_a_parquet_file_that_was_cut_short_is_named(words: tuple[str, ...], output: Path, ended: Ended) -> None:
    Path("seeds.txt").write_text("Italy closed its ports to rescue ships on Monday.")
    file = output / "_snapshots" / "1" / "clusters" / "part-0.parquet"
    file.write_bytes(file.read_bytes()[:-9])
    status, out, err = ended(*words)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "cannot read 'out/_snapshots/1/clusters/part-0.parquet'" in err
    assert "put a backup in the place of the output" in err
    assert not Path("made").exists()


def test_an_output_of_before_the_schema_was_promised_is_not_added_to(output: Path, ended: Ended) -> None:
    (file, *_) = Output(output).current().files("articles")
    pq.write_table(pq.read_table(file, partitioning=None).drop_columns(["form"]), file)
    before = {path: path.read_bytes() for path in output.rglob("*.parquet")}
    status, out, err = ended("correct", "out")
    assert (status, out, err.count("\n")) == (4, "", 1)
    assert "has no column 'form', which every row must have" in err
    assert "Read the sources again into a new folder" in err
    assert {path: path.read_bytes() for path in output.rglob("*.parquet")} == before
    assert ended("sql", "out", "SELECT count(*) FROM articles")[0] == 0


def test_no_sheet_is_left_where_there_is_no_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: Ended
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ended("sample", "nowhere", "--to", "made.csv")[0] == 2
    assert not list(tmp_path.iterdir())
