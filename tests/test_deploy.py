"""What deploy/ has for schedulers: the commands in it are ones that the program takes, and systemd takes its files."""

import re
import runpy
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from pipeline.commands.run import run

DEPLOY = Path(__file__).parent.parent / "deploy"


@pytest.mark.parametrize("name", ["migration-events.cron", "migration-events.service"])
def test_the_command_is_one_that_run_takes(name: str) -> None:
    (words,) = re.findall(
        r"^(?!#).*bin/migration-events run (.*?)(?: >>.*)?$", (DEPLOY / name).read_text(), re.MULTILINE
    )
    with click.Context(run) as context:
        rest = run.parse_args(context, shlex.split(words))
    assert rest == []
    assert context.params["feeds"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here: its files are not verified")
def test_systemd_takes_the_files(tmp_path: Path) -> None:
    for name in ("migration-events.service", "migration-events.timer"):
        written = (DEPLOY / name).read_text().replace("/opt/migration-events/.venv/bin/migration-events", "/bin/true")
        (tmp_path / name).write_text(written)
    done = subprocess.run(
        [
            "systemd-analyze",
            "verify",
            str(tmp_path / "migration-events.timer"),
            str(tmp_path / "migration-events.service"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "migration-events" in done.stderr) == (0, False), done.stderr


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (
            ["--runner=DirectRunner", "--feeds=f.toml", "--output=o", "--labels=airflow-version=v3"],
            ["run", "--feeds=f.toml", "--output=o", "--", "--runner=DirectRunner", "--labels=airflow-version=v3"],
        ),
        (["--keep-raw", "--seeds=a", "--seeds=b"], ["run", "--keep-raw", "--seeds=a", "--seeds=b", "--"]),
        (["--bogus=1"], ["run", "--", "--bogus=1"]),
    ],
)
def test_what_airflow_gives_in_one_list_is_taken_apart(given: list[str], taken: list[str]) -> None:
    assert runpy.run_path(str(DEPLOY / "airflow" / "run.py"))["command"](given) == taken
