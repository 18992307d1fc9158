"""What a number counts: people, the dead, boats, money, states."""

from spacy.tokens import Token

from transforms.events.figures.fates import HARM
from transforms.events.figures.lexicon import by_word, forms, words
from transforms.events.places.gazetteer import adjectives
from transforms.events.words import classes_of


def is_people(noun: Token) -> bool:
    """Whether a noun stands for people: by what they are, or by where they are from."""
    nations = adjectives()
    if noun.text in nations or noun.text.removesuffix("s") in nations:
        return True
    return any(
        form in words("people") or form in words("peoples") or "people" in classes_of(form) for form in forms(noun)
    )


def is_dead(noun: Token) -> bool:
    """Whether a noun stands for dead people."""
    return noun.lower_ in ("drowned", "lives", "drownings") or any("dead" in classes_of(form) for form in forms(noun))


def counts_something(noun: Token) -> bool:
    """Whether a noun is one that events count."""
    return is_people(noun) or is_dead(noun) or _unit(noun) is not None


def unit_of(noun: Token | None, fate: str | None) -> str | None:
    """The unit of a counted noun, people by their fate in the event; None for what an event does not count."""
    if noun is None:
        return fate or "people"
    if is_dead(noun):
        return "dead"
    if is_people(noun):
        return fate if fate in (*HARM, "rescued") else _unit(noun) or "people"
    if noun.ent_type_ in ("GPE", "LOC"):
        # "2,300 Italy arrivals": the place stands where people are meant.
        return fate or "people"
    return _unit(noun)


def _unit(noun: Token) -> str | None:
    units = by_word("units")
    return next((units[form] for form in forms(noun) if form in units), None)
