"""Noun phrases that name actors, read by the order of words alone: whose police, which minister, from where.

This is what articles are read with before anything is parsed (`cast.py`) and what parsed sentences are read with as well
(`mentions.py`), there with the tagger's word on which words may stand inside a noun phrase. A phrase is a run of known
terms: "Italian" + "interior minister" + "Marco Minniti"; each term makes the next one more exact.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transforms.events.actors.knowledge import (
    Hit,
    Identity,
    Knowledge,
    Name,
    Node,
    Noun,
    find,
    slug,
)
from transforms.events.actors.wording import POSSESSIVE, Word, is_hyphen, is_quote

_BACKED = frozenset("backed led brokered sponsored based born bound style speaking held flagged mandated funded made imposed".split())
"""After a hyphen these make a name the property of something else: "U.N.-backed", "Panama-flagged"."""

_PLACING = frozenset("in at near off along on between outside inside around through off across via towards toward into onto along".split())
"""After these a city or capital is a place, not its government."""

_OWNING = frozenset("of from in for with at by on aboard".split())
_COUNTED = frozenset(
    "dozens hundreds thousands tens scores millions group groups number numbers boatload boatloads handful wave waves lot majority "
    "couple pair team convoy crowd total bodies body crew delegation score dozen hundred thousand million".split()
)
_FEW = frozenset("one two three four five six seven eight nine ten some many most all both several half none any each".split())
_TITLES = frozenset("mr mr. mrs mrs. ms ms. dr dr. sir lord prof prof. fr fr. sen sen. rep rep. gov gov. sgt capt. captain gen. lt. col. maj. insp. msgr".split())
_PASSED = frozenset(
    "new former then current acting outgoing incoming top senior chief deputy interim populist right-wing left-wing far-right centre-right center-right "
    "conservative socialist liberal coalition interior foreign federal state local national international internationally recognised recognized military "
    "civil civilian human humanitarian navy naval public private special junior high supreme regional central anti-immigrant anti-migrant pro-european "
    "unity provisional transitional eastern western northern southern rival parliamentary ruling opposition own first home maritime official late veteran "
    "immigration migration border security coastal criminal district county city appeals labour justice defence defense finance health transport rescued "
    "undocumented illegal irregular young unaccompanied republican democratic european".split()
)
"""Words that may stand between an owner and its noun, for readers without a tagger."""

_SMALL = frozenset("a an the this that these those his her its their our my your some any no such".split())
_UNION_GROUP = frozenset({"states", "minister", "gov", "head", "ministry"})

_ORIGINS_ONLY = frozenset({"migrants", "people"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase of known terms; all numbers are indexes of words."""

    start: int
    end: int
    name_start: int
    name_end: int
    """The words that name the actor: "Marco Minniti" of "Italian interior minister Marco Minniti"."""
    head: int
    kind: str
    identities: tuple[Identity, ...]
    """Empty where a common noun stands without an owner; `noun` says which."""
    noun: Noun | None
    plural: bool
    nationalities: tuple[str, ...] = ()
    state: str | None = None
    """The state that the words name, if any."""
    place: bool = False
    """A city or capital that stands as a place."""
    part: str = "noun"
    """What its last term is: `noun`, `unknown`, or a part of a name (`knowledge.Part`)."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A run of words that looks like a name and is in no list."""

    start: int
    end: int
    kind: str
    """person or organisation."""


@dataclass(slots=True)
class _Run:
    """What has been made of a run of terms so far."""

    start: int
    end: int
    head: int
    name_start: int
    kind: str
    identity: Identity | None
    noun: Noun | None
    part: str
    owners: tuple[Identity, ...] = ()
    nationalities: tuple[str, ...] = ()
    plural: bool = False


Item = tuple[Hit, "Name | Noun | Unknown"]


def passable(words: Sequence[Word]) -> list[bool]:
    """Which words may stand inside a noun phrase, by a list of usual adjectives, for sentences that are not parsed."""
    return [w.key in _PASSED or w.text[:1].isdigit() for w in words]


def phrases(
    words: Sequence[Word],
    known: Knowledge,
    own: Node,
    inside: Sequence[bool],
    unknown: Sequence[Unknown] = (),
) -> list[Phrase]:
    """The phrases of a sentence in order, none within another.

    `own` is the tree of names that the article itself has introduced; `inside` says for each word whether it may stand
    between the terms of one phrase; `unknown` are names that a name finder saw.
    """
    items = _items(words, known, own, unknown)
    built: list[tuple[Phrase, _Run]] = []
    at = floor = 0
    while at < len(items):
        run = _begin(items[at], words)
        at += 1
        while at < len(items) and _linked(run, items[at], words, inside):
            run = _join(run, items[at], words)
            at += 1
        built.append((_phrase(run, words, inside, floor), run))
        floor = run.end
    return _apart(_with_owners(_coordinated(built, words), words, known, inside))


def _apart(found: Iterator[Phrase]) -> list[Phrase]:
    """The phrases without those that a later one has taken in: "dozens" of "dozens of migrants"."""
    apart: list[Phrase] = []
    for phrase in found:
        while apart and apart[-1].start >= phrase.start:
            apart.pop()
        if apart and apart[-1].end > phrase.start:
            phrase = replace(phrase, start=apart[-1].end, name_start=max(phrase.name_start, apart[-1].end))
        apart.append(phrase)
    return apart


def _coordinated(built: list[tuple[Phrase, _Run]], words: Sequence[Word]) -> list[tuple[Phrase, _Run]]:
    """The phrases, with "Italian and Dutch authorities" as one that names both."""
    out: list[tuple[Phrase, _Run]] = []
    for phrase, run in built:
        owners: list[Identity] = []
        start = phrase.start
        while out and run.part == "noun" and run.noun is not None and run.owners and out[-1][1].part == "adjective":
            gap = [w.key for w in words[out[-1][0].end : start]]
            if gap not in (["and"], [","], [",", "and"], ["or"]) or words[phrase.start].key != words[run.start].key:
                break
            before = out.pop()
            owners[:0] = before[1].owners
            start = before[0].start
        if owners and run.noun is not None:
            if run.noun.kind == "people":
                nations = (*(o.code for o in owners), *phrase.nationalities)
                phrase = replace(phrase, start=start, name_start=start, nationalities=nations)
            else:
                made = [m for o in owners if (m := _owned(run.noun, [o])) is not None]
                phrase = replace(phrase, start=start, name_start=start, identities=tuple(dict.fromkeys((*made, *phrase.identities))))
        if out and run.part == "unknown" and run.noun is not None and run.identity is None and run.noun.default == "nobody":
            before, its_run = out[-1]
            if before.identities and its_run.noun is not None and before.kind == "person" and not before.plural:
                if [w.key for w in words[before.end : phrase.start]] == ["and"]:
                    phrase = replace(phrase, identities=before.identities[:1])  # "Aditus director and lawyer Neil Falzon"
        out.append((phrase, run))
    return out


# --- terms -----------------------------------------------------------------------------------------------------------


def _items(words: Sequence[Word], known: Knowledge, own: Node, unknown: Sequence[Unknown]) -> list[Item]:
    items: list[Item] = []
    at = 0
    names = iter(sorted((u for u in unknown if not _is_known(u, words, known, own)), key=lambda u: u.start))
    name = next(names, None)
    while at < len(words):
        while name is not None and name.start < at:
            name = next(names, None)
        hit = _longest(find(own, words, at), find(known.tree, words, at))
        term = _choose(hit, words) if hit else None
        if hit is not None and term is not None and not _is_part_of_name(hit, term, words, name, items):
            items.append((hit, term))
            at = hit.end
        elif name is not None and name.start == at:
            items.append((Hit(name.start, name.end, ()), name))
            at = name.end
        elif (titled := _titled(words, at, items)) is not None:
            items.append((Hit(titled.start, titled.end, ()), titled))
            at = titled.end
        elif (city := _city(words, at, known)) is not None:
            items.append(city)
            at = city[0].end
        else:
            at += 1
    return items


def _is_known(name: Unknown, words: Sequence[Word], known: Knowledge, own: Node) -> bool:
    """Whether the words of a name that a finder saw say enough by themselves: "EU-NATO", "Uvalde County Sheriff's Office"."""
    for at in range(name.start, name.end):
        hit = _longest(find(own, words, at), find(known.tree, words, at))
        if hit is not None and hit.start == name.start and hit.end >= name.end:
            return True
        if hit is not None and name.kind == "person" and isinstance(hit.terms[0], Name):
            if hit.terms[0].part in ("body", "organisation", "party") and hit.terms[0].written.isupper():
                return True
        if hit is not None and name.kind == "organisation":
            term = hit.terms[0]
            if isinstance(term, Noun) and term.kind in ("body", "organisation", "person") and (hit.end >= name.end or len(words[at].text) > 3):
                return True
            if isinstance(term, Name) and term.part in ("body", "organisation", "party", "vessel", "nation"):
                return True
            if isinstance(term, Name) and term.part in ("state", "adjective") and any(not w.text[0].isalnum() for w in words[name.start : name.end]):
                return True
    return name.end - name.start == 1 and (words[name.start].key,) in known.cities and name.kind != "person"


def _longest(own: Hit | None, known: Hit | None) -> Hit | None:
    if own is None or (known is not None and known.end > own.end):
        return known
    return own


def _choose(hit: Hit, words: Sequence[Word]) -> Name | Noun | None:
    after = words[hit.end] if hit.end < len(words) else None
    if after is not None and is_hyphen(after) and hit.end + 1 < len(words) and words[hit.end + 1].key in _BACKED:
        return None
    hyphened = after is not None and is_hyphen(after) and after.start == words[hit.end - 1].end
    for term in hit.terms:
        if isinstance(term, Noun) and hyphened and hit.end + 1 < len(words) and words[hit.end + 1].start == words[hit.end].end:
            continue
        if isinstance(term, Name) and term.marked and not _is_marked(hit, words):
            continue
        return term
    return None


def _is_marked(hit: Hit, words: Sequence[Word]) -> bool:
    before = words[hit.start - 1] if hit.start else None
    return before is not None and (is_quote(before) or before.key in ("the", "ship", "vessel", "boat", "mv", "rescue"))


def _is_part_of_name(hit: Hit, term: Name | Noun, words: Sequence[Word], name: Unknown | None, items: Sequence[Item]) -> bool:
    """Whether a term is a piece of somebody's name: "Ivanka *Trump*", "*Jordan* Smith"."""
    if name is not None and name.start <= hit.start and hit.end <= name.end and name.end - name.start > hit.end - hit.start:
        return isinstance(term, Name) and hit.end - hit.start == 1 and term.part in ("person", "state", "city", "body", "seat", "nation", "vessel", "adjective")
    if isinstance(term, Name) and term.identity.kind == "person" and hit.end - hit.start == 1 and hit.start:
        before = words[hit.start - 1]
        named = items and items[-1][0].end == hit.start
        return hit.start > 1 and not named and _is_first_name(before)
    return False


def _is_first_name(word: Word) -> bool:
    return len(word.text) > 2 and word.text.istitle() and word.text.isalpha() and word.key not in _TITLES and word.key not in _SMALL


def _titled(words: Sequence[Word], at: int, items: Sequence[Item]) -> Unknown | None:
    """A name after a title or an office: "Mr Grima", "interior minister Anna Bianchi"."""
    if not words[at].text[:1].isupper() or at == 0 or not words[at].text[:1].isalpha():
        return None
    office = items[-1] if items else None
    after_office = (
        office is not None
        and office[0].end == at
        and isinstance(office[1], Noun)
        and office[1].kind in ("person", "body")
        and not office[1].plural
        and (office[1].kind == "person" or office[1].id in ("parliament", "court", "armed-forces", "police", "party"))
    )
    if not after_office and words[at - 1].key not in _TITLES:
        return None
    end = at + 1
    while end < len(words) and end - at < 4 and (words[end].text[:1].isupper() or _joins_name(words, end)):
        end += 1
    while end > at + 1 and not words[end - 1].text[:1].isalpha():
        end -= 1
    return Unknown(at, end, "person")


def _joins_name(words: Sequence[Word], at: int) -> bool:
    joint = is_hyphen(words[at]) or words[at].key in ("al", "de", "di", "van", "von", "bin", "el")
    return joint and at + 1 < len(words) and words[at + 1].text[:1].isupper()


def _city(words: Sequence[Word], at: int, known: Knowledge) -> Item | None:
    if not words[at].text[:1].isupper():
        return None
    for size in range(min(3, len(words) - at), 0, -1):
        keys = tuple(w.key for w in words[at : at + size] if not is_hyphen(w))
        code = known.cities.get(keys)
        if code is not None and words[at + size - 1].text[:1].isupper():
            identity = Identity(code, "GOV", "state", None, None)
            return Hit(at, at + size, ()), Name("city", identity, words[at].text)
    return None


# --- runs ------------------------------------------------------------------------------------------------------------


def _begin(item: Item, words: Sequence[Word]) -> _Run:
    hit, term = item
    match term:
        case Noun():
            return _Run(hit.start, hit.end, hit.end - 1, hit.start, term.kind, _fixed(term), term, "noun", plural=term.plural)
        case Name():
            plural = term.part == "nation" or term.written.endswith("s") and term.part == "party"
            run = _Run(hit.start, hit.end, hit.end - 1, hit.start, term.identity.kind, term.identity, None, term.part, plural=plural)
            run.owners = (term.identity,)
            return run
        case Unknown():
            return _Run(hit.start, hit.end, hit.end - 1, hit.start, term.kind, None, None, "unknown")


def _fixed(noun: Noun) -> Identity | None:
    return Identity(noun.code or "---", noun.sector, noun.kind, None, None) if noun.of == "itself" else None


def _linked(run: _Run, item: Item, words: Sequence[Word], inside: Sequence[bool]) -> bool:
    """Whether the next term belongs to the same noun phrase."""
    hit, term = item
    gap = words[run.end : hit.start]
    if any(is_hyphen(w) for w in gap) and not (len(gap) > 1):
        return False
    owning = bool(gap) and gap[0].key in (POSSESSIVE, "'")
    rest = gap[1:] if owning else gap
    first = run.end + (1 if owning else 0)
    if len(rest) > 4 or not all(inside[first + n] or is_quote(w) or is_hyphen(w) for n, w in enumerate(rest)):
        return False
    match term:
        case Noun():
            if run.part == "noun" and run.noun is not None:
                if run.noun.written.startswith("rohingya"):
                    return not rest and not owning
                return not rest and not (run.noun.plural and not owning)
            if run.part in ("adjective", "city") or owning:
                return not (owning and term.id in ("migrants", "people", "criminals", "business", "civilians", "media") and term.of == "itself")
            if term.of == "itself":
                return run.part in ("organisation", "vessel") and not rest
            if words[hit.start].text[:1].isupper() and all(w.text[:1].isupper() for w in rest):
                return True
            return len(rest) <= 1 and (not rest or rest[0].key in _PASSED)
        case Unknown():
            if run.part == "noun" and run.noun is not None:
                return not rest and not owning and not run.plural and (run.kind in ("person", "body", "others", "organisation") or run.noun.id == "migrants")
            return run.part == "adjective" and not rest and term.kind == "organisation"
        case Name():
            if term.part in ("adjective", "state", "seat", "nation"):
                return False
            if term.part == "city":
                return run.part == "adjective" and not rest
            if run.part == "noun" and run.noun is not None:
                if term.identity.kind == "person":
                    return len(rest) == 0 and not run.plural and run.kind in ("person", "body")
                return all(is_quote(w) for w in rest) and not run.plural and run.kind in ("organisation", "vessel", "body", "others")
            if term.identity.kind == "person":
                return owning or (run.part in ("party", "body", "adjective", "organisation", "city") and not rest)
            return run.part == "adjective" or (owning and run.part == "state") or (run.part == "state" and not gap and term.part == "party")


def _join(run: _Run, item: Item, words: Sequence[Word]) -> _Run:
    hit, term = item
    out = replace(run, end=hit.end, head=hit.end - 1)
    match term:
        case Noun():
            out.plural = term.plural
            if run.part == "noun" and run.noun is not None and term.of != "itself" and run.identity is None and not run.owners:
                # "government spokesman", "coast guard officials": still of an unnamed state, of the first noun's sector
                out.noun = replace(run.noun, kind=term.kind, plural=term.plural, written=term.written) if term.of == "owner" else term
                out.kind = term.kind
                return out
            if run.part == "unknown" and run.identity is None and (term.id in ("head", "envoy", "captain") or term.written == "president"):
                out.noun, out.kind, out.part = term, term.kind, "noun"
                out.identity = Identity("---", "CVL", term.kind, None, None)
                return out
            out.noun, out.kind, out.part = term, term.kind, "noun"
            if run.part == "noun" and run.noun is not None and term.of == "owner" and run.noun.of == "state":
                out.noun = replace(run.noun, kind=term.kind, plural=term.plural, written=term.written)
                out.identity = _owned(out.noun, run.owners) if run.owners else None
                return out
            owners = run.owners if run.part != "noun" or run.owners else ()
            if run.identity is not None and run.identity.kind in ("organisation", "vessel", "criminals") and run.part == "noun":
                owners = (run.identity,)
            out.owners = owners
            out.identity = _owned(term, owners)
            out.nationalities = tuple(dict.fromkeys(o.code for o in owners if o.kind == "state")) if term.kind == "people" else ()
        case Name():
            out.identity, out.kind, out.part, out.noun = term.identity, term.identity.kind, term.part, None
            out.name_start, out.plural = hit.start, False
            out.owners = (*(run.owners if run.part == "adjective" else ()), term.identity)
        case Unknown():
            out.kind, out.part, out.name_start, out.plural = term.kind, "unknown", hit.start, False
            if run.noun is not None and run.noun.of != "itself" and run.identity is None:
                out.identity = None
            elif run.part == "adjective" and run.identity is not None:
                out.identity = replace(run.identity, kind=term.kind, actor_id=None, canonical_name=None)
            if out.identity is not None:
                name = " ".join(w.text for w in words[hit.start : hit.end] if not is_hyphen(w))
                prefix = "person" if term.kind == "person" else out.identity.code.lower().strip("-") or "org"
                out.identity = replace(out.identity, kind=term.kind, actor_id=f"{prefix}/{slug(name)}", canonical_name=name)
    return out


def _owned(noun: Noun, owners: Sequence[Identity]) -> Identity | None:
    """Who a noun names, given who stands before it or after "of"; None where that leaves it open."""
    if noun.of == "itself":
        return _fixed(noun)
    useful = [o for o in owners if o.code not in ("REF", "CRM", "---")]
    if not useful:
        return None
    if noun.kind == "vessel":
        states = [o for o in useful if o.kind == "state"]
        owner = states[0] if states else useful[-1]
    else:
        owner = useful[-1]
    if owner.code == "EUR" and noun.plural and noun.id in _UNION_GROUP:
        return Identity("EUR", "GOV", "state", "eur/member-states", "member states of the European Union")
    if len(owner.code) == 3 and owner.kind == "state" and owner.code != "EUR":
        if noun.id == "ship":
            return Identity(owner.code, "MIL", "vessel", None, None)
        sector = "GOV" if noun.id in ("head", "envoy", "states", "group", "board") else noun.sector
        return Identity(owner.code, sector, noun.kind, f"{owner.code.lower()}/{_office(noun)}", None)
    if owner.code in ("NGO", "UNO", "AFU", "IGO", "EUR") or noun.of == "owner":
        return replace(owner, kind=noun.kind)
    if owner.sector == "PTY" or noun.id in ("minister", "gov", "court", "parliament", "ministry", "coastguard", "navy", "party"):
        return Identity(owner.code, noun.sector, noun.kind, f"{owner.code.lower()}/{_office(noun)}", None)
    return replace(owner, kind=noun.kind)


def _office(noun: Noun) -> str:
    return "gov" if noun.id in ("head", "envoy", "states", "gov") else noun.id if noun.id != "minister" else slug(noun.written)


def owned_by(noun: Noun, code: str, known: Knowledge) -> Identity:
    """Who a noun names if it belongs to a state."""
    identity = known.states.get(code) or Identity(code, "GOV", "state", f"{code.lower()}/gov", None)
    return _owned(noun, [identity]) or Identity(code, noun.sector, noun.kind, None, None)


def _phrase(run: _Run, words: Sequence[Word], inside: Sequence[bool], floor: int) -> Phrase:
    identities = (run.identity,) if run.identity is not None else ()
    kind, place = run.kind, False
    nationalities = run.nationalities
    state = next((o.code for o in run.owners if o.kind == "state"), None)
    before = words[run.start - 1].key if run.start else ""
    if run.part in ("city", "seat"):
        if before == "the" and run.start > 1:
            before = words[run.start - 2].key
        place = before in _PLACING or before in ("from", "to") and run.part == "city"
    start = run.start
    if run.part == "noun":
        while start > floor and inside[start - 1] and words[start - 1].key not in _SMALL and (words[start - 1].text[:1].isalnum() or is_hyphen(words[start - 1])):
            start -= 1
    while start < run.start and is_hyphen(words[start]):
        start += 1
    name_start = start if run.part in ("noun", "nation") else run.name_start
    start = _counted_from(words, start) if kind != "person" else start
    if kind == "people" or (run.noun is not None and run.noun.of == "itself"):
        name_start = min(name_start, start)
    return Phrase(start, run.end, name_start, run.end, run.head, kind, identities, run.noun, run.plural, nationalities, state, place, run.part)


def _counted_from(words: Sequence[Word], start: int) -> int:
    """Where the count of a phrase begins: "*dozens of* migrants", "*one of the* states"."""
    while start > 1:
        at = start - 1
        if words[at].key in _SMALL and at > 1:
            at -= 1
        if words[at].key != "of" or not (words[at - 1].key in _COUNTED or words[at - 1].key in _FEW or words[at - 1].text.isdigit()):
            return start
        start = at - 1
        while start > 0 and (words[start - 1].text[:1].isdigit() or words[start - 1].key in _PASSED):
            start -= 1
    return start


# --- owners after "of", "from", "in" -----------------------------------------------------------------------------------


def _with_owners(built: list[tuple[Phrase, _Run]], words: Sequence[Word], known: Knowledge, inside: Sequence[bool]) -> Iterator[Phrase]:
    at = 0
    while at < len(built):
        phrase, run = built[at]
        at += 1
        owners: list[tuple[Phrase, _Run]] = []
        joint = phrase.end
        if phrase.noun is not None and run.part == "noun" or (run.part == "unknown" and run.noun is not None):
            while at + len(owners) < len(built):
                following, its_run = built[at + len(owners)]
                if not (_joint(words, joint, following.start, first=not owners, noun=phrase.noun, only_of=run.owners != ()) and _may_own(its_run)):
                    break
                if owners and its_run.part not in ("state", "city", "seat"):
                    break
                owners.append((following, its_run))
                joint = following.end
            while len(owners) > 1 and _starts_clause(words, owners[-2][0].end, owners[-1][0]):
                owners.pop()
        if owners and (made := _owned_phrase(phrase, owners)) is not None:
            yield made
            at += len(owners)
        else:
            yield phrase


def _starts_clause(words: Sequence[Word], end: int, last: Phrase) -> bool:
    return False


def _joint(words: Sequence[Word], end: int, start: int, *, first: bool, noun: Noun | None, only_of: bool) -> bool:
    gap = [w.key for w in words[end:start]]
    if not gap or len(gap) > 4:
        return False
    if not first:
        return gap in ([","], ["and"], [",", "and"], ["and", "the"], ["or"])
    if gap[0] not in _OWNING:
        return False
    if only_of and gap[0] not in ("of", "from"):
        return False
    if gap[0] == "by":
        return False
    if noun is not None and noun.of == "itself" and gap[0] != "from" and not (noun.kind == "people" and gap[0] == "of"):
        return False
    if noun is not None and noun.id in ("head", "ship") and gap[0] == "in":
        return False
    rest = [k for k in gap[1:] if k not in ("the", "a", "an", "both", "'", '"', "“", "‘")]
    return len(rest) <= 1 and all(k in _PASSED or k in ("five", "six", "seven", "some", "several", "eight", "other") or k.isdigit() for k in rest)


def _may_own(run: _Run) -> bool:
    return run.kind in ("state", "body", "organisation", "person", "vessel") and run.part != "adjective"


def _owned_phrase(phrase: Phrase, owners: list[tuple[Phrase, _Run]]) -> Phrase | None:
    end = owners[-1][0].end
    noun = phrase.noun
    identities = [i for p, r in owners for i in (p.identities or ())]
    if noun is None:
        return None
    if noun.kind == "people":
        nations = tuple(i.code for i in identities if i.kind == "state" and i.code != "EUR")
        if not nations:
            return None
        return replace(phrase, end=end, nationalities=nations, state=None)
    if noun.of == "itself":
        return None
    if not identities and owners[0][1].noun is not None and noun.of == "owner":
        inner = owners[0][1].noun
        return replace(phrase, end=end, noun=replace(inner, kind=noun.kind, plural=noun.plural, written=noun.written))
    made = [m for i in identities if (m := _owned(noun, [i])) is not None]
    if not made:
        return None
    if owners[0][1].part == "city" and phrase.identities:
        return replace(phrase, end=end)
    return replace(phrase, end=end, identities=tuple(dict.fromkeys(made)), kind=phrase.kind, state=made[0].code, name_end=phrase.name_end if phrase.identities else end)
