import random

import numpy as np
import pyarrow as pa
import pytest

from transforms.dedupe.candidates import candidates
from transforms.dedupe.signature import sign
from transforms.dedupe.sketches import Sketches
from transforms.dedupe.verify import similarities, verify


def story(seed: int, words: int = 300) -> list[str]:
    """The words of a made-up story; two stories of different seeds share hardly a passage."""
    rng = random.Random(seed)
    return [f"{rng.choice('bcdfglmnprst')}{rng.choice('aeiou')}{rng.randrange(400)}" for _ in range(words)]


def sketches(*texts: list[str]) -> Sketches:
    return Sketches.of(pa.chunked_array([[sign(" ".join(t)).to_bytes() for t in texts]], pa.binary()))


def edited(words: list[str], every: int) -> list[str]:
    return [f"x{i}" if i % every == every - 1 else word for i, word in enumerate(words)]


BASE = story(1, 400)
CASES = [
    ("the same", BASE, BASE, True),
    ("a word in forty changed", BASE, edited(BASE, 40), True),
    ("cut in half, with a new tail", BASE, BASE[:200] + story(2, 20), True),
    ("the first third", BASE, BASE[:140], True),
    ("new lead and tail, a tenth cut", BASE, story(3, 15) + BASE[:180] + BASE[220:] + story(4, 20), True),
    ("a background paragraph shared", BASE, story(5, 300) + BASE[300:], False),
    ("half of a follow-up repeats the story", BASE, story(6, 200) + BASE[:200], False),
    ("a word in seven changed", BASE, edited(BASE, 7), False),
    ("a paragraph quoted in a long page", story(8, 90), story(9, 1500) + story(8, 90), False),
    ("a short report with another number", [*story(7, 30)[:15], "12", *story(7, 30)[15:]], story(7, 30), False),
    ("a short report again", story(7, 30), story(7, 30), True),
    (
        "two headlines that end alike",
        ["Forty", "people", "land", "on", "Kos"],
        ["Ninety", "people", "land", "on", "Kos"],
        False,
    ),
]


@pytest.mark.parametrize(("one", "other", "copy"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_copies(one: list[str], other: list[str], copy: bool) -> None:
    both = sketches(one, other)
    low, high, _ = candidates(both)
    assert bool(len(low) and verify(both, low, high)[0].all()) is copy


def test_estimates_agree_with_the_sets() -> None:
    """Against exact similarities: no bias, and errors as a sample of 128 to 256 passages gives them."""
    rng, errors = random.Random(0), []
    for seed in range(150):
        base = story(seed, rng.randrange(100, 900))
        other = base[: int(len(base) * rng.uniform(0.3, 1))] + story(seed + 1000, rng.randrange(300))
        sets = [{tuple(t[i : i + 5]) for i in range(len(t) - 4)} for t in (base, other)]
        shared = len(sets[0] & sets[1])
        contained, alike = similarities(sketches(base, other), np.array([0]), np.array([1]))
        errors.append((contained[0] - shared / min(map(len, sets)), alike[0] - shared / len(sets[0] | sets[1])))
    assert np.abs(np.mean(errors, axis=0)).max() < 0.01
    assert np.std(errors, axis=0).max() < 0.05
    assert np.abs(errors).max() < 0.2


def test_short_texts_are_compared_exactly() -> None:
    base = story(1, 204)
    contained, alike = similarities(sketches(base, base[:104]), np.array([0]), np.array([1]))
    assert contained[0] == 1
    assert alike[0] == 0.5
