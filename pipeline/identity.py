"""What tells a snapshot from every other: the sums of its files, an id made of them, and a description beside them.

    output/SHA256SUMS       the sum of every data file; `sha256sum --check SHA256SUMS` reads it
    output/croissant.json   what the datasets hold, in Croissant

The id is the beginning of the sum of the list of sums: whoever has the files can tell whether they are those cited.
"""

import hashlib
import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import DamagedError
from pipeline.snapshots import RECORD, Snapshot
from schemas.croissant import CHECKSUMS, DESCRIPTION, Published, describe
from schemas.dictionary import DATASETS
from schemas.runs import RunStamp

ID_DIGITS = 16
"""Of the 64 of a SHA-256: among a million snapshots no two are likely to share them."""

_OF_THE_RECORD = {"run_id", "snapshot_id", "started_at", "ended_at", "pipeline_version"}
"""What is told of a snapshot from the record of its run."""


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

    Raises:
        DamagedError: the snapshot does not say what it is.

    """
    record = described(snapshot).record
    copy = Snapshot(snapshot.number, folder)
    (folder / CHECKSUMS).write_text("".join(_lines(copy, snapshot)), encoding="utf-8")
    published = Published(
        number=snapshot.number,
        snapshot_id=record["snapshot_id"],
        checksums=_sum(folder / CHECKSUMS),
        at=record["started_at"],
        pipeline_version=record["pipeline_version"],
    )
    (folder / DESCRIPTION).write_text(describe(published, left_out), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Described:
    """What a snapshot says of itself."""

    record: dict[str, Any]
    """Of the run that made it (`schemas.runs.RunRecord`)."""
    snapshot_id: str
    """What it is cited by."""
    citation: str
    """How it is cited."""


def described(snapshot: Snapshot) -> Described:
    """What a snapshot says of itself.

    Raises:
        DamagedError: it does not, because it is of an earlier version, or a file was removed or changed.

    """
    for problem in undescribed(snapshot):
        raise DamagedError(problem)
    record = snapshot.record()
    return Described(record, record["snapshot_id"], json.loads(_description(snapshot))["citeAs"])


def undescribed(snapshot: Snapshot) -> Iterator[str]:
    """What a published snapshot does not say of itself as it should, a line for each file, with the remedy."""
    if not snapshot.number:
        return
    root = shlex.quote(str(snapshot.folder.parent.parent))
    remedy = f"; migration-events correct {root} writes it anew, as the next run does"
    if not snapshot.record().keys() >= _OF_THE_RECORD:
        yield f"{RECORD}: missing, damaged or of an earlier version{remedy}"
    elif not _has_its_sums(snapshot):
        yield f"{CHECKSUMS}: missing, or not the list that was published{remedy}"
    try:
        cited = isinstance(json.loads(_description(snapshot))["citeAs"], str)
    except (OSError, ValueError, KeyError, TypeError):
        cited = False
    if not cited:
        yield f"{DESCRIPTION}: missing, or damaged{remedy}"


def differing(snapshot: Snapshot) -> Iterator[str]:
    """The files of a snapshot that are not what its list of sums says, or are on one side only.

    None if the list itself is not what was published: `undescribed` says so.
    """
    if not _has_its_sums(snapshot):
        return
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
    """Sums by file, as a snapshot lists them; none if it has no list, or another one than was published."""
    if not _has_its_sums(snapshot):
        return {}
    lines = (snapshot.folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def _has_its_sums(snapshot: Snapshot) -> bool:
    """Whether the list of sums is there, and is the one that the snapshot's id is made of."""
    file = snapshot.folder / CHECKSUMS
    return file.exists() and _sum(file)[:ID_DIGITS] == snapshot.record().get("snapshot_id")


def _description(snapshot: Snapshot) -> str:
    return (snapshot.folder / DESCRIPTION).read_text(encoding="utf-8")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
