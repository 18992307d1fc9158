import pytest

from transforms.clean.boilerplate import phrases, take_boilerplate

REPORT = "The minister told reporters in Palermo that the port stays open."


@pytest.mark.parametrize("phrase", [p for p in phrases() if p.where == "paragraph"], ids=lambda p: p.example)
def test_a_paragraph_that_is_a_phrase_goes(phrase):
    assert take_boilerplate([REPORT, phrase.example, REPORT]) == [REPORT, REPORT]


@pytest.mark.parametrize("phrase", [p for p in phrases() if p.where == "start"], ids=lambda p: p.example)
def test_what_follows_a_phrase_at_the_start_stays(phrase):
    (kept,) = take_boilerplate([phrase.example])
    assert kept
    assert phrase.example.endswith(kept)
    assert len(kept) < len(phrase.example)


@pytest.mark.parametrize("phrase", [p for p in phrases() if p.where == "end"], ids=lambda p: p.example)
def test_what_precedes_a_phrase_at_the_end_stays(phrase):
    (kept,) = take_boilerplate([phrase.example])
    assert kept.endswith(".")
    assert phrase.example.startswith(kept)
    assert len(kept) < len(phrase.example)


@pytest.mark.parametrize(
    "report",
    [
        REPORT,
        "Migrants were told to sign up for asylum interviews by email, and many received no answer for months.",
        "More than 200 people are on board.",
        "Read: Rescued migrants brought to Malta after agreement with Spain",
        "ALSO READ: Libya asks Italy to arm patrol boats",
        "Related families were kept together, the agency said.",
        "Updated figures show that 400 people crossed in May.",
        "The video shows guards pushing a dinghy back.",
        "Share of asylum seekers granted protection falls",
        "He agreed to share intelligence with Tunis.",
        "Follow-up talks will be held in Rome on Facebook's role.",
        "Read the law and you will see, the judge said: nobody may be held without a charge.",
        "Police have copyright on the pictures that they published in 2019, a court in Rome held after a long dispute.",
        "Video footage obtained by lawyers proves it.",
        "Support for the bill is growing.",
    ],
)
def test_reports_stay(report):
    assert take_boilerplate([report]) == [report]
