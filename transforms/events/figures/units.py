"""What a number counts: people, the dead, boats, money, states."""

from spacy.tokens import Token

from transforms.events.places.gazetteer import adjectives

PERSON = frozenset(
    "people persons person migrants migrant refugees refugee asylum-seekers seekers men man women woman children child minors minor "
    "passengers passenger survivors survivor others others occupants occupant nationals national citizens citizen immigrants immigrant "
    "aliens alien foreigners individuals individual boys girls boy girl babies baby infants infant families family smugglers smuggler "
    "traffickers suspects suspect detainees detainee demonstrators protesters protestors students workers soldiers officers guards "
    "troops agents arrivals newcomers evacuees deportees returnees applicants castaways harragas members teenagers teenager youths "
    "drivers driver crew delegates men asylum boat-people applications relocations readmissions landings crossings entries returns "
    "deportations repatriations subjects subject captain villagers residents civilians employees judges activists victims victim".split()
)
_DEAD = frozenset("body bodies corpse corpses dead deaths death fatalities drowned lives drownings".split())
_OWN = {
    "boats": "boat boats vessel vessels ship ships dinghy dinghies craft crafts rafts raft",
    "children": "child children baby babies infant infants",
    "minors": "minor minors",
    "women": "women",
    "men": "men",
    "families": "family families",
    "countries": "countries states nations",
    "centers": "centers centres camps hotspots centre center",
    "operations": "operations missions",
    "agreements": "agreements deals",
    "organisations": "organisations organizations ngos groups agencies",
}
_PEOPLES = frozenset("rohingya rohingyas kurds yazidis roma dreamers africans asians arabs muslims swedes danes turks poles afghans".split())
_UNITS = {word: unit for unit, words in _OWN.items() for word in words.split()}


def is_people(noun: Token) -> bool:
    """Whether a noun stands for people: by what they are, or by where they are from."""
    nations = adjectives()
    named = noun.text in nations or noun.text.removesuffix("s") in nations
    return noun.lower_ in PERSON or noun.lower_ in _PEOPLES or named


def counts_something(noun: Token) -> bool:
    """Whether a noun is one that events count."""
    return is_people(noun) or noun.lower_ in _DEAD or noun.lower_ in _UNITS


def unit_of(noun: Token | None, fate: str | None) -> str | None:
    """The unit of a counted noun, people by their fate in the event; None for what an event does not count."""
    if noun is None:
        return fate or "people"
    word = noun.lower_
    if word in _DEAD:
        return "dead"
    if is_people(noun):
        if fate in ("dead", "missing", "injured", "rescued"):
            return fate
        return _UNITS.get(word, "people")
    if noun.ent_type_ in ("GPE", "LOC"):
        # "2,300 Italy arrivals": the place stands where people are meant.
        return fate or "people"
    return _UNITS.get(word)
