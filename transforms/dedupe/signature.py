"""The signature of a text: a sketch of its passages, by which copies are found and verified without the text.

A passage is five words in a row. The sketch keeps the passages whose hash lies below a limit (Broder 1997, "On the
resemblance and containment of documents", there as hashes that are 0 modulo m; today known as FracMinHash): the same
passages are kept in every text that holds them, so both the Jaccard similarity and the containment of two texts can be
estimated from what they share. A short text keeps all its passages, one twice as long every second one, and so on.

The scheme is frozen: signatures are stored and held against those of later runs. Whoever changes it raises `SCHEME`.
"""

import re
from dataclasses import dataclass

import numpy as np
import xxhash
from numpy.typing import NDArray

SCHEME = 1
"""Stands at the head of every signature; signatures of different schemes cannot be compared."""
PASSAGE_WORDS = 5
SKETCH_SIZE = 256
"""About so many hashes a sketch holds at most, and at least half of it for a text that is long enough."""

HASH_BITS = 32
HEAD = 2
"""Words before the sketch in a stored signature: scheme and passages."""
_ASCII = bytes(code if chr(code).isalnum() and code < 128 else ord(" ") for code in range(256))
"""Words are runs of ASCII letters and digits: accents and quotes are what a wrong encoding damages."""
_WORD = re.compile(r"[\u2e80-\ua63f\uac00-\ud7ff\uf900-\ufaff]|[^\W_]+")
"""Words of a text in another alphabet; Chinese, Japanese and Korean character by character."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIXER = np.uint64(0xFF51AFD7ED558CCD)
_HALF = np.uint64(32)

Hashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text."""

    passages: int
    """Different passages in the text."""
    sketch: Hashes
    """Hashes of those that the sketch keeps, ascending."""

    def to_bytes(self) -> bytes:
        """As little-endian 32-bit words: scheme, passages, sketch."""
        return np.concatenate([np.array([SCHEME, self.passages], "<u4"), self.sketch.astype("<u4")]).tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Signature":
        """The signature that `to_bytes` wrote.

        Raises:
            ValueError: it is of another scheme, or damaged.

        """
        words = np.frombuffer(data, "<u4").astype(np.uint32)
        if len(words) < HEAD or words[0] != SCHEME:
            raise ValueError(f"not a signature of scheme {SCHEME}")
        return cls(int(words[1]), words[HEAD:])


def sign(text: str) -> Signature:
    """The signature of a text."""
    words = _words(text.lower())
    if not words:
        return Signature(0, np.empty(0, np.uint32))
    hashes = np.fromiter(map(xxhash.xxh3_64_intdigest, words), np.uint64, len(words))
    width = min(PASSAGE_WORDS, len(words))
    count = len(words) - width + 1
    mixed = hashes[:count].copy()
    for k in range(1, width):
        mixed = mixed * _FACTOR + hashes[k : k + count]
    mixed ^= mixed >> _HALF
    mixed *= _MIXER
    passages = np.sort((mixed >> _HALF).astype(np.uint32))
    passages = passages[np.concatenate([[True], passages[1:] != passages[:-1]])]
    return Signature(len(passages), passages[: np.searchsorted(passages, limits(len(passages)))])


def _words(text: str) -> list[bytes]:
    encoded = text.encode("utf-8", "replace")
    words = encoded.translate(_ASCII).split()
    if 2 * sum(map(len, words)) < len(encoded):
        return [word.encode("utf-8", "replace") for word in _WORD.findall(text)]
    return words


def limits(passages: int | NDArray[np.int64]) -> NDArray[np.int64]:
    """The limit below which the sketch of a text of so many passages keeps hashes: 2**32, halved for each doubling."""
    doublings = np.searchsorted(SKETCH_SIZE * 2 ** np.arange(HASH_BITS, dtype=np.int64), passages)
    return np.int64(2**HASH_BITS) >> doublings
