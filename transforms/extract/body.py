"""The report out of the text that trafilatura finds on a page: with its standfirst, without what the page repeats."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from transforms.extract.authors import clean_authors
from transforms.extract.claims import Claims, content_of
from transforms.extract.dates import read_date

_FIRST = 5
"""Title, byline and date stand among the first paragraphs, if they are repeated in the text at all."""
_STANDFIRST_CHARACTERS = range(30, 700)
_REPORT_CHARACTERS = 80
_MAX_BYLINE = 60
_MAX_CHILDREN = 5
"""A standfirst holds a few links at most; a larger element holds more than it."""
_LABELLED = re.compile(r"(?:also )?(?:read|watch|see)(?: also)?\s*:", re.IGNORECASE)
_ITEM = "- "
_ENDS = (".", "!", "?", ";", ",", "。", '."', ".”", ".»", ".)")


def report_of(text: str, claims: Claims, authors: tuple[str, ...], tree: HtmlElement) -> str:
    """The paragraphs of a report, a line each.

    Taken off: title, byline and date where the text repeats them; key points before the first paragraph, which it tells
    again; items of lists that are no sentences, as those are links and labels; "Read: …" with a link behind it. Put
    before it: the standfirst, which trafilatura often leaves in the page's head, where the page shows what it claims
    as description.

    Args:
        text: what trafilatura found, a paragraph a line.
        claims: what the page says of itself.
        authors: who wrote it.
        tree: the page, where a standfirst is looked up.

    """
    lines = [line for line in text.split("\n") if line.strip()]
    titles = {letters(t) for t in (claims.headline, *claims.meta_titles, *claims.headings, claims.window_title) if t}
    start = next(
        (i for i, line in enumerate(lines) if not line.startswith(_ITEM) and len(line) >= _REPORT_CHARACTERS), 0
    )
    kept = [
        line
        for i, line in enumerate(lines)
        if not (i < _FIRST and _is_head(line, titles, authors))
        and not (line.startswith(_ITEM) and (i < start or not line.rstrip().endswith(_ENDS)))
        and not (_LABELLED.match(line) and _ends_with_link(line, tree))
    ]
    return "\n".join([*_standfirst(kept, claims, tree), *kept])


def letters(text: str) -> str:
    """A text's letters and digits alone, to compare what is written with different marks."""
    return "".join(filter(str.isalnum, text.casefold()))


def _ends_with_link(line: str, tree: HtmlElement) -> bool:
    """Whether the half of a line at least, up to its end, is one link on the page."""
    key = letters(line)
    return any(
        key.endswith(text) and 2 * len(text) >= len(key) for a in tree.iter("a") if (text := letters(content_of(a)))
    )


def _standfirst(lines: list[str], claims: Claims, tree: HtmlElement) -> Iterator[str]:
    have = letters("".join(lines))
    wanted = [key for d in claims.descriptions if len(d) in _STANDFIRST_CHARACTERS and (key := letters(d)) not in have]
    if not wanted:
        return
    for element in tree.iter("p", "h2", "h3", "div", "span", "strong"):
        if len(element) > _MAX_CHILDREN or not _begins(element, wanted):
            continue
        if letters(text := content_of(element)) in wanted:
            yield text
            return


def _begins(element: HtmlElement, wanted: list[str]) -> bool:
    """Whether an element's first words are those of a text that is looked for: cheap to ask, and mostly no."""
    first = next(filter(None, map(letters, element.itertext())), "")
    return first != "" and any(key.startswith(first) for key in wanted)


def _is_head(line: str, titles: set[str], authors: tuple[str, ...]) -> bool:
    """Whether a line only repeats the title, the authors or the date."""
    if letters(line) in titles or (len(line) < _MAX_BYLINE and read_date(line) is not None):
        return True
    named = clean_authors([line]) if len(line) < _MAX_BYLINE else ()
    return bool(named) and set(map(letters, named)) <= set(map(letters, authors))
