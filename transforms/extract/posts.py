"""Posts of Twitter, Instagram, Facebook and others that an article embeds, in markup or broken over its lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from schemas.articles import Quote
from transforms.extract.dates import read_date
from transforms.extract.language import likeliest_language

_EMBEDS = (
    ".//blockquote[contains(@class, 'twitter-tweet') or contains(@class, 'twitter-video')"
    " or contains(@class, 'instagram-media') or contains(@class, 'tiktok-embed') or contains(@class, 'bluesky-embed')"
    " or contains(@class, 'mastodon-embed') or contains(@class, 'fb-xfbml-parse-ignore')]"
)
_DATE = r"[^\W\d_]{3,12}\.? \d{1,2}, \d{4}|\d{1,2}\.? (?:de )?[^\W\d_]{3,12}\.?(?: de)?,? \d{4}"
_SIGNATURE = re.compile(
    rf"(?:[—–-]|--|â€”)\s*(?P<author>[^\n(@—]{{1,60}}?)\s*\(@(?P<handle>[\w.]{{1,64}})\)[\s,]*(?P<date>{_DATE})"
)
"""The last line of an embedded tweet: "— Name (@handle) June 25, 2018"."""
_SHARED = re.compile(
    rf"A (?:post|photo|video|reel) shared by (?P<author>[^\n(@]{{1,60}}?)\s*\(@(?P<handle>[\w.]{{1,64}})\)"
    rf"(?: on (?P<date>{_DATE})(?: at \d{{1,2}}:\d\d\s?[ap]m(?: [A-Z]{{2,4}})?)?)?"
)
"""The last line of an embedded Instagram post."""
_LINK = re.compile(r"\s*(?P<url>(?:https?://)?(?:pic\.twitter\.com|t\.co|pic\.x\.com)/\w+|https?://\S+)\s*$")
_FINISHED = (".", "!", "?", "…", ":", ";", '"', "”", "’", ")")
_MAX_POST = 600
_MIN_LANGUAGE = 30
"""Posts are short, but the likeliest language is right for more than nine in ten of this many characters."""


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post and where it stands in the text, code points."""

    start: int
    end: int
    quote: Quote


def find_posts(text: str) -> Iterator[FoundPost]:
    """Yield the posts that stand in a text as the copy of an article keeps them, in order.

    A post ends with its author's name, account and day. It begins with its paragraph: copying breaks posts over lines,
    so a paragraph before it that stops in the middle of a sentence is part of it. A signature at the end of a long
    paragraph of the article's own gives no beginning, and is left alone.
    """
    after = 0
    for signature in sorted([*_SIGNATURE.finditer(text), *_SHARED.finditer(text)], key=re.Match.start):
        start = _beginning(text, after, signature.start())
        end = signature.end()
        words = text[start : signature.start()]
        rest = text[end : text.find("\n", end) if "\n" in text[end:] else len(text)]
        if rest.strip() or not words.strip() or len(words) > _MAX_POST:
            continue
        yield FoundPost(start, end, _quote(words, signature["author"], signature["handle"], signature["date"]))
        after = end


def _beginning(text: str, after: int, end: int) -> int:
    start = max(text.rfind("\n", after, end) + 1, after)
    if not text[start:end].strip():  # the signature has a line of its own
        start = _line_before(text, after, start)
    while start > after:
        before = _line_before(text, after, start)
        line = text[before:start].strip()
        if not line or line.endswith(_FINISHED) or end - before > _MAX_POST or before == start:
            break
        if not text[start:end].lstrip()[:1].islower():
            break
        start = before
    return start


def _line_before(text: str, after: int, start: int) -> int:
    """Where the last line that is not blank begins, before `start`."""
    stripped = len(text[after:start].rstrip()) + after
    return max(text.rfind("\n", after, stripped) + 1, after)


def _quote(words: str, author: str, handle: str | None, written: str | None, url: str | None = None) -> Quote:
    words = " ".join(words.split())
    links = []
    while (link := _LINK.search(words)) is not None:
        links.append(link["url"])
        words = words[: link.start()]
    if url is None and links:
        url = links[0] if links[0].startswith("http") else f"https://{links[0]}"
    found = read_date(written)
    return Quote(
        author=" ".join(author.split()) or None,
        handle=handle,
        text=words,
        language=likeliest_language(words) if len(words) >= _MIN_LANGUAGE else None,
        posted_on=found.day if found else None,
        url=url,
    )


def take_embeds(tree: HtmlElement) -> tuple[Quote, ...]:
    """Take the posts that a page embeds out of its tree."""
    quotes = []
    for block in tree.xpath(_EMBEDS):
        quote = _embedded(block)
        if quote is not None:
            quotes.append(quote)
        parent = block.getparent()
        if parent is not None:
            block.drop_tree()
    return tuple(quotes)


def _embedded(block: HtmlElement) -> Quote | None:
    text = " ".join(" ".join(block.itertext()).split())
    links = [a.get("href") for a in block.iter("a") if a.get("href")]
    url = block.get("cite") or block.get("data-instgrm-permalink") or (links[-1].split("?")[0] if links else None)
    for pattern in (_SIGNATURE, _SHARED):
        if signature := pattern.search(text):
            words = text[: signature.start()]
            return (
                _quote(words, signature["author"], signature["handle"], signature["date"], url)
                if words.strip()
                else None
            )
    words = " ".join(" ".join(p.text_content() for p in block.iter("p")).split())
    return _quote(words, "", None, None, url) if words else None
