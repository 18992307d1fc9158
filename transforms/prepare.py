"""From a document as read to the article's row, in one call: extract, clean, judge relevance, sign."""

from dataclasses import fields

import xxhash

from schemas.articles import Article
from schemas.columns import as_row
from schemas.documents import RawDocument, Rejected
from schemas.runs import RunStamp
from schemas.state import Sighting
from transforms.clean import clean
from transforms.dedupe.signature import sign
from transforms.events import relevance
from transforms.extract import extract

_DECIDED_LATER = frozenset(
    ["cluster_id", "duplicate_of", "duplicate_kind", "similarity", "run_id", "pipeline_version", "fetched_at"]
)
"""Columns that change without the article changing."""


def prepare(document: RawDocument, stamp: RunStamp) -> tuple[Article, Sighting] | Rejected:
    """The article that a document holds and where it was seen, or why it holds none."""
    extracted = extract(document)
    if isinstance(extracted, Rejected):
        return extracted
    cleaned = clean(extracted)
    if isinstance(cleaned, Rejected):
        return cleaned
    score = relevance.assess(cleaned.title, cleaned.text)
    article = Article(
        article_id=extracted.article_id,
        source_uri=extracted.source_uri,
        source_kind=extracted.source_kind,
        url=extracted.url,
        publisher=extracted.publisher,
        publisher_country=extracted.publisher_country,
        title=cleaned.title,
        language=extracted.language,
        authors=extracted.authors,
        published_at=extracted.published_at,
        published_date=extracted.published_date,
        published_precision=extracted.published_precision,
        published_basis=extracted.published_basis,
        fetched_at=extracted.fetched_at,
        dateline_place=cleaned.dateline_place,
        dateline_agency=cleaned.dateline_agency,
        text=cleaned.text,
        form=extracted.form,
        quotes=cleaned.quotes,
        repairs=cleaned.repairs,
        word_count=cleaned.word_count,
        content_hash=cleaned.content_hash,
        cluster_id=extracted.article_id,
        relevant=score >= relevance.RELEVANT_FROM,
        relevance=score,
        run_id=stamp.run_id,
        pipeline_version=stamp.pipeline_version,
    )
    sighting = Sighting(
        source_uri=document.source_uri,
        source_file=document.source_file,
        article_id=article.article_id,
        raw_hash=document.raw_hash,
        row_hash=row_hash(article),
        content_hash=article.content_hash,
        published_date=article.published_date,
        length=len(article.text),
        signature=sign(article.text).to_bytes(),
        seen_at=stamp.at,
        run_id=stamp.run_id,
    )
    return article, sighting


def row_hash(article: Article) -> str:
    """The hash of an article's row without what is decided later: two rows with the same hash say the same."""
    row = as_row(article)
    kept = [(f.name, row[f.name]) for f in fields(Article) if f.name not in _DECIDED_LATER]
    return xxhash.xxh3_128_hexdigest(repr(kept).encode("utf-8", "surrogatepass"))
