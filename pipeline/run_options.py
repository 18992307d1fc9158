"""What a run can be asked; apart from what runs, so that the command line and `watch` need not load Beam."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What a run is asked to do."""

    seeds: tuple[str, ...] = ()
    """Paths, folders or globs, on any of Beam's file systems."""
    output: str
    feeds: str | None = None
    """A list of feeds to follow; there must be this or seeds."""
    keep_raw: bool = False
    """Whether what is fetched is kept beside the datasets."""
    contact: str | None = None
    """Who answers for the requests; sent along with them."""
    delay: float = 1.0
    """Seconds between two requests to one host."""
    allow_private_hosts: bool = False
    manifest: str | None = None
    since: date | None = None
    """First day of publication that is taken; documents whose day is unknown are then left out."""
    until: date | None = None
    """Last day, likewise."""
    relevant_only: bool = False
    """Whether what cannot be about migration, by a quick look at it as it came, is dropped."""
    max_rejected: float = 1.0
    """Share of the documents read, 0 to 1, that may be rejected; a run that loses more is not published."""
    beam: tuple[str, ...] = ()
    """Beam's own options."""
