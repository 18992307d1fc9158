"""The data files are what they say: no entry without example, every example comes out, nothing twice."""

from collections import Counter, defaultdict
from typing import Any

import pytest

from transforms.events.actors.knowledge import Noun, _nouns, data, knowledge, plural_of, slug, surname
from transforms.events.actors.wording import keys_of

GROUPS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "bodies.yaml": [(e["about"], e) for e in data("bodies.yaml")],
    "vessels.yaml": [(e["about"], e) for e in data("vessels.yaml")],
    "nouns.yaml": [(e["id"], e) for e in data("nouns.yaml")],
    "people.yaml": list(data("people.yaml").items()),
    "wordlists.yaml": list(data("wordlists.yaml").items()),
}
ENTRIES = [pytest.param(entry, id=f"{file}-{name}") for file, entries in GROUPS.items() for name, entry in entries]


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_example_comes_out(entry, actors):
    found = actors(entry["example"])
    assert {name: found.get(name) for name in entry["gives"]} == entry["gives"]


@pytest.mark.parametrize("entry", ENTRIES)
def test_examples_hold_a_word_of_their_entry(entry):
    if "people" in entry or any(len(k) == 3 and k.isupper() for k in entry):
        names = [part for k, people in entry.items() if k.isupper() for p in people for part in p.split("|")]
        names += [surname(n) for n in names]
    elif isinstance(entry.get("names"), dict):
        names = [name for names in entry["names"].values() for name in names]
    elif isinstance(entry.get("words"), str) or entry.get("words") is None:
        names = (entry.get("words") or "").split()
    else:
        names = [*entry["words"], *(plural_of(w) for w in entry["words"]), *entry.get("plurals", ())]
    example = " ".join(keys_of(entry["example"]))
    if all(name.isupper() and len(name) == 3 for name in names):
        return  # lists of states, which stand in sentences by other names
    assert any(" ".join(keys_of(name)) in example for name in names)


@pytest.mark.parametrize("code", sorted(data("states.yaml")))
def test_seats_and_nations_stand_for_their_state(code, actors):
    entry = data("states.yaml")[code]
    for seat in entry.get("seats", ()):
        assert actors(f"{seat} agreed to talks with the rebels.").get(seat, "").startswith(code), seat
    for people in entry.get("people", ()):
        found = actors(f"{people} ask for help in talks.")
        assert found.get(people, "")[:3] in (code, "REF"), people


def test_people_are_found_by_every_name_that_stands_alone():
    tree = knowledge().tree
    for code, entry in data("people.yaml").items():
        alone = entry.get("full_name_only", ())
        people = [w for sector, names in entry.items() if sector.isupper() for w in names]
        assert set(alone) <= {w.split("|")[0].strip() for w in people}, code
        for written in people:
            for name in (n.strip() for n in written.split("|")):
                node = tree
                for key in keys_of(name):
                    node = node[key]
                assert any(term.identity.code == code for term in node[""] if not isinstance(term, Noun)), name


def test_no_noun_is_in_two_classes():
    classes = defaultdict(set)
    for name, noun in _nouns():
        classes[keys_of(name)].add(noun.id)
    assert {name: ids for name, ids in classes.items() if len(ids) > 1} == {}


def test_no_noun_is_listed_twice_in_a_class():
    for entry in data("nouns.yaml"):
        counts = Counter([*entry.get("words", ()), *entry.get("plurals", ())])
        assert [word for word, n in counts.items() if n > 1] == [], entry["id"]


def test_no_name_stands_for_two_bodies_or_people():
    owners = defaultdict(set)
    for group in data("bodies.yaml"):
        for last, names in group["names"].items():
            for name in names:
                owners[name].add(f"{group['prefix']}/{last}")
    for group in data("vessels.yaml"):
        for last, names in group["names"].items():
            for name in names:
                owners[name].add(f"vessel/{last}")
    for entry in data("people.yaml").values():
        for sector, people in entry.items():
            for written in people if sector.isupper() else ():
                names = [n.strip() for n in written.split("|")]
                for name in names:
                    owners[name].add(f"person/{slug(names[0])}")
    assert {name: sorted(ids) for name, ids in owners.items() if len(ids) > 1} == {}


def test_no_surname_that_stands_alone_is_two_peoples():
    owners = defaultdict(set)
    for code, entry in data("people.yaml").items():
        for sector, people in entry.items():
            for written in people if sector.isupper() else ():
                first = written.split("|")[0].strip()
                if first not in entry.get("full_name_only", ()):
                    owners[surname(first)].add((code, first))
    assert {name: sorted(people) for name, people in owners.items() if len({c for c, _ in people}) > 1} == {}


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("ministry", "ministries"),
        ("head of state", "heads of state"),
        ("man", "men"),
        ("child", "children"),
        ("human", "humans"),
        ("boss", "bosses"),
        ("attorney", "attorneys"),
    ],
)
def test_plural(word, plural):
    assert plural_of(word) == plural


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("Angela Merkel", "Merkel"),
        ("Luigi Di Maio", "Di Maio"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Fayez al-Sarraj", "al-Sarraj"),
        ("Lula", "Lula"),
    ],
)
def test_surname(name, last):
    assert surname(name) == last


@pytest.mark.parametrize(
    "sentence",
    [
        "Malta and Italy changed the Dublin rules.",
        "Trump ended DACA.",
        "Two ships left the Libyan coast.",
        "Germany and Austria met in Rome.",
    ],
)
def test_words_that_name_nobody(sentence, actors):
    assert not set(actors(sentence)) & {"Dublin", "DACA", "Libyan", "Rome"}
