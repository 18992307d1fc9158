"""The tagger: pieces that stand where they say, and tags of sentences nobody learned from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.events.tagger import event_types, tag
from transforms.events.tagger.pieces import pieces, pieces_of
from transforms.events.tagger.tagger import MOST


@given(st.text(max_size=300))
def test_pieces_stand_in_order_in_the_text(text: str) -> None:
    numbers, spans = pieces_of(text, pieces())
    assert len(numbers) == len(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(i in covered for i, char in enumerate(text) if char.isalnum())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Migrants", ["migrants"]),
        ("Erdoğan", ["er", "##dogan"]),
        ("asylum-seekers", ["asylum", "-", "seekers"]),
        ("x" * 41, ["[UNK]"]),
        ("難", ["[UNK]"]),
    ],
)
def test_pieces(text: str, expected: list[str]) -> None:
    names = {number: piece for piece, number in pieces().items()}
    found = [names[n] for n in pieces_of(text, pieces())[0]]
    assert "".join(found).replace("##", "") == "".join(expected).replace("##", "")
    assert len(found) >= len(expected)


SENTENCES = [
    ("The Spanish navy rescued 120 migrants from a sinking dinghy near Gran Canaria.", "rescue", "rescued"),
    ("Denmark deported 14 Afghans to Kabul on a charter flight.", "return", "deported"),
    ("Border police detained two suspected smugglers near Edirne.", "enforcement", "detained"),
    ("Thousands marched through Vienna against the new asylum law.", "protest", "marched"),
    ("A Dutch court blocked the transfer of asylum seekers to Greece.", "court_ruling", "blocked"),
]


@pytest.mark.parametrize(("sentence", "event_type", "word"), SENTENCES)
def test_what_a_sentence_tells_and_by_which_word(sentence: str, event_type: str, word: str) -> None:
    (tags,) = tag([sentence])
    start = sentence.index(word)
    assert max(event_types(), key=tags.told) == event_type
    assert tags.told(event_type) > 0.5
    (told,) = tags.told_by_each(np.array([start]), np.array([start + len(word)]))
    assert told[event_types()[event_type]] > 0.5
    assert tags.any() >= tags.told(event_type)


def test_nothing_is_told_by_a_sentence_about_something_else() -> None:
    (tags,) = tag(["The orchestra will play two symphonies by Mahler in the new hall."])
    assert tags.any() < 0.05


def test_who_acts_on_whom() -> None:
    sentence = "The Spanish navy rescued 120 migrants near Gran Canaria."
    (tags,) = tag([sentence])

    def at(words: str) -> tuple[int, int]:
        return sentence.index(words), sentence.index(words) + len(words)

    navy, migrants = (tags.acts(at("rescued"), at(words)) for words in ("Spanish navy", "migrants"))
    assert navy[0] > 0.5 > navy[1]
    assert migrants[1] > 0.5 > migrants[0]


def test_a_sentence_is_tagged_alike_whatever_stands_beside_it() -> None:
    alone = [next(tag([sentence])) for sentence, _, _ in SENTENCES]
    together = list(tag(sentence for sentence, _, _ in SENTENCES))
    for one, other in zip(alone, together, strict=True):
        assert np.array_equal(one.types, other.types)
        assert np.array_equal(one.words, other.words)


def test_sentences_without_words_or_too_long_are_tagged() -> None:
    nothing, much = tag(["", "migrants " * 1_000])
    assert nothing.told_by_each(np.array([0]), np.array([1])).max() == 0.0
    assert nothing.acts((0, 1), (0, 1)) == (0.0, 0.0)
    assert len(much.spans) == MOST
