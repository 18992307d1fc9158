from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from schemas.articles import Article
from transforms.events.sentences import MAX_CHARACTERS, split

Written = Callable[[str], Article]


def test_sentences_end_at_stops_and_at_line_breaks(written: Written) -> None:
    text = "Dr. Abela met Mr. Sarraj. They signed.\n\nA headline without a stop\nMalta said no."
    assert [s.text for s in split(written(text))] == [
        "Dr. Abela met Mr. Sarraj.",
        "They signed.",
        "A headline without a stop",
        "Malta said no.",
    ]


def test_a_line_without_letters_is_no_sentence(written: Written) -> None:
    assert [s.text for s in split(written("Malta agreed.\n***\n12."))] == ["Malta agreed."]


def test_a_sentence_without_end_is_cut(written: Written) -> None:
    (sentence,) = split(written("a, " * 10_000))
    assert len(sentence.text) == MAX_CHARACTERS


@given(st.text(max_size=400))
def test_offsets_are_exact_and_sentences_in_order(written: Written, text: str) -> None:
    found = split(written(text))
    assert all(text[s.start : s.end] == s.text for s in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert [s.index for s in found] == list(range(len(found)))
