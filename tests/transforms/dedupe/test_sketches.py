import random

import numpy as np
import pyarrow as pa
import pytest

from transforms.dedupe.signature import sign
from transforms.dedupe.sketches import Sketches, spread


def story(seed: int, words: int = 300) -> list[str]:
    """The words of a made-up story; two stories of different seeds share hardly a passage."""
    rng = random.Random(seed)
    return [f"{rng.choice('bcdfglmnprst')}{rng.choice('aeiou')}{rng.randrange(400)}" for _ in range(words)]


TEXTS = ["", "one two three four five six", " ".join(story(1, 700)), "short"]
BLOBS = [sign(text).to_bytes() for text in TEXTS]


@pytest.mark.parametrize(
    "column",
    [
        pa.chunked_array([BLOBS], pa.binary()),
        pa.chunked_array([BLOBS[:1], [], BLOBS[1:]], pa.binary()),
        pa.chunked_array([pa.array([b"ignored", *BLOBS], pa.binary())[1:]]),
    ],
    ids=["whole", "chunks", "slice"],
)
def test_every_sketch_is_where_it_is_said_to_be(column: pa.ChunkedArray) -> None:
    sketches = Sketches.of(column)
    for i, text in enumerate(TEXTS):
        assert np.array_equal(sketches.values[sketches.starts[i] : sketches.ends[i]], sign(text).sketch)
        assert sketches.passages[i] == sign(text).passages


def test_no_texts() -> None:
    assert len(Sketches.of(pa.chunked_array([], pa.binary()))) == 0


@pytest.mark.parametrize("blob", [None, b"", b"\x01\x00\x00\x00", BLOBS[1] + b"x", b"\x09" + BLOBS[1][1:]])
def test_damage_is_noticed(blob: bytes | None) -> None:
    with pytest.raises(ValueError, match="signature"):
        Sketches.of(pa.chunked_array([[BLOBS[0], blob]], pa.binary()))


def test_below() -> None:
    sketches = Sketches.of(pa.chunked_array([BLOBS], pa.binary()))
    owner, hashes = sketches.below(2**30, np.array([True, True, False, False]))
    expected = [(1, h) for h in sign(TEXTS[1]).sketch.tolist()]
    expected += [(i, h) for i in (2, 3) for h in sign(TEXTS[i]).sketch.tolist() if h < 2**30]
    assert list(zip(owner.tolist(), hashes.tolist(), strict=True)) == expected


def test_spread() -> None:
    assert spread(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert spread(np.array([], np.int64), np.array([], np.int64)).tolist() == []
