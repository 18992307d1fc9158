"""`watch`: runs at intervals by the real command, over feeds of a real server, ended by a signal."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import click
import pytest
from bad_server import Page, Server, serving, silent

from pipeline.check import problems
from pipeline.commands.watch import Interval
from pipeline.snapshots import Output
from pipeline.watch import until_next

ROOT = Path(__file__).parents[2]
PATIENCE = 150


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("90s", timedelta(seconds=90)),
        ("15m", timedelta(minutes=15)),
        ("6h", timedelta(hours=6)),
        ("1d", timedelta(days=1)),
    ],
)
def test_intervals(written: str, meant: timedelta) -> None:
    assert Interval().convert(written, None, None) == meant


@pytest.mark.parametrize("written", ["0m", "15", "m", "-1m", "1.5h", "15 m", "1w", ""])
def test_what_is_no_interval(written: str) -> None:
    with pytest.raises(click.BadParameter, match="like 15m"):
        Interval().convert(written, None, None)


@pytest.mark.parametrize(
    ("passed", "pause"),
    [(0, 10), (3, 7), (10, 10), (12, 8), (35, 5)],
)
def test_starts_that_passed_during_a_run_are_left_out(passed: float, pause: float) -> None:
    assert until_next(passed, 10) == pause


def feed_of(server: Server, *numbers: int) -> Page:
    items = "".join(f"<item><guid>{server.url}/{n}</guid><link>{server.url}/{n}</link></item>" for n in numbers)
    return Page(f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode())


def article(number: int) -> Page:
    text = " ".join(f"Italy rescued {number}{i} migrants off Lampedusa on Monday, it said." for i in range(10))
    return Page(f"<html><body><article><h1>Boat {number}</h1><p>{text}</p></article></body></html>".encode())


@contextmanager
def watching(folder: Path, server: Server, *more: str) -> Iterator[subprocess.Popen[str]]:
    (folder / "feeds.toml").write_text(f'[[feed]]\nurl = "{server.url}/feed"\n')
    command = ["watch", "--every", "1s", "--feeds", "feeds.toml", "--output", "out", "--delay", "0"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", *command, "--allow-private-hosts", *more],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stderr=log,
            text=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait_until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_runs_go_on_after_one_that_fails_until_sigterm(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with serving() as server:
        server.pages |= {"/feed": feed_of(server, 1)}
        with watching(tmp_path, server, "--max-rejected", "0") as process:
            wait_until(lambda: "ended with status 4" in (tmp_path / "log").read_text())
            server.pages["/1"] = article(1)
            wait_until(lambda: Output(out).current().number == 1)
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
    assert all(line[:4].isdigit() and "migration_events.watch: " in line for line in log.splitlines())
    assert list(problems(Output(out))) == []


def test_a_run_that_is_on_is_broken_off_and_publishes_nothing(tmp_path: Path) -> None:
    with serving() as server:
        server.pages |= {"/feed": silent}
        with watching(tmp_path, server) as process:
            wait_until(lambda: server.asked("/feed"))
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
            assert time.monotonic() - began < 15
    assert not (tmp_path / "out" / "_staging").exists()
    assert Output(tmp_path / "out").current().number == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_options_that_are_wrong_from_the_start_end_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "watch", "--every", "1s", "--feeds", "none.toml", "--output", "out"]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "cannot read the list of feeds 'none.toml'" in done.stderr
    assert "Traceback" not in done.stderr
