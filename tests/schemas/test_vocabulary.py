from schemas import vocabulary


def test_every_event_type_has_a_class() -> None:
    for event_type in vocabulary.terms("event_type"):
        assert vocabulary.event_class(event_type) in vocabulary.allowed("event_class")
    assert vocabulary.event_class("incident") == "incident"
    assert vocabulary.event_class("request") == "verbal"
    assert vocabulary.event_class("return") == "material"
