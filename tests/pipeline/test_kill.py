"""A run that is killed, at whatever moment, leaves a whole dataset; the next run makes what an undisturbed one makes.

The runs are real, in forks of a process of their own (`runs_to_kill.py`); only the coder is a cheap one.
"""

import json
import os
import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.check import problems
from pipeline.snapshots import Output
from schemas.runs import RunRecord

RunOver = Callable[..., RunRecord]
Datasets = Callable[[Path], dict[str, list[dict[str, Any]]]]
Order = Callable[..., dict[str, Any]]

LONG_AGO = 1_500_000_000
"""A time of change in seconds since 1970: what is so old is not hashed again by the next run, which is then shorter."""
PLACES = ("Lampedusa", "Lesbos", "Ceuta", "Samos", "Calais", "Dover", "Malta", "Crete")


def write_news(folder: Path, first: int, count: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(first, first + count):
        place = PLACES[number % len(PLACES)]
        text = (
            f"The coastguard rescued {20 + number} migrants off {place} on Monday. They were taken ashore in {place}."
        )
        record = {"id": "n", "text": text, "published": f"2019-0{number % 3 + 1}-1{number % 9}"}
        (folder / f"{number}.jsonl").write_text(json.dumps(record) + "\n{broken\n")
        os.utime(folder / f"{number}.jsonl", (LONG_AGO, LONG_AGO))


@pytest.fixture
def news(tmp_path: Path, order: Order) -> Path:
    """A folder with `in` (some news), `out` (its datasets, in two snapshots), and then more news in `in`."""
    for first in (0, 2):
        write_news(tmp_path / "in", first, 3)
        assert order(tmp_path / "out", tmp_path / "in")["done"]
    write_news(tmp_path / "in", 4, 3)
    return tmp_path


def leftovers(output: Path) -> list[str]:
    current = Output(output).current().number
    found = [str(p.relative_to(output)) for p in (output / "_staging").iterdir()]
    found += [p.name for p in [*output.glob("*.new"), *output.glob("_runs/*.new")]]
    found += [p.name for p in (output / "_snapshots").iterdir() if not current - 2 < int(p.name) <= current]
    return found


def test_killed_at_each_point_of_the_protocol(news: Path, order: Order, datasets: Datasets) -> None:
    shutil.copytree(news / "out", news / "undisturbed", symlinks=True)
    changes = order(news / "undisturbed", news / "in")["changes"]
    expected = datasets(news / "undisturbed")
    flip = changes.index("os.symlink")  # before it the snapshot is renamed into its place, after it the link is
    points = [*range(0, flip - 2, flip // 6), *range(flip - 2, flip + 4), *range(flip + 4, len(changes), 8)]
    assert {changes[at] for at in points} >= {"os.mkdir", "os.rename", "os.symlink", "os.remove"}
    for at in points:
        output = news / f"out-{at}"
        shutil.copytree(news / "out", output, symlinks=True)
        assert order(output, news / "in", at=at)["killed"]
        assert not [p for p in problems(Output(output)) if not p.startswith(("_staging", "_runs"))]
        assert order(output, news / "in")["done"]
        assert datasets(output) == expected, f"killed before change {at}: {changes[at]}"
        assert list(problems(Output(output))) == []
        assert leftovers(output) == []
        shutil.rmtree(output)


def test_killed_while_it_publishes_for_the_first_time(tmp_path: Path, order: Order, datasets: Datasets) -> None:
    write_news(tmp_path / "in", 0, 2)
    changes = order(tmp_path / "undisturbed", tmp_path / "in")["changes"]
    links = [at for at, change in enumerate(changes) if change == "os.symlink"]
    for at in (links[0], links[0] + 1, links[1], links[-1], links[-1] + 1):
        output = tmp_path / f"out-{at}"
        assert order(output, tmp_path / "in", at=at)["killed"]
        assert order(output, tmp_path / "in")["done"]
        assert datasets(output) == datasets(tmp_path / "undisturbed")
        assert list(problems(Output(output))) == []
        assert leftovers(output) == []


def test_killed_at_random_moments(news: Path, order: Order, datasets: Datasets) -> None:
    # The quickest of some: on a busy machine one may take so long that most moments come after a run's end.
    undisturbed = [news / f"undisturbed {number}" for number in range(3)]
    for output in undisturbed:
        shutil.copytree(news / "out", output, symlinks=True)
    whole = min(order(output, news / "in")["seconds"] for output in undisturbed)
    expected = datasets(undisturbed[0])
    draw = random.Random(11)
    killed = 0
    for attempt in range(12):
        output = news / "again"
        if attempt % 4 == 0:
            shutil.rmtree(output, ignore_errors=True)
            shutil.copytree(news / "out", output, symlinks=True)
        ended = order(output, news / "in", after=draw.uniform(0, whole))
        killed += ended["killed"]
        if attempt % 4 == 0 and ended["done"]:
            whole = min(whole, ended["seconds"])
        assert not [p for p in problems(Output(output)) if not p.startswith(("_staging", "_runs"))]
        if attempt % 4 == 3:
            assert order(output, news / "in")["done"]
            assert datasets(output) == expected
            assert list(problems(Output(output))) == []
            assert leftovers(output) == []
    assert killed > 5


WHOLE = """
    SELECT (SELECT count(*) FROM '{0}/events/**/*.parquet'),
           (SELECT sum(reports) FROM '{0}/clusters/*.parquet'),
           (SELECT sum(events) FROM '{0}/coverage/*.parquet'),
           (SELECT sum(articles) FROM '{0}/coverage/*.parquet'),
           (SELECT count(*) FROM '{0}/articles/**/*.parquet'),
           (SELECT count(*) FROM '{0}/rejected/*.parquet')
"""


def test_a_reader_that_resolves_the_link_once_sees_one_snapshot_whole(
    tmp_path: Path, run_over: RunOver, cheap_coder: None
) -> None:
    write_news(tmp_path / "in", 0, 3)
    run_over(tmp_path / "out", tmp_path / "in")
    seen: list[tuple[int, ...]] = []
    failed: list[Exception] = []
    ended = threading.Event()

    def read() -> None:
        engine = duckdb.connect()
        while not ended.is_set():
            folder = (tmp_path / "out" / "_current").resolve()
            try:
                seen.extend(engine.execute(WHOLE.format(folder)).fetchall())
            except duckdb.Error as error:
                failed.append(error)
            ended.wait(0.01)  # leaves the runs some of the machine

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 4):
        write_news(tmp_path / "in", 2 * number, 3)
        run_over(tmp_path / "out", tmp_path / "in")
    ended.set()
    reader.join()
    assert failed == []
    assert {(events, articles) for events, *_, articles, _ in seen} >= {(seen[0][0], 3), (seen[-1][0], 9)}
    for events, reports, by_day, covered, articles, rejected in seen:
        assert events == reports == by_day
        assert covered == articles == rejected
