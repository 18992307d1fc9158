import pytest

from transforms.clean.dateline import agencies, find_dateline, take_credits


@pytest.mark.parametrize(
    ("paragraph", "place", "agency", "report"),
    [
        ("TUNIS (Reuters) - Tunisia closed", "Tunis", "Reuters", "Tunisia closed"),
        ("(Reuters) - A judge in", None, "Reuters", "A judge in"),
        ("COX S BAZAR, Bangladesh/YANGON (Reuters) - A", "Cox's Bazar, Bangladesh/Yangon", "Reuters", "A"),
        ("COX’S BAZAR, Bangladesh (AFP) – A", "Cox’s Bazar, Bangladesh", "AFP", "A"),
        ("PORT-AU-PRINCE, Haiti (AP) — Haiti", "Port-Au-Prince, Haiti", "AP", "Haiti"),
        ("DAR ES SALAAM (Reuters) - A", "Dar es Salaam", "Reuters", "A"),
        ("ROME, June 8 (Xinhua) -- Italy", "Rome", "Xinhua", "Italy"),
        ("ANKARA/RIO DE JANEIRO (Reuters) - A", "Ankara/Rio de Janeiro", "Reuters", "A"),
        ("WASHINGTON (The Associated Press) - A", "Washington", "AP", "A"),
        ("VALLETTA (Example Wire) - Malta", "Valletta", "Example Wire", "Malta"),
        ("Geneva, 4 May 2017 (IOM) - More", "Geneva", "IOM", "More"),
        ("EL PASO, Texas – Agents", "El Paso, Texas", None, "Agents"),
        ("TRIPOLI: Libya said", "Tripoli", None, "Libya said"),
        ("PARIS — France said", "Paris", None, "France said"),
    ],
)
def test_datelines(paragraph, place, agency, report):
    found = find_dateline(paragraph)
    assert found is not None
    assert (found.place, found.agency, paragraph[found.length :]) == (place, agency, report)


@pytest.mark.parametrize(
    "paragraph",
    [
        "UPDATE: Ship docks in Malta",
        "WATCH: Migrants land in Lampedusa",
        "EXCLUSIVE - Ministers met in secret",
        "NGO ships (and others) - a list",
        "Italy (with Malta) - two states - refused",
        "Tripoli - where the talks were held - was quiet.",
        "I: A story",
        "Anna Example (UNHCR): Europe must do more",
        "",
    ],
)
def test_no_datelines(paragraph):
    assert find_dateline(paragraph) is None


@pytest.mark.parametrize("agency", agencies(), ids=lambda a: a["name"])
def test_every_agency_is_known_from_its_example(agency):
    found = find_dateline(agency["example"])
    assert found is not None
    assert found.agency == agency["name"]


@pytest.mark.parametrize(
    ("paragraphs", "kept", "agency"),
    [
        (["He left. (Reporting by A. Example in Rome; Editing by B. Example)"], ["He left."], None),
        (["He left.", "[Additional reporting by A. Example]"], ["He left."], None),
        (["He left. (Additional reporting by AFP)"], ["He left."], "AFP"),
        (["He left.", "(Reporting by A. Example for Reuters; Editing by B. Example)"], ["He left."], "Reuters"),
        (["He left.", "Reporting by A. Example and the Associated Press; editing by B. Example"], ["He left."], "AP"),
        (["He left.", "With files from Reuters"], ["He left."], "Reuters"),
        (["He left.", "Source: Agence France-Presse"], ["He left."], "AFP"),
        (["He left with files from the ministry."], ["He left with files from the ministry."], None),
        (["Reporting by the police (a duty by law) rose."], ["Reporting by the police (a duty by law) rose."], None),
    ],
)
def test_credits(paragraphs, kept, agency):
    assert take_credits(paragraphs) == (kept, agency)
