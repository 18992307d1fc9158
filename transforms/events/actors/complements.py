"""What stands beside a phrase and says whose it is.

"Police *in Italy*", "ministers *of Cyprus and Egypt*", "*Italian and* Dutch authorities".
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.events.actors.knowledge import Identity, Knowledge, Node, Noun, wordlists
from transforms.events.actors.ownership import owned
from transforms.events.actors.phrases import Phrase, runs
from transforms.events.actors.terms import Unknown
from transforms.events.actors.wording import Word

_OWNING = frozenset(["of", "from", "in", "for", "with", "at", "on", "aboard"])
"""Prepositions before an owner."""

_AND = (["and"], [","], [",", "and"], ["or"])
_SMALL = frozenset(["the", "a", "an", "both", "'", '"', "“", "‘"])
_FEW = frozenset(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "some", "several", "other"])
_OWNERS = frozenset({"state", "body", "organisation", "person", "vessel"})


def phrases(
    words: Sequence[Word], known: Knowledge, own: Node, inside: Sequence[bool], unknown: Sequence[Unknown] = ()
) -> list[Phrase]:
    """The phrases of a sentence in order, none within another; the arguments are those of `phrases.runs`."""
    return _apart(_with_owners(_coordinated(runs(words, known, own, inside, unknown), words), words))


def _apart(found: Iterator[Phrase]) -> list[Phrase]:
    """The phrases without those that a later one has taken in: "dozens" of "dozens of migrants"."""
    apart: list[Phrase] = []
    for phrase in found:
        while apart and apart[-1].start >= phrase.start:
            apart.pop()
        if apart and apart[-1].end > phrase.start:
            start = apart[-1].end
            phrase = phrase._replace(start=start, name_start=max(phrase.name_start, start))
        apart.append(phrase)
    return apart


# --- "Italian and Dutch authorities" ---------------------------------------------------------------------------------


def _coordinated(found: Sequence[Phrase], words: Sequence[Word]) -> list[Phrase]:
    out: list[Phrase] = []
    for phrase in found:
        owners: list[Identity] = []
        start = phrase.start
        while phrase.part == "noun" and phrase.owners and out and out[-1].part == "adjective":
            if _gap(words, out[-1].end, start) not in _AND:
                break
            before = out.pop()
            owners[:0] = before.owners
            start = before.start
        if owners and phrase.noun is not None:
            phrase = _of_all(phrase, phrase.noun, owners, start)
        elif out and _shares_office(out[-1], phrase) and _gap(words, out[-1].end, phrase.start) == ["and"]:
            phrase = phrase._replace(identities=out[-1].identities[:1])
        out.append(phrase)
    return out


def _gap(words: Sequence[Word], end: int, start: int) -> list[str]:
    return [w.key for w in words[end:start]]


def _of_all(phrase: Phrase, noun: Noun, owners: Sequence[Identity], start: int) -> Phrase:
    if noun.kind == "people":
        nations = (*(o.code for o in owners), *phrase.nationalities)
        return phrase._replace(start=start, name_start=start, nationalities=nations)
    made = [m for o in owners if (m := owned(noun, [o])) is not None]
    return phrase._replace(start=start, name_start=start, identities=tuple(dict.fromkeys((*made, *phrase.identities))))


def _shares_office(before: Phrase, phrase: Phrase) -> bool:
    """Whether two offices are one person's: "Sea-Eye director and lawyer Anna Bianchi"."""
    if phrase.part != "unknown" or phrase.identities or phrase.noun is None or phrase.noun.default != "nobody":
        return False
    return before.noun is not None and before.kind == "person" and not before.plural and bool(before.identities)


# --- "police in Italy" -----------------------------------------------------------------------------------------------


def _with_owners(found: Sequence[Phrase], words: Sequence[Word]) -> Iterator[Phrase]:
    at = 0
    while at < len(found):
        phrase = found[at]
        at += 1
        owners = _owners(phrase, found[at:], words) if phrase.part in ("noun", "unknown") and phrase.noun else []
        made = _owned_by(phrase, phrase.noun, owners) if owners and phrase.noun is not None else None
        at += len(owners) if made is not None else 0
        yield made or phrase


def _owners(phrase: Phrase, following: Sequence[Phrase], words: Sequence[Word]) -> list[Phrase]:
    owners: list[Phrase] = []
    end = phrase.end
    for other in following:
        gap = _gap(words, end, other.start)
        joined = gap in (*_AND, ["and", "the"]) and phrase.plural if owners else _ties(phrase, gap)
        if not joined or other.kind not in _OWNERS or other.part == "adjective":
            break
        if owners and other.part not in ("state", "city", "seat"):
            break
        owners.append(other)
        end = other.end
    return owners


def _ties(phrase: Phrase, gap: Sequence[str]) -> bool:
    """Whether the words between a noun and the next phrase make that its owner."""
    noun = phrase.noun
    if noun is None or not gap or gap[0] not in _OWNING:
        return False
    if phrase.owners and gap[0] not in ("of", "from"):
        return False
    if noun.of == "itself" and gap[0] != "from" and not (noun.kind == "people" and gap[0] == "of"):
        return False
    if noun.id in ("head", "ship") and gap[0] == "in":
        return False
    rest = [k for k in gap[1:] if k not in _SMALL]
    if len(rest) >= 3 and rest[-2] == "-" and rest[-1] in wordlists()["backed"]:  # "the U.N.-backed government"
        rest = rest[:-3]
    return len(rest) <= 1 and all(k in wordlists()["adjectives"] or k in _FEW or k.isdigit() for k in rest)


def _owned_by(phrase: Phrase, noun: Noun, owners: Sequence[Phrase]) -> Phrase | None:
    end = owners[-1].end
    identities = [i for o in owners for i in o.identities]
    if noun.kind == "people":
        nations = tuple(i.code for i in identities if i.kind == "state" and i.code != "EUR")
        return phrase._replace(end=end, nationalities=nations, owners=()) if nations else None
    if noun.of == "itself":
        return None
    inner = owners[0].noun
    if not identities and inner is not None and noun.of == "owner":  # "lawyers for the government"
        return phrase._replace(end=end, noun=replace(inner, kind=noun.kind, plural=noun.plural, written=noun.written))
    made = tuple(dict.fromkeys(m for i in identities if (m := owned(noun, [i])) is not None))
    if not made:
        return None
    if phrase.identities and owners[0].part == "city":
        return phrase._replace(end=end)
    named = phrase.name_end if phrase.identities else end
    return phrase._replace(end=end, name_end=named, identities=made)
