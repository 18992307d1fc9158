import pytest

from schemas import vocabulary
from schemas.vocabulary import plover_type


@pytest.mark.parametrize(
    ("event_type", "subtype", "restrictiveness", "factuality", "plover"),
    [
        ("agreement", "signed", None, "actual", "SUPPORT"),
        ("agreement", "agreed", None, "actual", "AGREE"),
        ("aid", None, None, "planned", "AGREE"),
        ("aid", None, None, "actual", "AID"),
        ("policy_change", None, "more_restrictive", "actual", "COERCE"),
        ("policy_change", None, "less_restrictive", "actual", "CONCEDE"),
        ("policy_change", None, None, "actual", "AGREE"),
        ("policy_proposal", None, "more_restrictive", "actual", "THREATEN"),
        ("policy_proposal", None, "less_restrictive", "actual", "AGREE"),
        ("border_control", "closing", None, "actual", "COERCE"),
        ("border_control", "reopening", None, "actual", "RETREAT"),
        ("border_control", "reinforcing", None, "actual", "MOBILIZE"),
        ("return", "voluntary", None, "actual", "RETREAT"),
        ("return", "forced", None, "actual", "COERCE"),
        ("court_ruling", None, None, "actual", "SANCTION"),
        ("incident", "arrival", None, "actual", None),
        ("violence", None, None, "actual", "ASSAULT"),
    ],
)
def test_plover_type(event_type: str, subtype: str, restrictiveness: str, factuality: str, plover: str) -> None:
    found = plover_type(event_type, subtype=subtype, restrictiveness=restrictiveness, factuality=factuality)
    assert found == plover


def test_every_event_type_has_a_class_and_a_known_plover_type() -> None:
    for event_type in vocabulary.terms("event_type"):
        assert vocabulary.event_class(event_type) in vocabulary.allowed("event_class")
        for factuality in vocabulary.terms("factuality"):
            plover = plover_type(event_type, subtype=None, restrictiveness=None, factuality=factuality)
            assert plover is None or plover in vocabulary.allowed("plover_type")
    assert vocabulary.event_class("incident") == "incident"
    assert vocabulary.event_class("request") == "verbal"
    assert vocabulary.event_class("return") == "material"
