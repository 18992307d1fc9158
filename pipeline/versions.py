"""Which version of what makes the rows."""

import platform
from functools import cache
from importlib.metadata import version

DECIDING = ("apache-beam", "trafilatura", "ftfy", "spacy", "pyarrow", "duckdb")
"""Libraries whose version may change what comes out."""


@cache
def pipeline_version() -> str:
    """The version of migration-events."""
    return version("migration-events")


def library_versions() -> dict[str, str]:
    """Python and the deciding libraries, by name."""
    return {"python": platform.python_version(), **{name: version(name) for name in DECIDING}}
