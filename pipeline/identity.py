"""What tells a snapshot from every other: the sums of its files, an id made of them, and a description beside them.

    output/SHA256SUMS       the sum of every data file; `sha256sum --check SHA256SUMS` reads it
    output/croissant.json   what the datasets hold, in Croissant

The id is the beginning of the sum of the list of sums: whoever has the files can tell whether they are those cited.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.snapshots import RECORD, Snapshot
from schemas.croissant import CHECKSUMS, DESCRIPTION, Published, describe
from schemas.dictionary import DATASETS
from schemas.runs import RunStamp

ID_DIGITS = 16
"""Of the 64 of a SHA-256: among a million snapshots no two are likely to share them."""


def identify(snapshot: Snapshot, last: Snapshot, stamp: RunStamp) -> Published:
    """Write the list of sums and the description into a snapshot that is built.

    Args:
        snapshot: the one that is built, not yet at its place.
        last: the one before it; the sums of files that are links to its files are taken from its list.
        stamp: of the run that builds it.

    """
    (snapshot.folder / CHECKSUMS).write_text("".join(_lines(snapshot, last)), encoding="utf-8")
    checksums = _sum(snapshot.folder / CHECKSUMS)
    published = Published(
        number=snapshot.number,
        snapshot_id=checksums[:ID_DIGITS],
        checksums=checksums,
        at=stamp.at.isoformat(),
        pipeline_version=stamp.pipeline_version,
    )
    (snapshot.folder / DESCRIPTION).write_text(describe(published), encoding="utf-8")
    return published


def reidentify(snapshot: Snapshot, folder: Path, left_out: frozenset[tuple[str, str]]) -> None:
    """Write sums and a description of what a folder has of a snapshot; it is cited as the snapshot that it is of.

    Args:
        snapshot: what the files were made of.
        folder: holds the datasets.
        left_out: dataset and column of what is not in the files.

    """
    copy = Snapshot(snapshot.number, folder)
    (folder / CHECKSUMS).write_text("".join(_lines(copy, snapshot)), encoding="utf-8")
    record = json.loads((snapshot.folder / RECORD).read_text(encoding="utf-8"))
    published = Published(
        number=snapshot.number,
        snapshot_id=record["snapshot_id"],
        checksums=_sum(folder / CHECKSUMS),
        at=record["started_at"],
        pipeline_version=record["pipeline_version"],
    )
    (folder / DESCRIPTION).write_text(describe(published, left_out), encoding="utf-8")


def citation(snapshot: Snapshot) -> str:
    """How the snapshot is cited, as its description says."""
    described = json.loads((snapshot.folder / DESCRIPTION).read_text(encoding="utf-8"))
    return str(described["citeAs"])


def snapshot_id(snapshot: Snapshot) -> str:
    """The id that a snapshot is cited by."""
    return _sum(snapshot.folder / CHECKSUMS)[:ID_DIGITS]


def differing(snapshot: Snapshot) -> Iterator[str]:
    """The files of a snapshot that are not what its list of sums says, or are on one side only."""
    listed = _listed(snapshot)
    present = {file.relative_to(snapshot.folder).as_posix(): file for file in _files(snapshot)}
    yield from sorted(
        name
        for name in listed.keys() | present.keys()
        if name not in present or listed.get(name) != _sum(present[name])
    )


def _lines(snapshot: Snapshot, last: Snapshot) -> Iterator[str]:
    known = _listed(last)
    for file in _files(snapshot):
        name = file.relative_to(snapshot.folder).as_posix()
        before = last.folder / name
        linked = name in known and before.exists() and before.samefile(file)
        yield f"{known[name] if linked else _sum(file)}  {name}\n"


def _files(snapshot: Snapshot) -> list[Path]:
    return [file for table in DATASETS for file in snapshot.files(table)]


def _listed(snapshot: Snapshot) -> dict[str, str]:
    """Sums by file, as a snapshot lists them; none if it has no list."""
    file = snapshot.folder / CHECKSUMS
    if not file.exists():
        return {}
    pairs = (line.split("  ", 1) for line in file.read_text(encoding="utf-8").splitlines())
    return {name: digest for digest, name in pairs}


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
