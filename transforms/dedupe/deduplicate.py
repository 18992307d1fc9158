"""From the signatures of all articles to copies and elected ones: what the driver calls once a run.

Everything is found anew from the signatures, also of articles known from earlier runs: that takes seconds for 100,000
articles, and makes the outcome a function of the set of articles alone.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.dedupe.candidates import candidates
from transforms.dedupe.elect import elect
from transforms.dedupe.sketches import Ints, Sketches
from transforms.dedupe.verify import verify

_ORDER = [("published_date", "ascending"), ("length", "descending"), ("article_id", "ascending")]
"""Arrow sorts nulls last."""


@dataclass(frozen=True, slots=True)
class Election:
    """What came of it."""

    articles: pa.Table
    """article_id, cluster_id, duplicate_of, duplicate_kind, similarity (as in the articles dataset), by article_id."""
    candidates: int
    """Pairs that were verified."""
    copies: int
    """Pairs that are copies."""
    hot_passages: int
    """Passages shared by so many articles that pairing was limited."""


def deduplicate(articles: pa.Table) -> Election:
    """Find copies among articles and elect.

    Args:
        articles: article_id (string, each once), published_date (date32 or null), length (of the text, int),
            content_hash (string), signature (binary); in any order.

    """
    order = pc.sort_indices(articles, _ORDER)
    same = _first_alike(articles["content_hash"].take(order))
    distinct = np.flatnonzero(same == np.arange(len(order)))
    sketches = Sketches.of(articles["signature"].take(order.take(pa.array(distinct))))
    low, high, hot = candidates(sketches)
    copy, similarity = verify(sketches, low, high)
    chosen, alike = elect(len(distinct), low[copy], high[copy], similarity[copy])
    position = np.searchsorted(distinct, same)
    elected = distinct[chosen][position]
    exact = (same != np.arange(len(order))) & (elected == same)
    duplicate = elected != np.arange(len(order))
    ids = articles["article_id"].take(order).combine_chunks()
    rows = pa.table(
        {
            "article_id": ids,
            "cluster_id": ids.take(pa.array(elected)),
            "duplicate_of": pc.if_else(pa.array(duplicate), ids.take(pa.array(elected)), None),
            "duplicate_kind": pc.if_else(pa.array(duplicate), pc.if_else(pa.array(exact), "exact", "near"), None),
            "similarity": pc.if_else(pa.array(duplicate), pa.array(np.where(exact, 1.0, alike[position])), None),
        }
    )
    return Election(rows.sort_by("article_id"), len(low), int(copy.sum()), hot)


def _first_alike(column: pa.ChunkedArray) -> Ints:
    """Of each value, the position of the first that equals it."""
    codes = column.combine_chunks().dictionary_encode().indices.to_numpy()
    _, first = np.unique(codes, return_index=True)
    earliest: Ints = first[codes]
    return earliest
