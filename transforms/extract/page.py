"""From a web page to its article: the text by trafilatura, the rest by weighing what the page says of itself."""

from dataclasses import dataclass

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from schemas.articles import Quote
from transforms.extract.authors import clean_authors
from transforms.extract.claims import Claims, read_claims
from transforms.extract.dates import read_date
from transforms.extract.posts import take_embeds
from transforms.extract.record import Published
from transforms.extract.titles import choose_title
from transforms.extract.urls import canonical_url


class NoArticleError(ValueError):
    """The page holds no article; the message names the finding and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page holds and says of itself."""

    text: str
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    url: str | None
    language: str | None
    published: Published | None
    quotes: tuple[Quote, ...]


def read_page(markup: str, known_url: str | None) -> Page:
    """Read a page, which is parsed once.

    Args:
        markup: the page, decoded.
        known_url: where it was fetched from, if known.

    Raises:
        NoArticleError: it holds none.

    """
    tree = trafilatura.load_html(markup)
    if tree is None:
        raise NoArticleError("the document is no HTML page; name it .txt if it is plain text")
    claims = read_claims(tree)
    quotes = take_embeds(tree)
    text = _text(tree, claims)
    if not text:
        raise NoArticleError("no running text was found on the page; give the page of one article")
    url = next((u for written in claims.urls if (u := canonical_url(written, known_url))), None)
    publisher = next(iter(claims.publishers), None)
    return Page(
        text=text,
        title=choose_title(claims, publisher),
        authors=_authors(claims),
        publisher=publisher,
        url=url,
        language=next(iter(claims.languages), None),
        published=_published(claims),
        quotes=quotes,
    )


def _text(tree: HtmlElement, claims: Claims) -> str:
    found = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    return str(found.text or "").strip() if isinstance(found, Document) else ""


def _published(claims: Claims) -> Published | None:
    for written in claims.dates:
        if (found := read_date(written)) is not None:
            return found.published("page")
    return None


def _authors(claims: Claims) -> tuple[str, ...]:
    for written in (claims.linked_authors, claims.meta_authors, claims.bylines):
        if names := clean_authors(written):
            return names
    return ()
