"""How sites are asked, and how much is taken from them."""

from dataclasses import dataclass

from pipeline.versions import pipeline_version
from schemas.documents import MAX_BODY_BYTES

MAX_REDIRECTS = 5
MAX_HEADER_BYTES = 32 * 1024
"""Of one header: security policies of large sites have some 10 kB."""
MAX_HEADERS = 200
MAX_FEED_BYTES = 10 * 1024 * 1024
"""Of a feed: the largest real ones are a few MB."""
MAX_ROBOTS_BYTES = 512 * 1024
"""Of a robots.txt; RFC 9309 asks for at least 500 kibibytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How sites are asked. The defaults are polite; tests are in more of a hurry."""

    contact: str | None = None
    """Who answers for the requests: an address of mail or a page; sent along."""
    allow_private: bool = False
    """Whether hosts of a private network may be asked."""
    delay: float = 1.0
    """Seconds between two requests to one host."""
    connect: float = 10.0
    """Seconds until a connection stands."""
    silence: float = 20.0
    """Seconds without a byte."""
    whole: float = 60.0
    """Seconds for one answer, however it trickles in."""
    attempts: int = 3
    """At one address in one run."""
    backoff: float = 2.0
    """Seconds before a second attempt, at most; doubled before each further one."""
    patience: float = 30.0
    """Seconds that a run waits for a site that names a time (Retry-After); a longer wait is left to a later run."""
    hosts: int = 16
    """Hosts that are asked at a time."""
    max_bytes: int = MAX_BODY_BYTES
    """Of one answer, packed and unpacked."""

    @property
    def user_agent(self) -> str:
        """How the program names itself to sites."""
        return f"migration-events/{pipeline_version()}" + (f" (+{self.contact})" if self.contact else "")
