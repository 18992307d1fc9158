"""How commands end: status, one line that says why, one line of JSON where it was asked for."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("cheap_coder")

HOLD = """
import fcntl, sys
with open(sys.argv[1], "a") as lock:
    fcntl.lockf(lock, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.read()
"""
"""The lock as another process holds it: it is the process's, so this one cannot hold it against itself."""


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for place in ("Ceuta", "Samos"):
        (folder / f"{place}.txt").write_text(f"The coastguard rescued 40 migrants off {place} on Monday, it said.")
    return folder


def test_done_also_when_nothing_was_new(seeds: Path, tmp_path: Path, ended: Any) -> None:
    status, out, err = ended("run", "--seeds", seeds, "--output", tmp_path / "out", "--json")
    outcome = json.loads(out)
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert (outcome["status"], outcome["counts"]["new"], outcome["snapshot"]) == (0, 2, 1)
    status, out, _ = ended("run", "--seeds", seeds, "--output", tmp_path / "out", "--json")
    assert (status, json.loads(out)["snapshot"], json.loads(out)["counts"]["unchanged"]) == (0, None, 2)


def test_published_but_a_source_could_not_be_read(seeds: Path, tmp_path: Path, ended: Any) -> None:
    (seeds / "cut.txt.gz").write_bytes(gzip.compress(b"A text that was cut." * 500)[:-30])
    status, out, _ = ended("run", "--seeds", seeds, "--output", tmp_path / "out")
    assert status == 3
    assert "1 document could not be read; the next run tries again." in " ".join(out.split())
    assert (tmp_path / "out" / "_current").exists()


def test_a_run_that_lost_too_much_is_not_published(seeds: Path, tmp_path: Path, ended: Any) -> None:
    run = ("run", "--seeds", seeds, "--output", tmp_path / "out", "--json")
    (seeds / "empty.txt").write_text("")
    status, out, err = ended(*run, "--max-rejected", "0.3")
    assert (status, json.loads(out)["status"]) == (4, 4)
    assert err.startswith("migration-events: 1 of 3 documents (33%) were rejected, more than --max-rejected allows")
    assert f"Look at {seeds}/empty.txt (empty: " in err
    assert err.count("\n") == 1
    assert not (tmp_path / "out" / "_current").exists()
    assert ended(*run, "--max-rejected", "0.34")[0] == 0


def test_another_run_holds_the_output(seeds: Path, tmp_path: Path, ended: Any) -> None:
    (tmp_path / "out").mkdir()
    command = [sys.executable, "-c", HOLD, str(tmp_path / "out" / "_lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        status, out, err = ended("run", "--seeds", seeds, "--output", tmp_path / "out")
        holder.kill()
    assert (status, out) == (5, "")
    assert "another run holds" in err
    assert ended("run", "--seeds", seeds, "--output", tmp_path / "out")[0] == 0


def test_check_ends_with_1_and_a_list_where_something_is_wrong(seeds: Path, tmp_path: Path, ended: Any) -> None:
    ended("run", "--seeds", seeds, "--output", tmp_path / "out")
    assert ended("check", tmp_path / "out") == (0, "All is well.\n", "")
    (record,) = (tmp_path / "out" / "_runs").iterdir()
    record.unlink()
    status, out, _ = ended("check", tmp_path / "out")
    assert status == 1
    assert out.startswith(f"_runs/{record.name}: cannot be read")


def test_events_of_another_coder_are_told_of_with_the_remedy(seeds: Path, tmp_path: Path, ended: Any) -> None:
    _, out, _ = ended("run", "--seeds", seeds, "--output", tmp_path / "out")
    assert f"another version of the coder; migration-events recode {tmp_path}/out codes" in " ".join(out.split())


def test_a_dry_run_lists_the_files_and_makes_no_output(seeds: Path, tmp_path: Path, ended: Any) -> None:
    status, out, _ = ended("run", "--seeds", seeds, "--output", tmp_path / "out", "--dry-run", "--json")
    assert (status, set(json.loads(out)["files"].values())) == (0, {"new"})
    _, out, _ = ended("run", "--seeds", seeds, "--output", tmp_path / "out", "--dry-run")
    assert "2 files not read before:" in out
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--max-rejected", "2"], "2.0 is not in the range"),
        (["--since", "soon"], "'soon' does not match the format"),
        (["--since", "2020-01-02", "--until", "2020-01-01"], "--since is later than --until"),
    ],
)
def test_wrong_options_end_with_2_and_one_line(
    words: list[str], message: str, seeds: Path, tmp_path: Path, ended: Any
) -> None:
    status, out, err = ended("run", "--seeds", seeds, "--output", tmp_path / "out", *words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err
