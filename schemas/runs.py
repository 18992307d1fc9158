"""The record of a run: when, with what, and what came of it."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStamp:
    """What every row of a run carries of it."""

    run_id: str
    at: datetime
    """When the run began, UTC."""
    pipeline_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """Kept as `_runs/<run_id>.json` beside the datasets, and inside the snapshot that the run published."""

    run_id: str
    started_at: str
    """ISO 8601, UTC."""
    ended_at: str
    pipeline_version: str
    coder_version: str
    versions: dict[str, str]
    """Of Python and of the libraries that decide what comes out."""
    clustering_version: str = ""
    """Of the code that decides which events are one."""
    options: dict[str, object]
    snapshot: int | None
    """Number of the snapshot that the run published; None if there was nothing new."""
    snapshot_id: str | None = None
    """What that snapshot is cited by: it tells its files from all others."""
    counts: dict[str, int] = field(default_factory=dict)
    """Documents: read, and what became of them (read = new + seen_again + rejected + left_out + irrelevant +
    forgotten); `copies` among the new; `unchanged`: those in files that were not read again. `irrelevant`: what
    `--relevant-only` dropped."""
    files: dict[str, int] = field(default_factory=dict)
    """Seed files: new, changed, unchanged."""
    feeds: dict[str, int] = field(default_factory=dict)
    """Feeds: `content` (gave some), `unchanged` (said so), `failed`, `not_asked` (retired, or to be left alone for a
    time); `pages` fetched, and `waiting`: pages that a later run is to fetch."""
    rejected: dict[str, int] = field(default_factory=dict)
    """By reason."""
    repairs: dict[str, int] = field(default_factory=dict)
    """By name: documents in which cleaning mended it."""
    events: dict[str, int] = field(default_factory=dict)
    """Coded in this run, by type."""
    pairs: dict[str, int] = field(default_factory=dict)
    """Of articles, all that stand: `compared` as they share rare passages, of these `copies`; `hot_passages` are shared
    by so many articles that pairing by them was limited."""
    seconds: dict[str, float] = field(default_factory=dict)
    """By step of the run."""
