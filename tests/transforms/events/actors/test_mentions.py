"""Who is found in a sentence, and where."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.events.actors import actors_of, find_mentions, read_cast
from transforms.events.candidate import Sentence
from transforms.events.syntax import parse


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        # states, capitals, adjectives
        ("Italy and Malta refused to let the ship in.", {"Italy": "ITA GOV", "Malta": "MLT GOV"}),
        ("Berlin wrote to Brussels.", {"Berlin": "DEU GOV", "Brussels": "EUR IGO"}),
        ("The leaders of Austria and Hungary met in Vienna.", {"leaders of Austria and Hungary": "HUN GOV"}),
        ("N.Korea let them go.", {"N.Korea": "PRK GOV"}),
        ("Libya s navy stopped two boats.", {"Libya s navy": "LBY MIL", "two boats": "REF REF"}),
        ("Danes control the border with Germany", {"Danes": "DNK GOV", "Germany": "DEU GOV"}),
        # bodies of states
        (
            "The Greek coastguard called the Turkish authorities.",
            {"Greek coastguard": "GRC MIL", "Turkish authorities": "TUR GOV"},
        ),
        ("Italian and Maltese officials spoke.", {"Italian and Maltese officials": "MLT GOV"}),
        ("Police in Hungary held six smugglers.", {"Police in Hungary": "HUN COP", "six smugglers": "CRM CRM"}),
        ("A Palermo court freed the captain.", {"Palermo court": "ITA JUD"}),
        ("The interior ministry of Tunisia denied it.", {"interior ministry of Tunisia": "TUN GOV"}),
        ("Texas Governor Jane Doe sent the National Guard.", {"Jane Doe": "USA GOV", "National Guard": "USA MIL"}),
        ("The Trump administration appealed.", {"Trump administration": "USA GOV"}),
        ("A spokesman for the Slovenian army spoke.", {"spokesman for the Slovenian army": "SVN MIL"}),
        # beyond states
        (
            "EU interior ministers met the head of Frontex.",
            {"EU interior ministers": "EUR GOV", "head of Frontex": "EUR IGO"},
        ),
        ("UN envoy Jan Novak thanked Oxfam.", {"Jan Novak": "UNO IGO", "Oxfam": "NGO NGO"}),
        ("The German charity Sea-Eye and its ship Alan Kurdi waited.", {"Sea-Eye": "NGO NGO", "Alan Kurdi": "NGO NGO"}),
        ("The U.N.-backed government of Libya agreed.", {"U.N.-backed government of Libya": "LBY GOV"}),
        (
            "The head of the U.N.-backed Government of National Accord spoke.",
            {"head of the U.N.-backed Government of National Accord": "LBY GOV"},
        ),
        # people
        ("Macron called Viktor Orbán.", {"Macron": "FRA GOV", "Viktor Orbán": "HUN GOV"}),
        ("Ivanka Trump visited the camp.", {"Ivanka Trump": "--- CVL"}),
        ("Austrian Chancellor Max Muster spoke.", {"Max Muster": "AUT GOV"}),
        # people on the move
        (
            "Dozens of Syrian refugees and two Eritrean women drowned.",
            {"Dozens of Syrian refugees": "REF REF", "two Eritrean women": "REF REF"},
        ),
        ("At least 26 rescued off Samos.", {"26": "REF REF"}),
        ("Rohingya refugees fled Myanmar.", {"Rohingya refugees": "REF REF", "Myanmar": "MMR GOV"}),
        ("An Italian woman helped 30 Gambians.", {"Italian woman": "ITA CVL", "Gambians": "REF REF"}),
        # no actors
        ("The refugee camp in Rome is on the Italian coast.", {}),
        ("The price of fish rose on Monday.", {}),
    ],
)
def test_who_is_found(sentence, found, actors):
    seen = actors(sentence)
    assert {name: seen.get(name) for name in found} == found
    if not found:
        assert seen == {}


@pytest.mark.parametrize(
    ("article", "name", "found"),
    [
        (
            ["Anna Rossi, Paul Meyer and Jan Novak flew to Rome.", "The three met migrants."],
            "three",
            ["Anna Rossi", "Paul Meyer", "Jan Novak"],
        ),
        (["Anna Rossi and Paul Meyer flew to Rome.", "The three met migrants."], "three", ["three"]),
        (["The Lifeline waited at sea after Italy refused it entry."], "it", ["Lifeline"]),
        (["EU member states met.", "Italy took a hard line.", "The country closed its ports."], "country", ["country"]),
    ],
)
def test_whom_a_word_stands_for(read, article, name, found):
    mentions = read(*article)[1][-1]
    (mention,) = (m for m in mentions if name in _words(article[-1], m))
    assert [a.name for a in mention.actors] == found
    if name == "country":
        assert [a.code for a in mention.actors] == ["ITA"]


def _words(text, mention):
    return [token.text for token in next(parse([text]))[mention.start : mention.end]]


def test_one_mention_names_all_whose_it_is(read):
    [[mention]] = read("Ministers from Germany, France and Italy agreed.")[1]
    assert [a.code for a in mention.actors] == ["DEU", "FRA", "ITA"]


def test_nationalities_of_people_on_the_move(read):
    [[first, second]] = read("Refugees from Syria and Iraq met Somali women.")[1]
    assert first.actors[0].nationalities == ("SYR", "IRQ")
    assert second.actors[0].nationalities == ("SOM",)


@pytest.mark.parametrize(
    ("sentence", "name", "actor_id"),
    [
        ("Sea-Watch asked for a port.", "Sea-Watch", "ngo/sea-watch"),
        ("The Lifeline asked for a port.", "Lifeline", "vessel/lifeline"),
        ("Rome agreed.", "Rome", "ita/gov"),
        ("The Italian government agreed.", "Italian government", "ita/gov"),
        ("Minniti agreed.", "Minniti", "person/marco-minniti"),
        ("Spanish police helped.", "Spanish police", "esp/police"),
    ],
)
def test_one_id_for_one_actor(sentence, name, actor_id, read):
    ids = {a.name: a.actor_id for m in read(sentence)[1][0] for a in m.actors}
    assert ids[name] == actor_id


def test_actors_of_a_token(read):
    text = "A third of the migrants met Italian police."
    doc = next(parse([text]))
    sentence = Sentence(0, "text", 0, len(text), text)
    cast = read_cast(None, [sentence], None)
    mentions = find_mentions(doc, sentence, cast)
    by_word = {token.text: [a.code for a in actors_of(token.i, doc, mentions, cast)] for token in doc}
    assert by_word["migrants"] == ["REF"]
    assert by_word["police"] == by_word["Italian"] == ["ITA"]
    assert by_word["met"] == []


_PIECES = st.sampled_from(
    [
        "Italy",
        "Malta's",
        "U.N.-backed",
        "government",
        "of",
        "the",
        "Sea-Watch",
        "3",
        "(",
        "GNA",
        ")",
        ",",
        "and",
        "migrants",
        "from",
        "Syria",
        "53",
        "people",
        "he",
        "they",
        "it",
        "Marco",
        "Minniti",
        "interior",
        "minister",
        "Italian",
        "'Alan",
        "Kurdi'",
        "–",
        "Libya",
        "s",
        "police",
        "\xa0",
        "–",
        "rescued",
        "Orbán’s",
        "said",
        "who",
        "dozens",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=6)), min_size=1, max_size=25), st.integers(0, 500))
def test_offsets_name_the_actor_and_mentions_are_apart(pieces, start):
    text = " ".join(pieces).replace("\n", " ").replace("\r", " ")
    if not any(c.isalpha() for c in text):
        text += "Malta"
    sentence = Sentence(0, "text", start, start + len(text), text)
    doc = next(parse([text]))
    cast = read_cast(None, [sentence], None)
    mentions = find_mentions(doc, sentence, cast)
    for mention in mentions:
        assert 0 <= mention.start <= mention.head < mention.end <= len(doc)
        assert mention.actors
        for actor in mention.actors:
            if actor.start is not None and actor.end is not None:
                assert text[actor.start - start : actor.end - start] == actor.name
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert find_mentions(doc, sentence, read_cast(None, [sentence], None)) == mentions
