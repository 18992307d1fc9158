"""What a document is that is no feed, said so that one knows what to do."""

import re

_START_BYTES = 4_000
_FEED_LINK = re.compile(
    rb"<link\b[^>]*\btype\s*=\s*[\"']?application/(?:rss|atom|feed)\+(?:xml|json)[^>]*>", re.IGNORECASE
)
_HREF = re.compile(rb"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


class NotAFeedError(ValueError):
    """The document is no feed; the message names finding and remedy."""


def refusal_of(body: bytes) -> str:
    """What a document is that is no feed, and the remedy."""
    start = body[:_START_BYTES].lstrip().lower()
    if not start:
        return "the answer is empty; look at the address in a browser"
    if start.startswith(b"\x1f\x8b"):
        return "the answer is packed (gzip), and does not say so; give the address of the feed itself"
    if b"<opml" in start:
        return "a list of feeds (OPML), no feed; name the feeds that it lists"
    if b"<html" in start or start.startswith(b"<!doctype html"):
        link = _FEED_LINK.search(body[:200_000])
        href = _HREF.search(link[0]) if link else None
        named = f"; the page names {href[1].decode('utf-8', 'replace')!r} as its feed" if href else ""
        return f"a web page, no feed{named}"
    return "neither RSS, RDF, Atom nor JSON Feed; look at the address in a browser"
