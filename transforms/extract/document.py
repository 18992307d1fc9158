"""From a document as read to the article in it."""

from schemas.documents import MAX_BODY_BYTES, Hints, RawDocument, Rejected
from transforms.extract.dates import read_date
from transforms.extract.decoding import NotTextError, decode
from transforms.extract.gate import NoArticleError
from transforms.extract.identity import article_id
from transforms.extract.language import language_of
from transforms.extract.page import Page, read_page
from transforms.extract.plain_text import read_text
from transforms.extract.record import Extracted, Published
from transforms.extract.urls import canonical_url, site_of


def extract(document: RawDocument) -> Extracted | Rejected:
    """The article that a document holds, or why it holds none.

    What the manifest says wins over the record or the feed's entry, and these over what the page says of itself. The
    address that a page was fetched from is its own only where it names no other.
    """
    if len(document.body) > MAX_BODY_BYTES:
        limit = f"{MAX_BODY_BYTES:,}"
        return _rejected(
            document, "too_large", f"{len(document.body):,} bytes; the limit is {limit}: cut it down to the article"
        )
    if not document.body.strip():
        return _rejected(document, "empty", "the document holds nothing but white space; remove it or fetch it again")
    try:
        markup = document.media_type == "text/html"
        raw = decode(document.body, document.charset, markup=markup)
        page = read_page(raw, _first(document, "url") or document.location) if markup else read_text(raw)
    except NotTextError as problem:
        return _rejected(document, problem.reason, str(problem))
    except NoArticleError as problem:
        return _rejected(document, "not_an_article", str(problem))
    if not any(map(str.isalnum, page.text)):
        return _rejected(document, "empty", "the document holds no word; remove it or fetch it again")
    return _merged(document, page, raw)


def _rejected(document: RawDocument, reason: str, detail: str) -> Rejected:
    return Rejected(stage="extract", source_uri=document.source_uri, reason=reason, detail=detail)


def _first(document: RawDocument, name: str) -> str | None:
    """What the manifest, else the record, says of a field."""
    return getattr(document.manifest, name) or getattr(document.record, name) or None


def _merged(document: RawDocument, page: Page, raw: str) -> Extracted:
    hinted_url = next((u for h in (document.manifest, document.record) if (u := canonical_url(h.url))), None)
    url = hinted_url or page.url or canonical_url(document.location)
    title = _first(document, "title") or page.title
    published = _published(document, page)
    return Extracted(
        article_id=article_id(url, document.record.title, document.record.published, raw),
        source_uri=document.source_uri,
        source_kind=document.source_kind,
        fetched_at=document.fetched_at,
        url=url,
        publisher=_first(document, "publisher") or page.publisher or _site(document.location),
        publisher_country=_first(document, "country"),
        title=" ".join(title.split()) if title else None,
        authors=document.manifest.authors or document.record.authors or page.authors,
        language=language_of(page.text, _first(document, "language") or page.language),
        published_at=published.at if published else None,
        published_date=published.day if published else None,
        published_precision=published.precision if published else None,
        published_basis=published.basis if published else None,
        text=page.text,
        form=page.form,
        quotes=page.quotes,
    )


def _site(location: str | None) -> str | None:
    url = canonical_url(location)
    return site_of(url) if url else None


def _published(document: RawDocument, page: Page) -> Published | None:
    """When it was published; a hint that is no date ("6 YEARS AGO") says nothing."""
    said: list[tuple[Hints, str]] = [(document.manifest, "manifest"), (document.record, document.record_basis)]
    for hints, basis in said:
        if (found := read_date(hints.published)) is not None:
            return found.published(basis)
    return page.published
