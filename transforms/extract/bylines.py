"""Bylines on a page: elements that are marked as naming the author, or begin as bylines do."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from transforms.extract.claims import content_of

_MARKS = (
    ".//*[@rel='author' or @itemprop='author']",
    ".//*[contains(@class, 'author-name') or contains(@class, 'author__name') or contains(@class, 'byline__name')"
    " or contains(@class, 'authorName') or contains(@class, 'author_name') or @data-testid='author-name']",
    ".//*[contains(@class, 'byline') or contains(@class, 'Byline') or contains(@class, 'article-author')"
    " or contains(@class, 'article__author') or contains(@class, 'post-author') or contains(@class, 'autor')]",
    ".//*[@class='author' or @class='authors' or contains(@class, 'author ') or contains(@class, 'c-author')]",
    ".//*[self::p or self::span or self::div or self::li][string-length(normalize-space()) < 60]"
    "[re:test(normalize-space(), '^(By|BY|Von|von|Par|Por|Di|di|Door) +[A-Z][^!?:]+$')]",
    ".//a[contains(@href, '/author') or contains(@href, '/autor') or contains(@href, '/auteur')]"
    "[contains(normalize-space(), ' ')]",
)
_REGEX = {"re": "http://exslt.org/regular-expressions"}
_MAX_BYLINE = 120


def read_bylines(tree: HtmlElement) -> Iterator[str]:
    """Yield texts of elements that name the author, from the surest mark; of each mark those of the first byline only.

    A page shows other articles too, with their authors: those that do not stand beside the first one are theirs.
    """
    for path in _MARKS:
        beside = None
        for element in tree.xpath(path, namespaces=_REGEX):
            if element.tag in ("meta", "link"):
                continue
            name = element.find(".//*[@itemprop='name']")
            text = name.get("content") or content_of(name) if name is not None else content_of(element)
            if not 2 < len(text) <= _MAX_BYLINE:
                continue
            around = _around(element)
            if beside is not None and around is not beside:
                break
            beside = around
            yield text


def _around(element: HtmlElement) -> HtmlElement:
    parent = element.getparent()
    if parent is None:
        return element
    grandparent = parent.getparent()
    return parent if grandparent is None else grandparent
