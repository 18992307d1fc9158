"""From an event's words to its policy fields."""

from dataclasses import dataclass

from spacy.tokens import Doc

from schemas.events import Actor
from transforms.events.candidate import Candidate
from transforms.events.policy.rules import Rules, Topic, TypeRule, rules


@dataclass(frozen=True, slots=True)
class Policy:
    """The policy fields of an event; None where they do not apply."""

    policy_area: str | None = None
    policy_tool: str | None = None
    target_group: str | None = None
    target_origin: str | None = None
    """ISO 3166-1 alpha-3."""
    restrictiveness: str | None = None
    instrument: str | None = None


NONE = Policy()

_OWN = frozenset(
    {"dobj", "pobj", "prep", "nsubjpass", "xcomp", "acl", "compound", "amod", "poss", "neg", "prt", "attr"}
)
"""What hangs on the word that heads an event and tells what is done, not who does it."""


def policy_of(doc: Doc, candidate: Candidate, sources: tuple[Actor, ...], targets: tuple[Actor, ...]) -> Policy:
    """The policy that an event is about, by its type and by the words of its object, its clause, its sentence."""
    known = rules()
    rule = known.types.get(candidate.event_type)
    if rule is None:
        return NONE
    scopes = _scopes(doc, candidate)
    topic = _topic(known, rule, candidate.event_type, scopes[:1] if rule.applies == "object" else scopes)
    if topic is None and (rule.applies != "always" or _no_policy(rule, doc, candidate)):
        return NONE
    core = scopes[0]
    area = (topic.area if topic else None) or rule.area
    group = _group(known, scopes) or (topic.group if topic else None) or rule.group
    return Policy(
        policy_area=area,
        policy_tool=topic.tool if topic else rule.tool,
        target_group=group,
        target_origin=_origin(targets),
        restrictiveness=candidate.restrictiveness or _direction(known, rule, topic, core),
        instrument=_instrument(known, rule, topic, scopes),
    )


def _no_policy(rule: TypeRule, doc: Doc, candidate: Candidate) -> bool:
    return rule.unless is not None and rule.unless.search(doc[slice(*candidate.trigger)].text) is not None


def _scopes(doc: Doc, candidate: Candidate) -> tuple[str, str, str]:
    """The texts to look for words in, the closest first: trigger and object, clause, sentence."""
    start, end = candidate.trigger
    core = set(range(start, end))
    for child in doc[candidate.anchor].children:
        if child.dep_ in _OWN or (child.dep_ == "advcl" and any(c.lower_ == "to" for c in child.children)):
            aside = {token.i for part in child.subtree if part.dep_ == "relcl" for token in part.subtree}
            core.update(token.i for token in child.subtree if token.i not in aside)
    anchor = doc[candidate.anchor]
    clause = doc[anchor.left_edge.i : anchor.right_edge.i + 1].text
    return " ".join(doc[i].text for i in sorted(core)), clause, doc.text


def _topic(known: Rules, rule: TypeRule, event_type: str, scopes: tuple[str, ...]) -> Topic | None:
    for scope in scopes:
        for topic in known.topics:
            counts = topic.types is None or event_type in topic.types
            if counts and (rule.topics is None or topic.id in rule.topics) and topic.words.search(scope):
                return topic
    return None


_OPPOSITE = {"more_restrictive": "less_restrictive", "less_restrictive": "more_restrictive"}


def _direction(known: Rules, rule: TypeRule, topic: Topic | None, core: str) -> str | None:
    if rule.turned is not None:
        return _OPPOSITE[rule.restrictiveness or ""] if rule.turned.search(core) else rule.restrictiveness
    if known.less.search(core):
        return "less_restrictive"
    if known.more.search(core):
        return "more_restrictive"
    if topic is None:
        return rule.restrictiveness
    effect = topic.effect
    if effect == "neutral":
        return "cannot_be_assessed"
    restrictive = (effect == "restrictive") != bool(known.ending.search(core))
    return "more_restrictive" if restrictive else "less_restrictive"


def _group(known: Rules, scopes: tuple[str, ...]) -> str | None:
    for scope in scopes[:1]:
        for name, pattern in known.groups:
            if pattern.search(scope):
                return name
    return None


def _instrument(known: Rules, rule: TypeRule, topic: Topic | None, scopes: tuple[str, ...]) -> str | None:
    if rule.instrument:
        return rule.instrument
    for name, pattern in known.instruments:
        if pattern.search(scopes[0]):
            return name
    return topic.instrument if topic else None


def _origin(targets: tuple[Actor, ...]) -> str | None:
    """The one nationality of the people aimed at; None where there are none or several."""
    nationalities = sorted({n for actor in targets for n in actor.nationalities})
    return nationalities[0] if len(nationalities) == 1 else None
