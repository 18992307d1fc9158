"""A sentence as the rules see it: its tree, mentions of actors, base forms and word classes; headlines too.

Headlines are read with less trust in the tree: they drop articles and auxiliaries, and "strike" in "EU and Turkey
strike migration deal" looks like a noun to a tagger. There the order of words tells what the tree does not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from spacy.tokens import Doc, Token

from transforms.events.candidate import Mention, Sentence
from transforms.events.clauses import Clause, clause, is_participle, is_verb, with_conjuncts
from transforms.events.tagger import Tags, event_types
from transforms.events.words import classes, classes_of, lemma, word_list

_KINDS = {
    "state": ("actor", "state"),
    "body": ("actor",),
    "person": ("actor",),
    "organisation": ("actor",),
    "people": ("people", "migrants"),
    "vessel": ("vessel", "ship"),
    "criminals": ("criminals",),
    "others": ("others",),
}
_VERBAL = frozenset({"policy_act", "migration"})
"""Classes of verbs."""

_ALL = frozenset(classes())
_SECTORS = {"JUD": "court", "MIL": "guards", "COP": "guards"}
_PEOPLE = word_list("pronouns of people")
"""Pronouns that may stand for people on the move, where no one better is known."""

_NOMINAL = ("NN", "CD", "PRP")
_SIDE_BY_SIDE = frozenset({";", ":", "–", "—", "|"})
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|said|says|the|a|an)\b")


@dataclass(frozen=True, slots=True)
class Reading:
    """One parsed sentence. Tokens are indexes into `doc`."""

    sentence: Sentence
    doc: Doc
    mentions: Sequence[Mention]
    lemmas: tuple[str, ...]
    classes: tuple[frozenset[str], ...]
    """For each token the word classes that a phrase headed by it belongs to (see `words.yaml`)."""
    said: tuple[frozenset[str], ...]
    """For each token what a trigger may ask for: its word, its base form, its classes (`<people>`), and `<any>`."""
    headline: bool
    verbal: tuple[bool, ...]
    """For each token whether it is used as a verb: by its tag, or in a headline by its neighbours."""
    saying: tuple[int, ...]
    """Verbs that report."""
    tags: Tags
    """What the tagger makes of the sentence."""
    told: np.ndarray
    """For each token how likely it tells an event of each type, to the tagger: float32 [tokens, types]."""
    clauses: dict[tuple[int, str], Clause] = field(default_factory=dict, repr=False)
    """Those that were asked for: many triggers ask for the same one."""

    def told_by(self, token: int, event_type: str) -> float:
        """How likely a token is the word that tells an event of this type, to the tagger."""
        return float(self.told[token, event_types()[event_type]])

    def telling(self, event_type: str) -> list[float]:
        """`told_by` of every token."""
        return [float(p) for p in self.told[:, event_types()[event_type]]]

    def phrase(self, head: int) -> range:
        """The tokens of the phrase that a token heads, at most some forty."""
        token = self.doc[head]
        return range(max(token.left_edge.i, head - 20), min(token.right_edge.i + 1, head + 20))

    def clause(self, token: int, kind: str) -> Clause:
        """The arguments of a predicate, where the tree is silent by the order of words."""
        known = self.clauses.get((token, kind))
        if known is None:
            known = self.clauses[token, kind] = self._clause(token, kind)
        return known

    def _clause(self, token: int, kind: str) -> Clause:
        found = clause(self.doc, token, kind)
        found.roles["speaker"] = self.speakers(token)
        found.roles["itself"] = (found.anchor,)
        if any(self.doc[i].lower_ in ("we", "i") for i in found.role("subject")) and found.roles["speaker"]:
            found.roles["subject"] = found.roles["speaker"]
        if kind != "verb" or not self.headline:
            return found
        return self._in_headline(found)

    def _in_headline(self, found: Clause) -> Clause:
        token, nearby, roles = self.doc[found.anchor], _linear(self.doc, found.anchor), dict(found.roles)
        if not is_verb(token):
            return Clause(found.anchor, "verb", False, {**roles, **nearby})
        after = next((t for t in self.doc[token.i + 1 :] if t.tag_ not in ("RP", "RB")), None)
        beside = after is not None and after.tag_ not in ("IN", "TO", ":", ",", ".", "-RRB-")
        if not found.passive and is_participle(token) and not beside and (roles.get("subject") or "subject" in nearby):
            roles["object"] = roles.pop("subject", ()) or nearby["subject"]
            return Clause(
                found.anchor, "verb", True, roles
            )  # "26 migrants rescued off Samos": headlines have no past tense
        if not found.passive:
            for role in ("subject", "object"):
                if not roles.get(role) and role in nearby:
                    roles[role] = nearby[role]
        elif not roles.get("object") and "subject" in nearby:
            roles["object"] = nearby["subject"]
        return Clause(found.anchor, "verb", found.passive, roles)

    def only_reports(self, token: int) -> bool:
        """Whether somebody reports what others did: "20 people were rescued, the *navy* said"."""
        one = self.doc[token]
        return one.dep_ == "nsubj" and one.head.i in self.saying

    def speakers(self, token: int) -> tuple[int, ...]:
        """Who says what a predicate tells, where the sentence reports: "X said that …", "…, X said", "X: …"."""
        for above in ancestors(self.doc[token]):
            if above.i in self.saying:
                return tuple(i for c in above.children if c.dep_ == "nsubj" for i in with_conjuncts(c))
        colon = next((t.i for t in self.doc[:8] if t.text == ":"), None)
        if self.headline and colon and colon < token:
            before = [m.head for m in self.mentions if m.start < colon and m.kind != "people"]
            return tuple(before[:1])
        after = next((self.doc[i] for i in self.saying if i > token), None)
        children = after.children if after is not None else ()
        return tuple(i for c in children if c.dep_ == "nsubj" for i in with_conjuncts(c))


def read(sentence: Sentence, doc: Doc, mentions: Sequence[Mention], tags: Tags) -> Reading:
    """A parsed sentence with what the rules ask of it."""
    lemmas = tuple(lemma(t.text, verb=is_verb(t)) for t in doc)
    kinds: dict[int, tuple[str, ...]] = {}
    for mention in mentions:
        sectors = (_SECTORS[a.sector] for a in mention.actors if a.sector in _SECTORS)
        kinds[mention.head] = (*kinds.get(mention.head, ()), *_KINDS.get(mention.kind, ()), *sectors)
    classes = _classes(doc, lemmas, kinds)
    headline = sentence.field == "title" or is_headline(sentence.text)
    saying = tuple(i for i, word in enumerate(lemmas) if "saying" in classes_of(word))
    starts = np.array([token.idx for token in doc])
    told = tags.told_by_each(starts, starts + [len(token) for token in doc])
    said = tuple(
        frozenset(("<any>", word, token.lower_, *(f"<{name}>" for name in of_token)))
        for word, token, of_token in zip(lemmas, doc, classes, strict=True)
    )
    verbal = tuple(_is_verbal(doc, token, headline) for token in doc)
    return Reading(sentence, doc, mentions, lemmas, classes, said, headline, verbal, saying, tags, told)


def is_headline(text: str) -> bool:
    """Whether a line of text is written like a headline: short, no full stop, hardly an article or an auxiliary."""
    return (
        len(text) < 240 and not text.rstrip().endswith((".", "!", '."', ".”", ".'", ",")) and not _FINITE.search(text)
    )


_TRANSPARENT = word_list("transparent")
"""Words whose phrase is about what follows "of": "*tens of thousands of* visas"."""

_COUNTING = word_list("counting")
"""Words before a number, or before what is counted."""

_AFTER_VERB = word_list("after headline verb")

_PLURAL = ("NNS", "NNPS", "CD", "-RRB-")


def _classes(doc: Doc, words: Sequence[str], kinds: dict[int, tuple[str, ...]]) -> tuple[frozenset[str], ...]:
    own = [_own_classes(doc, i, word, kinds.get(i, ())) for i, word in enumerate(words)]
    found = list(own)
    for token in doc:
        if words[token.i] in _TRANSPARENT or token.tag_ == "CD":
            seen, inner = {token.i}, _counted(token)
            while inner is not None and inner.i not in seen:
                seen.add(inner.i)
                found[token.i] |= own[inner.i]
                inner = _counted(inner) if words[inner.i] in _TRANSPARENT else None
    return tuple(found)


def _counted(token: Token) -> Token | None:
    of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    return next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None


def _own_classes(doc: Doc, i: int, word: str, kinds: tuple[str, ...]) -> frozenset[str]:
    token = doc[i]
    found = set(kinds)
    if token.tag_.startswith(("NN", "JJ", "VB", "FW", "RB", "CD")):
        found |= classes_of(word) & (_VERBAL if is_verb(token) and token.tag_ not in ("VBG", "VBN") else _ALL)
    if kinds and "people" not in kinds:
        found -= {"people", "migrants"}
    ends = i + 1 == len(doc) or not doc[i + 1].tag_.startswith(("NN", "JJ", "CD"))
    if token.tag_ == "CD" and token.dep_ not in ("nummod", "quantmod") and not _is_year_or_money(doc, token):
        found.add("people")
    if token.lower_ in _PEOPLE or (token.lower_ == "more" and i > 0 and doc[i - 1].tag_ == "CD"):
        found.add("people")
    if token.tag_ in ("DT", "JJ", "NN", "NNS") and word in ("some", "many", "several", "other", "most") and ends:
        found.add("people")
    return frozenset(found)


def _is_year_or_money(doc: Doc, token: Token) -> bool:
    if re.fullmatch(r"(?:19|20)\d\d", token.text) or token.ent_type_ in ("MONEY", "DATE", "PERCENT", "TIME"):
        return True
    return any(t.text in "$€£%" for t in doc[max(0, token.i - 2) : token.i + 2])


def _is_verbal(doc: Doc, token: Token, headline: bool) -> bool:
    if is_verb(token):
        return token.dep_ not in ("amod", "compound", "aux", "auxpass")
    return headline and _verb_by_place(doc, token.i)


def _verb_by_place(doc: Doc, i: int) -> bool:
    """Whether a word that a tagger took for a noun or adjective stands where a headline has its verb."""
    token = doc[i]
    if not token.tag_.startswith(("NN", "JJ", "RB", "UH")) or i + 1 >= len(doc) or token.text[:1].isupper():
        return False
    left = _before(doc, i)
    if left < 0:
        return False
    before, after = doc[left], doc[i + 1]
    if before.lower_ == "to":
        return True
    third = token.lower_.endswith("s") and not token.lower_.endswith("ss")
    if not before.tag_.startswith(("NN", "CD", "RB", "NNP")) and before.text not in ("'", "’"):
        return False
    plural = before.tag_ in _PLURAL or before.lower_ in ("people", "police") or doc[max(0, left - 1)].lower_ == "and"
    plural = plural or (left >= 2 and doc[left - 1].lower_ == "of" and doc[left - 2].tag_ in _PLURAL)
    if third == plural and before.text not in ("'", "’"):
        return False
    if (
        after.lower_ in _COUNTING
        or after.tag_.startswith(("CD", "DT", "PRP", "TO", "``", "VBN"))
        or after.text in "'’‘\"“"
    ):
        return True
    if after.tag_ == "IN":
        alone = before.tag_.startswith("NNP") and not any(is_verb(t) for t in doc)
        return after.lower_ in _AFTER_VERB and (not third or alone or after.lower_ in ("against", "off", "near"))
    return after.tag_.startswith(("NN", "JJ", "RP"))


def _before(doc: Doc, i: int) -> int:
    """The token before one, over an insertion in brackets or commas: "32 migrants, mostly Pakistanis, land"."""
    left = i - 1
    closing = {")": "(", ",": ","}.get(doc[left].text) if left >= 0 else None
    if closing is not None:
        left -= 1
        while left > 0 and doc[left].text != closing:
            left -= 1
        left -= 1
    return left


def _linear(doc: Doc, i: int) -> dict[str, tuple[int, ...]]:
    """Roles by the order of words: the phrase before, the phrase after, and the prepositions up to the next verb."""
    roles: dict[str, tuple[int, ...]] = {}
    left = _before(doc, i)
    while left >= 0 and doc[left].tag_ in ("TO", "RB", "MD"):
        left -= 1
    if left >= 0 and doc[left].tag_.startswith(_NOMINAL):
        roles["subject"] = _coordinated_left(doc, left)
    name, at = "object", i + 1
    while at < len(doc) and doc[at].text not in _SIDE_BY_SIDE and not is_verb(doc[at]):
        token = doc[at]
        if token.tag_ in ("IN", "TO") and not (
            token.lower_ in _COUNTING and doc[min(at + 1, len(doc) - 1)].tag_ == "CD"
        ):
            name = token.lower_
        elif token.tag_.startswith(_NOMINAL) and name not in roles and _ends_phrase(doc, at):
            roles[name] = with_conjuncts(token)
        at += 1
    return roles


def _ends_phrase(doc: Doc, at: int) -> bool:
    return at + 1 >= len(doc) or not doc[at + 1].tag_.startswith(("NN", "CD", "JJ", "POS"))


def _coordinated_left(doc: Doc, at: int) -> tuple[int, ...]:
    found = [at]
    while at >= 2 and (doc[at - 1].lower_ in ("and", "&", ",", "/")) and doc[at - 2].tag_.startswith("NN"):
        at -= 2
        found.append(at)
    return tuple(sorted(found))


def ancestors(token: Token) -> list[Token]:
    """The heads of a token up to the root, at most thirty."""
    found: list[Token] = []
    for one in token.ancestors:
        if len(found) == 30:
            break
        found.append(one)
    return found
