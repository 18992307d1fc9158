"""From a document as read to the article's row, in one call: extract, clean, judge, sign."""

from dataclasses import fields

import xxhash

from schemas.articles import Article
from schemas.columns import as_row
from schemas.documents import RawDocument, Rejected
from schemas.runs import RunStamp
from schemas.state import Sighting

_DECIDED_LATER = frozenset(
    ["cluster_id", "duplicate_of", "duplicate_kind", "similarity", "run_id", "pipeline_version", "fetched_at"]
)
"""Columns that change without the article changing."""


def prepare(document: RawDocument, stamp: RunStamp) -> tuple[Article, Sighting] | Rejected:
    """The article that a document holds and where it was seen, or why it holds none."""
    raise NotImplementedError


def _row_hash(article: Article) -> str:
    row = as_row(article)
    kept = [(f.name, row[f.name]) for f in fields(Article) if f.name not in _DECIDED_LATER]
    return xxhash.xxh3_128_hexdigest(repr(kept).encode())
