"""Which pairs of texts may be copies: those that share one of the rarer passages of one of them.

A copy holds most of the passages of the shorter text. If two texts share at least half of the m passages of one that
are in the index, they share one of its m // 2 + 1 rarest (prefix filtering: Chaudhuri, Ganti and Kaushik 2006). So only
these are looked up: for a text of its own they are found nowhere else, and common phrases cost nothing.

This replaces bands of MinHash rows (32 x 4), which by their nature miss texts that were cut in half.
"""

import numpy as np

from transforms.dedupe.signature import HASH_BITS, limits
from transforms.dedupe.sketches import Ints, Sketches, spread

SHORTEST_SHARE = 0.25
"""A text is no copy of one that is more than four times as long: a quoted paragraph, an entry of a live blog."""
INDEX_SHARE = 16
"""The index holds one in so many passages of a text, …"""
SHORT = 128
"""… but every passage of a text that has no more than this."""
HUBS = 16
"""A passage that more texts share pairs each of them with the first so many in election order, not all with all."""
_ROW_BITS = 31
_ROW = 2**_ROW_BITS - 1


def candidates(sketches: Sketches) -> tuple[Ints, Ints, int]:
    """Pairs of texts that may be copies.

    Args:
        sketches: of all texts, in election order.

    Returns:
        The earlier text and the later text of each pair, pairs ascending; and the number of hot passages, at which
        pairing was limited to `HUBS`.

    """
    owner, value, wanted = _index(sketches)
    begins = _begins(value)
    sharing = np.diff(begins, append=len(value))
    begin, shared_by = np.repeat(begins, sharing), np.repeat(sharing, sharing)
    probe = _rarest(_slots(owner, value, sketches.passages), value, shared_by, wanted)
    count = np.minimum(shared_by[probe], HUBS)
    one, other = np.repeat(owner[probe], count), owner[spread(begin[probe], count)]
    low, high = np.minimum(one, other), np.maximum(one, other)
    size = sketches.passages
    fits = np.minimum(size[low], size[high]) >= SHORTEST_SHARE * np.maximum(size[low], size[high])
    pairs = np.unique((low << _ROW_BITS | high)[fits & (low != high)])
    hot = len(np.unique(value[probe[shared_by[probe] > HUBS]]))
    return pairs >> _ROW_BITS, pairs & _ROW, hot


def _index(sketches: Sketches) -> tuple[Ints, Ints, Ints]:
    """The passages that more than one text holds, and how many of them to look up for each text.

    Returns:
        The text and the hash of each entry, ascending by hash, then text; and how many entries each slot wants: its
        rarer half and one more, less those that the text holds alone.

    """
    owner, hashes = sketches.below(2**HASH_BITS // INDEX_SHARE, sketches.passages <= SHORT)
    key = hashes.astype(np.int64) << _ROW_BITS | owner
    key.sort()
    owner, value = key & _ROW, key >> _ROW_BITS
    slot, slots = _slots(owner, value, sketches.passages), 2 * len(sketches)
    begins = _begins(value)
    alone = np.zeros(len(value), bool)
    alone[begins[np.diff(begins, append=len(value)) == 1]] = True
    wanted = np.bincount(slot, minlength=slots) // 2 + 1 - np.bincount(slot[alone], minlength=slots)
    return owner[~alone], value[~alone], wanted


def _slots(owner: Ints, value: Ints, passages: Ints) -> Ints:
    """Two slots for each text: hashes that some text four times as long would not keep, and those that it would.

    Apart, because among all of them the former would pass for rare only because the longer text does not keep them.
    """
    longest = (passages / SHORTEST_SHARE).astype(np.int64)
    common = np.where(longest <= SHORT, 2**HASH_BITS, np.minimum(limits(longest), 2**HASH_BITS // INDEX_SHARE))
    slots: Ints = 2 * owner + (value < common[owner])
    return slots


def _rarest(slot: Ints, value: Ints, shared_by: Ints, wanted: Ints) -> Ints:
    """The entries to look up: of each slot the rarest, as many as it wants."""
    entry = np.flatnonzero(wanted[slot] > 0)
    entry = entry[np.lexsort((value[entry], shared_by[entry], slot[entry]))]
    chosen = slot[entry]
    begins = _begins(chosen)
    rank = np.arange(len(chosen)) - np.repeat(begins, np.diff(begins, append=len(chosen)))
    return entry[rank < wanted[chosen]]


def _begins(values: Ints) -> Ints:
    """Where a new value begins in sorted ones."""
    return np.flatnonzero(np.concatenate([np.ones(len(values[:1]), bool), values[1:] != values[:-1]]))
