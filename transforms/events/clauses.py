"""Who does what in a parsed sentence: a predicate with its arguments by role.

A predicate is a verb, or a noun or adjective that tells of an act ("the return of 90 migrants to Turkey"). Roles are
`subject` (who acts, also in the passive: "by the navy"), `object` (who or what is acted on, also in the passive),
`recipient` ("gave *Malta* a boat"), `predicate` ("was *illegal*"), `complement` (the verb of an infinitive or of a
that-clause; `infinitive` of the former alone), `purpose`, `modifier` (what stands before a noun: "*migrant* talks"),
`negation` and `modal` (the words for it), `verb` (what a noun is the subject of), `head` (what an adjective or adverb
is said of: "a cruel *policy*"), `itself` (the predicate) and every preposition by its own name.
"""

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from transforms.events.words import lemma, word_list

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_LIGHT = word_list("light")
"""Verbs that leave the telling to their noun: who "makes a request" requests."""

_INTRANSITIVE = word_list("intransitive")
"""Verbs whose bare participle is no passive: "the migrants disembarked in Messina" is read so by a weak parser."""

_BORROWED = word_list("borrowed prepositions")
"""Prepositions that are taken from the object where the verb has none: "signed a deal *with* Libya"."""

_KEEPING = word_list("keeping")
"""Verbs whose subject, not whose object, does what the infinitive says: "*Rome* uses drones to stop boats"."""

_PARTICLES = frozenset({"over", "up", "off", "away", "back", "out"})

_MAX_STEPS = 30
"""How far a chain of heads is followed; deeper trees come from text that is no sentence."""

_LISTED = 40
"""Words that a list of parties may have."""

_OPENED = 12
"""Within how many words after an opening participle's phrase its subject is over."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate and its arguments; tokens are indexes into the sentence's `Doc`."""

    anchor: int
    kind: str
    """verb, noun or adjective."""
    passive: bool
    roles: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Head tokens by role, coordinated ones each, in the order of the sentence."""

    def role(self, name: str) -> tuple[int, ...]:
        """The head tokens that fill a role; none where it is not filled."""
        return self.roles.get(name, ())


def is_verb(token: Token) -> bool:
    """Whether the tagger takes the token for a verb."""
    return token.tag_.startswith("VB")


def clause(doc: Doc, anchor: int, kind: str) -> Clause:
    """The clause around a predicate of the sentence; `kind` says how to read it, as the tag may be wrong."""
    if kind == "verb":
        return _verb(doc[anchor])
    return _noun(doc[anchor], kind)


def with_conjuncts(token: Token) -> tuple[int, ...]:
    """A phrase's head and the heads coordinated with it ("Italy, Malta and Greece")."""
    found = [token]
    for one in found:
        if len(found) > _MAX_STEPS:
            break
        found += [c for c in one.children if c.dep_ == "conj" and not is_verb(c)]
        # "met Seraj, who heads the government, as well as Sheibani": Sheibani is taken for a conjunct of "heads"
        found += [c for r in one.children if r.dep_ == "relcl" for c in r.children if c.dep_ == "conj" and _is_name(c)]
    return tuple(sorted({t.i for t in found}))


def _is_name(token: Token) -> bool:
    return token.tag_ in ("NNP", "NNPS")


# --- verbs -----------------------------------------------------------------------------------------------------------


def _verb(token: Token) -> Clause:
    roles: dict[str, list[int]] = {}
    passive = is_passive(token)
    subject, own = _subject(token)
    objects = [
        _antecedent(token) if c.tag_ in ("WDT", "WP") else c for c in token.children if c.dep_ in ("dobj", "obj")
    ]
    if not objects and not passive:
        objects = _raised(token)
    if not objects and not passive:  # "hands over patrol boats", read as "hands (over patrol boats)"
        objects = [o for c in token.children if c.dep_ == "prep" and c.lower_ in _PARTICLES for o in _objects_of(c)]
    shared = _shared_object(token) if not objects else []
    objects += shared
    recipients = [c for c in token.children if c.dep_ in ("dative", "iobj") and c.dep_ != "prep"]
    if passive:
        surface = "recipient" if objects and not shared else "object"
        _add(roles, surface, subject)
        if surface == "object" and own is None:
            _add(roles, "object", _shared_passive(token))
        for child in token.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                _add(roles, "subject", _objects_of(child))
    else:
        _add(roles, "subject", subject)
    _add(roles, "object", objects)
    if not passive and not objects:
        _add(roles, "object", _relative_object(token))
    _add(roles, "recipient", [c for c in recipients if c.tag_ != "TO"])
    for child in token.children:
        _oblique(roles, child)
        if child.dep_ in ("xcomp", "ccomp") and any(c.tag_ == "TO" for c in child.children):
            _add(roles, "infinitive", [child])
        if child.dep_ in ("attr", "acomp", "oprd"):
            _add(roles, "predicate", [child])
        elif child.dep_ in ("xcomp", "ccomp"):
            _add(roles, "complement", [child])
        elif child.dep_ == "neg":
            _add(roles, "negation", [child, *(c for c in token.children if c.dep_ == "aux")])
        elif child.tag_ == "MD":
            _add(roles, "modal", [child])
        elif child.dep_ == "advcl" and any(c.tag_ == "TO" for c in child.children):
            _add(roles, "purpose", [child])
    _borrow(roles, objects)
    return Clause(token.i, "verb", passive, {name: tuple(sorted(set(found))) for name, found in roles.items()})


def _raised(token: Token) -> list[Token]:
    """Who is let, asked or seen to do something, where the parser takes them for the subject of what they do."""
    for child in token.children:
        finite = any(c.dep_ == "mark" or c.tag_ == "MD" for c in child.children)
        if child.dep_ == "ccomp" and child.tag_ in ("VB", "VBG") and child.i > token.i and not finite:
            return [c for c in child.children if c.dep_ == "nsubj" and c.i > token.i]
    return []


def _borrow(roles: dict[str, list[int]], phrases: list[Token]) -> None:
    for phrase in phrases:
        for child in phrase.children:
            if child.dep_ in ("prep", "agent") and child.lower_ in _BORROWED and child.lower_ not in roles:
                _add(roles, child.lower_, _objects_of(child))


def is_passive(token: Token) -> bool:
    """Whether a verb is in the passive, also without an auxiliary ("53 migrants rescued off Malta")."""
    if any(c.dep_ in ("auxpass", "nsubjpass", "agent") for c in token.children):
        return True
    if token.tag_ not in ("VBN", "VBD") or lemma(token.text) in _INTRANSITIVE:
        return False
    if any(c.dep_ in ("aux", "nsubj") for c in token.children):
        return False
    if token.dep_ == "conj" and is_verb(token.head):
        return is_passive(token.head)
    if token.tag_ == "VBN" and token.dep_ in ("acl", "advcl", "amod", "ROOT", "relcl", "ccomp", "appos", "dep", "conj"):
        return not any(c.dep_ in ("dobj", "obj") for c in token.children)
    return False


def is_participle(token: Token) -> bool:
    """Whether a verb's form may be a passive participle: past, transitive, without auxiliary."""
    bare = not any(c.dep_ in ("aux", "auxpass", "ccomp", "xcomp") for c in token.children)
    return token.tag_ in ("VBN", "VBD") and lemma(token.text) not in _INTRANSITIVE and bare


def _subject(token: Token, steps: int = 0) -> tuple[list[Token], Token | None]:
    """Who is the grammatical subject, and the child that says so if it is the verb's own."""
    own = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "expl")), None)
    if own is not None:
        if own.lower_ in _RELATIVE and token.dep_ in ("relcl", "acl", "ccomp", "conj"):
            return [_antecedent(token)], own
        if own.lower_ in _RELATIVE and own.lower_ != "that":
            before = [t for t in own.doc[max(0, own.i - 12) : own.i] if t.tag_.startswith(("NN", "PRP"))]
            return ([before[-1]] if before else []), own
        return [own], own
    if steps > _MAX_STEPS:
        return [], None
    if token.tag_ == "VBG" and token.i == 0 and (opened := _subject_after(token)):
        return opened, None
    head = token.head
    match token.dep_:
        case "conj" if is_verb(head):
            return _subject(head, steps + 1)[0], None
        case "xcomp" | "ccomp":
            governed = [c for c in head.children if c.dep_ in ("dobj", "dative", "obj")]
            if governed and lemma(head.text, verb=True) not in _KEEPING:
                return governed, None
            if is_passive(head) or is_verb(head):
                return _subject(head, steps + 1)[0], None
            return _adjective_subject(head, steps), None
        case "advcl":
            return _subject(head, steps + 1)[0], None
        case "relcl":
            return [head], None
        case "acl":
            if any(c.tag_ == "TO" for c in token.children):
                return _holder(head, steps), None
            return [head], None
        case "pcomp":
            above = head.head
            if is_verb(above):
                governed = [c for c in above.children if c.dep_ in ("dobj", "obj", "nsubjpass") and c.i < token.i]
                if head.lower_ in ("of", "from", "for") and governed:
                    return governed, None
                return _subject(above, steps + 1)[0], None
            return _holder(above, steps), None
    return [], None


def _subject_after(opening: Token) -> list[Token]:
    """Whose act a sentence opens with: "Signing the deal, *Malta* and *Libya* agreed to …"; by the order of words."""
    comma = next((t.i for t in opening.doc if t.text == ","), None)
    if comma is None:
        return []
    nouns: list[Token] = []
    for token in opening.doc[comma + 1 : comma + 2 + _OPENED]:
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return nouns
        if token.tag_.startswith("NN"):
            within = bool(nouns) and nouns[-1].i == token.i - 1  # the last noun of a name heads it
            nouns = [*nouns[:-1], token] if within else [*nouns, token]
    return []


def _adjective_subject(head: Token, steps: int) -> list[Token]:
    """Who is ready in "Athens is ready to sign" and in the headline "Athens ready to sign"."""
    if head.dep_ in ("acomp", "attr", "oprd", "xcomp") and head.head.i != head.i:
        return _subject(head.head, steps + 1)[0]
    if head.dep_ in ("amod", "acl", "appos", "relcl") and head.head.i < head.i:
        return [head.head]
    return [c for c in head.children if c.dep_ in ("nsubj", "npadvmod", "nmod", "compound", "poss")]


def _holder(noun: Token, steps: int) -> list[Token]:
    """Whose act a noun tells of: "Italy's refusal", "Italy made a request", "a refusal by Italy"."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if owners:
        return owners
    agents = [o for c in noun.children if c.dep_ in ("prep", "agent") and c.lower_ == "by" for o in _objects_of(c)]
    if agents:
        return agents
    verb = noun.head
    if verb.i != noun.i and is_verb(verb) and noun.dep_ in ("dobj", "attr", "obj", "nsubjpass") and steps < _MAX_STEPS:
        if is_passive(verb):
            return [o for c in verb.children if c.dep_ == "agent" for o in _objects_of(c)]
        return _subject(verb, steps + 1)[0]
    if (
        noun.dep_ == "pobj"
        and verb.lower_ in ("for", "in", "during", "at", "on", "to")
        and verb.head.i != verb.i
        and is_verb(verb.head)
        and steps < _MAX_STEPS
    ):
        return _subject(verb.head, steps + 1)[0]
    return []


def _antecedent(verb: Token) -> Token:
    while verb.dep_ == "conj" and is_verb(verb.head) and verb.head.i != verb.i:
        verb = verb.head
    return verb.head


def _shared_passive(token: Token) -> list[Token]:
    """What a participle without subject is said of: "migrants rescued off Malta"."""
    if token.dep_ != "acl" or token.head.i > token.i:
        return []
    noun = token.head
    if noun.dep_ == "pobj" and noun.head.head.tag_.startswith("NN"):
        return [noun, noun.head.head]  # "an order on border security signed by": which of the two, the words must tell
    return [noun]


def _shared_object(token: Token) -> list[Token]:
    """The object of coordinated verbs, told once after the last: "rescued and brought ashore 50 people"."""
    found = []
    for child in token.children:
        if child.dep_ == "conj" and is_verb(child) and not is_passive(child):
            between = [c for c in token.children if c.dep_ in ("prep", "dobj", "ccomp", "xcomp")]
            if not between and child.i - token.i <= 3:
                found = [c for c in child.children if c.dep_ in ("dobj", "obj")]
    return found


def _relative_object(token: Token) -> list[Token]:
    """What a relative clause is said of where it is the object: "the 64 people it rescued"."""
    if token.dep_ != "relcl":
        return []
    own = [c for c in token.children if c.dep_ == "nsubj"]
    if own and own[0].lower_ not in _RELATIVE:
        return [token.head]
    return []


# --- nouns and adjectives --------------------------------------------------------------------------------------------


def _noun(token: Token, kind: str) -> Clause:
    roles: dict[str, list[int]] = {}
    for child in token.children:
        _oblique(roles, child)
        if child.dep_ in ("compound", "amod", "nmod", "nummod") and child.i < token.i:
            _add(roles, "modifier", [child, *(c for c in child.children if c.dep_ in ("compound", "nmod", "amod"))])
        elif child.dep_ in ("xcomp", "ccomp") or (
            child.dep_ in ("acl", "relcl") and any(c.tag_ == "TO" for c in child.children)
        ):
            _add(roles, "complement", [child])
    _borrow(roles, [token.doc[i] for name in ("of", "for", "in", "at", "on") for i in roles.get(name, ())])
    for verb in [token] + ([token.head] if is_verb(token.head) else []):
        _add(roles, "negation", [c for c in verb.children if c.dep_ == "neg"])
    if kind == "adjective" and token.dep_ in ("amod", "advmod") and token.head.i != token.i:
        _add(roles, "head", [token.head])
    holders = _holder(token, 0) if kind == "noun" else _adjective_subject(token, 0)
    head = token.head
    light = head.i == token.i or token.dep_ != "dobj" or lemma(head.text) in _LIGHT or not is_verb(head)
    poss = any(c.dep_ == "poss" for c in token.children)
    if holders and (poss or light):
        _add(roles, "subject", holders)
    if is_verb(head) and head.i != token.i and token.dep_ in ("dobj", "attr", "nsubjpass", "nsubj", "acomp"):
        # what hangs on the light verb belongs to its noun: "held talks with Libya in Rome"
        for child in head.children:
            if child.i > token.i:
                _oblique(roles, child)
        if token.dep_ in ("dobj", "nsubjpass"):
            _add(roles, "recipient", [c for c in head.children if c.dep_ in ("dative", "iobj") and c.tag_ != "TO"])
    if token.dep_ in ("nsubj", "nsubjpass") and is_verb(head):
        _add(roles, "verb", [head])
    return Clause(token.i, kind, False, {name: tuple(sorted(set(found))) for name, found in roles.items()})


# --- shared ----------------------------------------------------------------------------------------------------------


def _listed_after(between: Token) -> list[Token]:
    """The parties after "between", by the order of words: the parser loses long lists of people with their offices."""
    found: list[Token] = []
    for token in between.doc[between.i + 1 : between.i + 1 + _LISTED]:
        if token.tag_.startswith("V") and token.tag_ not in ("VBN", "VBG"):
            break
        if token.tag_ in ("MD", "WDT", "WP") or (token.tag_ == "IN" and token.lower_ != "of") or token.text == ";":
            break
        if token.tag_ in ("NNP", "NNPS") and token.dep_ in ("pobj", "conj", "appos", "npadvmod"):
            found.append(token)
    return [t for t in found if t.head.lower_ != "of"]


def _oblique(roles: dict[str, list[int]], child: Token) -> None:
    if child.dep_ not in ("prep", "agent", "dative") or child.tag_ not in ("IN", "TO", "VBG", "RP"):
        return
    name = child.lower_
    _add(roles, name, _objects_of(child))
    if name == "between":
        _add(roles, name, _listed_after(child))
    for inner in child.children:
        if inner.dep_ == "pcomp":
            _add(roles, f"{name} doing", [inner])
        elif inner.dep_ == "prep":  # "out of Libya", "from off the coast"
            _add(roles, inner.lower_, _objects_of(inner))


def _objects_of(preposition: Token) -> list[Token]:
    return [c for c in preposition.children if c.dep_ == "pobj" or (c.dep_ == "pcomp" and not is_verb(c))]


def _add(roles: dict[str, list[int]], name: str, heads: list[Token]) -> None:
    for head in heads:
        roles.setdefault(name, []).extend(with_conjuncts(head))
