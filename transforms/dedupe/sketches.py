"""The signatures of many texts as flat arrays, so that they are compared without a Python loop."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.dedupe.signature import HEAD, SCHEME, Hashes

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sketches:
    """Signatures of n texts; text i has the hashes `values[starts[i]:ends[i]]`, ascending."""

    values: Hashes
    """Also holds what stands between the sketches, which is to be skipped."""
    starts: Ints
    ends: Ints
    passages: Ints
    """How many different passages each text has."""

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> "Sketches":
        """From a column of signatures as `Signature.to_bytes` writes them, without copying them.

        Raises:
            ValueError: a signature is missing, damaged, or of another scheme.

        """
        array = column.cast(pa.large_binary()).combine_chunks()
        if len(array) == 0:
            return cls(np.empty(0, np.uint32), *(np.empty(0, np.int64) for _ in range(3)))
        _, offsets, data = array.buffers()
        bounds = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
        if array.null_count or (np.diff(bounds) < 4 * HEAD).any() or (np.diff(bounds) % 4).any():
            raise ValueError("a signature is missing or cut")
        words = np.frombuffer(data, "<u4", count=int(bounds[-1] - bounds[0]) // 4, offset=int(bounds[0]))
        heads = (bounds - bounds[0]) // 4
        if (words[heads[:-1]] != SCHEME).any():
            raise ValueError(f"not all signatures are of scheme {SCHEME}")
        return cls(words, heads[:-1] + HEAD, heads[1:], words[heads[:-1] + 1].astype(np.int64))

    def __len__(self) -> int:
        return len(self.passages)

    def below(self, limit: int, all_of: NDArray[np.bool_]) -> tuple[Ints, Hashes]:
        """All hashes below a limit, and all hashes of the texts marked: the text and the hash of each."""
        wanted = self.values < limit
        wanted[spread(self.starts[all_of], (self.ends - self.starts)[all_of])] = True
        for k in range(1, HEAD + 1):
            wanted[self.starts - k] = False
        found = np.flatnonzero(wanted)
        return np.searchsorted(self.starts, found, side="right") - 1, self.values[found]


def spread(starts: Ints, counts: Ints) -> Ints:
    """The positions `starts[i], starts[i] + 1, …`, `counts[i]` of them for each i, in one array."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    positions: Ints = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return positions
