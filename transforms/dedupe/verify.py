"""Whether two texts are copies, told by what their sketches share."""

import numpy as np
from numpy.typing import NDArray

from transforms.dedupe.signature import HASH_BITS, limits
from transforms.dedupe.sketches import Floats, Ints, Sketches, spread

CONTAINED_FROM = 0.8
"""Copies share at least this part of the passages of the shorter text. In ../shared/duplicates copies share 0.84 and
more, edited, cut and re-encoded ones alike; a report of the next turn of a story that keeps its background was seen to
share up to 0.78 (../shared/corpora)."""
CUT_FROM = 50
"""A text of fewer passages is a copy only of one that says the same: two short reports may differ in a number alone."""
SAME_FROM = 0.9
"""Jaccard similarity of short texts that say the same."""
_CHUNK = 1 << 12
"""Pairs compared at a time: some 50 MB."""


def verify(sketches: Sketches, low: Ints, high: Ints) -> tuple[NDArray[np.bool_], Floats]:
    """Which pairs are copies, and how much of the passages of the shorter text the two share (estimated), 0 to 1."""
    contained, alike = similarities(sketches, low, high)
    short = np.minimum(sketches.passages[low], sketches.passages[high]) < CUT_FROM
    return np.where(short, alike >= SAME_FROM, contained >= CONTAINED_FROM), contained


def similarities(sketches: Sketches, low: Ints, high: Ints) -> tuple[Floats, Floats]:
    """Containment and Jaccard similarity of each pair, estimated; exact where neither has more than `SKETCH_SIZE`."""
    limit_of = limits(sketches.passages)
    contained, alike = np.zeros(len(low)), np.zeros(len(low))
    for begin in range(0, len(low), _CHUNK):
        a, b = low[begin : begin + _CHUNK], high[begin : begin + _CHUNK]
        limit = np.minimum(limit_of[a], limit_of[b])
        of_a, of_b = _keys(sketches, a, limit), _keys(sketches, b, limit)
        keys = np.sort(np.concatenate([of_a, of_b]), kind="stable")  # merges two sorted runs
        shared = np.bincount(keys[1:][keys[1:] == keys[:-1]] >> HASH_BITS, minlength=len(a))
        size_a, size_b = (np.bincount(k >> HASH_BITS, minlength=len(a)) for k in (of_a, of_b))
        contained[begin : begin + _CHUNK] = shared / np.maximum(1, np.minimum(size_a, size_b))
        alike[begin : begin + _CHUNK] = shared / np.maximum(1, size_a + size_b - shared)
    return contained, alike


def _keys(sketches: Sketches, texts: Ints, limit: Ints) -> Ints:
    """The hashes of each pair's text below the pair's limit, with the pair's number in the high bits."""
    counts = (sketches.ends - sketches.starts)[texts]
    pair = np.repeat(np.arange(len(texts)), counts)
    value = sketches.values[spread(sketches.starts[texts], counts)].astype(np.int64)
    kept = value < limit[pair]
    return pair[kept] << HASH_BITS | value[kept]
