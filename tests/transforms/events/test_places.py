import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import vocabulary
from transforms.events.candidate import Candidate, Sentence
from transforms.events.places import PlaceContext, context_of, locate, movement
from transforms.events.places.gazetteer import countries, data, spots
from transforms.events.syntax import parse

GAZETTEER = data("gazetteer.yaml")
STATES = data("states.yaml")
ROUTES = data("routes.yaml")


@pytest.fixture(scope="module")
def located() -> dict[str, tuple[str | None, str | None]]:
    """The place of the happening that each example of the gazetteer tells: its name and its country."""
    found = {}
    sentences = [entry["example"] for entry in GAZETTEER]
    for sentence, doc in zip(sentences, parse(sentences), strict=True):
        root = next(token.i for token in doc if token.head.i == token.i)
        candidate = Candidate("incident", None, "actual", root, (root, root + 1), (), (), "test")
        where = locate(doc, candidate, (), PlaceContext())
        found[sentence] = (where.place_name, where.place_country)
    return found


@pytest.mark.parametrize("entry", GAZETTEER, ids=[entry["name"] for entry in GAZETTEER])
def test_every_place_is_where_its_example_says(located, entry: dict[str, object]) -> None:
    name, country = located[str(entry["example"])]
    names = [str(n) for n in [entry["name"], *entry.get("also", [])]]  # type: ignore[misc]
    assert name is not None
    assert any(n in name for n in names)
    assert country == entry.get("country")


def test_no_name_is_twice_in_the_gazetteer() -> None:
    names = [name for entry in GAZETTEER for name in [entry["name"], *entry.get("also", [])]]
    assert len(names) == len(set(names))


def test_entries_have_coordinates_and_known_countries() -> None:
    for entry in GAZETTEER:
        assert entry.get("country") in {*countries(), "INT", None}
        assert ("latitude" in entry) == ("longitude" in entry)
        assert -90 <= entry.get("latitude", 0) <= 90
        assert -180 <= entry.get("longitude", 0) <= 180


@pytest.mark.parametrize("code", STATES)
def test_every_name_and_adjective_of_a_state_is_known(code: str) -> None:
    for name in STATES[code].get("also", []):
        (spot,) = spots(f"off {name}")
        assert spot.places[0].country == code
    for adjective in STATES[code].get("adjectives", []):
        (spot,) = spots(f"off the {adjective} coast")
        assert spot.adjective
        assert spot.places[0].country == code


@pytest.mark.parametrize(
    ("sentence", "trigger", "event_type", "name", "country"),
    [
        # of a movement the destination, else the origin
        ("375 migrants were transferred from Lampedusa to Pozzallo.", "transferred", "admission", "Pozzallo", "ITA"),
        ("Forty people left Zuwara at dawn.", "left", "incident", "Zuwara", "LBY"),
        ("The ship rescued 90 people off the coast of Libya.", "rescued", "rescue", "Libya", "LBY"),
        ("The navy rescued them in the Mediterranean.", "rescued", "rescue", "Mediterranean", "INT"),
        ("Dozens died between Malta and Tunisia.", "died", "incident", "Malta", "INT"),
        ("Greek boats searched Turkish waters.", "searched", "rescue", "Turkish waters", "TUR"),
        # a destination that people wished for is not one they came to
        ("The coast guard rescued 250 people trying to reach Italy.", "rescued", "rescue", None, None),
        # what is spoken of is no place
        ("Ministers held talks on Libya.", "talks", "consultation", None, None),
        ("Ministers met in Valletta for talks on Libya.", "met", "consultation", "Valletta", "MLT"),
        ("NGOs criticised the detention of migrants in Libya.", "criticised", "criticism", None, None),
        # a nationality is no place
        ("A man from Iran was killed.", "killed", "incident", None, None),
        ("The Haitian migrants landed.", "landed", "incident", None, None),
        ("Spanish arrivals tripled.", "arrivals", "incident", "Spanish", "ESP"),
        # a guard named after a coast is not the coast
        ("The Libyan coast guard intercepted a boat.", "intercepted", "interception", None, None),
    ],
)
def test_where_it_happened(
    tell, sentence: str, trigger: str, event_type: str, name: str | None, country: str | None
) -> None:
    told = tell(sentence, trigger, event_type)
    where = locate(told.doc, told.candidate, told.mentions, PlaceContext())
    assert (where.place_name, where.place_country) == (name, country)


def test_an_actor_is_no_place(tell) -> None:
    told = tell(
        "Italy asked Malta to open its ports.", "asked", "request", sources={"Italy": "ITA"}, targets={"Malta": "MLT"}
    )
    assert locate(told.doc, told.candidate, told.mentions, PlaceContext()).place_country is None


def test_a_dateline_is_no_place(tell) -> None:
    told = tell("ROME (Reuters) - The minister criticised the plan.", "criticised", "criticism")
    assert locate(told.doc, told.candidate, told.mentions, PlaceContext()).place_basis == "unstated"


def test_a_state_that_takes_people_in_is_where_they_come_to(tell) -> None:
    told = tell("Finland will take 100 people from Greece.", "take", "admission", "planned", sources={"Finland": "FIN"})
    assert locate(told.doc, told.candidate, told.mentions, PlaceContext()).place_country == "FIN"


def test_a_state_guards_its_own_side_of_a_border(tell) -> None:
    told = tell(
        "Germany extended checks at the Austrian border.", "extended", "border_control", sources={"Germany": "DEU"}
    )
    assert locate(told.doc, told.candidate, told.mentions, PlaceContext()).place_country == "DEU"


@pytest.mark.parametrize(("also_named", "country"), [("Lebanon", "LBN"), ("Libya", "LBY"), ("Nowhere", "LBY")])
def test_an_ambiguous_name_is_told_by_the_articles_countries_then_by_population(also_named: str, country: str) -> None:
    libya, lebanon = (next(s for s in spots(f"in {name}")).places[0] for name in ("Libya", "Lebanon"))
    counted = tuple(p.country for p in (libya, lebanon) if p.country and p.name == also_named)
    assert PlaceContext(counted).likeliest([libya, lebanon]).country == country


def test_a_story_in_one_country_lends_it_to_its_happenings(tell, published) -> None:
    sentence = "Agents found two men in the river."
    texts = ["A car overturned near El Paso.", "It had come from New Mexico.", "Texas police were called.", sentence]
    context = context_of(published(), [Sentence(n, "text", 0, len(t), t) for n, t in enumerate(texts)])
    told = tell(sentence, "found", "rescue")
    where = locate(told.doc, told.candidate, told.mentions, context)
    assert (where.place_country, where.place_basis) == ("USA", "article")


def test_talks_go_on_where_they_were_held(tell, published) -> None:
    texts = ["Ministers met in Tripoli on Monday.", "They discussed patrols."]
    context = context_of(published(), [Sentence(n, "text", 0, len(t), t) for n, t in enumerate(texts)])
    told = tell(texts[1], "discussed", "consultation")
    where = locate(told.doc, told.candidate, told.mentions, context)
    assert (where.place_name, where.place_country, where.place_basis) == ("Tripoli", "LBY", "article")


@pytest.mark.parametrize("entry", ROUTES, ids=[entry["route"] for entry in ROUTES])
def test_every_route_is_that_of_its_example(tell, entry: dict[str, str]) -> None:
    told = tell(entry["example"])
    where = locate(told.doc, told.candidate, told.mentions, PlaceContext())
    assert movement(told.doc, told.candidate, told.mentions, where).route == entry["route"]


def test_a_movement_has_an_origin_and_a_destination(tell) -> None:
    told = tell("Ninety people were flown from Libya to Rwanda.", "flown", "admission")
    where = locate(told.doc, told.candidate, told.mentions, PlaceContext())
    moved = movement(told.doc, told.candidate, told.mentions, where)
    assert (moved.origin_country, moved.destination_country) == ("LBY", "RWA")


@pytest.mark.parametrize(
    ("sentence", "trigger", "event_type", "origin", "destination"),
    [
        ("Germany deported 30 men to Kabul.", "deported", "return", "DEU", "AFG"),
        ("Germany took in 50 refugees.", "took in", "admission", None, "DEU"),
    ],
)
def test_the_state_that_acts_is_an_end_of_the_movement(
    tell, sentence: str, trigger: str, event_type: str, origin: str | None, destination: str | None
) -> None:
    told = tell(sentence, trigger, event_type, sources={"Germany": "DEU"})
    where = locate(told.doc, told.candidate, told.mentions, PlaceContext())
    moved = movement(told.doc, told.candidate, told.mentions, where)
    assert (moved.origin_country, moved.destination_country) == (origin, destination)


def test_talks_move_nobody(tell) -> None:
    told = tell("Ministers flew from Libya to Rwanda for talks.", "talks", "consultation")
    where = locate(told.doc, told.candidate, told.mentions, PlaceContext())
    assert movement(told.doc, told.candidate, told.mentions, where).route is None


WORDS = st.sampled_from(
    [
        "in",
        "at",
        "off",
        "from",
        "to",
        "near",
        "Libya",
        "Libyan",
        "coast",
        "of",
        "Malta",
        "the",
        "Mediterranean",
        "Paris",
        "Augusta",
        "boat",
        "sank",
        "reached",
        "left",
        "Rio",
        "Grande",
        ",",
        ".",
        "between",
        "and",
        "U.S.",
        "U.S.-Mexico",
        "border",
        "US",
        "Cox's",
        "Bazar",
        "(",
        ")",
    ]
)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_names_lie_apart_inside_their_sentence(sentence: str) -> None:
    end = 0
    for spot in spots(sentence):
        assert end <= spot.start < spot.end <= len(sentence)
        assert spot.places
        end = spot.end


@given(
    st.lists(WORDS, min_size=1, max_size=15).map(" ".join), st.sampled_from(sorted(vocabulary.allowed("event_type")))
)
def test_any_sentence_has_a_place_of_known_terms_or_none(sentence: str, event_type: str) -> None:
    doc = next(iter(parse([sentence])))
    candidate = Candidate(event_type, None, "actual", 0, (0, 1), (), (), "test")
    where = locate(doc, candidate, (), PlaceContext())
    assert where == locate(doc, candidate, (), PlaceContext())
    assert where.place_basis in vocabulary.allowed("place_basis")
    assert where.place_country in {*countries(), "INT", None}
    moved = movement(doc, candidate, (), where)
    assert moved.route is None or moved.route in vocabulary.allowed("route")
    assert {moved.origin_country, moved.destination_country} <= {*countries(), None}


def test_a_meeting_is_where_it_is_held_however_far_off_that_is_told(tell) -> None:
    sentence = (
        "Abela met Anna Rossi, who heads the office, and an official responsible for aid at the meeting in Tunis."
    )
    told = tell(sentence, "met", "consultation", sources={"Abela": "MLT"})
    where = locate(told.doc, told.candidate, told.mentions, PlaceContext())
    assert (where.place_name, where.place_country) == ("Tunis", "TUN")
