"""Find seed files and cut them into pieces that workers read side by side."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from apache_beam.io.filesystem import BeamIOError, FileMetadata
from apache_beam.io.filesystems import FileSystems

from pipeline.errors import UsageError
from pipeline.sources.manifest import FILE_NAME as MANIFEST
from pipeline.sources.manifest import Manifest
from schemas.documents import Hints

Kind = Literal["text", "html", "jsonl", "warc", "fetched", "unsupported"]
"""`fetched` is a web archive that a run of this dataset wrote; no file is known as one by its name."""

KINDS: dict[str, Kind] = {".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl", ".warc": "warc"}
COMPRESSIONS = (".gz", ".zst")

COMPANIONS = (MANIFEST, "feeds.toml")
"""Files beside seed documents that are not documents."""

RANGE_BYTES = 8 * 1024 * 1024
"""A plain `.jsonl` is read in ranges of this size: some 3,000 articles, seconds of work. So is a web archive, packed or
not, because each of its records is packed alone: some 300 pages."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A seed file, or a byte range of a plain `.jsonl`, for one worker to read."""

    path: str
    kind: Kind
    size: int
    """Of the whole file, in bytes, as it lies there."""
    start: int = 0
    end: int | None = None
    """None: to the end of the file."""
    manifest: Hints = field(default_factory=Hints)
    name: str | None = None
    """What the file is known by in a dataset, if not by its path."""

    @property
    def source_file(self) -> str:
        """What sightings and the next run know the file by."""
        return self.name or self.path


def kind_of(path: str) -> Kind:
    """What a file holds, by its name without the ending of its compression."""
    name = posixpath.basename(path).lower()
    stem, ending = posixpath.splitext(name)
    if ending in COMPRESSIONS:
        ending = posixpath.splitext(stem)[1]
    return KINDS.get(ending, "unsupported")


def is_compressed(path: str) -> bool:
    """Whether the file is packed."""
    return path.lower().endswith(COMPRESSIONS)


def is_read_in_ranges(path: str) -> bool:
    """Whether reading may begin in the middle of the file."""
    match kind_of(path):
        case "jsonl":
            return not is_compressed(path)
        case "warc":
            return not path.lower().endswith(".zst")
        case _:
            return False


def find_files(patterns: Sequence[str]) -> list[FileMetadata]:
    """The files that paths, folders (to any depth) and globs name, each once, in the order of their paths.

    Raises:
        UsageError: a path is not there, or a glob matches nothing.

    """
    found: dict[str, FileMetadata] = {}
    for pattern in patterns:
        matched = _match(pattern)
        if not matched:
            raise UsageError(f"no seed documents at {pattern!r}: name a file, a folder or a glob that exists")
        for file in matched:
            path = _normal(file.path)
            if not any(part.startswith(".") for part in path.split("/") if part not in (".", "..")):
                found.setdefault(path, FileMetadata(path, file.size_in_bytes, file.last_updated_in_seconds))
    return [found[path] for path in sorted(found)]


def documents(files: Iterable[FileMetadata]) -> list[FileMetadata]:
    """Those of the files that are documents, and no companions of them (the manifest, a list of feeds)."""
    return [file for file in files if posixpath.basename(file.path) not in COMPANIONS]


def _match(pattern: str) -> list[FileMetadata]:
    try:
        if not any(sign in pattern for sign in "*?["):
            inside: list[FileMetadata] = FileSystems.match([FileSystems.join(pattern, "**")])[0].metadata_list
            if inside or posixpath.isdir(pattern):
                return inside
        matched: list[FileMetadata] = FileSystems.match([pattern])[0].metadata_list
    except (OSError, ValueError, BeamIOError) as error:
        raise UsageError(f"cannot look up {pattern!r}: {error}") from error
    return matched


def _normal(path: str) -> str:
    """One spelling for one path, so that `./seeds` and `seeds` are one source; URLs are left as they are."""
    return path if FileSystems.get_scheme(path) else posixpath.normpath(path)


def cut_into_pieces(files: Sequence[FileMetadata], manifest: Manifest) -> Iterator[Piece]:
    """The pieces of the files, in order."""
    for file in files:
        piece = Piece(file.path, kind_of(file.path), file.size_in_bytes, manifest=manifest.hints(file.path))
        if not is_read_in_ranges(file.path) or piece.size <= 2 * RANGE_BYTES:
            yield piece
        else:
            for start in range(0, piece.size, RANGE_BYTES):
                yield replace(piece, start=start, end=min(start + RANGE_BYTES, piece.size))
