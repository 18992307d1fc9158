from datetime import date

import pytest

from transforms.extract.plain_text import read_text

REPORT = "The ministers met in Tunis on Monday.\nThey agreed on patrols by June 25, 2018.\nThey will meet again."


@pytest.mark.parametrize(
    ("head", "authors", "day"),
    [
        ("By Anna Example\n", ("Anna Example",), None),
        ("Author: Anna Example; Ben Sample\n", ("Anna Example", "Ben Sample"), None),
        ("25 June 2018\n", (), date(2018, 6, 25)),
        ("By Anna Example\n\nPublished: 25 June 2018\n\n", ("Anna Example",), date(2018, 6, 25)),
    ],
)
def test_lines_that_only_name_author_or_date_are_taken_off(head, authors, day):
    page = read_text(head + REPORT)
    assert page.authors == authors
    assert (page.published.day if page.published else None) == day
    assert page.text.strip() == REPORT


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "By Monday the port was closed\n" + REPORT,
        "By bus and train\n" + REPORT,
        "2018\n" + REPORT,
        "25 June 2018",
    ],
)
def test_sentences_and_headings_stay(text):
    page = read_text(text)
    assert page.text == text
    assert page.authors == ()


def test_a_date_in_the_middle_is_what_the_report_tells_of():
    lines = ["A paragraph of the report."] * 20
    lines[10] = "25 June 2018"
    page = read_text("\n".join(lines))
    assert page.published is None
    assert "25 June 2018" in page.text
