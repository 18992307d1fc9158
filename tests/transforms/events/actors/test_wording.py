"""Words and keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.events.actors.wording import keys_of, words_of


@given(st.text(max_size=80))
def test_words_stand_where_they_say(text):
    words = words_of(text)
    assert all(text[w.start : w.end] == w.text for w in words)
    assert "".join(w.text for w in words) == "".join(text.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sea-Watch 3", "Sea Watch 3"),
        ("Viktor Orbán", "Viktor Orban"),
        ("Malta’s government", "Malta s government"),
        ("Fayez al-Sarraj", "Fayez al Sarraj"),
        ("'Alan Kurdi'", "Alan Kurdi"),
    ],
)
def test_spellings_that_are_one_name(one, other):
    assert keys_of(one) == keys_of(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.N.-backed", ["U.N.", "-", "backed"]),
        ("N.Korea", ["N.", "Korea"]),
        ("1'300 left", ["1'300", "left"]),
        ("Mark L. Reed", ["Mark", "L.", "Reed"]),
        ("O'Neill's", ["O'Neill", "'s"]),
    ],
)
def test_words(text, words):
    assert [w.text for w in words_of(text)] == words
