"""Which version of what makes the rows."""

import hashlib
import platform
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

DECIDING = ("apache-beam", "trafilatura", "ftfy", "spacy", "pyarrow", "duckdb")
"""Libraries whose version may change what comes out."""

READING = ("trafilatura", "courlan", "ftfy", "lxml", "charset-normalizer", "py3langid", "python-dateutil", "warcio")
"""Libraries that decide what article a document holds."""

_READERS = (
    ("pipeline", ("sources", "fetch/packing.py")),
    ("transforms", ("extract", "clean", "dedupe/signature.py", "prepare.py")),
    ("transforms.events", ("relevance.py", "relevance.yaml", "relevance_weights.toml")),
)
"""Code and data of our own that decide it, by package."""


@cache
def pipeline_version() -> str:
    """The version of migration-events."""
    return version("migration-events")


def library_versions() -> dict[str, str]:
    """Python and the deciding libraries, by name."""
    return {"python": platform.python_version(), **{name: version(name) for name in DECIDING}}


@cache
def reading_version() -> str:
    """A hash of all that decides what article a document holds: our code and data for it, and the libraries'.

    It changes with every edit of that code, also between releases, so that no row of an older reader passes for what
    the present one would make.
    """
    found = _hash(_READERS)
    for name in READING:
        found.update(f"{name} {version(name)}\n".encode())
    return found.hexdigest()


@cache
def clustering_version() -> str:
    """A hash of the code and data that decide which events are one, and what is said of them together."""
    return _hash((("transforms", ("clusters",)),)).hexdigest()


def _hash(modules: tuple[tuple[str, tuple[str, ...]], ...]) -> "hashlib.blake2b":
    found = hashlib.blake2b(digest_size=16)
    for package, names in modules:
        for name in names:
            for content in _contents(files(package).joinpath(name)):
                found.update(hashlib.blake2b(content).digest())
    return found


def _contents(entry: Traversable) -> Iterator[bytes]:
    if entry.is_file():
        yield entry.read_bytes()
    elif entry.name != "__pycache__":
        for inner in sorted(entry.iterdir(), key=lambda e: e.name):
            yield from _contents(inner)
