"""What a page says of itself: JSON-LD, OpenGraph and other meta elements, marked times."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from transforms.foreign_json import read_json

ARTICLE_TYPES = frozenset(
    [
        *("NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle"),
        *("OpinionNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "Article"),
        *("BlogPosting", "LiveBlogPosting", "Report", "SatiricalArticle", "ScholarlyArticle"),
        *("TechArticle", "SocialMediaPosting", "AdvertiserContentArticle"),
    ]
)
"""Types of schema.org that are articles."""
_META_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished"),
    *("cxenseparse:recs:publishtime", "cxenseparse:publishtime", "parsely-pub-date"),
    *("sailthru.date", "dcterms.created", "dc.date.issued", "dc.date.created", "dcterms.issued"),
    *("date.available", "content:publishdate", "publish-date", "publishdate", "publish_date"),
    *("pubdate", "published", "article:published", "prism.publicationdate"),
    *("dcsext.articlefirstpublished", "datecreated", "date.created", "cms_creationdate"),
    *("dc.date", "dcterms.date", "date", "article.published", "og:pubdate"),
    *("rnews:datepublished",),
)
"""From the plainest to those that some sites fill with the day of the last change."""
_META_AUTHORS = (
    *("author", "article:author", "og:author", "article:author_name", "og:article:author"),
    *("parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dcsext.author"),
    *("cxenseparse:author", "byl", "byline", "authors", "citation_author", "lp.article:author"),
    *("articleauthor", "its_author", "dable:author", "lrt_authors", "mediator_author"),
)
_META_TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline", "title")
_META_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_META_PUBLISHERS = ("og:site_name", "application-name", "article_publisher", "dc.publisher", "publisher", "copyright")
_FREE = "isAccessibleForFree"
_AROUND = 4
"""How far up the elements go that make a path of links of what is in them ("breadcrumb")."""
_WRAPPING = re.compile(r"^(?:\s|/\*|\*/|//|<!--|<!\[CDATA\[)+|(?:\s|/\*|\*/|//|-->|\]\]>|;)+$")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a page says of itself, as it says it; each list from the surest claim to the least sure."""

    headline: str | None = None
    """Of the article in JSON-LD."""
    meta_titles: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    """Its `<h1>` elements, but for those that end a path of links ("Home > Politics > Ministers meet")."""
    subheadings: tuple[str, ...] = ()
    """Its `<h2>` elements: some pages show their title in one, as the path of links has their `<h1>`."""
    window_title: str | None = None
    linked_authors: tuple[str, ...] = ()
    """Of the article in JSON-LD."""
    meta_authors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    """Summaries; where the page shows one, it is the standfirst."""
    types: frozenset[str] = field(default_factory=frozenset)
    """Types of JSON-LD that the page has at its top, and its og:type as "og:article"."""
    is_free: bool | None = None
    """Whether all may read the article, as JSON-LD says it to search engines; None where it says nothing."""


def read_claims(tree: HtmlElement) -> Claims:
    """Read the claims of a parsed page, which stays as it is."""
    nodes = list(_linked_data(tree))
    articles = [node for node in nodes if _types(node) & ARTICLE_TYPES]
    # A page may list other articles beside its own: its own is the one with a text or a date, else the first.
    article = max(articles, key=lambda n: ("datePublished" in n, "headline" in n, "author" in n), default={})
    meta = _meta(tree)
    return Claims(
        headline=_text(article.get("headline")),
        meta_titles=tuple(_each(meta, _META_TITLES)),
        headings=tuple(t for h1 in tree.iter("h1") if (t := content_of(h1)) and not _in_path_of_links(h1)),
        subheadings=tuple(t for h2 in tree.iter("h2") if (t := content_of(h2))),
        window_title=next((t for title in tree.iter("title") if (t := content_of(title))), None),
        linked_authors=tuple(_names(article.get("author") or article.get("creator"))),
        meta_authors=tuple(_each(meta, _META_AUTHORS)),
        dates=tuple(_dates(tree, article, nodes, meta)),
        publishers=(*_names(article.get("publisher")), *_each(meta, _META_PUBLISHERS)),
        urls=tuple(_urls(tree, article, meta)),
        languages=tuple(_languages(tree, article, meta)),
        descriptions=tuple(filter(None, [_text(article.get("description")), *_each(meta, _META_DESCRIPTIONS)])),
        types=frozenset(t for node in nodes for t in _types(node))
        | {f"og:{t.lower()}" for t in meta.get("og:type", [])},
        is_free=next((str(n[_FREE]).lower() == "true" for n in nodes if _FREE in n), None),
    )


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json" or not script.text:
            continue
        yield from _nodes(_parsed(script.text))


def _parsed(text: str) -> Any:
    """JSON as pages have it: wrapped in comments, with raw line breaks in strings, commas too many, escaped as HTML."""
    text = _WRAPPING.sub("", text)
    for attempt in (text, _TRAILING_COMMA.sub("", text), html.unescape(text)):
        try:
            return read_json(attempt, strict=False)
        except ValueError:
            continue
    return None


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects at the top, in graphs, and what a page says is its main entity; not those nested deeper."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, list):
            yield from _nodes(item)
        elif isinstance(item, dict):
            yield item
            for key in ("@graph", "mainEntity", "mainEntityOfPage"):
                if isinstance(item.get(key), dict | list):
                    yield from _nodes(item[key])


def _types(node: dict[str, Any]) -> set[str]:
    types = node.get("@type")
    return {str(t).rsplit("/", 1)[-1] for t in (types if isinstance(types, list) else [types]) if t}


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, str)), None)
    if not isinstance(value, str):
        return None
    return html.unescape(html.unescape(value)).strip() or None


def _names(value: Any) -> Iterator[str]:
    """Names of persons or organisations, given as objects, strings, or lists of either."""
    if isinstance(value, list):
        for item in value:
            yield from _names(item)
    elif isinstance(value, dict):
        yield from _names(value.get("name") or value.get("@list"))
    elif (text := _text(value)) is not None:
        yield text


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if key and content:
            meta.setdefault(key.strip().lower(), []).append(html.unescape(content))
    return meta


def _each(meta: dict[str, list[str]], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        yield from meta.get(key, [])


def _in_path_of_links(heading: HtmlElement) -> bool:
    around = (heading, *islice(heading.iterancestors(), _AROUND))
    return any(e.tag in ("nav", "li") or any("bread" in f"{k} {v}".lower() for k, v in e.items()) for e in around)


def content_of(element: HtmlElement) -> str:
    """The text of an element and all in it, white space squeezed."""
    return " ".join(" ".join(element.itertext()).split())


def _dates(
    tree: HtmlElement, article: dict[str, Any], nodes: list[dict[str, Any]], meta: dict[str, list[str]]
) -> Iterator[str]:
    """Dates of first publication, the article's own in JSON-LD first."""
    if written := _text(article.get("datePublished")):
        yield written
    yield from _each(meta, _META_PUBLISHED)
    for node in nodes:
        if written := _text(node.get("datePublished")):
            yield written
    for element in tree.xpath(".//*[@itemprop='datePublished']|.//time[@pubdate]"):
        yield element.get("datetime") or element.get("content") or content_of(element)
    if written := _text(article.get("dateCreated")):
        yield written
    for element in tree.iter("time"):
        yield element.get("datetime") or content_of(element)


def _urls(tree: HtmlElement, article: dict[str, Any], meta: dict[str, list[str]]) -> Iterator[str]:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            yield link.get("href")
    yield from meta.get("og:url", [])
    page = article.get("mainEntityOfPage")
    for value in (article.get("url"), page.get("@id") if isinstance(page, dict) else page):
        if isinstance(value, str):
            yield value


def _languages(tree: HtmlElement, article: dict[str, Any], meta: dict[str, list[str]]) -> Iterator[str]:
    root = tree.getroottree().getroot()
    for value in (article.get("inLanguage"), root.get("lang"), *meta.get("og:locale", []), *meta.get("language", [])):
        if isinstance(value, str) and value.strip():
            yield value
