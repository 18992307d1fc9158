"""Whose a common noun is: what "Greek police", "head of Frontex" and "the Trump administration" come to."""

from collections.abc import Sequence
from dataclasses import replace

from transforms.events.actors.knowledge import Identity, Noun, knowledge, slug

MEMBER_STATES = Identity("EUR", "GOV", "state", "eur/member-states", "member states of the European Union")

_BEYOND_STATES = ("NGO", "UNO", "AFU", "IGO", "EUR")
_OF_GOVERNMENT = frozenset({"head", "envoy", "states", "gov", "group", "board"})
"""Classes of nouns that are government where a state owns them: "the head of Italy's agency"."""

_UNION_GROUP = frozenset({"states", "minister", "gov", "head", "ministry"})
"""Classes whose plural, owned by the Union, is its member states: "EU ministers"."""

_OWN_SECTOR = frozenset({"minister", "gov", "court", "parliament", "ministry", "coastguard", "navy", "party"})
"""Classes that keep their sector whatever body they belong to: "Homeland Security secretary"."""


def by_itself(noun: Noun) -> Identity | None:
    """Who a noun names whoever owns it; None if that depends on the owner."""
    return Identity(noun.code or "---", noun.sector, noun.kind) if noun.of == "itself" else None


def owned(noun: Noun, owners: Sequence[Identity]) -> Identity | None:
    """Who a noun names, given who stands before it or after "of"; None where that leaves it open."""
    if noun.of == "itself":
        return by_itself(noun)
    useful = [o for o in owners if o.code not in ("REF", "CRM", "---")]
    if not useful:
        return None
    owner = useful[-1]
    if noun.kind == "vessel":  # "a Norwegian Triton ship" sails for the Union and is Norway's
        owner = next((o for o in useful if o.kind == "state"), owner)
    if owner.code == "EUR" and noun.plural and noun.id in _UNION_GROUP:
        return MEMBER_STATES
    if owner.kind == "state" and owner.code != "EUR":
        return _of_state(noun, owner.code)
    if owner.code in _BEYOND_STATES or noun.of == "owner":
        return replace(owner, kind=noun.kind)
    if owner.sector == "PTY" or noun.id in _OWN_SECTOR:
        return _of_state(noun, owner.code)
    return replace(owner, kind=noun.kind)


def owned_by_state(noun: Noun, code: str) -> Identity:
    """Who a noun names if it belongs to a state."""
    return owned(noun, [knowledge().state(code)]) or Identity(code, noun.sector, noun.kind)


def _of_state(noun: Noun, code: str) -> Identity:
    if noun.id == "ship":
        return Identity(code, "MIL", "vessel")
    if noun.id in _OF_GOVERNMENT:
        return Identity(code, "GOV", noun.kind, f"{code.lower()}/gov")
    last = slug(noun.written) if noun.id == "minister" else noun.id
    return Identity(code, noun.sector, noun.kind, f"{code.lower()}/{last}")
