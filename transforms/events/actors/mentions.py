"""The mentions of actors in a parsed sentence."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from schemas.events import Actor
from transforms.events.actors.cast import Cast
from transforms.events.actors.knowledge import Identity, knowledge
from transforms.events.actors.phrases import Phrase, Unknown, owned_by, phrases
from transforms.events.actors.reference import resolve_noun, resolve_pronoun
from transforms.events.actors.wording import Word, words_of
from transforms.events.candidate import Mention, Sentence

_PLACE_NOUNS = frozenset(
    "island islands coast coasts coastline water waters border borders port ports city cities town towns village villages territory soil sea shore shores camp camps "
    "side mainland desert harbour harbor waters airport capital peninsula province region beach channel peninsula flag language passport citizenship nationality time "
    "radio television newspaper media tv search-and-rescue sar zone election elections".split()
)
_DESTINATIONS = frozenset(
    "AUS AUT BEL BGR CAN CHE CYP CZE DEU DNK ESP EST EUR FIN FRA GBR GRC HRV HUN IRL ISL ISR ITA JPN LTU LUX LVA MLT NLD NOR NZL POL PRT ROU RUS SVK SVN SWE TUR USA".split()
)
_SETTLED = _DESTINATIONS - frozenset("BGR EUR ISR ROU RUS TUR".split())
"""States whose people are hardly ever the migrants of the news: "an Italian woman" is no refugee."""

_INSIDE = ("JJ", "NN", "CD", "VBN", "VBG", "HYPH", "NNP")
_ARGUMENTS = frozenset("nsubj nsubjpass dobj pobj conj ROOT".split())
_EVENT_NOUNS = frozenset(
    "landing landings arrival arrivals crossing crossings death deaths departure departures rescue rescues return returns relocation resettlement deportation "
    "deportations repatriation repatriations readmission readmissions evacuation transfer transfers disembarkation drownings disaster tragedy shipwreck smuggling trafficking".split()
)
"""Nouns whose modifier is who it happens to: "*migrant* landings"."""

_INDEFINITE = frozenset("another many several some those others most all both".split())
_OF_PEOPLE = frozenset("who on aboard rescued seeking fleeing arriving without stranded trying saved intercepted in found deemed".split())
"""What follows a word alone that stands for people."""

_COUNTING = frozenset("dozens hundreds thousands tens scores group number boatload majority some many most all one two three several half".split())
_PRONOUNS = frozenset("he she him her his their its they them it who whom we i us".split())


def find_mentions(doc: Doc, sentence: Sentence, cast: Cast) -> list[Mention]:
    """The noun phrases of a parsed sentence that name actors, in order, none within another.

    `doc` is the parse of `sentence.text`. Offsets of actors are code points of the article's field; they are None where the
    name stands in another sentence.
    """
    words = words_of(sentence.text)
    tokens = _aligned(words, doc)
    inside = [_is_inside(doc[i]) for i in tokens]
    found = phrases(words, knowledge(), cast.own, inside, _entities(doc, words, tokens))
    mentions = [m for p in found if (m := _mention(p, doc, sentence, cast, words, tokens)) is not None]
    covered = {i for m in mentions for i in range(m.start, m.end)}
    mentions += _numbers(doc, sentence, covered)
    mentions += _indefinites(doc, sentence, {i for m in mentions for i in range(m.start, m.end)})
    mentions.sort(key=lambda m: m.start)
    mentions += _pronouns(doc, sentence, cast, mentions, {i for m in mentions for i in range(m.start, m.end)})
    return sorted(mentions, key=lambda m: m.start)


def actors_of(token_index: int, doc: Doc, mentions: Sequence[Mention], cast: Cast) -> tuple[Actor, ...]:
    """The actors of the noun phrase that a token heads or stands in; none if it names no actor.

    Several where the phrase itself names several ("ministers from Italy and Malta"); what is coordinated with it has mentions
    of its own. A token between a phrase and its counting head ("*dozens* of people") leads to the phrase.
    """
    at: int | None = token_index
    for _ in range(3):
        mention = next((m for m in mentions if at is not None and m.start <= at < m.end), None)
        if mention is not None or at is None:
            return mention.actors if mention is not None else ()
        of = next((c for c in doc[at].children if c.dep_ == "prep" and c.lower_ == "of"), None)
        counted = doc[at].lower_ in _COUNTING or doc[at].tag_ == "CD"
        at = next((c.i for c in of.children if c.dep_ == "pobj"), None) if of is not None and counted else None
    return ()


# --- from words to tokens ----------------------------------------------------------------------------------------------


def _aligned(words: Sequence[Word], doc: Doc) -> list[int]:
    """For each word the token that it begins in."""
    tokens, at = [], 0
    for word in words:
        while at + 1 < len(doc) and doc[at + 1].idx <= word.start:
            at += 1
        tokens.append(at)
    return tokens


def _is_inside(token: Token) -> bool:
    if token.tag_ in ("NNS", "NNPS"):
        return token.dep_ in ("compound", "nmod", "amod")
    return token.tag_.startswith(_INSIDE) and not (token.tag_ in ("VBN", "VBG") and token.dep_ not in ("amod", "compound"))


def _entities(doc: Doc, words: Sequence[Word], tokens: Sequence[int]) -> list[Unknown]:
    found = []
    for ent in doc.ents:
        if ent.label_ in ("PERSON", "ORG"):
            inside = [n for n, t in enumerate(tokens) if ent.start <= t < ent.end]
            while inside and (not words[inside[0]].text[:1].isupper() or words[inside[0]].key in ("the", "a", "an")):
                inside.pop(0)
            while inside and not words[inside[-1]].text[:1].isalnum() or (inside and words[inside[-1]].key == "'s"):
                inside.pop()
            if inside and words[inside[0]].text[:1].isalpha():
                found.append(Unknown(inside[0], inside[-1] + 1, "person" if ent.label_ == "PERSON" else "organisation"))
    return found


# --- mentions ----------------------------------------------------------------------------------------------------------


def _mention(phrase: Phrase, doc: Doc, sentence: Sentence, cast: Cast, words: Sequence[Word], tokens: Sequence[int]) -> Mention | None:
    if phrase.part in ("city", "seat", "state") and _is_dateline(words, phrase):
        return None
    if phrase.place or (phrase.part == "city" and doc[tokens[phrase.head]].ent_type_ not in ("GPE", "LOC")):
        return None
    start, end = tokens[phrase.start], tokens[phrase.end - 1] + 1
    head = tokens[phrase.head]
    following = _modified(doc, head, end)
    if phrase.part == "adjective":
        if following is None and doc[head].dep_ in _ARGUMENTS:
            phrase = replace(phrase, part="nation")
        elif following is None or following.lower_ in _PLACE_NOUNS:
            return None
    elif phrase.part == "noun":
        if words[phrase.head].key == "board" and words[phrase.head - 1].key in ("on", "aboard"):
            return None
        counted = phrase.start < phrase.head and words[phrase.head - 1].text[:1].isdigit()
        if not doc[head].tag_.startswith(("NN", "CD")) and not counted and not (phrase.plural and following is None and doc[head].tag_ != "VBZ"):
            return None
        single = not phrase.plural and phrase.end - phrase.name_start == 1
        if following is not None and following.lower_ in _EVENT_NOUNS and phrase.kind == "people":
            pass
        elif following is not None and single and phrase.kind in ("people", "criminals", "others", "organisation", "vessel"):
            return None
    elif phrase.part == "unknown" and phrase.kind == "organisation" and not phrase.identities:
        if phrase.noun is None and phrase.start and words[phrase.start - 1].key in ("in", "at", "near", "off", "on"):
            return None
    identities = tuple(cast.of_home(i) for i in phrase.identities)
    kind = phrase.kind
    nationalities = phrase.nationalities
    if phrase.part == "nation" and identities and identities[0].code not in _DESTINATIONS:
        nationalities = (identities[0].code,)
        identities, kind = (Identity("REF", "REF", "people", None, None),), "people"
    if phrase.noun is not None and phrase.noun.id == "people" and (phrase.state in _SETTLED or phrase.state == "USA"):
        identities, kind, nationalities = (Identity(phrase.state or "---", "CVL", "others", None, None),), "others", ()
    if not identities or (phrase.noun is not None and phrase.noun.id == "rescue-ships"):
        identities = resolve_noun(phrase, words, sentence, cast)
    first, last = words[phrase.name_start], words[phrase.name_end - 1]
    name = sentence.text[first.start : last.end]
    actors = tuple(
        Actor(
            name=name,
            code=i.code,
            sector=i.sector,
            actor_id=i.actor_id,
            canonical_name=i.canonical_name,
            nationalities=nationalities if i.code == "REF" else (),
            start=sentence.start + first.start,
            end=sentence.start + last.end,
        )
        for i in identities
    )
    return Mention(start, end, _root(doc, start, end, head), actors, kind)


def _is_dateline(words: Sequence[Word], phrase: Phrase) -> bool:
    """Whether a place is the dateline, in capitals before the agency: "ROME (Reuters) -"."""
    capitals = all(w.text.isupper() for w in words[phrase.start : phrase.end])
    return capitals and phrase.end < len(words) and phrase.end <= 4 and words[phrase.end].text in ("(", ",", "-", "–", "—", "/")


def _modified(doc: Doc, head: int, end: int) -> Token | None:
    """The noun that a phrase modifies, where it stands before one: "the *migrant* crisis"."""
    token = doc[head]
    if token.dep_ in ("compound", "amod", "nmod", "poss") and token.head.i >= end:
        between = doc[end : token.head.i]
        if token.dep_ != "poss" and all(t.tag_.startswith(_INSIDE + ("POS", "''", "``")) for t in between):
            return token.head
    return None


def _root(doc: Doc, start: int, end: int, head: int) -> int:
    for token in doc[start:end]:
        if not start <= token.head.i < end or token.head.i == token.i:
            if token.tag_.startswith(("NN", "CD")):
                return token.i
    return head


def _numbers(doc: Doc, sentence: Sentence, covered: set[int]) -> list[Mention]:
    """Bare numbers of people: "26 rescued off Samos"."""
    found = []
    for token in doc:
        if token.tag_ != "CD" or token.i in covered:
            continue
        participle = token.i + 1 < len(doc) and doc[token.i + 1].tag_ == "VBN"
        if not participle and token.dep_ in ("nummod", "quantmod", "compound", "npadvmod", "amod", "advmod"):
            continue
        if token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY") or token.i + 1 < len(doc) and doc[token.i + 1].text in ("%", "percent", "per", "a.m.", "p.m.", "years", "%."):
            continue
        if token.text[:1] in "$€£" or token.head.tag_ == "$":
            continue
        actor = _people(token.text, sentence, token.idx)
        found.append(Mention(token.i, token.i + 1, token.i, (actor,), "people"))
    return found


def _indefinites(doc: Doc, sentence: Sentence, covered: set[int]) -> list[Mention]:
    """People told of by a word alone: "*many* still cross", "*those* on board", "rescued *another*"."""
    found = []
    for token in doc:
        if token.i in covered or token.lower_ not in _INDEFINITE or token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj"):
            continue
        following = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
        if token.lower_ in ("those", "some", "many", "all", "most") and token.dep_ in ("dobj", "pobj") and following not in _OF_PEOPLE:
            continue
        if following == "of" or (token.lower_ == "those" and following not in _OF_PEOPLE):
            continue
        actor = _people(token.text, sentence, token.idx)
        found.append(Mention(token.i, token.i + 1, token.i, (actor,), "people"))
    return found


def _people(name: str, sentence: Sentence, at: int) -> Actor:
    return Actor(name=name, code="REF", sector="REF", start=sentence.start + at, end=sentence.start + at + len(name))


def _is_somebody(it: Token) -> bool:
    """Whether "it" may be an actor: the subject of a verb that is not "be", and no placeholder ("it was alleged that")."""
    verb = it.head
    if it.dep_ not in ("nsubj", "nsubjpass", "pobj") or verb.lower_ in ("is", "was", "be", "been", "'s", "are", "were", "seems", "appears", "takes", "means"):
        return False
    return it.dep_ != "nsubjpass" or not any(c.dep_ in ("ccomp", "csubj", "csubjpass") for c in verb.children)


def _pronouns(doc: Doc, sentence: Sentence, cast: Cast, mentions: Sequence[Mention], covered: set[int]) -> list[Mention]:
    found = []
    for token in doc:
        if token.i in covered or token.lower_ not in _PRONOUNS or token.dep_ == "expl":
            continue
        if not token.tag_.startswith(("PRP", "WP")):
            continue
        if token.lower_ == "it" and not _is_somebody(token):
            continue
        resolved = resolve_pronoun(token, doc, sentence, cast, mentions)
        if resolved is not None:
            actors, kind = resolved
            found.append(Mention(token.i, token.i + 1, token.i, actors, kind))
    return found
