import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.clean.apostrophes import mend_apostrophes


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("Tunisia s coast was quiet.", "Tunisia's coast was quiet."),
        ("the U.S. s new rule", "the U.S.'s new rule"),
        ("Friday s statement said", "Friday's statement said"),
        ("the EU s border agency", "the EU's border agency"),
        ("a court in Athens s port", "a court in Athens's port"),
        ("it s late and there s no ship", "it's late and there's no ship"),
        ("the house is the minister s.", "the house is the minister's."),
        ("They don t know and can t wait, he wouldn t say", "They don't know and can't wait, he wouldn't say"),
        (
            "We re leaving, I m sure they ve gone and she ll stay",
            "We're leaving, I'm sure they've gone and she'll stay",
        ),
        ("Tunisia?s coast, they don?t know", "Tunisia's coast, they don't know"),
        ("Tunisia\ufffds coast", "Tunisia's coast"),
        ("TunisiaÕs coast, they donÆt, Libyaâs port", "Tunisia's coast, they don't, Libya's port"),
        ("“We stay” – Tunisia s answer, the minister’s", "“We stay” – Tunisia’s answer, the minister’s"),
    ],
)
def test_lost_apostrophes_are_set_again(damaged, mended):
    assert mend_apostrophes(damaged) == mended


@pytest.mark.parametrize(
    "sound",
    [
        "The ministers met their colleagues.",
        "Harry S Truman signed it.",
        "the château, le bât and ÆRØ's",
        "the letter s stands for south",
        "see https://news.example/?s=border&t=1 for more",
        "In the 1990 s it was closed",
        "plan A s and B t",
        "on the table in the town",
        "the re-entry ban, the vessel ll",
    ],
)
def test_nothing_else_is_touched(sound):
    assert mend_apostrophes(sound) == sound


@given(st.text(alphabet="aesTtndUI.S s?’'\ufffd,mrv", max_size=60))
def test_only_spaces_and_replaced_characters_give_way_and_twice_is_once(text):
    once = mend_apostrophes(text)
    assert mend_apostrophes(once) == once
    assert len(once) == len(text)
    assert all(a == b or (a in " ?\ufffd" and b in "'’") for a, b in zip(text, once, strict=True))
