"""The mentions of actors in a parsed sentence."""

from bisect import insort
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from schemas.events import Actor
from transforms.events.actors.anaphora import resolve_noun
from transforms.events.actors.cast import Cast
from transforms.events.actors.complements import phrases
from transforms.events.actors.knowledge import Identity, knowledge, wordlists
from transforms.events.actors.phrases import Phrase
from transforms.events.actors.pronouns import PRONOUNS, resolve_number, resolve_pronoun
from transforms.events.actors.terms import Unknown
from transforms.events.actors.wording import POSSESSIVE, Word, words_of
from transforms.events.candidate import Mention, Sentence

_INSIDE = ("JJ", "NN", "CD", "VBN", "VBG", "HYPH")
"""Tags of words inside a noun phrase."""

_ARGUMENTS = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "conj", "ROOT"])
_NO_PEOPLE = frozenset(["nummod", "quantmod", "compound", "npadvmod", "amod", "advmod"])
_NO_COUNT = frozenset(["DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY"])
_UNITS = frozenset(["%", "percent", "per", "a.m.", "p.m.", "years"])
_COUNTING = frozenset(
    [
        "dozens",
        "hundreds",
        "thousands",
        "tens",
        "scores",
        "number",
        "majority",
        "some",
        "many",
        "most",
        "all",
        "one",
        "half",
        "third",
    ]
)
_DATELINE_WORDS = 4


def find_mentions(doc: Doc, sentence: Sentence, cast: Cast) -> list[Mention]:
    """The noun phrases of a parsed sentence that name actors, in order, none within another.

    `doc` is the parse of `sentence.text`. Offsets of actors are code points of the article's field; they are None where
    the name stands in another sentence.
    """
    words = words_of(sentence.text)
    tokens = _aligned(words, doc)
    inside = [_is_inside(doc[i]) for i in tokens]
    reading = _Reading(doc, sentence, cast, words, tokens)
    found = phrases(words, knowledge(), cast.own, inside, list(_entities(doc, words, tokens)))
    mentions = [m for p in found if (m := reading.mention(p)) is not None]
    covered = {i for m in mentions for i in range(m.start, m.end)}
    for token in doc:
        if token.i not in covered and _stands_for_people(token):
            named = resolve_number(token, sentence, cast)
            mentions.append(
                _people(token, sentence) if named is None else Mention(token.i, token.i + 1, token.i, *named)
            )
    mentions.sort(key=lambda m: m.start)
    covered = {i for m in mentions for i in range(m.start, m.end)}
    for token in doc:
        if token.i not in covered and _is_pronoun(token):
            resolved = resolve_pronoun(token, doc, sentence, cast, mentions)
            if resolved is not None:
                insort(mentions, Mention(token.i, token.i + 1, token.i, *resolved), key=lambda m: m.start)
    return mentions


def actors_of(token_index: int, doc: Doc, mentions: Sequence[Mention], cast: Cast) -> tuple[Actor, ...]:
    """The actors of the noun phrase that a token heads or stands in; none if it names no actor.

    Several where the phrase itself names several ("ministers from Italy and Malta"); what is coordinated with it has
    mentions of its own. A token that counts ("*a third* of the migrants") leads to what it counts.
    """
    at: int | None = token_index
    for _ in range(3):
        mention = next((m for m in mentions if at is not None and m.start <= at < m.end), None)
        if mention is not None or at is None:
            return mention.actors if mention is not None else ()
        of = next((c for c in doc[at].children if c.dep_ == "prep" and c.lower_ == "of"), None)
        counts = doc[at].lower_ in _COUNTING or doc[at].tag_ == "CD"
        at = next((c.i for c in of.children if c.dep_ == "pobj"), None) if of is not None and counts else None
    return ()


# --- from words to tokens --------------------------------------------------------------------------------------------


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
    if token.tag_ in ("VBN", "VBG"):
        return token.dep_ in ("amod", "compound")
    return token.tag_.startswith(_INSIDE)


def _entities(doc: Doc, words: Sequence[Word], tokens: Sequence[int]) -> Iterator[Unknown]:
    """The people and organisations that the name finder sees, without articles and titles."""
    skipped = wordlists()["titles"] | {"the", "a", "an"}
    for ent in doc.ents:
        if ent.label_ not in ("PERSON", "ORG"):
            continue
        inside = [n for n, t in enumerate(tokens) if ent.start <= t < ent.end]
        while inside and (not words[inside[0]].text[0].isupper() or words[inside[0]].key in skipped):
            inside.pop(0)
        while inside and (not words[inside[-1]].text[-1].isalnum() or words[inside[-1]].key == POSSESSIVE):
            inside.pop()
        if inside and words[inside[0]].text[0].isalpha():
            yield Unknown(inside[0], inside[-1] + 1, "person" if ent.label_ == "PERSON" else "organisation")


# --- from phrases to mentions ----------------------------------------------------------------------------------------


class _Reading:
    """A sentence, its parse and its article, to make mentions of phrases."""

    def __init__(self, doc: Doc, sentence: Sentence, cast: Cast, words: Sequence[Word], tokens: Sequence[int]) -> None:
        self.doc, self.sentence, self.cast, self.words, self.tokens = doc, sentence, cast, words, tokens

    def mention(self, phrase: Phrase) -> Mention | None:
        """The mention of a phrase; None where it names no actor after all."""
        start, end, head = self.tokens[phrase.start], self.tokens[phrase.end - 1] + 1, self.tokens[phrase.head]
        following = self._modified(head, end)
        if phrase.part == "adjective" and following is None and self.doc[head].dep_ in _ARGUMENTS:
            phrase = phrase._replace(part="nation")  # "one Syrian drowned", "the Swiss refused"
        if not self._names_somebody(phrase, following):
            return None
        kind, identities, nationalities = self._identified(phrase)
        first, last = self.words[phrase.name_start], self.words[phrase.name_end - 1]
        actors = tuple(
            Actor(
                name=self.sentence.text[first.start : last.end],
                code=i.code,
                sector=i.sector,
                actor_id=i.actor_id,
                canonical_name=i.canonical_name,
                nationalities=nationalities if i.code == "REF" else (),
                start=self.sentence.start + first.start,
                end=self.sentence.start + last.end,
            )
            for i in identities
        )
        return Mention(start, end, self._root(start, end, head), actors, kind)

    def _modified(self, head: int, end: int) -> Token | None:
        """The noun that a phrase modifies, where it stands before one: "the *migrant* crisis"."""
        token = self.doc[head]
        if token.dep_ not in ("compound", "amod", "nmod") or token.head.i < end:
            return None
        between = self.doc[end : token.head.i]
        return token.head if all(t.tag_.startswith((*_INSIDE, "POS", "''", "``")) for t in between) else None

    def _names_somebody(self, phrase: Phrase, following: Token | None) -> bool:
        word = self.words[phrase.head]
        match phrase.part:
            case "city" | "seat" | "state":
                if phrase.part != "state" and following is not None and following.lower_ in wordlists()["named_after"]:
                    return False
                named = phrase.part != "city" or self.doc[self.tokens[phrase.head]].ent_type_ in ("GPE", "LOC")
                return named and not phrase.place and not self._is_dateline(phrase)
            case "adjective":
                return following is not None and following.lower_ not in wordlists()["places"]
            case "noun":
                before = self.words[phrase.start - 1].key if phrase.start else ""
                unnamed = phrase.noun is not None and phrase.noun.id == "board" and not phrase.identities
                if unnamed and before not in wordlists()["determiners"] and before != POSSESSIVE:
                    return False  # "on board", "in office"
                return self._is_noun(phrase, following) and self._heads(phrase, following)
            case "unknown":
                before = self.words[phrase.start - 1].key if phrase.start else ""
                if self._is_dateline(phrase) or word.key in wordlists()["not_actors"]:
                    return False
                nameless = phrase.kind == "organisation" and not phrase.identities and phrase.noun is None
                return not (nameless and before in ("in", "at", "near", "off", "on"))
        return True

    def _is_noun(self, phrase: Phrase, following: Token | None) -> bool:
        tag = self.doc[self.tokens[phrase.head]].tag_
        counted = phrase.start < phrase.head and self.words[phrase.head - 1].text[0].isdigit()
        if following is not None and following.lower_ in wordlists()["fates"]:
            return True
        return tag.startswith(("NN", "CD")) or counted or (phrase.plural and following is None and tag != "VBZ")

    @staticmethod
    def _heads(phrase: Phrase, following: Token | None) -> bool:
        """Whether a noun heads its phrase: "refugees", not the "refugee" of "refugee camp"."""
        if following is None or phrase.kind not in ("people", "criminals", "others", "organisation", "vessel"):
            return True
        if phrase.kind == "people" and following.lower_ in wordlists()["fates"]:
            return True
        return phrase.plural or phrase.end - phrase.name_start > 1

    def _is_dateline(self, phrase: Phrase) -> bool:
        """Whether a place is the dateline, in capitals before the agency: "ROME (Reuters) -"."""
        if phrase.end > _DATELINE_WORDS or phrase.end >= len(self.words):
            return False
        capitals = all(w.text.isupper() for w in self.words[phrase.start : phrase.end])
        return capitals and self.words[phrase.end].text in ("(", ",", "-", "–", "—", "/")

    def _identified(self, phrase: Phrase) -> tuple[str, tuple[Identity, ...], tuple[str, ...]]:
        """Kind, identities and nationalities."""
        identities = tuple(self.cast.of_home(i) for i in phrase.identities)
        lists = wordlists()
        if phrase.part == "nation" and identities[0].code not in lists["settled"] | lists["acting_nations"]:
            return "people", (Identity("REF", "REF", "people"),), (identities[0].code,)
        if phrase.noun is not None and phrase.noun.id == "people" and phrase.state in lists["settled"]:
            return "others", (Identity(phrase.state, "CVL", "others"),), ()
        if not identities or (phrase.noun is not None and phrase.noun.id == "rescue-ships"):
            identities = resolve_noun(phrase, self.words, self.sentence, self.cast)
        return phrase.kind, identities, phrase.nationalities

    def _root(self, start: int, end: int, head: int) -> int:
        """The token of a span that the rest of the sentence hangs on."""
        for token in self.doc[start:end]:
            outside = token.head.i == token.i or not start <= token.head.i < end
            if outside and token.tag_.startswith(("NN", "CD")):
                return token.i
        return head


# --- people without a noun -------------------------------------------------------------------------------------------


def _stands_for_people(token: Token) -> bool:
    """Whether a number or a word alone stands for people: "26 rescued off Samos", "many cross", "those aboard"."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if token.tag_ == "CD":
        participle = following is not None and following.tag_ == "VBN"
        if (token.dep_ in _NO_PEOPLE and not participle) or token.ent_type_ in _NO_COUNT or token.head.tag_ == "$":
            return False
        return not (following is not None and following.lower_ in _UNITS) and token.text[0].isalnum()
    lists, word = wordlists(), token.lower_
    if word not in lists["alone"] or token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return False
    after = following.lower_ if following is not None else ""
    if after == "of":
        return False
    needs_more = word == "those" or (word in ("some", "many", "all", "most") and token.dep_ in ("dobj", "pobj"))
    return not needs_more or after in lists["of_people"]


def _people(token: Token, sentence: Sentence) -> Mention:
    at = sentence.start + token.idx
    actor = Actor(name=token.text, code="REF", sector="REF", start=at, end=at + len(token.text))
    return Mention(token.i, token.i + 1, token.i, (actor,), "people")


def _is_pronoun(token: Token) -> bool:
    return token.lower_ in PRONOUNS and token.tag_.startswith(("PRP", "WP", "WDT")) and token.dep_ != "expl"
