"""A sentence as the rules see it: its tree, its mentions of actors, base forms and word classes; headlines too.

Headlines are read with less trust in the tree: they drop articles and auxiliaries, and "strike" in "EU and Turkey strike
migration deal" looks like a noun to a tagger. There the order of words tells what the tree does not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from transforms.events.attachment import SAYING
from transforms.events.candidate import Mention, Sentence
from transforms.events.clauses import Clause, clause, is_verb, with_conjuncts
from transforms.events.words import classes_of, lemma

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
_PRONOUNS = frozenset("they them he him she her who it we us those others some all both many".split())
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
    headline: bool

    def is_a(self, token: int, wanted: str) -> bool:
        """Whether a token is a given word, or of a given class (`<people>`)."""
        if wanted.startswith("<"):
            return wanted[1:-1] in self.classes[token]
        return self.lemmas[token] == wanted

    def phrase(self, head: int) -> range:
        """The tokens of the phrase that a token heads, at most some forty."""
        token = self.doc[head]
        return range(max(token.left_edge.i, head - 20), min(token.right_edge.i + 1, head + 20))

    def is_verbal(self, token: int) -> bool:
        """Whether a token is used as a verb: by its tag, or in a headline by its neighbours."""
        one = self.doc[token]
        if is_verb(one):
            return one.dep_ not in ("amod", "compound", "aux", "auxpass")
        return self.headline and _verb_by_place(self.doc, token)

    def clause(self, token: int, kind: str) -> Clause:
        """The arguments of a predicate, where the tree is silent by the order of words."""
        found = clause(self.doc, token, kind)
        found.roles["speaker"] = self.speakers(token)
        if kind != "verb" or not self.headline:
            return found
        roles = dict(found.roles)
        nearby = _linear(self.doc, token)
        if is_verb(self.doc[token]):
            gaps = ("subject", "object") if found.passive else ("subject",)
            missing = [g for g in gaps if not (roles.get("subject") or roles.get("object"))]
            if "subject" in missing and nearby.get("subject"):
                roles["object" if found.passive else "subject"] = nearby["subject"]
            if not found.passive and not roles.get("object") and nearby.get("object"):
                roles["object"] = nearby["object"]
        else:
            roles = {**nearby, **{k: v for k, v in roles.items() if k not in nearby}}
        return Clause(found.anchor, found.kind, found.passive, roles)

    def speakers(self, token: int) -> tuple[int, ...]:
        """Who says what a predicate tells, where the sentence reports: "X said that …", "…, X said", "X: …"."""
        for above in ancestors(self.doc[token]):
            if above.lower_ in SAYING:
                return tuple(i for c in above.children if c.dep_ == "nsubj" for i in with_conjuncts(c))
        colon = next((t.i for t in self.doc[:8] if t.text == ":"), None)
        if self.headline and colon and colon < token:
            return (colon - 1,)
        after = [t for t in self.doc[token + 1 :] if t.lower_ in SAYING]
        return tuple(i for c in after[0].children if c.dep_ == "nsubj" for i in with_conjuncts(c)) if after else ()


def read(sentence: Sentence, doc: Doc, mentions: Sequence[Mention]) -> Reading:
    """A parsed sentence with what the rules ask of it."""
    lemmas = tuple(lemma(t.text) for t in doc)
    kinds: dict[int, tuple[str, ...]] = {}
    for mention in mentions:
        kinds[mention.head] = (*kinds.get(mention.head, ()), *_KINDS.get(mention.kind, ()))
    classes = tuple(_classes(doc, i, word, kinds.get(i, ())) for i, word in enumerate(lemmas))
    headline = sentence.field == "title" or is_headline(sentence.text)
    return Reading(sentence, doc, mentions, lemmas, classes, headline)


def is_headline(text: str) -> bool:
    """Whether a line of text is written like a headline: short, no full stop, hardly an article or an auxiliary."""
    return (
        len(text) < 240 and not text.rstrip().endswith((".", "!", '."', ".”", ".'", ",")) and not _FINITE.search(text)
    )


def _classes(doc: Doc, i: int, word: str, kinds: tuple[str, ...]) -> frozenset[str]:
    token = doc[i]
    found = set(kinds)
    if token.tag_.startswith(("NN", "JJ", "VBG", "VBN")):
        found |= classes_of(word)
    if kinds and "people" not in kinds:
        found -= {"people", "migrants"}
    if (
        token.tag_ == "CD"
        and (i + 1 == len(doc) or token.dep_ != "nummod")
        and not doc[i].text.startswith(("19", "20"))
    ):
        found.add("people")
    return frozenset(found)


def _verb_by_place(doc: Doc, i: int) -> bool:
    token = doc[i]
    if not token.tag_.startswith(("NN", "JJ", "RB", "UH")) or i == 0 or i + 1 >= len(doc) or token.text[:1].isupper():
        return False
    before, after = doc[i - 1], doc[i + 1]
    starts = before.tag_.startswith(("NN", "CD", "RB", "TO", "-RRB-")) or before.text in (")", "'", "’", "to")
    goes_on = after.tag_.startswith(("NN", "CD", "JJ", "DT", "PRP", "TO", "``", "RP", "VBN")) or after.text in "'’‘\"“"
    return starts and goes_on


def _linear(doc: Doc, i: int) -> dict[str, tuple[int, ...]]:
    """Roles by the order of words: the phrase before, the phrase after, and the prepositions up to the next verb."""
    roles: dict[str, tuple[int, ...]] = {}
    left = i - 1
    if left >= 0 and doc[left].text == ")":
        while left > 0 and doc[left].text != "(":
            left -= 1
        left -= 1
    while left >= 0 and doc[left].tag_ in ("TO", "RB", "MD"):
        left -= 1
    if left >= 0 and doc[left].tag_.startswith(_NOMINAL):
        roles["subject"] = _coordinated_left(doc, left)
    name, at = "object", i + 1
    while at < len(doc) and doc[at].text not in _SIDE_BY_SIDE and not is_verb(doc[at]):
        token = doc[at]
        if token.tag_ in ("IN", "TO"):
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
    found = []
    for one in token.ancestors:
        if len(found) == 30:
            break
        found.append(one)
    return found
