"""The output folder: numbered snapshots, and one link that says which of them is current.

    output/_snapshots/7/articles/year=2018/month=6/part-0.parquet
    output/_current -> _snapshots/7
    output/articles -> _current/articles
    output/croissant.json -> _current/croissant.json

A run builds its snapshot under `_staging` and renames it into place; then one rename of a link makes it current. A run
that dies before that leaves the dataset as it was; a reader that resolved the link keeps reading what it resolved.
"""

import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from fasteners import InterProcessLock

from pipeline.errors import DamagedError, HeldError, UsageError
from pipeline.tables import PART, values
from schemas.croissant import CHECKSUMS, DESCRIPTION

LOGGER = logging.getLogger("migration_events.snapshots")

TABLES = ("articles", "events", "clusters", "coverage", "rejected")
"""The datasets; each has a link of its name in the output folder."""

DESCRIBED_BY = (DESCRIPTION, CHECKSUMS)
"""What a snapshot says of itself; linked as the datasets are."""

KEPT = "raw"
"""In a snapshot, and beside the datasets: the archives of what runs fetched, where it was to be kept."""

RECORD = "run.json"
"""In a snapshot: the record of the run that made it."""

KEPT_SNAPSHOTS = 2
"""The current one and the one before it, for readers at work."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A published state of all datasets; snapshot 0 is the empty one before the first run."""

    number: int
    folder: Path

    def files(self, table: str) -> list[Path]:
        """The Parquet files of a table (a dataset, or a table of `state`), in order."""
        return sorted((self.folder / table).rglob("*.parquet"))

    def archives(self) -> list[Path]:
        """The archives of what was fetched and kept, the oldest first."""
        return sorted((self.folder / KEPT).glob("*.warc.gz"))

    def record(self) -> dict[str, Any]:
        """The record of the run that made it; empty if it is not there or cannot be read."""
        try:
            found = json.loads((self.folder / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Output:
    """An output folder."""

    root: Path

    @property
    def runs(self) -> Path:
        """Where run records are."""
        return self.root / "_runs"

    def staging(self, run_id: str) -> Path:
        """Where a run writes before it publishes."""
        return self.root / "_staging" / run_id

    def current(self) -> Snapshot:
        """The snapshot that readers see."""
        link = self.root / "_current"
        if not link.is_symlink():
            return Snapshot(0, self.root / "_snapshots" / "0")
        folder = self.root / link.readlink()
        return Snapshot(int(folder.name), folder)

    def publish(self, built: Path, number: int) -> Snapshot:
        """Make a folder that was built under `_staging` the current snapshot, then remove what no reader needs."""
        folder = self.root / "_snapshots" / str(number)
        folder.parent.mkdir(exist_ok=True)
        _flush_to_disk(built)
        built.rename(folder)
        _sync_folder(folder.parent)
        self._point("_current", Path("_snapshots") / str(number))
        try:
            self._settle()
        except OSError as error:  # it is published; `recover` does the rest
            LOGGER.warning("published, but not all could be tidied up (%s); the next run does it", error)
        return Snapshot(number, folder)

    def recover(self) -> None:
        """Clear away what a run left that was killed, and finish what it had begun to publish.

        Only who holds the output may do so.

        Only what lies behind the current link is a snapshot: a folder that a run renamed into place before it was
        killed is removed, and what follows the renaming of the link is done again.
        """
        shutil.rmtree(self.root / "_staging", ignore_errors=True)
        for left in (*self.root.glob("*.new"), *self.runs.glob("*.new")):
            left.unlink()
        self._settle()

    def amend(self, fresh: Path, table: str) -> None:
        """Put a table of state in the place of the current snapshot's, where nothing else is new.

        Only times and the like may differ, which no reader of the datasets sees.
        """
        place = self.current().folder / table / PART
        place.parent.mkdir(parents=True, exist_ok=True)
        (fresh / table / PART).replace(place)

    def record(self, run_id: str, content: str) -> None:
        """Keep a run's record."""
        self.runs.mkdir(exist_ok=True)
        fresh = self.runs / f"{run_id}.json.new"
        fresh.write_text(content, encoding="utf-8")
        fresh.replace(self.runs / f"{run_id}.json")

    def _settle(self) -> None:
        """What follows from the current link: the links through it, the record of its run, and no needless folder."""
        current = self.current()
        if current.number:
            kept = [KEPT] if (current.folder / KEPT).exists() else []
            for name in (*TABLES, *DESCRIBED_BY, *kept):
                self._point(name, Path("_current") / name)
        for folder in (self.root / "_snapshots").glob("[0-9]*"):
            if not self._is_kept(Snapshot(int(folder.name), folder), current):
                shutil.rmtree(folder)
        run_id = current.record().get("run_id")
        if run_id and not (self.runs / f"{run_id}.json").exists():
            self.record(run_id, (current.folder / RECORD).read_text(encoding="utf-8"))

    def _is_kept(self, snapshot: Snapshot, current: Snapshot) -> bool:
        """Whether a snapshot is one of the last ones, and holds nothing that was taken down since."""
        if snapshot.number == current.number:
            return True
        if not current.number - KEPT_SNAPSHOTS < snapshot.number < current.number:
            return False
        was, now = (values(s.files("state/forgotten"), "article_id") for s in (snapshot, current))
        return was == now

    def _point(self, name: str, target: Path) -> None:
        link = self.root / name
        if link.is_symlink() and link.readlink() == target:
            return
        fresh = self.root / f"{name}.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target, target_is_directory=True)
        fresh.replace(link)
        _sync_folder(self.root)


def open_output(path: str) -> Output:
    """An output folder to write to, made if it is not there.

    Raises:
        UsageError: it cannot be written to, or it holds other things.

    """
    if "://" in path:
        raise UsageError(f"cannot publish to {path!r}: the output must be a folder of this machine")
    root = Path(path)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root):  # has no name, so that a run that is killed here leaves none
            pass
    except OSError as error:
        raise UsageError(f"cannot write to {path!r}: {error.strerror}; name a folder that may be written to") from error
    ours = (*TABLES, *DESCRIBED_BY, KEPT)
    taken = [name for name in ours if (root / name).exists() and not (root / name).is_symlink()]
    if taken:
        raise UsageError(f"{path!r} has a {taken[0]!r} that is not ours; name an empty folder, or one of earlier runs")
    return Output(root)


def readable_output(path: str) -> Output:
    """An output folder to read from, all of whose Parquet files can be opened.

    Raises:
        UsageError: there is no dataset in it.
        DamagedError: a file cannot be opened.

    """
    output = existing_output(path)
    see_that_readable(output.current())
    return output


def see_that_readable(snapshot: Snapshot) -> None:
    """See that all Parquet files of a snapshot can be opened; what their rows say is not looked at.

    Raises:
        DamagedError: one cannot, or the snapshot is gone.

    """
    if snapshot.number and not snapshot.folder.exists():
        raise DamagedError(f"{str(snapshot.folder)!r} is gone, but is what '_current' leads to; {_way_back(snapshot)}")
    for file in sorted(snapshot.folder.rglob("*.parquet")):
        problem = _unreadable(file)
        if problem:
            raise DamagedError(f"cannot read {str(file)!r}: {problem}; {_way_back(snapshot)}")


def _unreadable(file: Path) -> str | None:
    """Why a Parquet file cannot be opened; None if it can."""
    try:
        pq.read_metadata(file)
    except (OSError, pa.ArrowException) as error:
        return " ".join(str(error).split())
    return None


def _way_back(snapshot: Snapshot) -> str:
    """What to do where a snapshot is damaged: one that is whole and before it leads on, if it is still there."""
    remedy = "put a backup in the place of the output, "
    for number in range(snapshot.number - 1, 0, -1):
        earlier = snapshot.folder.parent / str(number)
        if earlier.exists() and not any(map(_unreadable, earlier.rglob("*.parquet"))):
            link = earlier.parent.parent / "_current"
            return f"{remedy}or go back to the snapshot before it (ln -sfn _snapshots/{number} {link}) and run again"
    return f"{remedy}or make it anew from its sources (docs/operations.md, Recovery)"


def existing_output(path: str) -> Output:
    """An output folder that holds a dataset, in whatever state that is.

    Raises:
        UsageError: there is no dataset in it.

    """
    output = Output(Path(path))
    if not (output.root / "_current").exists():
        raise UsageError(f"no dataset at {path!r}: name the --output of an earlier run")
    return output


@contextmanager
def held(output: Output) -> Iterator[None]:
    """Hold the output against other runs; the system lets go of it when the process ends, however it ends.

    Raises:
        HeldError: another run holds it.
        UsageError: it cannot be written to.

    """
    lock = InterProcessLock(output.root / "_lock")
    try:
        acquired = lock.acquire(blocking=False)
    except OSError as error:
        raise UsageError(f"cannot write to {str(output.root)!r}: {error.strerror}; a run must be able to") from error
    if not acquired:
        raise HeldError(f"another run holds {str(output.root)!r}; wait for it to end, or choose another output")
    try:
        yield
    finally:
        lock.release()


def _flush_to_disk(folder: Path) -> None:
    """See that files and folders are on disk before a name points to them."""
    for parent, _, names in os.walk(folder):
        for name in names:
            with (Path(parent) / name).open("rb") as file:
                if os.fstat(file.fileno()).st_nlink == 1:  # a link to an older snapshot's file is on disk
                    os.fsync(file.fileno())
        _sync_folder(Path(parent))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
