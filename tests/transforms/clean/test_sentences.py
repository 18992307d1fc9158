import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.clean.sentences import mend_sentences


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("They arrived yesterday.The minister left.", "They arrived yesterday. The minister left."),
        ("Did it sink?No ship came!A boat did.", "Did it sink? No ship came! A boat did."),
        ("“We stay.”The others left.", "“We stay.” The others left."),
        ("It ended in 2017.The EU paid.", "It ended in 2017. The EU paid."),
        ("he said.“We stay,” she said.", "he said. “We stay,” she said."),
        ("from Rome,Paris and Bonn", "from Rome, Paris and Bonn"),
        ("the ship left the port .", "the ship left the port."),
        ("the ship , which sank , was old .", "the ship, which sank, was old."),
        (
            "See www.news.example.The site.It closed down.Then it",
            "See www.news.example.The site. It closed down. Then it",
        ),
    ],
)
def test_sentences_are_parted(damaged, mended):
    assert mend_sentences(damaged) == mended


@pytest.mark.parametrize(
    "sound",
    [
        "The U.S.A. and the U.N. met at 5.20pm; 1,000 people, 3.5 percent.",
        "It is on Amazon.Com and at news.example/The.Report here",
        "Write to A.Example@news.example.Org today",
        "He waited ... and waited .5 miles off",
        "a Ph.D student of St.-Denis, e.g. Node.Js",
    ],
)
def test_nothing_else_is_touched(sound):
    assert mend_sentences(sound) == sound


@given(st.text(alphabet="abcA .,?!”“’)(1/@", max_size=80))
def test_nothing_but_spaces_changes_and_twice_is_once(text):
    once = mend_sentences(text)
    assert once.replace(" ", "") == text.replace(" ", "")
    assert mend_sentences(once) == once
