"""A run over feeds that is killed, at whatever moment: the next one loses no entry, and takes none twice."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest
from bad_server import Page, Server, serving

from pipeline.check import problems
from pipeline.snapshots import Output

Datasets = Callable[[Path], dict[str, list[dict[str, Any]]]]
Order = Callable[..., dict[str, Any]]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def put(server: Server, *numbers: int) -> None:
    """A feed that lists pages, in a form that is asked for again each time, and the pages."""
    items = "".join(f"<item><guid>{n}</guid><link>{server.url}/{n}</link></item>" for n in numbers)
    server.pages["/feed"] = Page(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
    for n in numbers:
        words = " ".join(f"The coastguard rescued {n}{i} migrants off Lampedusa on Monday." for i in range(8))
        server.pages[f"/{n}"] = Page(
            f"<html><body><article><h1>Boat {n}</h1><p>{words}</p></article></body></html>".encode()
        )


@pytest.fixture
def again(tmp_path: Path, server: Server, order: Order) -> Callable[..., dict[str, Any]]:
    """A run over the feed; its output has two entries, and the feed lists four more by now."""
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{server.url}/feed"\n')

    def again(output: Path, **when: Any) -> dict[str, Any]:
        return order(output, feeds=str(tmp_path / "feeds.toml"), keep_raw=True, **when)

    put(server, 1, 2)
    assert again(tmp_path / "out")["done"]
    put(server, 2, 3, 4, 5, 6)
    return again


def whole(output: Path, datasets: Datasets) -> dict[str, Any]:
    """All rows but when they were fetched, and what is in the archives; nothing is left over, nothing is amiss."""
    assert list(problems(Output(output))) == []
    assert list((output / "_staging").iterdir()) == []
    found: dict[str, Any] = {
        table: [{k: v for k, v in row.items() if k not in ("fetched_at", "first_fetched_at")} for row in rows]
        for table, rows in datasets(output).items()
    }
    archives = {path.name for path in (output / "raw").iterdir()}
    known = ds.dataset(output / "_current" / "state" / "files").to_table().column("source_file").to_pylist()
    assert {f"raw/{name}" for name in archives} == set(known)
    return found | {"archives": len(archives)}


def test_killed_at_each_point_and_at_any_moment(
    tmp_path: Path, again: Callable[..., dict[str, Any]], datasets: Datasets
) -> None:
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(tmp_path / "out", undisturbed, symlinks=True)
    done = again(undisturbed)
    expected, changes = whole(undisturbed, datasets), done["changes"]
    assert len(expected["articles"]) == 6
    flip = changes.index("os.symlink")
    draw = random.Random(5)
    moments: list[dict[str, float]] = [{"at": at} for at in (0, flip - 1, flip + 1, len(changes) - 1)]
    moments += [{"after": draw.uniform(0, done["seconds"] / 2)} for _ in range(4)]
    for number, moment in enumerate(moments):
        output = tmp_path / f"out-{number}"
        shutil.copytree(tmp_path / "out", output, symlinks=True)
        ended = again(output, **moment)
        assert ended["killed"] or "after" in moment  # a moment of time may come after the end, on a machine less busy
        assert not [p for p in problems(Output(output)) if not p.startswith(("_staging", "_runs"))]
        assert again(output)["done"]
        assert whole(output, datasets) == expected, moment
