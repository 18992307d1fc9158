"""From a web page to its article: the text by trafilatura, the rest by weighing what the page says of itself."""

import re
from dataclasses import dataclass
from itertools import chain, islice

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from schemas.articles import Quote
from transforms.extract.authors import clean_authors, is_site_name, signature
from transforms.extract.body import report_of
from transforms.extract.bylines import read_bylines
from transforms.extract.claims import Claims, read_claims
from transforms.extract.dates import read_date
from transforms.extract.gate import NoArticleError, form_of
from transforms.extract.posts import take_embeds
from transforms.extract.record import Published
from transforms.extract.titles import choose_title
from transforms.extract.urls import canonical_url, site_of

_DAY_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/-]|$)")

_PIECES_AFTER_HEADING = 100
_MAX_SHOWN_DATE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page holds and says of itself."""

    text: str
    form: str
    """A term of `form`."""
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
    found = _text(tree)
    authors = _authors(tree, claims, found)
    text = report_of(found, claims, authors, tree)
    url = next((u for written in claims.urls if (u := canonical_url(written, known_url))), None)
    form = form_of(text, claims, tree, url=url or known_url, at_home=_is_home(claims, url, known_url))
    publisher = next(iter(claims.publishers), None) or (site_of(url) if url else None)
    return Page(
        text=text,
        form=form,
        title=choose_title(claims, publisher),
        authors=authors,
        publisher=publisher,
        url=url,
        language=next(iter(claims.languages), None),
        published=_published(claims, url) or _shown_day(tree),
        quotes=quotes,
    )


def _text(tree: HtmlElement) -> str:
    found = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    return str(found.text or "").strip() if isinstance(found, Document) else ""


def _is_home(claims: Claims, url: str | None, known_url: str | None) -> bool:
    """Whether none of the addresses that a page gives can be an article's, nor the one that it was fetched from."""
    return bool(claims.urls) and url is None and canonical_url(known_url) is None


def _published(claims: Claims, url: str | None) -> Published | None:
    """The first claim that is a date; else the day in the address."""
    for written in claims.dates:
        if (found := read_date(written)) is not None:
            return found.published("page")
    in_path = _DAY_IN_PATH.search(url or "")
    found = read_date("-".join(in_path.groups())) if in_path else None
    return found.published("url") if found else None


def _shown_day(tree: HtmlElement) -> Published | None:
    """The day that a page shows after its heading, which some do without any mark."""
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return None
    for piece in islice(heading.xpath("following::text()[normalize-space()]"), _PIECES_AFTER_HEADING):
        found = read_date(piece) if len(piece) <= _MAX_SHOWN_DATE else None
        if found is not None and found.precision in ("day", "second"):
            return found.published("page")
    return None


def _authors(tree: HtmlElement, claims: Claims, text: str) -> tuple[str, ...]:
    """The people that the page names: in JSON-LD, in meta elements, in bylines, under or over the text itself.

    Where it names none, the newsroom that signs for them.
    """
    newsroom: tuple[str, ...] = ()
    for written in chain((claims.linked_authors, claims.meta_authors), read_bylines(tree)):
        names = clean_authors(written)
        if not all(is_site_name(name, claims.publishers) for name in names):
            return names
        newsroom = newsroom or names
    return signature(text.split("\n")) or newsroom
