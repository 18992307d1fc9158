"""Whom later words stand for, once an article has introduced them."""

import pytest

from transforms.events.syntax import parse


@pytest.mark.parametrize(
    ("earlier", "sentence", "found"),
    [
        # people by their role
        (["Croatian interior minister Ana Horvat met reporters."], "Horvat refused.", {"Horvat": "HRV GOV"}),
        (["Ana Horvat, a lawyer with Amnesty International, spoke."], "Horvat warned Malta.", {"Horvat": "NGO NGO"}),
        (["The Croatian minister, Ana Horvat, spoke."], "Ms Horvat warned Malta.", {"Horvat": "HRV GOV"}),
        (["Omar Haddad, who heads the Libyan coastguard, spoke."], "Haddad blamed Malta.", {"Haddad": "LBY MIL"}),
        (["Malta met Italy.", "Interior Minister Ana Borg spoke for Malta."], "Borg refused.", {"Borg": "MLT GOV"}),
        # bodies by their abbreviation
        (["The Coalition of Aid Agencies (CAA) spoke."], "The CAA sued.", {"CAA": "NGO NGO"}),
        # nouns without an owner
        (
            ["Malta is full.", "Greek police stopped a boat off Malta."],
            "The police arrested two men.",
            {"police": "GRC COP"},
        ),
        (["Malta shut its ports.", "Malta said so."], "The government will not move.", {"government": "MLT GOV"}),
        (["The Ocean Viking waited."], "Italy let the ship in.", {"ship": "NGO NGO"}),
        (["The United Nations met Sea-Eye."], "The organisation asked for a port.", {"organisation": "NGO NGO"}),
        (["Greece met Turkey."], "The two countries agreed.", {"two countries": "TUR GOV"}),
        (["The EU met in May."], "Leaders agreed.", {"Leaders": "EUR GOV"}),
        ([], "Malta sent its coastguard and Italy its navy.", {"coastguard": "MLT MIL", "navy": "ITA MIL"}),
        ([], "They fled from Myanmar, where authorities deny it.", {"authorities": "MMR GOV"}),
    ],
)
def test_what_was_said_before_counts(earlier, sentence, found, actors):
    seen = actors(*earlier, sentence)
    assert {name: seen.get(name) for name in found} == found


def test_a_body_of_somebody_of_the_articles_own_state_has_its_id(read):
    _, mentions = read("Malta spoke.", "Interior Minister Ana Borg agreed with Malta.", "Borg's government refused.")
    assert [(a.code, a.actor_id) for m in mentions[-1] for a in m.actors] == [("MLT", "mlt/gov")]


@pytest.mark.parametrize(
    ("title", "dateline", "text", "home"),
    [
        ("Malta shuts its ports", None, "Italy and Libya talked.", "MLT"),
        (None, "VALLETTA", "The minister spoke.", "MLT"),
        (None, None, "AFM soldiers brought 20 Syrians ashore.", "MLT"),
        (None, None, "A boat sank off Libya; the Italian navy came.", "ITA"),
        (None, None, "The minister told the Times of Malta so.", "MLT"),
        (None, None, "The weather was fine.", None),
    ],
)
def test_the_state_that_an_article_is_from(title, dateline, text, home, read):
    assert read(text, title=title, dateline=dateline)[0].home == home


def test_a_title_outside_the_sentences_counts(read):
    assert read("The minister spoke to Libya.", title="Greece and Greek islands")[0].home == "GRC"


@pytest.mark.parametrize(
    ("earlier", "sentence", "pronoun", "code"),
    [
        ([], "Macron said he would visit Libya.", "he", "FRA"),
        (["Angela Merkel met the UN."], "She promised to help.", "She", "DEU"),
        ([], "Greece said it would close the border.", "it", "GRC"),
        ([], "The Libyan navy found the migrants and returned them.", "them", "REF"),
        (["The migrants waited."], "They were taken to Malta.", "They", "REF"),
        ([], "The smugglers who fled were Libyans.", "who", "CRM"),
        ([], "Macron said he would meet Orban, who wants a fence.", "who", "HUN"),
        ([], "“We will not pay,” Orban said.", "We", "HUN"),
    ],
)
def test_pronouns(earlier, sentence, pronoun, code, read):
    _, mentions = read(*earlier, sentence)
    at = next(token.i for token in next(parse([sentence])) if token.text == pronoun)
    assert [a.code for m in mentions[-1] if m.start == at for a in m.actors] == [code]


@pytest.mark.parametrize("sentence", ["It is feared that many drowned.", "It was alleged that the boat sank."])
def test_a_placeholder_is_nobody(sentence, read):
    _, [_, mentions] = read("Malta refused.", sentence)
    assert not any(a.code == "MLT" for m in mentions for a in m.actors)


def test_an_actor_of_another_sentence_has_no_offsets(read):
    _, [_, mentions] = read("Angela Merkel met Italy.", "She promised to help.")
    assert [(a.name, a.start, a.end) for a in mentions[0].actors] == [("Angela Merkel", None, None)]
