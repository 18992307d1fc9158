import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.clean.joints import mend_joints


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("accordingto Reuters", "according to Reuters"),
        ("They left,accordingto him.", "They left,according to him."),
        ("tothe harbour and thelargest port", "tothe harbour and the largest port"),
        ("relationswith Tunis, attacksin Sfax", "relations with Tunis, attacks in Sfax"),
        ("theUnited Nations toldReuters", "the United Nations told Reuters"),
        ("reportedTuesday byAl Jazeera", "reported Tuesday by Al Jazeera"),
        ("reports on Turkeyand Europe", "reports on Turkeyand Europe"),
        ("Turkey is in TurkeyandEurope", "Turkey is in Turkey and Europe"),
        ("Ground andThe rules, PolicyandTerms", "Ground and The rules, Policy and Terms"),
        ("Digital'ssports and China’sforeign policy", "Digital's sports and China’s foreign policy"),
        ("of2018 and the2024 vote", "of 2018 and the 2024 vote"),
    ],
)
def test_words_are_parted_at_small_words_and_capitals(damaged, mended):
    assert mend_joints(damaged) == mended


@pytest.mark.parametrize(
    "sound",
    [
        "overdependence, innumeracy, werewolfs, inflight, a breakin",
        "YouTube, WhatsApp, McDonald, PlayStation, DeSantis, FedEx, easyJet, iPhone, eBay, BofA",
        "IslandOnline and HollandAmerica",
        "refoulement and a forint, nonrefoulement",
        "see thatof.example and write to A.fromHere@news.example or @theUnitedNations",
        "O'sullivan, the 'sports, its'",
        "G20, mp3, 24Sata, to2, B2B, covid19",
    ],
)
def test_names_and_rare_words_stay(sound):
    assert mend_joints(sound) == sound


@given(
    st.lists(st.sampled_from(["the", "to", "and", "Turkey", "according", "YouTube", "'s", "20", " ", "-"]), max_size=9)
)
def test_nothing_but_spaces_is_set_and_twice_is_once(parts):
    text = "".join(parts)
    once = mend_joints(text)
    assert once.replace(" ", "") == text.replace(" ", "")
    assert mend_joints(once) == once
