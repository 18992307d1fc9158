"""Bylines on a page: elements that are marked as naming the author, or begin as bylines do."""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from transforms.extract.claims import content_of

_MARKS = (
    ".//*[@rel='author' or @itemprop='author']",
    ".//*[contains(@class, 'author-name') or contains(@class, 'author__name') or contains(@class, 'byline__name')"
    " or contains(@class, 'authorName') or contains(@class, 'author_name') or @data-testid='author-name']",
    ".//*[contains(@class, 'byline') or contains(@class, 'Byline') or contains(@class, 'article-author')"
    " or contains(@class, 'article__author') or contains(@class, 'post-author') or contains(@class, 'autor')]",
    ".//*[@class='author' or @class='authors' or contains(@class, 'author ') or contains(@class, 'c-author')]",
)
_LINKS = (
    ".//a[contains(@href, '/author') or contains(@href, '/autor') or contains(@href, '/auteur')]"
    "[contains(normalize-space(), ' ')]"
)
_WORDS = re.compile(
    r"(?:(?:By|BY|Von|von|Par|Por|Di|di|Door|Authors?:|Autor(?:in)?(?:/(?:-?in|Autor(?:in)?))?):? +)"
    r"[A-Z][^!?:]{1,50}?(?=$|, in [A-Z])"
)
_FIRST_WORDS = ("By", "BY", "Von", "von", "Par", "Por", "Di", "di", "Door", "Author", "Autor")
_MAX_BYLINE = 120


def read_bylines(tree: HtmlElement) -> Iterator[tuple[str, ...]]:
    """Yield for each mark, from the surest one, the texts of the elements that bear it, those of the first byline only.

    A page shows other articles too, with their authors: those that do not stand beside the first one are theirs.
    """
    for path in _MARKS:
        yield tuple(_beside_the_first(tree.xpath(path)))
    yield tuple(_spoken(tree))
    yield tuple(_beside_the_first(tree.xpath(_LINKS)))


def _beside_the_first(elements: Iterable[HtmlElement]) -> Iterator[str]:
    beside = None
    for element in elements:
        if element.tag in ("meta", "link"):
            continue
        name = element.find(".//*[@itemprop='name']")
        text = name.get("content") or content_of(name) if name is not None else content_of(element)
        if not 2 < len(text) <= _MAX_BYLINE:
            continue
        around = _around(element)
        if beside is not None and around is not beside:
            return
        beside = around
        yield text


def _spoken(tree: HtmlElement) -> Iterator[str]:
    """Yield the first byline that bears no mark and begins as bylines do: "By", "von", "par" and a name."""
    for element in tree.iter("p", "span", "div", "li"):
        first = next((t for piece in element.itertext() if (t := piece.strip())), "")
        if first.startswith(_FIRST_WORDS) and (match := _WORDS.match(content_of(element))):
            yield match[0]
            return


def _around(element: HtmlElement) -> HtmlElement:
    parent = element.getparent()
    if parent is None:
        return element
    grandparent = parent.getparent()
    return parent if grandparent is None else grandparent
