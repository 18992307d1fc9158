import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import vocabulary
from transforms.events.candidate import Candidate
from transforms.events.figures import figures_of
from transforms.events.figures.lexicon import by_word, words
from transforms.events.figures.numbers import numbers
from transforms.events.figures.units import unit_of
from transforms.events.syntax import parse


@pytest.mark.parametrize(
    ("phrase", "value", "quantifier"),
    [
        ("twelve people", 12, "exact"),
        ("ninety-seven people", 97, "exact"),
        ("one hundred and twenty people", 120, "exact"),
        ("two million people", 2_000_000, "exact"),
        ("600,000 people", 600_000, "exact"),
        ("8'520 people", 8520, "exact"),
        ("1.5 million people", 1_500_000, "exact"),
        ("half a million people", 500_000, "exact"),
        ("a hundred people", 100, "exact"),
        ("two dozen people", 24, "exact"),
        ("a dozen people", 12, "exact"),
        ("a couple of people", 2, "exact"),
        ("more than 250 people", 250, "more_than"),
        ("over 250 people", 250, "more_than"),
        ("at least six people", 6, "at_least"),
        ("up to 80 people", 80, "at_most"),
        ("fewer than 100 people", 100, "less_than"),
        ("nearly 90,000 people", 90_000, "approximately"),
        ("some 36 people", 36, "approximately"),
        ("about 11,000 people", 11_000, "approximately"),
        ("another 2,100 people", 2100, "exact"),
    ],
)
def test_numbers_are_read(phrase: str, value: float, quantifier: str) -> None:
    (number,) = numbers(f"They counted {phrase}.")
    assert (number.value, number.quantifier) == (value, quantifier)


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [("between 40 and 60 people", 40, 60), ("six to eight people", 6, 8), ("1-2 million people", 1_000_000, 2_000_000)],
)
def test_ranges_are_one_number(phrase: str, low: float, high: float) -> None:
    (number,) = numbers(f"They counted {phrase}.")
    assert (number.value, number.value_max, number.quantifier) == (low, high, "between")


@pytest.mark.parametrize(
    ("phrase", "value", "currency"),
    [
        ("€46 million", 46_000_000, "EUR"),
        ("$5bn", 5_000_000_000, "USD"),
        ("£3,000", 3000, "GBP"),
        ("1,200 euros", 1200, "EUR"),
        ("35 million euros ($41 million)", 35_000_000, "EUR"),
    ],
)
def test_money_has_its_currency(phrase: str, value: float, currency: str) -> None:
    (number,) = numbers(f"They paid {phrase}.")
    assert (number.value, number.currency) == (value, currency)


@pytest.mark.parametrize(
    "sentence",
    [
        "Dozens died and thousands fled.",
        "It is 30 nautical miles off the coast.",
        "They waited for three weeks.",
        "Half came: 63% of them.",
        "A 17-year-old boy drowned.",
        "The boys, aged 15, 16 and 19, were charged.",
        "They left at 10:30 p.m. on the day.",
        "One in three drowned.",
        "They came in the 1970s.",
        "It happened in 2017.",
    ],
)
def test_measures_ages_and_years_are_no_figures(sentence: str) -> None:
    assert numbers(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "trigger", "event_type", "expected"),
    [
        (
            "The navy rescued more than 200 migrants from two boats.",
            "rescued",
            "rescue",
            [(200, "rescued"), (2, "boats")],
        ),
        ("Three migrants drowned off Samos.", "drowned", "incident", [(3, "dead")]),
        ("Ten bodies were recovered.", "recovered", "incident", [(10, "dead")]),
        ("At least six people were missing.", "missing", "incident", [(6, "missing")]),
        ("Police arrested eight suspected smugglers.", "arrested", "enforcement", [(8, "people")]),
        ("Serbia allowed 56 Iranians to stay.", "allowed", "admission", [(56, "people")]),
        ("The EU gave Malta €74.7 million.", "gave", "aid", [(74_700_000, "EUR")]),
        ("Protesters set up 30 barricades.", "set up", "protest", [(30, "barricades")]),
        # each number belongs to the verb of its own fate
        ("Five refugees died and 63 were rescued.", "died", "incident", [(5, "dead")]),
        ("Five refugees died and 63 were rescued.", "rescued", "rescue", [(63, "rescued")]),
        # joined verbs share no objects
        ("Guards took 61 people aboard and found ten bodies.", "found", "incident", [(10, "dead")]),
        # one person needs no number
        ("Divers found the body of a man.", "found the body", "incident", [(1, "dead")]),
        ("A migrant was killed by a truck.", "killed", "incident", [(1, "dead")]),
        # who meets, and how many they are, is no figure of the talks
        ("The two countries agreed on patrols.", "agreed", "agreement", []),
        ("Ministers met after 90 migrants had drowned.", "met", "consultation", []),
        # a ship's number, an article's number, a movement's name
        ("The Sea-Watch 3 rescued people.", "rescued", "rescue", []),
        ("Maria, 31, was arrested.", "arrested", "enforcement", []),
    ],
)
def test_which_numbers_are_the_events(
    tell, sentence: str, trigger: str, event_type: str, expected: list[tuple[float, str]]
) -> None:
    told = tell(sentence, trigger, event_type)
    assert [(f.value, f.unit) for f in figures_of(told.doc, told.candidate, told.mentions)] == expected


def test_every_word_of_the_lists_counts_as_they_say() -> None:
    for word in words("people"):
        assert unit_of(_noun(word), None) == "people", word
    for word, unit in by_word("units").items():
        assert unit_of(_noun(word), None) in (unit, "people"), word


def _noun(word: str):
    return next(iter(parse([f"They saw the {word}."])))[3]


WORDS = st.sampled_from(
    [
        "12",
        "200",
        "1,500",
        "ninety",
        "seven",
        "hundred",
        "million",
        "dozen",
        "half",
        "a",
        "between",
        "and",
        "to",
        "up",
        "more",
        "than",
        "at",
        "least",
        "people",
        "migrants",
        "boats",
        "drowned",
        "rescued",
        "€",
        "$5bn",
        "2017",
        "aged",
        ",",
        ".",
        ";",
        "(",
        ")",
        "one",
        "two",
        "Sea-Watch",
        "3",
        "%",
        "miles",
        "euros",
        "dead",
    ]
)


@given(
    st.lists(WORDS, min_size=1, max_size=25).map(" ".join), st.sampled_from(sorted(vocabulary.allowed("event_type")))
)
def test_any_sentence_has_figures_of_known_terms(sentence: str, event_type: str) -> None:
    doc = next(iter(parse([sentence])))
    candidate = Candidate(event_type, None, "actual", len(doc) - 1, (len(doc) - 1, len(doc)), (), (), "test")
    figures = figures_of(doc, candidate, ())
    assert figures == figures_of(doc, candidate, ())
    for figure in figures:
        assert figure.quantifier in vocabulary.allowed("quantifier")
        assert figure.unit
        assert (figure.quantifier == "between") == (figure.value_max is not None)
        assert figure.value_max is None or figure.value < figure.value_max


@given(st.text(max_size=200))
def test_any_text_is_read(sentence: str) -> None:
    end = 0
    for number in numbers(sentence):
        assert end <= number.start < number.end <= len(sentence)
        end = number.end


def test_a_sentence_of_numbers_stays_cheap() -> None:
    assert len(numbers("12, " * 10_000)) <= 64
