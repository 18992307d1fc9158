from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import vocabulary
from transforms.events.candidate import Sentence
from transforms.events.dates import Clock, clock_of, resolve
from transforms.events.dates.expressions import expressions
from transforms.events.dates.meaning import Today, date_of

SATURDAY = date(2017, 12, 9)


@pytest.fixture
def clock(published):
    """Make the clock of an article: of its sentences, its title, the day of its publication."""

    def of(*sentences: str, day: date | None = SATURDAY, precision: str = "day", title: str | None = None) -> Clock:
        told = [Sentence(0, "title", 0, len(title), title)] if title else []
        told += [Sentence(n, "text", 0, len(text), text) for n, text in enumerate(sentences, len(told))]
        return clock_of(published(day, precision), told)

    return of


@pytest.mark.parametrize(
    ("phrase", "factuality", "expected", "precision", "basis"),
    [
        ("on Saturday", "actual", "2017-12-09", "day", "weekday"),
        ("on Sunday", "actual", "2017-12-03", "day", "weekday"),
        ("on Sunday", "planned", "2017-12-10", "day", "weekday"),
        ("late Monday night", "actual", "2017-12-04", "day", "weekday"),
        ("last Friday", "actual", "2017-12-08", "day", "weekday"),
        ("yesterday", "actual", "2017-12-08", "day", "relative"),
        ("three days ago", "actual", "2017-12-06", "day", "relative"),
        ("two months ago", "actual", "2017-10", "month", "relative"),
        ("last month", "actual", "2017-11", "month", "relative"),
        ("earlier this month", "actual", "2017-12", "month", "relative"),
        ("earlier this year", "actual", "2017", "year", "relative"),
        ("last year", "actual", "2016", "year", "relative"),
        ("in March", "actual", "2017-03", "month", "partial"),
        ("in March", "planned", "2018-03", "month", "partial"),
        ("by June", "planned", "2018-06", "month", "partial"),
        ("in September last year", "actual", "2016-09", "month", "partial"),
        ("on 3 February", "actual", "2017-02-03", "day", "partial"),
        ("on Dec. 1", "actual", "2017-12-01", "day", "partial"),
        ("on 3 January", "actual", "2018-01-03", "day", "partial"),
        ("on Dec. 20", "actual", "2017-12-20", "day", "partial"),
        ("on Oct. 18", "planned", "2018-10-18", "day", "partial"),
        ("on 11/12 November", "actual", "2017-11-11", "day", "partial"),
        ("on 25 June 2015", "actual", "2015-06-25", "day", "explicit"),
        ("on January 30th, 2014", "actual", "2014-01-30", "day", "explicit"),
        ("in March 2015", "actual", "2015-03", "month", "explicit"),
        ("in 2015", "actual", "2015", "year", "explicit"),
        ("on 2015-06-25", "actual", "2015-06-25", "day", "explicit"),
        ("in recent weeks", "actual", None, None, "unresolved"),
        ("in the coming weeks", "planned", None, None, "unresolved"),
        ("on 31 February 2015", "actual", None, None, "unresolved"),
    ],
)
def test_what_an_expression_means(
    phrase: str, factuality: str, expected: str | None, precision: str | None, basis: str
) -> None:
    (expression,) = expressions(f"The ship left {phrase}.")
    when = date_of(expression, Today(SATURDAY, "day"), ahead=factuality == "planned")
    length = {"year": 4, "month": 7, "day": 10, None: 0}[when.precision]
    assert (str(when.event_date)[:length] or None) == expected
    assert (when.precision, when.basis) == (precision, basis)


def test_a_range_has_an_end() -> None:
    (expression,) = expressions("They met on 11-12 November 2015.")
    when = date_of(expression, Today(None, None), ahead=False)
    assert (when.event_date, when.event_date_end) == (date(2015, 11, 11), date(2015, 11, 12))


def test_months_and_years_have_their_last_day() -> None:
    (month,) = expressions("It began in February 2016.")
    assert date_of(month, Today(None, None), ahead=False).event_date_end == date(2016, 2, 29)


@pytest.mark.parametrize(
    "sentence",
    [
        "They may march on the capital.",
        "Some 2016 migrants were counted.",
        "The fund holds €2015 for each.",
        "A total of 2,017 people came.",
        "Officers work 24 hours.",
    ],
)
def test_what_is_no_date(sentence: str) -> None:
    assert not [e for e in expressions(sentence) if e.kind not in ("vague",)]


@pytest.mark.parametrize(
    ("sentence", "trigger", "event_type", "expected"),
    [
        # The expression of the event's own clause wins.
        (
            "Italy closed its ports on Monday after talks failed on Friday.",
            "closed",
            "border_control",
            date(2017, 12, 4),
        ),
        ("Police who arrested him in 2015 freed the man on Tuesday.", "freed", "admission", date(2017, 12, 5)),
        # The day of a report is not the day of what it reports, but it is the day of a proposal.
        ("The navy has stepped up patrols, officials said on Friday.", "stepped up", "border_control", None),
        (
            "Germany will work to set up camps abroad, the minister said on Friday.",
            "set up",
            "policy_proposal",
            date(2017, 12, 8),
        ),
        ("The visit comes a day after the leaders met in Rome.", "met", "consultation", date(2017, 12, 8)),
        ("She met the envoy and flies home later in the afternoon.", "met", "consultation", date(2017, 12, 9)),
        # What came before or after a day did not happen on it.
        ("Since the vote on Sunday, police arrested ten men.", "arrested", "enforcement", date(2017, 12, 3)),
        ("Ships rescued 90 people ahead of Monday.", "rescued", "rescue", None),
        # A count so far is no happening of that time.
        ("More than 13,000 people were returned since July.", "returned", "return", None),
    ],
)
def test_which_expression_is_the_events(
    tell, clock, sentence: str, trigger: str, event_type: str, expected: date | None
) -> None:
    told = tell(sentence, trigger, event_type)
    assert resolve(told.doc, told.candidate, clock(sentence)).event_date == expected


def test_without_a_day_of_publication_a_weekday_has_no_ground(tell, clock) -> None:
    sentence = "The navy rescued 90 people on Thursday."
    told = tell(sentence, "rescued", "rescue")
    for ground in (clock(sentence, day=None), clock(sentence, precision="month")):
        when = resolve(told.doc, told.candidate, ground)
        assert (when.event_date, when.basis) == (None, "unresolved")


def test_no_time_is_no_date(tell, clock) -> None:
    sentence = "The navy rescued 90 people."
    told = tell(sentence, "rescued", "rescue")
    assert resolve(told.doc, told.candidate, clock(sentence)).basis == "unstated"


def test_the_following_day_is_told_from_the_last_day_named(tell, clock) -> None:
    first, second = "A boat sank on Tuesday.", "The following day, divers recovered ten bodies."
    told = tell(second, "recovered", "incident")
    when = resolve(told.doc, told.candidate, clock(first, second))
    assert (when.event_date, when.basis) == (date(2017, 12, 6), "anaphoric")


def test_a_happening_goes_on_at_the_day_of_its_story(tell, clock) -> None:
    lead, next_ = "Police on Thursday detained 25 people at the port.", "Officers carried four of them to vans."
    told = tell(next_, "carried", "enforcement")
    when = resolve(told.doc, told.candidate, clock(lead, next_))
    assert (when.event_date, when.basis) == (date(2017, 12, 7), "anaphoric")


def test_what_has_been_going_on_is_not_of_the_storys_day(tell, clock) -> None:
    lead, next_ = "Police on Thursday detained 25 people at the port.", "Guards have rescued hundreds off the coast."
    told = tell(next_, "rescued", "rescue")
    assert resolve(told.doc, told.candidate, clock(lead, next_)).event_date is None


def test_a_headline_takes_the_day_of_the_lead(tell, clock) -> None:
    title, lead = "Navy rescues 90 people", "ROME (Reuters) - The navy rescued 90 people on Thursday."
    told = tell(title, "rescues", "rescue")
    assert resolve(told.doc, told.candidate, clock(lead, title=title)).event_date == date(2017, 12, 7)


def test_an_opening_date_gives_other_dates_their_year(tell, clock) -> None:
    first, second = "On August 3, 2021, agents stopped a car.", "One man died on August 12."
    told = tell(second, "died", "incident")
    when = resolve(told.doc, told.candidate, clock(first, second, day=None))
    assert when.event_date == date(2021, 8, 12)


def test_nothing_past_is_dated_after_the_article(tell, clock) -> None:
    sentence = "The office cut the number of places for 2018."
    told = tell(sentence, "cut", "policy_change")
    assert resolve(told.doc, told.candidate, clock(sentence)).event_date is None


WORDS = st.sampled_from(
    [
        "on",
        "in",
        "since",
        "until",
        "Monday",
        "Friday",
        "May",
        "March",
        "3",
        "30",
        "31",
        "2015",
        "2017",
        "last",
        "next",
        "this",
        "week",
        "month",
        "year",
        "weekend",
        "ago",
        "two",
        "the",
        "of",
        "day",
        "following",
        "Dec.",
        "June,",
        "11-12",
        "yesterday",
        "today",
        "navy",
        "rescued",
        "said",
        ",",
        ";",
        ".",
    ]
)


@given(st.lists(WORDS, max_size=25).map(" ".join), st.dates() | st.none(), st.booleans())
def test_expressions_lie_apart_inside_their_sentence_and_mean_valid_terms(
    sentence: str, today: date | None, ahead: bool
) -> None:
    found = expressions(sentence)
    assert found == expressions(sentence)
    ends = [0, *(e.end for e in found)]
    for expression, end in zip(found, ends, strict=False):
        assert end <= expression.start < expression.end <= len(sentence)
        when = date_of(expression, Today(today, "day" if today else None), ahead=ahead)
        assert when.basis in vocabulary.allowed("event_date_basis")
        assert (when.precision is None) == (when.event_date is None)
        assert when.precision is None or when.precision in vocabulary.allowed("event_date_precision")
        assert when.event_date_end is None or (when.event_date is not None and when.event_date <= when.event_date_end)


@given(st.text(max_size=200))
def test_any_text_is_read(sentence: str) -> None:
    expressions(sentence)


def test_a_sentence_of_dates_stays_cheap() -> None:
    assert len(expressions("on Monday, in 2015, " * 10_000)) <= 64
