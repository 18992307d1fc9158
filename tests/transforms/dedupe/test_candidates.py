import random

import pyarrow as pa

from transforms.dedupe.candidates import HUBS, candidates
from transforms.dedupe.signature import sign
from transforms.dedupe.sketches import Sketches


def story(seed: int, words: int = 300) -> list[str]:
    """The words of a made-up story; two stories of different seeds share hardly a passage."""
    rng = random.Random(seed)
    return [f"{rng.choice('bcdfglmnprst')}{rng.choice('aeiou')}{rng.randrange(400)}" for _ in range(words)]


def pairs(texts: list[list[str]]) -> tuple[set[tuple[int, int]], int]:
    column = pa.chunked_array([[sign(" ".join(text)).to_bytes() for text in texts]], pa.binary())
    low, high, hot = candidates(Sketches.of(column))
    found = list(zip(low.tolist(), high.tolist(), strict=True))
    assert found == sorted(set(found))
    return set(found), hot


def test_no_texts_and_empty_texts() -> None:
    assert pairs([]) == (set(), 0)
    assert pairs([[], [], ["word"]]) == (set(), 0)


def test_cut_copies_are_found_at_every_length() -> None:
    for words in (20, 40, 80, 130, 160, 250, 500, 1000, 2500, 6000, 20_000):
        for share in (0.4, 0.6, 0.8, 1):
            base = story(words, words)
            assert pairs([base, base[: int(words * share)]])[0] == {(0, 1)}, (words, share)


def test_stories_of_their_own_are_not_paired() -> None:
    assert pairs([story(i) for i in range(60)]) == (set(), 0)


def test_boilerplate_costs_next_to_nothing_where_texts_have_passages_of_their_own() -> None:
    notice = story(0, 120)
    assert len(pairs([story(i) + notice for i in range(1, 300)])[0]) < 100  # of 44,551


def test_a_hot_passage_pairs_with_the_first_in_election_order() -> None:
    copies = 200
    found, hot = pairs([story(1)] * copies)
    assert hot > 0
    assert found == {(a, b) for a in range(HUBS) for b in range(a + 1, copies)}


def test_a_notice_in_ten_thousand_short_texts_does_not_blow_up() -> None:
    notice, count = story(0, 60), 10_000
    texts = [[f"a{i}", f"b{i}", *notice] for i in range(count)]
    texts[count // 2 :: 1000] = [story(7, 30) + notice] * 5
    found, hot = pairs(texts)
    assert hot > 0
    assert len(found) <= HUBS * count + 10  # of 50 million; ten are of the copies
    copies = range(count // 2, count, 1000)
    assert {(copies[0], later) for later in copies[1:]} <= found
