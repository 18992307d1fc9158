"""The disk fails, the folder vanishes, the dataset is damaged: a clear message, nothing lost, the next run goes on."""

import errno
import json
import logging
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline import preparing, publish, staging
from pipeline.check import problems
from pipeline.errors import DamagedError, NotPublishedError, UsageError
from pipeline.run import recode
from pipeline.snapshots import RECORD, Output
from pipeline.trouble import explained
from schemas.runs import RunRecord

RunOver = Callable[..., RunRecord]
Datasets = Callable[[Path], dict[str, list[dict[str, Any]]]]

pytestmark = pytest.mark.usefixtures("cheap_coder")

PLACES = ("Lampedusa", "Lesbos", "Ceuta", "Samos", "Calais", "Dover")
KB = 1024


def write_news(folder: Path, first: int, count: int) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(first, first + count):
        text = f"The coastguard rescued {20 + number} migrants off {PLACES[number % 6]} on Monday, it said."
        record = {"id": "n", "text": text, "published": f"2019-0{number % 3 + 1}-1{number % 9}"}
        (folder / f"{number}.jsonl").write_text(json.dumps(record) + "\n{broken\n")
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount: a full and a read-only disk are not tested")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"cannot mount here ({mounted.stderr!r}): a full and a read-only disk are not tested")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def published(output: Path) -> dict[str, bytes]:
    return {str(p.relative_to(output)): p.read_bytes() for p in (output / "_snapshots").rglob("*") if p.is_file()}


def leave(disk: Path, free: int) -> None:
    """Fill a disk up to some bytes."""
    (disk / "ballast").unlink(missing_ok=True)
    with (disk / "ballast").open("wb") as file:
        file.write(bytes(shutil.disk_usage(disk).free - free))


def test_a_full_disk(small_disk: Path, tmp_path: Path, run_over: RunOver, datasets: Datasets) -> None:
    news, out = write_news(tmp_path / "in", 0, 3), small_disk / "out"
    run_over(out, news)
    before = published(out)
    write_news(news, 3, 3)
    for free in (0, 100 * KB, 200 * KB):  # it fails where workers stage, where the snapshot is written
        leave(small_disk, free)
        with pytest.raises(NotPublishedError, match=r"the disk of '.*/out' is full; nothing was published\. Make room"):
            run_over(out, news)
        assert published(out) == before
        assert list((out / "_staging").iterdir()) == []
    (small_disk / "ballast").unlink()
    run_over(out, news)
    run_over(tmp_path / "undisturbed", news)
    assert datasets(out) == datasets(tmp_path / "undisturbed")
    assert list(problems(Output(out))) == []


def test_a_disk_that_may_only_be_read(small_disk: Path, tmp_path: Path, run_over: RunOver) -> None:
    news, out = write_news(tmp_path / "in", 0, 2), small_disk / "out"
    run_over(out, news)
    before = published(out)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for command in (lambda: run_over(out, news), lambda: recode(str(out))):
        with pytest.raises(UsageError, match=r"cannot write to .*Read-only file system"):
            command()
    assert published(out) == before
    assert list(problems(Output(out))) == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("Traceback\nOSError: [Errno 28] No space left on device [while running 'Write']"), "is full"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "out/_staging/r/snapshot"), "is full"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS), "out/_snapshots/2"), "may not be written to any more"),
        (OSError(errno.EACCES, os.strerror(errno.EACCES), "elsewhere"), None),
        (OSError(errno.ENOENT, os.strerror(errno.ENOENT), "out/_staging/r/x"), "vanished while it was at work"),
        (ValueError("not of the disk"), None),
    ],
)
def test_errors_of_the_disk_are_told_by_what_the_system_calls_them(error: Exception, said: str | None) -> None:
    told = explained(error, Output(Path("out")), Path("out/_staging/r"))
    assert (told is None) == (said is None)
    assert said is None or said in str(told)


@pytest.mark.parametrize("when", ["workers", "publish"])
def test_a_staging_folder_that_vanishes(
    when: str, tmp_path: Path, run_over: RunOver, monkeypatch: pytest.MonkeyPatch
) -> None:
    news, out = write_news(tmp_path / "in", 0, 2), tmp_path / "out"
    run_over(out, news)
    before = published(out)
    write_news(news, 2, 2)
    monkeypatch.setattr(staging, "ROWS_PER_BATCH", 2)  # so that what workers have staged vanishes, too
    module, name = (preparing, "prepare") if when == "workers" else (publish, "build")
    real = getattr(module, name)

    def clear_away(*given: Any) -> Any:
        shutil.rmtree(out / "_staging", ignore_errors=True)
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(module, name, clear_away)
        with pytest.raises(NotPublishedError, match=r"vanished while it was at work, or a part of it; nothing was pub"):
            run_over(out, news)
    assert published(out) == before
    assert run_over(out, news).counts["new"] == 2
    assert list(problems(Output(out))) == []


def test_a_damaged_file_is_named_and_the_snapshot_before_it_leads_on(
    tmp_path: Path, run_over: RunOver, datasets: Datasets
) -> None:
    news, out = write_news(tmp_path / "in", 0, 2), tmp_path / "out"
    run_over(out, news)
    run_over(out, write_news(news, 2, 2))
    undisturbed = datasets(out)
    file = out / "_snapshots" / "2" / "state" / "files" / "part-0.parquet"
    file.write_bytes(file.read_bytes()[:-9])
    before = published(out)
    with pytest.raises(DamagedError, match=r"cannot read '.*/state/files/part-0\.parquet'") as raised:
        run_over(out, news)
    assert published(out) == before
    command = str(raised.value).split("(ln ")[1].split(")")[0]
    assert command == f"-sfn _snapshots/1 {out}/_current"
    subprocess.run(["ln", *command.split()], check=True)
    run_over(out, news)
    assert datasets(out) == undisturbed
    assert list(problems(Output(out))) == []


def test_a_snapshot_that_is_gone_is_not_taken_for_an_empty_one(tmp_path: Path, run_over: RunOver) -> None:
    news, out = write_news(tmp_path / "in", 0, 2), tmp_path / "out"
    run_over(out, news)
    shutil.rmtree(out / "_snapshots" / "1")
    with pytest.raises(
        DamagedError, match=r"_snapshots/1' is gone, .*put a backup in the place of the output, or make"
    ):
        run_over(out, news)


def test_a_clock_that_was_set_back(
    tmp_path: Path, run_over: RunOver, datasets: Datasets, caplog: pytest.LogCaptureFixture
) -> None:
    news, out = write_news(tmp_path / "in", 0, 2), tmp_path / "out"
    run_over(out, news)
    record = out / "_current" / RECORD
    ahead = json.loads(record.read_text()) | {"started_at": (datetime.now(UTC) + timedelta(days=400)).isoformat()}
    record.write_text(json.dumps(ahead))
    write_news(news, 2, 2)
    with caplog.at_level(logging.WARNING):
        run_over(out, news)
    assert "but the last run began at 20" in caplog.text
    caplog.clear()
    run_over(out, news)
    assert caplog.text == ""
    run_over(tmp_path / "undisturbed", news)
    assert datasets(out) == datasets(tmp_path / "undisturbed")
