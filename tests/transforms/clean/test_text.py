"""All repairs together: what must hold for every text."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clean.text import mend_line, mend_text

SENTENCES = [
    "The interior minister met his colleague in Rabat on Tuesday.",
    "More than 200 people were brought to Pozzallo, the U.N. refugee agency said.",
    "“We will not close the port,” the mayor told reporters; nobody asked why.",
    "Harry S Truman’s 1952 veto is remembered, isn't it?",
    "800,000 people wait",
    "In Rome, Italy's cabinet (and its allies) agreed at 5.20pm on €50m in aid.",
    'He wrote: "It\'s a matter of days."',
    "On YouTube and in the McDonald's of St. Julian's, easyJet's iPhones count 3.5m of the 1990s' podcasts.",
    "Refoulement from Lampedusa is overdependence, the IslandOnline said in G20's 24-hour notice.",
]
DAMAGE = [
    "Tunisia s navy doesn t patrol there.",
    "Updated at 5.20pm",
    "RELATED STORIES",
    "It sank yesterday.The crew was saved .",
    "Italiaâ€™s port",
    "It left accordingto theUnited Nations, TurkeyandEurope and Digital'ssports of2018.",
    "Sign up to our newsletter",
    "TUNIS (Reuters) - Tunisia s navy left.",
    "Updated 11.40am TUNIS (Reuters) - It left.",
    "(Reporting by A. Example; Editing by B. Example)",
    "We met the minister. pic.twitter.com/Ab1 — A. Example (@example) June 25, 2018",
    "We met.  —  A. Example  (@example)  June 25,  2018",
    "the line goes on and on until it is broken in the middle\n\nof a sentence.",
    "caf\u00a0\u00ad\u200be &amp; bar",
]
GAPS = ["\n", "\n\n", " ", "  ", "\n \n", "\u00a0", ""]


def _texts(parts: list[str]) -> st.SearchStrategy[str]:
    pieces = st.lists(st.tuples(st.sampled_from(parts), st.sampled_from(GAPS)), max_size=8)
    return pieces.map(lambda chosen: "".join(part + gap for part, gap in chosen))


@given(st.one_of(_texts(SENTENCES + DAMAGE), st.text(max_size=120)))
@settings(max_examples=300, deadline=None)
def test_mending_what_is_mended_changes_nothing(text):
    once = mend_text(text, english=True)
    again = mend_text(once.text, english=True)
    assert again.text == once.text
    assert again.repairs == frozenset()


@given(st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from(["\n", "\n\n", " ", "  \n"])), max_size=10))
@settings(deadline=None)
def test_undamaged_text_changes_in_nothing_but_white_space(chosen):
    text = "".join(part + gap for part, gap in chosen)
    mended = mend_text(text, english=True)
    assert "".join(mended.text.split()) == "".join(text.split())
    assert mended.quotes == ()


@given(_texts(SENTENCES + DAMAGE))
@settings(deadline=None)
def test_paragraphs_are_parted_by_one_empty_line(text):
    mended = mend_text(text, english=True).text
    assert not re.search(r"\n{3}|[^\n]\n[^\n]|  |^\s|\s$| \n|\n ", mended)


def test_a_repair_that_another_lays_bare_is_made():
    mended = mend_text("Updated 11.40am TUNIS (Reuters) - Tunisia s navy left.\n\nRELATED STORIES", english=True)
    assert (mended.text, mended.place, mended.agency) == ("Tunisia's navy left.", "Tunis", "Reuters")
    assert mended.repairs == {"boilerplate", "dateline", "apostrophes"}


def test_apostrophes_are_left_alone_where_the_text_is_not_english():
    assert mend_text("Setkání s ministrem skončilo.", english=False).text == "Setkání s ministrem skončilo."


@pytest.mark.parametrize(
    ("headline", "mended", "repairs"),
    [
        ("Italy s ports  stay closed", "Italy's ports stay closed", {"apostrophes"}),
        ("Maltaâ€™s answer", "Malta’s answer", {"encoding"}),
        (" Ports stay\nclosed ", "Ports stay closed", set()),
    ],
)
def test_headlines(headline, mended, repairs):
    assert mend_line(headline, english=True) == (mended, repairs)


REAL = {
    "000": ("Malta and Libya will be", "Multiannual Financial Framework.", None, None),
    "003": ("Libya's U.N.-backed", "these migrants flow.", "Tripoli", "Reuters"),
    "004": ("Italy’s Home Affairs", "set to dominate the agenda.", None, None),
}


@pytest.mark.parametrize("number", REAL)
def test_the_real_seeds(shared: Path, number):
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    mended = mend_text(path.read_text("utf-8"), english=True)
    start, end, place, agency = REAL[number]
    assert mended.text.startswith(start)
    assert mended.text.endswith(end)
    assert (mended.place, mended.agency) == (place, agency)
    assert not re.search(r"newsletter|Mailchimp|pic\.twitter|\w s ", mended.text)


def test_the_apostrophes_of_the_real_report_and_no_other_s(shared: Path):
    (path,) = (shared / "seeds").glob("003_*.txt")
    raw = path.read_text("utf-8")
    mended = mend_text(raw, english=True).text
    assert mended.count("'s") == len(re.findall(r"\w s ", raw)) == 4
    body = raw.split(" - ", 1)[1]
    assert re.sub(r"[\s']", "", mended) == re.sub(r"[\s']", "", body)
