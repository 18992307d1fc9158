"""What a list of feeds says, and what a feed's answer holds."""

from dataclasses import dataclass, field
from typing import Literal

FullText = Literal["page", "feed"]
"""Where an article's text is: on the page that the entry links to, or in the feed itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as the list names it."""

    url: str
    publisher: str | None = None
    language: str | None = None
    """Of its articles, BCP 47."""
    country: str | None = None
    """Of its publisher, ISO 3166-1 alpha-3."""
    full_text: FullText = "page"
    headers: tuple[tuple[str, str], ...] = ()
    """Sent to the feed's own site, and to no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a feed, as the feed has it."""

    entry_id: str
    """Stable within its feed: its own id, else its link."""
    link: str | None = None
    """Absolute address of its page."""
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    """As written there."""
    text: str | None = None
    """The longest text that the feed gives of it, as HTML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContent:
    """What a feed's answer holds."""

    version: str
    """`rss20`, `atom10`, `json11`, … ."""
    title: str | None = None
    entries: tuple[Entry, ...] = field(default_factory=tuple)
    """Each once, in the feed's order."""
