"""Which seed files need to be read: those that are new, or changed since they were read, or read by an older reader.

A file whose size and time of change are as they were is not opened. One whose time alone differs is hashed, and read
only if its bytes differ; so is one that changed so shortly before it was read that a second change might not show in
its time, and one on a file system that tells no times.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

import xxhash
from apache_beam.io.filesystem import FileMetadata

from pipeline.snapshots import KEPT
from pipeline.sources.files import Piece, cut_into_pieces, documents
from pipeline.sources.manifest import Manifest
from pipeline.versions import pipeline_version, reading_version
from schemas.documents import Hints
from schemas.state import SeenFile, SeenPart

TIME_GRAIN = 2.0
"""Seconds within which a second change of a file may bear the time of the first: FAT's grain, the coarsest in use."""

Change = Literal["new", "changed", "touched", "unchanged"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What of the documents is taken: the days of publication, both included; None: no bound on that side."""

    since: date | None = None
    until: date | None = None
    relevant_only: bool = False
    """Whether what cannot be about migration, by a look at it as it came, is dropped."""

    @property
    def any_day(self) -> bool:
        """Whether every day is taken, also an unknown one."""
        return self.since is None and self.until is None

    def take(self, day: date | None) -> bool:
        """Whether a document of this day is taken; one whose day is unknown is not, where there is a bound."""
        if day is None:
            return self.any_day
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Found:
    """A seed file, and what is known of it from the run that read it."""

    file: FileMetadata
    hints: Hints
    change: Change
    known: SeenFile | None = None
    lies_at: str | None = None
    """Where an archive of this dataset lies that is known by its name alone."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Seed files against what is known of them."""

    files: tuple[Found, ...]
    bounds: Bounds
    manifest: Manifest

    def having(self, *changes: Change) -> list[Found]:
        """The files of these kinds of change."""
        return [found for found in self.files if found.change in changes]

    @property
    def seeds(self) -> list[Found]:
        """The files that the run was given, without what earlier runs fetched and kept."""
        return [found for found in self.files if found.lies_at is None]

    def with_kept(self, kept: Iterable[Found]) -> "Comparison":
        """The comparison, and archives of what was fetched."""
        return replace(self, files=(*self.files, *kept))

    def pieces(self, *changes: Change) -> list[Piece]:
        """What workers are to read of the files of these kinds of change."""
        return [piece for found in self.having(*changes) for piece in _pieces(found, self.manifest)]

    def settled(self, parts: Iterable[SeenPart]) -> "Comparison":
        """The comparison once the touched files were hashed: each is changed, or is not."""
        digests = _by_file(parts)

        def settle(found: Found) -> Found:
            if found.change != "touched" or found.known is None:
                return found
            same = digest_of(digests.get(found.file.path, ())) == found.known.digest
            return replace(found, change="unchanged" if same else "changed")

        return replace(self, files=tuple(map(settle, self.files)))


def compare(
    files: Sequence[FileMetadata], manifest: Manifest, bounds: Bounds, known: Mapping[str, SeenFile]
) -> Comparison:
    """What became of each seed file since it was read; companions (the manifest, a list of feeds) are none.

    Args:
        files: as found.
        manifest: what is said of them.
        bounds: of this run.
        known: the files that were read to their end, by path.

    """
    found = []
    for file in documents(files):
        hints, before = manifest.hints(file.path), known.get(file.path)
        found.append(Found(file, hints, _change(file, hints, bounds, before), before))
    return Comparison(tuple(found), bounds, manifest)


def compare_kept(archives: Iterable[Path], bounds: Bounds, known: Mapping[str, SeenFile]) -> Iterator[Found]:
    """What became of archives of what was fetched: their bytes never change, so only how they are read may have.

    Args:
        archives: as they lie in the current snapshot.
        bounds: of this run.
        known: what is known of them, by the name that `kept_name` gives them.

    """
    for archive in archives:
        name = kept_name(archive)
        before = known.get(name)
        same = before is not None and before.reading in (reading(Hints(), Bounds()), reading(Hints(), bounds))
        yield kept(archive, "unchanged" if same else "changed", before)


def kept(archive: Path, change: Change = "new", known: SeenFile | None = None) -> Found:
    """An archive of what was fetched, as a file that is compared and read."""
    file = FileMetadata(kept_name(archive), archive.stat().st_size, archive.stat().st_mtime)
    return Found(file, Hints(), change, known, str(archive))


def kept_name(archive: Path) -> str:
    """What a dataset knows an archive of its own by, wherever the dataset lies."""
    return f"{KEPT}/{archive.name}"


def _pieces(found: Found, manifest: Manifest) -> Iterator[Piece]:
    if found.lies_at is None:
        yield from cut_into_pieces([found.file], manifest)
    else:
        yield from fetched_pieces(found.lies_at, found.file.path)


def fetched_pieces(archive: str, name: str | None) -> Iterator[Piece]:
    """What workers are to read of an archive of what was fetched.

    Args:
        archive: its path.
        name: what it is known by; None: it is not kept, and each of its documents is read as one by itself.

    """
    file = FileMetadata(archive, Path(archive).stat().st_size)
    for piece in cut_into_pieces([file], Manifest()):
        yield replace(piece, kind="fetched", name=name)


def _change(file: FileMetadata, hints: Hints, bounds: Bounds, known: SeenFile | None) -> Change:
    if known is None:
        return "new"
    if file.size_in_bytes != known.size or known.reading not in (reading(hints, Bounds()), reading(hints, bounds)):
        return "changed"
    return "unchanged" if known.modified and known.modified == file.last_updated_in_seconds else "touched"


def reading(hints: Hints, bounds: Bounds) -> str:
    """A hash of what decides, beside its bytes, what is taken from a file.

    `bounds` are those of the run that read it if they left something out, else none: a file that was taken whole need
    not be read again for other bounds.
    """
    return _hashed(hints, bounds, pipeline_version(), reading_version())


@lru_cache(maxsize=1 << 12)  # most files have no hints of their own
def _hashed(*deciding: object) -> str:
    return xxhash.xxh3_128_hexdigest(repr(deciding).encode())


def seen_files(
    comparison: Comparison, parts: Iterable[SeenPart], unreadable: set[str], left_out: set[str], at: datetime
) -> Iterator[SeenFile]:
    """What is known of the seed files after a run.

    Args:
        comparison: by which the new and the changed files were read.
        parts: of the files that were read.
        unreadable: files that could not be read to their end; they are read again by the next run.
        left_out: files in which the bounds left out a document, or dropped one.
        at: when the run began.

    """
    by_file = _by_file(parts)
    for found in comparison.files:
        path, modified = found.file.path, found.file.last_updated_in_seconds or None
        if modified is not None and modified > at.timestamp() - TIME_GRAIN:
            modified = None
        if found.change == "unchanged" and found.known is not None:
            yield replace(found.known, modified=modified)
        elif path not in unreadable and (digest := digest_of(by_file.get(path, ()))) is not None:
            yield SeenFile(
                source_file=path,
                size=found.file.size_in_bytes,
                modified=modified,
                digest=digest,
                reading=reading(found.hints, comparison.bounds if path in left_out else Bounds()),
                documents=sum(part.documents for part in by_file[path]),
            )


def _by_file(parts: Iterable[SeenPart]) -> dict[str, list[SeenPart]]:
    by_file = defaultdict(list)
    for part in parts:
        by_file[part.source_file].append(part)
    return by_file


def digest_of(parts: Sequence[SeenPart]) -> str | None:
    """One hash for a file's pieces; None if there are none, or one could not be read."""
    digests = [part.digest for part in sorted(parts, key=lambda part: part.start)]
    if not digests or None in digests:
        return None
    return xxhash.xxh3_128_hexdigest(" ".join(map(str, digests)).encode())
