"""Who does what: a table of sentences, each with a predicate and what must fill its roles."""

import pytest

from transforms.events.clauses import clause
from transforms.events.syntax import parse

CASES = [
    # sentence, predicate, kind, roles
    ("Italy rescued the migrants.", "rescued", "verb", {"subject": "Italy", "object": "migrants"}),
    ("The migrants were rescued by Italy.", "rescued", "verb", {"subject": "Italy", "object": "migrants"}),
    ("Italy and Malta refused the ship.", "refused", "verb", {"subject": "Italy Malta", "object": "ship"}),
    ("Italy agreed to establish a joint unit.", "establish", "verb", {"subject": "Italy", "object": "unit"}),
    ("Greece asked Germany to take the migrants.", "take", "verb", {"subject": "Germany", "object": "migrants"}),
    ("Malta, which refused the ship, is an island.", "refused", "verb", {"subject": "Malta", "object": "ship"}),
    ("The 64 people it rescued were brought to Malta.", "rescued", "verb", {"object": "people"}),
    ("The migrants rescued by the navy landed in Malta.", "rescued", "verb", {"subject": "navy", "object": "migrants"}),
    ("Greece stopped the boat and arrested the crew.", "arrested", "verb", {"subject": "Greece", "object": "crew"}),
    ("Turkey accused Greece of sinking the boat.", "sinking", "verb", {"subject": "Greece", "object": "boat"}),
    ("Germany gave Greece a boat.", "gave", "verb", {"subject": "Germany", "object": "boat", "recipient": "Greece"}),
    ("The return of migrants to Turkey began.", "return", "noun", {"of": "migrants", "to": "Turkey"}),
    ("Italy's refusal to help angered France.", "refusal", "noun", {"subject": "Italy", "complement": "help"}),
    ("Greece held talks with Germany.", "talks", "noun", {"subject": "Greece", "with": "Germany"}),
    ("Talks between Italy and Libya began.", "Talks", "noun", {"between": "Italy Libya"}),
    ("Hungary has a cruel policy.", "cruel", "adjective", {"head": "policy"}),
    ("This is the time for Europe to help.", "time", "noun", {"complement": "help"}),
    (
        "Signing a deal, Malta and Libya agreed to meet.",
        "Signing",
        "verb",
        {"subject": "Malta Libya", "object": "deal"},
    ),
    (
        "Talks between the envoy, Anna Rossi, Libyan Minister Omar Salem, and his colleague Paul Meyer began.",
        "Talks",
        "noun",
        {"between": "envoy Rossi Salem colleague Meyer"},
    ),
    ("Athens is ready to sign a deal.", "ready", "adjective", {"subject": "Athens", "complement": "sign"}),
]


@pytest.mark.parametrize(("sentence", "predicate", "kind", "roles"), CASES)
def test_roles(sentence: str, predicate: str, kind: str, roles: dict[str, str]) -> None:
    (doc,) = parse([sentence])
    anchor = next(t.i for t in doc if t.text == predicate)
    found = clause(doc, anchor, kind)
    assert {name: " ".join(doc[i].text for i in found.role(name)) for name in roles} == roles


def test_passive_is_told_without_an_auxiliary() -> None:
    (doc,) = parse(["Ten migrants rescued by the navy were landed in Sicily."])
    assert clause(doc, 2, "verb").passive
