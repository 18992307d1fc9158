"""What extraction finds in a document."""

from dataclasses import dataclass
from datetime import date, datetime

from schemas.articles import Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article was published, as far as is known."""

    at: datetime | None
    """The instant, UTC; None where no time of day is known."""
    day: date
    """The publisher's own day; the first one of the month or year where no more is known."""
    precision: str
    """A term of `published_precision`."""
    basis: str
    """A term of `published_basis`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """An article as found in its document: nothing in it is mended yet.

    Paragraphs of `text` are separated by line breaks, as they were found.
    """

    article_id: str
    source_uri: str
    source_kind: str
    fetched_at: datetime | None
    url: str | None
    """The canonical address; None where none is known, or where it is that of a home page."""
    publisher: str | None
    publisher_country: str | None
    title: str | None
    authors: tuple[str, ...]
    language: str | None
    """BCP 47; None where the text is too short to tell and nothing is said of it."""
    published_at: datetime | None
    published_date: date | None
    published_precision: str | None
    published_basis: str | None
    text: str
    form: str
    """A term of `form`."""
    quotes: tuple[Quote, ...]
    """Posts that the page embeds as such."""
