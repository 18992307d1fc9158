"""What an entry's document is called, and the one that the feed itself gives."""

import html

from schemas.feeds import Entry, Feed


def entry_uri(feed: Feed, entry: Entry) -> str:
    """What an entry's document is called: the address of its page, or the entry in its feed."""
    if feed.full_text == "page" and entry.link:
        return entry.link.partition("#")[0]
    return f"{feed.url}#{entry.entry_id}"


def entry_page(entry: Entry) -> bytes | None:
    """The text that a feed gives of an entry, as a page of its own; None if it gives none."""
    if entry.text is None:
        return None
    link = f'<link rel="canonical" href="{html.escape(entry.link)}">' if entry.link else ""
    head = f'<meta charset="utf-8"><meta property="og:type" content="article">{link}'
    body = f"<article>{entry.text}</article>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode("utf-8", "replace")
