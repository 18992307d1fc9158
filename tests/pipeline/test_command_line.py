"""The real command in a temporary folder: what it prints, and how it ends.

Where only that is meant it runs in this process, which has loaded already what it needs.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.dictionary import data_dictionary

SEEDS = Path(__file__).parents[2] / "seeds"

Ended = Callable[..., tuple[int, str, str]]


def command(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *words], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_run_says_what_came_of_it_and_its_query_works_when_pasted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: Ended
) -> None:
    done = command("run", "--seeds", str(SEEDS), "--output", "output", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 documents read" in done.stdout
    assert "3 new articles (0 of them copies), 0 seen again, 0 rejected" in done.stdout
    assert "Events by type" in done.stdout
    pasted = done.stdout.strip().splitlines()[-1].strip()
    assert " sql output " in pasted
    answer = subprocess.run(pasted, shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "event_type" in answer.stdout
    monkeypatch.chdir(tmp_path)
    _, again, _ = ended("run", "--seeds", SEEDS, "--output", "output")
    assert "0 documents read" in again
    assert "3 documents in 3 files that did not change and were not read again." in again
    assert "Nothing was new" in again
    shown = command("show", "output", cwd=tmp_path)
    assert shown.returncode == 0
    assert shown.stdout == done.stdout.split("\n", 1)[1]


def test_schema_prints_the_data_dictionary(tmp_path: Path) -> None:
    assert command("schema", cwd=tmp_path).stdout == data_dictionary()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "--output", "o"], "nothing to read: name files with --seeds"),
        (["run", "--seeds", "nowhere", "--output", "o"], "no seed documents at 'nowhere'"),
        (["run", "--seeds", str(SEEDS), "--output", "o", "--bogus"], "No such option '--bogus'"),
        (["run", "--seeds", str(SEEDS), "--output", "o", "--runner=FlinkRunner"], "No such option '--runner'"),
        (["run", "--seeds", str(SEEDS), "--output", "o", "--", "--bogus"], "Beam has no option '--bogus'"),
        (["run", "--seeds", str(SEEDS), "--output", "/proc/nope"], "cannot write to '/proc/nope'"),
        (["run", "--seeds", str(SEEDS), "--output", "o", "--manifest", "none.toml"], "no manifest at 'none.toml'"),
        (["show", "nowhere"], "no dataset at 'nowhere'"),
        (["walk"], "No such command 'walk'"),
    ],
)
def test_a_wrong_use_ends_at_once_with_one_line_and_status_2(
    words: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: Ended
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = ended(*words)
    assert (status, out) == (2, "")
    (line,) = err.splitlines()
    assert line.startswith("migration-events: ")
    assert message in line
    assert not (tmp_path / "o" / "_snapshots").exists()


def test_nothing_that_is_loaded_has_anything_to_say_beside_it(tmp_path: Path) -> None:
    done = command("run", "--seeds", "nowhere", "--output", "o", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "migration-events: no seed documents at 'nowhere': name a file, a folder or a glob that exists\n"
    )


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["show", "-h"], ["schema", "--help"]])
def test_help_is_short_and_has_an_example(words: list[str], ended: Ended) -> None:
    status, out, _ = ended(*words)
    assert status == 0
    assert len(out.splitlines()) <= 40
    assert words[0].startswith("-") or re.search(r"Example:\n +migration-events", out)


def test_a_shell_completes_commands(tmp_path: Path) -> None:
    program = tmp_path / "migration-events"
    program.write_text("from pipeline.__main__ import main\nmain()\n")
    asked = {"_MIGRATION_EVENTS_COMPLETE": "bash_complete", "COMP_WORDS": "migration-events rec", "COMP_CWORD": "1"}
    path = {"PYTHONPATH": str(SEEDS.parent)}
    done = subprocess.run(
        [sys.executable, program], env={**os.environ, **asked, **path}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["plain,recode"]


CITED = re.compile(r"(?<=, )snapshot \d+ of [\d-]+, id [0-9a-f]{16}")
SENTENCE = "Italy and Malta refused the Lifeline entry on Sunday."


def test_code_prints_the_events_of_a_text(tmp_path: Path, ended: Ended) -> None:
    done = command("code", SENTENCE, "--published", "2018-06-25", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"2018-06-24 +refusal +.*\[ITA\], .*\[MLT\] -> .*Lifeline", done.stdout)
    _, lines, _ = ended("code", SENTENCE, "--published", "2018-06-25", "--json")
    (event,) = map(json.loads, lines.splitlines())
    assert (event["event_type"], event["source_codes"], event["event_date"]) == (
        "refusal",
        ["ITA", "MLT"],
        "2018-06-24",
    )
    _, explained, _ = ended("code", "--explain", SENTENCE)
    assert "stands" in explained
    assert event["rule_id"] in explained


@pytest.mark.parametrize(
    ("words", "message"),
    [([""], "nothing but white space"), ([SENTENCE, "--published", "soon"], "'soon' is not a date")],
)
def test_code_refuses_what_is_no_text_or_no_date(words: list[str], message: str, ended: Ended) -> None:
    status, _, err = ended("code", *words)
    assert status == 2
    assert message in err


def test_recode_makes_the_same_rows_where_the_coder_is_the_same(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: Ended
) -> None:
    shutil.copytree(clone, tmp_path, dirs_exist_ok=True, symlinks=True)
    monkeypatch.chdir(tmp_path)
    _, before, _ = ended("show", "output")
    status, out, err = ended("recode", "output")
    assert (status, err) == (0, "")
    assert CITED.sub("", before).replace("snapshot 1", "snapshot 2") in CITED.sub("", out)
