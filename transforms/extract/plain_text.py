"""What a plain text says of itself: a byline, a line that is a date, the day of a post that it embeds."""

import re

from transforms.extract.authors import clean_authors
from transforms.extract.dates import Written, read_date
from transforms.extract.page import Page
from transforms.extract.posts import find_posts
from transforms.extract.record import Published

_HEAD_LINES, _FOOT_LINES = 5, 2
"""Where bylines and dates stand in a copied report; further in, a date is what the report tells of."""
_MAX_LINE = 80
_BYLINE = re.compile(r"(?:by|authors?\s*:|written by|reported by)\s+(?P<names>[^.:!?]*[^.:!?,\s])", re.IGNORECASE)


def read_text(raw: str) -> Page:
    """The article that a decoded text is, without the lines that only name its author or date.

    It has no title: a first line may be a headline or a sentence, and nothing tells which. Its day is that of a line
    that is a date; else that of the latest post embedded, which is as old as the article or older.
    """
    lines = raw.split("\n")
    filled = [i for i, line in enumerate(lines) if line.strip()]
    edges = dict.fromkeys([*filled[:_HEAD_LINES], *filled[-_FOOT_LINES:]])
    authors: tuple[str, ...] = ()
    written: Written | None = None
    told = set()
    for i in edges:
        line = lines[i].strip()
        if len(line) > _MAX_LINE:
            continue
        if not authors and (names := _byline(line)):
            authors = names
            told.add(i)
        elif written is None and (found := read_date(line)) is not None and found.precision in ("day", "second"):
            written = found
            told.add(i)
    if len(told) == len(filled):  # a text of nothing else is left as it is
        told.clear()
    text = "\n".join(line for i, line in enumerate(lines) if i not in told)
    return Page(
        text=text,
        form="article",
        title=None,
        authors=authors,
        publisher=None,
        url=None,
        language=None,
        published=written.published("text") if written else _day_of_posts(text),
        quotes=(),
    )


def _byline(line: str) -> tuple[str, ...]:
    match = _BYLINE.fullmatch(line)
    names = clean_authors([match["names"]]) if match else ()
    full = all(len(name.split()) > 1 and all(word[0].isupper() for word in name.split()) for name in names)
    return names if full else ()


def _day_of_posts(text: str) -> Published | None:
    days = [post.quote.posted_on for post in find_posts(text) if post.quote.posted_on is not None]
    return Published(at=None, day=max(days), precision="day", basis="text") if days else None
