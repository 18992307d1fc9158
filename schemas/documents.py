"""What flows before there is an article: a document as read, and what was turned away."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from schemas.columns import Terms

MAX_BODY_BYTES = 20 * 1024 * 1024
"""A larger document is no article: the longest real pages are a few MB, nearly all of it script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What is said of a document beside its text: by a manifest, by its JSON line, by the feed that names it.

    `published` is as written there (any ISO 8601 form, RFC 2822, "25 June 2018"); a manifest's word wins over the rest.
    """

    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    country: str | None = None
    """Of the publisher, ISO 3166-1 alpha-3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """One document as read: a text or a page, decoded from its container but not from its encoding."""

    source_uri: str
    source_file: str
    """The file or page alone: what is read as one."""
    source_kind: str
    """A term of `source_kind`."""
    media_type: str
    """`text/plain` or `text/html`."""
    body: bytes
    charset: str | None = None
    """Known encoding (JSON is always UTF-8; HTTP may say); None where it must be found out."""
    raw_hash: str
    """Of the body as it came."""
    manifest: Hints = field(default_factory=Hints)
    record: Hints = field(default_factory=Hints)
    """What the JSON line or the feed's entry says; `record_basis` names which."""
    record_basis: str = "record"
    """A term of `published_basis`: record or feed."""
    location: str | None = None
    """The address that it was fetched from: what its links are relative to, and its own if it names no other."""
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The rejected dataset: a document, or a part of one, that did not become an article, and why."""

    stage: Annotated[str, "where it was turned away", Terms("stage")]
    source_uri: Annotated[str, "path or URL; `<path>#<id>`, or `<path>#byte=<offset>` where it has no id"]
    reason: Annotated[str, "why", Terms("rejection_reason")]
    detail: Annotated[str, "what was found, and what to do about it"]
    run_id: Annotated[str, "run that first met it"] = ""
    at: Annotated[datetime | None, "when it was first met, UTC"] = None
