"""What a run shows while it works: on a terminal, how far it is; anywhere else, nothing."""

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bad_server import Page, serving
from rich.console import Console

from pipeline import tallies
from pipeline.fetch.manners import Manners
from pipeline.progress import Far, quiet, shown_on, told
from pipeline.run import recode, run
from pipeline.run_options import RunOptions

ROOT = Path(__file__).parents[2]
TEXT = "Italy rescued {} migrants off Lampedusa on Monday, the coast guard said. They were brought to Sicily."


@pytest.mark.parametrize(
    ("far", "seconds", "said"),
    [
        (Far(0), 3, "0"),
        (Far(1200), 60, "1,200, 20 a second"),
        (Far(3), 60, "3, 3 a minute"),
        (Far(50, 0.25), 30, "50, 2 a second, 0:01:30 left"),
        (Far(50, 0.0), 30, "50, 2 a second"),
        (Far(50, 1.0), 30, "50, 2 a second"),
    ],
)
def test_how_far_it_is(far: Far, seconds: float, said: str) -> None:
    assert told(far, seconds) == said


def test_a_line_on_a_terminal_that_is_gone_at_the_end() -> None:
    out = io.StringIO()
    show = shown_on(Console(file=out, force_terminal=True, width=120))
    with show("articles coded", lambda: Far(7, 0.5)):
        pass
    assert "articles coded" in out.getvalue()
    assert "7, " in out.getvalue()
    assert out.getvalue().endswith("\x1b[2K")  # the line is erased


class Noted:
    """What a run shows, as it stands when each step ends."""

    def __init__(self) -> None:
        self.steps: dict[str, Far | None] = {}

    @contextmanager
    def __call__(self, what: str, look: Callable[[], Far] | None = None) -> Iterator[None]:
        yield
        self.steps[what] = look() if look else None


@pytest.mark.usefixtures("cheap_coder")
def test_documents_pages_and_articles_are_counted_while_workers_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "_EVERY", 0)
    seeds = tmp_path / "seeds.jsonl"
    lines = [json.dumps({"id": str(n), "text": TEXT.format(n), "published": "2018-06-25"}) for n in range(3)]
    seeds.write_text("\n".join([*lines, "{broken"]))
    noted = Noted()
    with serving() as server:
        items = "".join(f"<item><guid>{n}</guid><link>{server.url}/{n}</link></item>" for n in (7, 8))
        server.pages["/feed"] = Page(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
        server.pages["/7"] = Page(f"<article><h1>Boat</h1><p>{TEXT.format(7) * 4}</p></article>".encode())
        (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{server.url}/feed"\n')
        options = RunOptions(seeds=(str(seeds),), feeds=str(tmp_path / "feeds.toml"), output=str(tmp_path / "out"))
        run(options, Manners(allow_private=True, delay=0, attempts=1), noted)
    assert noted.steps == {
        "feeds asked": Far(1, 1.0),
        "pages fetched": Far(2, 1.0),
        "documents read": Far(5, 1.0),
        "comparing articles": None,
        "articles coded": Far(4, 1.0),
        "grouping events": None,
        "publishing": None,
    }
    again = Noted()
    recode(str(tmp_path / "out"), show=again)
    assert again.steps["articles coded"] == Far(4, 1.0)


def test_a_tally_that_is_being_written_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "tally-1").write_text('{"documents": 3}')
    (tmp_path / "attempt").mkdir()
    (tmp_path / "attempt" / "tally-2").write_text('{"documents": 4, "pieces": 1}')
    (tmp_path / "tally-3").write_text('{"docu')
    assert tallies.read_tallies(tmp_path) == {"documents": 7, "pieces": 1}
    assert tallies.read_tallies(tmp_path / "nowhere") == {}


def test_the_command_shows_it_on_a_terminal(tmp_path: Path) -> None:
    """That it shows nothing in a pipe is among the tests of the command line."""
    (tmp_path / "a.txt").write_text(TEXT.format(3))
    command = [sys.executable, "-m", "pipeline", "run", "--seeds", "a.txt", "--output", "out"]
    env = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "120"}
    mine, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        screen = b"".join(iter(lambda: _read(mine), b""))
        assert process.stdout is not None
        out = process.stdout.read()
    assert process.returncode == 0
    assert b"1 new article" in out
    assert b"\x1b" not in out
    for step in (b"documents read", b"comparing articles", b"articles coded", b"publishing"):
        assert step in screen
    assert screen.endswith(b"\x1b[2K")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # Linux says so when the other side is closed
        return b""


def test_quiet_shows_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet("anything", lambda: Far(1)):
        pass
    assert capfd.readouterr() == ("", "")
