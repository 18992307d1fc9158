import hashlib
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.dedupe.signature import SCHEME, SKETCH_SIZE, Signature, sign


def story(seed: int, words: int = 300) -> list[str]:
    """The words of a made-up story; two stories of different seeds share hardly a passage."""
    rng = random.Random(seed)
    return [f"{rng.choice('bcdfglmnprst')}{rng.choice('aeiou')}{rng.randrange(400)}" for _ in range(words)]


def passages(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_the_scheme_is_frozen() -> None:
    data = sign("The coastguard of the island brought forty people ashore on Monday, the ministry said.").to_bytes()
    assert SCHEME == 1
    assert hashlib.sha256(data).hexdigest() == "8147635d49d478b21c8f180ea2f66c0f65064b1c3d1aa27328b7a7079bb0039d"
    long = sign(" ".join(f"w{i * i % 9973}" for i in range(3000))).to_bytes()
    assert hashlib.sha256(long).hexdigest() == "673ef060e4da1825c7e0e08c071bcd065967a929240c0d33c459d46c026838cb"


@given(st.text(max_size=400))
def test_bytes_there_and_back(text: str) -> None:
    signature = sign(text)
    again = Signature.from_bytes(signature.to_bytes())
    assert again.passages == signature.passages
    assert np.array_equal(again.sketch, signature.sketch)
    assert np.all(np.diff(signature.sketch.astype(np.int64)) > 0)


@pytest.mark.parametrize("data", [b"", b"\x01\x00\x00\x00", b"\x02\x00\x00\x00\x00\x00\x00\x00"])
def test_what_is_no_signature_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="scheme"):
        Signature.from_bytes(data)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Libya's coastguard said it had turned back a boat.", "LIBYA’S coastguard said — it had turned back a boat"),
        ("The café in Málaga was closed all week long.", "The cafÃ© in MÃ¡laga was closed all week long."),
        ("Two\nlines of\t text that were broken", "Two lines of text that were broken"),
    ],
)
def test_case_marks_and_encoding_do_not_matter(one: str, other: str) -> None:
    assert sign(one).to_bytes() == sign(other).to_bytes()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" .\n", 0),
        ("Closed", 1),
        ("Four words of text", 1),
        ("Five words of this text", 1),
        ("a b c d e f", 2),
    ],
)
def test_short_texts(text: str, count: int) -> None:
    assert sign(text).passages == len(sign(text).sketch) == count


@pytest.mark.parametrize(
    "text", ["Береговая охрана спасла сорок человек в море", "海岸警衛隊救起四十人", "خفر السواحل ينقذ أربعين شخصا"]
)
def test_other_alphabets_are_told_apart(text: str) -> None:
    assert sign(text).passages > 0
    assert not set(sign(text).sketch.tolist()) & set(sign(text[::-1]).sketch.tolist())


@given(st.integers(1, 9), st.integers(20, 4000))
def test_a_sketch_is_bounded(seed: int, words: int) -> None:
    signature = sign(" ".join(story(seed, words)))
    assert signature.passages == len(passages(story(seed, words)))
    if signature.passages <= SKETCH_SIZE:
        assert len(signature.sketch) == signature.passages
    else:
        assert SKETCH_SIZE / 2 * 0.6 < len(signature.sketch) < SKETCH_SIZE * 1.4
