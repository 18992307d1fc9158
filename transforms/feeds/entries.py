"""The entries of a feed: RSS 0.9 to 2.0, RDF, Atom (by feedparser) and JSON Feed."""

import html
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

import feedparser

from schemas.feeds import Entry, FeedContent
from transforms.extract.dates import read_date
from transforms.feeds.json_feed import looks_like_json, read_json_feed
from transforms.feeds.refusal import NotAFeedError, refusal_of

MAX_ENTRIES = 2_000
"""Of one answer, in its order: the longest real feeds list some hundreds."""

_NAMING_CHARACTERS = 200
"""Of the text of an entry that has nothing else to be named by."""

_TAG = re.compile(r"<[^<>]*>")
_ADDRESS = re.compile(r"\S+@\S+")
_WITH_ADDRESS = re.compile(r"\S+@\S+\s+\(([^()]+)\)")
"""An author as RSS wants it."""


def read_feed(body: bytes, url: str, content_type: str | None = None) -> FeedContent:
    """What a feed holds; a feed without entries is one, too.

    Broken markup is read as far as it goes. Nothing is loaded that a document refers to, and expat, which expands the
    entities that it declares, gives up on those that make much of little.

    Args:
        body: as it came, unpacked.
        url: where it came from: what links are relative to.
        content_type: of the answer; its charset is believed where the document's own does not fit.

    Raises:
        NotAFeedError: it is none; the message names what it is, and the remedy.

    """
    content = read_json_feed(body) if looks_like_json(body) else _by_feedparser(body, url, content_type)
    return replace(content, entries=tuple(_told_apart([_absolute(entry, url) for entry in content.entries])))


def _by_feedparser(body: bytes, url: str, content_type: str | None) -> FeedContent:
    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    # A stream, because a string would be taken for the name of a file or an address to open.
    try:
        found = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False)
    except Exception as error:  # one feed must not cost the run
        raise NotAFeedError(f"{type(error).__name__}: {error}; please report it, with the feed") from error
    version = found.get("version")
    if not version and not found.entries:
        raise NotAFeedError(refusal_of(body))
    entries = (_entry(item) for item in found.entries[:MAX_ENTRIES])
    return FeedContent(
        version=version or "unknown",
        title=_plain(found.feed.get("title")),
        entries=tuple(entry for entry in entries if entry is not None),
    )


def _entry(item: Any) -> Entry | None:
    link, title = item.get("link") or None, _plain(item.get("title"))
    texts = [part.get("value") or "" for part in item.get("content", [])] + [item.get("summary") or ""]
    text = max(texts, key=len).strip() or None
    entry_id = item.get("id") or link or title or (text and text[:_NAMING_CHARACTERS])
    if entry_id is None:
        return None
    return Entry(
        entry_id=entry_id,
        link=link,
        title=title,
        authors=tuple(_authors(item)),
        published=_published(item),
        text=text,
    )


def _plain(title: str | None) -> str | None:
    """A title without markup: feeds have it as text, as HTML and as HTML escaped twice."""
    return " ".join(html.unescape(_TAG.sub(" ", title)).split()) or None if title else None


def _authors(item: Any) -> Iterator[str]:
    """Names of people, each once; an address alone is nobody's name."""
    written = item.get("author") or ""
    if named := _WITH_ADDRESS.fullmatch(written):
        names = [named[1]]
    elif _ADDRESS.fullmatch(written):
        names = []
    else:
        names = [person.get("name") for person in item.get("authors", [])] or [written]
    for name in dict.fromkeys(filter(None, names)):
        plain = _plain(name)
        if plain and "@" not in plain:
            yield plain


def _published(item: Any) -> str | None:
    """As written, so that the publisher's own day is kept; as feedparser reads it, where only it can."""
    for name in ("published", "updated", "created"):
        written = item.get(name)
        if not written:
            continue
        if read_date(written) is not None:
            return str(written)
        parsed = item.get(f"{name}_parsed")
        if parsed:
            return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parsed[:6])
    return None


def _absolute(entry: Entry, url: str) -> Entry:
    try:
        return replace(entry, link=urljoin(url, entry.link.strip()) if entry.link else None)
    except ValueError:
        return replace(entry, link=None)


def _told_apart(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Each entry once. An id that a feed gives to several pages names none of them: there the link does."""
    distinct = list(dict.fromkeys((entry.entry_id, entry.link) for entry in entries))
    often = {entry_id for entry_id, count in Counter(entry_id for entry_id, _ in distinct).items() if count > 1}
    seen: set[str] = set()
    for entry in entries:
        entry_id = entry.link or entry.entry_id if entry.entry_id in often else entry.entry_id
        if entry_id not in seen:
            seen.add(entry_id)
            yield replace(entry, entry_id=entry_id)
