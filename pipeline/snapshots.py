"""The output folder: numbered snapshots, and one link that says which of them is current.

    output/_snapshots/7/articles/year=2018/month=6/part-0.parquet
    output/_current -> _snapshots/7
    output/articles -> _current/articles

A run builds its snapshot under `_staging` and renames it into place; then one rename of a link makes it current. A run
that dies before that leaves the dataset as it was; a reader that resolved the link keeps reading what it resolved.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from apache_beam.io.filesystems import FileSystems
from fasteners import InterProcessLock

from pipeline.errors import HeldError, UsageError

TABLES = ("articles", "events", "clusters", "coverage", "rejected")
"""The datasets; each has a link of its name in the output folder."""

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
        if folder.exists():  # left by a run that died between the two renames
            shutil.rmtree(folder)
        _flush_to_disk(built)
        built.rename(folder)
        self._point("_current", Path("_snapshots") / str(number))
        for table in TABLES:
            self._point(table, Path("_current") / table)
        self._prune(number)
        return Snapshot(number, folder)

    def _point(self, name: str, target: Path) -> None:
        link = self.root / name
        if link.is_symlink() and link.readlink() == target:
            return
        fresh = self.root / f"{name}.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target, target_is_directory=True)
        fresh.replace(link)
        _sync_folder(self.root)

    def _prune(self, current: int) -> None:
        for folder in (self.root / "_snapshots").iterdir():
            if folder.name.isdigit() and not current - KEPT_SNAPSHOTS < int(folder.name) <= current:
                shutil.rmtree(folder)


def open_output(path: str) -> Output:
    """An output folder to write to, made if it is not there.

    Raises:
        UsageError: it cannot be written to, or it holds other things.

    """
    if FileSystems.get_scheme(path):
        raise UsageError(f"cannot publish to {path!r}: the output must be a folder of this machine")
    root = Path(path)
    try:
        root.mkdir(parents=True, exist_ok=True)
        probe = root / f"_writable.{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise UsageError(f"cannot write to {path!r}: {error.strerror}; name a folder that may be written to") from error
    taken = [name for name in TABLES if (root / name).exists() and not (root / name).is_symlink()]
    if taken:
        raise UsageError(f"{path!r} has a {taken[0]!r} that is not ours; name an empty folder, or one of earlier runs")
    return Output(root)


def existing_output(path: str) -> Output:
    """An output folder to read from.

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

    """
    lock = InterProcessLock(output.root / "_lock")
    if not lock.acquire(blocking=False):
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
                os.fsync(file.fileno())
        _sync_folder(Path(parent))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
