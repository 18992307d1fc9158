"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org)."""

import html
from collections.abc import Iterator
from typing import Any

from schemas.feeds import Entry, FeedContent
from transforms.feeds.refusal import NotAFeedError
from transforms.foreign_json import read_json

_VERSION = "https://jsonfeed.org/version/"


def looks_like_json(body: bytes) -> bool:
    """Whether a body begins as a JSON object does."""
    return body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read_json_feed(body: bytes) -> FeedContent:
    """What a JSON Feed holds; a value of a wrong type says nothing.

    Raises:
        NotAFeedError: it is none.

    """
    try:
        feed = read_json(body.decode("utf-8-sig"))
    except ValueError as error:
        raise NotAFeedError(f"begins as JSON and is none ({error}); look at the address in a browser") from error
    version = _text(feed.get("version"))
    if version is None or not version.startswith(_VERSION) or not isinstance(feed.get("items"), list):
        raise NotAFeedError("JSON, but no JSON Feed: it has no version and items as jsonfeed.org asks for")
    entries = tuple(entry for item in feed["items"] if isinstance(item, dict) and (entry := _entry(item)))
    return FeedContent(
        version=f"json{version.removeprefix(_VERSION).replace('.', '')}",
        title=_text(feed.get("title")),
        entries=entries,
    )


def _entry(item: dict[str, Any]) -> Entry | None:
    link = _text(item.get("url")) or _text(item.get("external_url"))
    written = item.get("id")
    entry_id = str(written) if isinstance(written, int | float) else _text(written)
    if entry_id is None and link is None:
        return None
    return Entry(
        entry_id=entry_id or link or "",
        link=link,
        title=_text(item.get("title")),
        authors=tuple(dict.fromkeys(_authors(item))),
        published=_text(item.get("date_published")) or _text(item.get("date_modified")),
        text=_content(item),
    )


def _content(item: dict[str, Any]) -> str | None:
    if markup := _text(item.get("content_html")):
        return markup
    plain = _text(item.get("content_text")) or _text(item.get("summary")) or ""
    return "".join(f"<p>{html.escape(line)}</p>" for line in plain.splitlines() if line.strip()) or None


def _authors(item: dict[str, Any]) -> Iterator[str]:
    people = item.get("authors")  # since 1.1; before that one `author`
    for person in people if isinstance(people, list) else [item.get("author")]:
        if isinstance(person, dict) and (name := _text(person.get("name"))):
            yield name


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
