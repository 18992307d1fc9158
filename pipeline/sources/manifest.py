"""The manifest beside seed documents: what its writer knows of them, which wins over what is inferred.

# seeds/manifest.toml
["talks-in-tripoli.txt"]
url = "https://news.example/talks"
publisher = "Example Wire"
published = 2017-12-09
title = "Talks in Tripoli"
"""

import posixpath
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from apache_beam.io.filesystems import FileSystems

from pipeline.errors import UsageError
from schemas.documents import Hints

FILE_NAME = "manifest.toml"
FIELDS = ("url", "publisher", "published", "title")


@dataclass(frozen=True, slots=True)
class Manifest:
    """Hints by file: those of one named manifest, then those of the manifest in a file's own folder."""

    by_path: Mapping[str, Hints] = field(default_factory=dict)

    def hints(self, path: str) -> Hints:
        """What is said of a file; empty where nothing is."""
        return self.by_path.get(path, Hints())


def read_manifests(paths: Iterable[str], named: str | None) -> Manifest:
    """Read the manifests that go with these seed files.

    Args:
        paths: the seed files' paths, manifests among them where a folder was named.
        named: a manifest given by option; its file names are sought in its own folder, then in any.

    Raises:
        UsageError: a manifest is not there, is not TOML, or holds a field that there is not.

    """
    paths = list(paths)
    by_path: dict[str, Hints] = {}
    for folder in sorted({posixpath.dirname(path) for path in paths}):
        beside = posixpath.join(folder, FILE_NAME)
        if FileSystems.exists(beside):
            for name, hints in _read(beside).items():
                by_path[posixpath.normpath(posixpath.join(folder, name))] = hints
    if named is not None:
        if not FileSystems.exists(named):
            raise UsageError(f"no manifest at {named!r}")
        entries = _read(named)
        folder = posixpath.dirname(named)
        for path in paths:
            relative = posixpath.relpath(path, folder) if not FileSystems.get_scheme(path) else path
            hints_or_none = entries.get(relative) or entries.get(posixpath.basename(path))
            if hints_or_none is not None:
                by_path[path] = hints_or_none
    return Manifest(by_path)


def _read(path: str) -> dict[str, Hints]:
    try:
        with FileSystems.open(path) as file:
            content = file.read()
    except Exception as error:  # a folder, or what else file systems do not open, each in its own way
        raise UsageError(f"cannot read the manifest {path!r}: {error}") from error
    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is one; so are numbers too long, too deep a nesting
        raise UsageError(f"{path} is not TOML: {error}") from error
    return {name: _hints(path, name, table) for name, table in tables.items()}


def _hints(path: str, name: str, table: Any) -> Hints:
    if not isinstance(table, dict):
        raise UsageError(f'{path}: {name!r} must be a table, as in ["{name}"]')
    unknown = sorted(set(table) - set(FIELDS))
    if unknown:
        raise UsageError(f"{path}: {name!r} has {unknown[0]!r}; the fields are {', '.join(FIELDS)}")
    one_document = not name.removesuffix(".gz").removesuffix(".zst").endswith(".jsonl")
    if not one_document and ("url" in table or "title" in table):
        raise UsageError(f"{path}: {name!r} holds many documents; give url and title in its lines")
    written = {key: _as_written(path, name, key, value) for key, value in table.items()}
    return Hints(
        url=written.get("url"),
        publisher=written.get("publisher"),
        published=written.get("published"),
        title=written.get("title"),
    )


def _as_written(path: str, name: str, key: str, value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    raise UsageError(f"{path}: {key} of {name!r} must be a string or a date, not {value!r}")
