"""What a second run reads, and what it leaves alone."""

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from apache_beam.io.filesystems import FileSystems

from pipeline import preparing
from pipeline.check import problems
from pipeline.run import plan
from pipeline.run_options import RunOptions
from pipeline.snapshots import Output
from pipeline.sources import changes
from schemas.runs import RunRecord

RunOver = Callable[..., RunRecord]
Became = Callable[[RunRecord], dict[str, int]]
Datasets = Callable[[Path], dict[str, list[dict[str, Any]]]]

LONG_AGO = 1_500_000_000
"""A time of change long before any run, in seconds since 1970."""
PLACES = ("Lampedusa", "Lesbos", "Ceuta")

pytestmark = pytest.mark.usefixtures("cheap_coder")


def write(path: Path, text: str, at: int = LONG_AGO) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    os.utime(path, (at, at))
    return path


def story(place: str, number: int = 20) -> str:
    return f"The coastguard rescued {number} migrants off {place} on Monday. They were taken ashore by the navy."


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    for place in PLACES:
        write(tmp_path / "in" / f"{place}.txt", story(place))
    return tmp_path / "in"


class Noted:
    """Names that are noted in a file, because work is done in processes of its own."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.clear()

    def add(self, name: str) -> None:
        with self._file.open("a") as file:
            file.write(f"{name}\n")

    def clear(self) -> None:
        self._file.write_text("")

    def names(self) -> list[str]:
        return sorted(self._file.read_text().split())


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Noted:
    """Names of the seed files that were opened since."""
    noted = Noted(tmp_path / "opened")
    real = FileSystems.open

    def noting(path: str, *args: Any, **more: Any) -> Any:
        if path.endswith((".txt", ".jsonl")):
            noted.add(Path(path).stem)
        return real(path, *args, **more)

    monkeypatch.setattr(FileSystems, "open", noting)
    return noted


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Noted:
    """Sources of the documents that were extracted since."""
    noted = Noted(tmp_path / "prepared")
    real = preparing.prepare

    def noting(document: Any, stamp: Any) -> Any:
        noted.add(Path(document.source_uri).stem)
        return real(document, stamp)

    monkeypatch.setattr(preparing, "prepare", noting)
    return noted


def test_a_file_as_it_was_is_not_opened(
    seeds: Path, tmp_path: Path, run_over: RunOver, became: Became, opened: Noted
) -> None:
    run_over(tmp_path / "out", seeds)
    assert set(opened.names()) == set(PLACES)
    opened.clear()
    record = run_over(tmp_path / "out", seeds)
    assert opened.names() == []
    assert became(record) == {"unchanged": 3}
    assert record.files == {"new": 0, "changed": 0, "unchanged": 3}
    assert record.snapshot is None


def test_only_what_is_new_or_changed_is_extracted(
    seeds: Path, tmp_path: Path, run_over: RunOver, became: Became, opened: Noted, prepared: Noted
) -> None:
    run_over(tmp_path / "out", seeds)
    write(seeds / "Samos.txt", story("Samos"))
    write(seeds / "Ceuta.txt", story("Ceuta", 40), at=LONG_AGO + 60)
    write(seeds / "Lesbos.txt", story("Lesbos"), at=LONG_AGO + 60)
    opened.clear()
    prepared.clear()
    record = run_over(tmp_path / "out", seeds)
    assert prepared.names() == ["Ceuta", "Samos"]
    assert "Lampedusa" not in opened.names()
    assert became(record) == {"read": 2, "new": 2, "unchanged": 2}
    assert record.files == {"new": 1, "changed": 1, "unchanged": 2}


def test_a_change_within_the_grain_of_file_times_is_not_missed(
    tmp_path: Path, run_over: RunOver, datasets: Datasets
) -> None:
    path = tmp_path / "in" / "a.txt"
    write(path, story("Samos", 20))
    os.utime(path)
    stat = path.stat()
    run_over(tmp_path / "out", path)
    path.write_text(story("Samos", 21))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    record = run_over(tmp_path / "out", path)
    assert record.files["changed"] == 1
    assert "21 migrants" in datasets(tmp_path / "out")["articles"][0]["text"]


def test_a_manifest_that_changed_or_an_upgrade_reads_again(
    seeds: Path, tmp_path: Path, run_over: RunOver, datasets: Datasets, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_over(tmp_path / "out", seeds)
    (seeds / "manifest.toml").write_text('["Ceuta.txt"]\npublisher = "Example Wire"\n')
    assert run_over(tmp_path / "out", seeds).files == {"new": 0, "changed": 1, "unchanged": 2}
    publishers = {row["publisher"] for row in datasets(tmp_path / "out")["articles"]}
    assert publishers == {None, "Example Wire"}
    monkeypatch.setattr(changes, "reading_version", lambda: "another")
    upgraded = run_over(tmp_path / "out", seeds)
    assert upgraded.files == {"new": 0, "changed": 3, "unchanged": 0}
    assert upgraded.counts["seen_again"] == 3


def test_what_could_not_be_read_is_tried_again(seeds: Path, tmp_path: Path, run_over: RunOver, became: Became) -> None:
    (seeds / "cut.txt.gz").write_bytes(b"\x1f\x8b\x08\x00no archive")
    assert became(run_over(tmp_path / "out", seeds)) == {"read": 4, "new": 3, "rejected": 1}
    assert became(run_over(tmp_path / "out", seeds)) == {"read": 1, "rejected": 1, "unchanged": 3}


def dated(*days: str | None) -> str:
    return "\n".join(
        json.dumps({"id": f"n{number}", "text": story(f"Cape {chr(65 + number)}", 30 + number), "published": day})
        for number, day in enumerate(days)
    )


def ids(output: Path, datasets: Datasets) -> list[str]:
    return sorted(row["source_uri"].split("#")[1] for row in datasets(output)["articles"])


def test_bounds_leave_out_other_days_and_unknown_ones_and_a_run_without_them_takes_these(
    tmp_path: Path, run_over: RunOver, became: Became, datasets: Datasets
) -> None:
    path = write(tmp_path / "in" / "n.jsonl", dated("2019-01-31", "2019-02-01", "2019-02-28", "2019-03-01", None))
    february = {"since": date(2019, 2, 1), "until": date(2019, 2, 28)}
    record = run_over(tmp_path / "out", path, **february)
    assert became(record) == {"read": 5, "new": 2, "left_out": 3}
    assert ids(tmp_path / "out", datasets) == ["n1", "n2"]
    assert became(run_over(tmp_path / "out", path, **february)) == {"unchanged": 5}
    assert became(run_over(tmp_path / "out", path)) == {"read": 5, "new": 3, "seen_again": 2}
    assert became(run_over(tmp_path / "out", path, **february)) == {"unchanged": 5}
    run_over(tmp_path / "whole", path)
    assert datasets(tmp_path / "out") == datasets(tmp_path / "whole")


def test_bounds_do_not_take_away_what_an_earlier_run_took(
    tmp_path: Path, run_over: RunOver, datasets: Datasets
) -> None:
    path = write(tmp_path / "in" / "n.jsonl", dated("2019-01-31", "2019-02-01"))
    run_over(tmp_path / "out", path)
    write(path, dated("2019-01-31", "2019-02-01", "2019-02-02", "2019-01-30"), at=LONG_AGO + 60)
    run_over(tmp_path / "out", path, since=date(2019, 2, 1))
    assert ids(tmp_path / "out", datasets) == ["n0", "n1", "n2"]


def test_a_plan_says_what_would_be_read_and_writes_nothing(seeds: Path, tmp_path: Path, run_over: RunOver) -> None:
    options = RunOptions(seeds=(str(seeds),), output=str(tmp_path / "out"))
    assert len(plan(options).comparison.having("new")) == 3
    assert not (tmp_path / "out").exists()
    run_over(tmp_path / "out", seeds)
    write(seeds / "Ceuta.txt", story("Ceuta, in Spain"), at=LONG_AGO + 60)
    write(seeds / "Lesbos.txt", story("Lesbos"), at=LONG_AGO + 60)
    before = sorted((tmp_path / "out").rglob("*"))
    planned = {Path(found.file.path).stem: found.change for found in plan(options).comparison.files}
    assert planned == {"Lampedusa": "unchanged", "Ceuta": "changed", "Lesbos": "touched"}
    assert sorted((tmp_path / "out").rglob("*")) == before


def test_relevant_only_drops_what_cannot_be_about_migration_and_a_run_without_it_takes_that(
    tmp_path: Path, run_over: RunOver, became: Became, datasets: Datasets
) -> None:
    other = "The council passed its budget on Monday. Most of the money will go to schools, the mayor said."
    texts = {"n0": story("Lesbos"), "n1": other, "n2": f"<html><body><p>{other}</p></body></html>"}
    lines = [json.dumps({"id": i, ("html" if text.startswith("<") else "text"): text}) for i, text in texts.items()]
    mixed = write(tmp_path / "in" / "n.jsonl", "\n".join([*lines, "no JSON"]))
    whole = write(tmp_path / "in" / "w.jsonl", json.dumps({"id": "n3", "text": story("Ceuta")}))
    record = run_over(tmp_path / "out", mixed, whole, relevant_only=True)
    assert became(record) == {"read": 5, "new": 2, "rejected": 1, "irrelevant": 2}
    assert ids(tmp_path / "out", datasets) == ["n0", "n3"]
    assert list(problems(Output(tmp_path / "out"))) == []
    assert became(run_over(tmp_path / "out", mixed, whole, relevant_only=True)) == {"unchanged": 5}
    assert became(run_over(tmp_path / "out", mixed, whole)) == {
        "read": 4, "new": 1, "seen_again": 1, "rejected": 2, "unchanged": 1,
    }  # fmt: skip
    assert ids(tmp_path / "out", datasets) == ["n0", "n1", "n3"]
    assert became(run_over(tmp_path / "out", mixed, whole, relevant_only=True)) == {"unchanged": 5}
