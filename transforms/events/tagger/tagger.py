"""What a small neural network makes of a sentence before any rule is tried (`README.md` beside this file).

For each event type it says how likely the sentence tells such an event, and for each word how likely it is the word
that tells it; for two words, how likely the phrase of the second acts, or is acted on, in the event that the first
tells. The rules decide on it as on any other fact, by weights (`confidence.py`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

import numpy as np
import onnxruntime

from schemas import vocabulary
from transforms.events.tagger.pieces import END, START, pieces, pieces_of

Network: TypeAlias = onnxruntime.InferenceSession

MOST = 110
"""Pieces of a sentence that are read, some 85 words; what comes after is judged by the sentence alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Tags:
    """What the network makes of one sentence; probabilities from 0 to 1."""

    spans: np.ndarray
    """For each piece where the word that it belongs to begins and ends in the sentence: int64 [pieces, 2]."""
    types: np.ndarray
    """For each event type, in the order of `event_types()`: float32 [types]."""
    words: np.ndarray
    """For each piece and event type: float32 [pieces, types]."""
    sides: np.ndarray
    """For each piece as the one that tells, side (source, target), and other piece: float32 [pieces, 2, pieces]."""

    def told(self, event_type: str) -> float:
        """How likely the sentence tells an event of this type."""
        return float(self.types[event_types()[event_type]])

    def told_besides(self, event_type: str) -> float:
        """How likely it tells an event of the likeliest other type."""
        return float(np.delete(self.types, event_types()[event_type]).max())

    def told_by_each(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """For each word (its start and end, code points) and event type, how likely the word is what tells it.

        float32 [words, types]; 0 for words that were not read.
        """
        firsts, afters = self._between(starts, ends)
        told = np.zeros((len(starts), self.words.shape[1]), np.float32)
        for n, (first, after) in enumerate(zip(firsts.tolist(), afters.tolist(), strict=True)):
            if after == first + 1:
                told[n] = self.words[first]
            elif after > first:
                told[n] = self.words[first:after].max(axis=0)
        return told

    def any(self) -> float:
        """How likely the sentence tells an event of any type, were they independent; rather too likely."""
        return float(1 - np.prod(1 - self.types.astype(np.float64)))

    def acts(self, trigger: tuple[int, int], phrase: tuple[int, int]) -> tuple[float, float]:
        """How likely a phrase is a source, and a target, of the event that a trigger tells; both as code points."""
        sides = self.sides[self._at(*trigger)][:, :, self._at(*phrase)]
        found = sides.max(axis=(0, 2), initial=0.0)
        return float(found[0]), float(found[1])

    def _at(self, start: int, end: int) -> slice:
        first, after = self._between(np.int64(start), np.int64(end))
        return slice(int(first), max(int(first), int(after)))

    def _between(self, start: Any, end: Any) -> tuple[Any, Any]:
        """The first piece that ends after a start, and the first that begins at an end or later."""
        first = np.searchsorted(self.spans[:, 1], start, side="right")
        return first, np.searchsorted(self.spans[:, 0], end, side="left")


@cache
def event_types() -> dict[str, int]:
    """The column of each event type."""
    return {name: column for column, name in enumerate(sorted(vocabulary.terms("event_type")))}


@cache
def network() -> Network:
    """The network that ships with the coder, loaded once per process."""
    return load(files("transforms.events.tagger").joinpath("model.onnx").read_bytes())


def load(model: bytes) -> Network:
    """A network; it works on one core, as a worker has no more."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # the vocabulary is kept in bytes: made floats once, not for every sentence, with the same result
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def tag(sentences: Iterable[str], by: Network | None = None) -> Iterator[Tags]:
    """Tag sentences, each by itself, so that none changes what is found in another."""
    known, model = pieces(), by or network()
    for sentence in sentences:
        numbers, spans = pieces_of(sentence, known)
        read = np.array([[known[START], *numbers[:MOST], known[END]]], dtype=np.int64)
        types, words, sides = model.run(None, {"pieces": read, "places": np.arange(read.shape[1])})
        inner = slice(1, -1)
        yield Tags(
            np.array(spans[:MOST], dtype=np.int64).reshape(-1, 2),
            types[0],
            words[0, inner],
            sides[0].transpose(1, 0, 2)[inner, :, inner],
        )
