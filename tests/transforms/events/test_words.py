import pytest

from transforms.events.words import classes, classes_of, lemma


@pytest.mark.parametrize(
    ("form", "verb", "base"),
    [
        ("Rescues", True, "rescue"),
        ("migrants", False, "migrant"),
        ("setting", True, "set"),
        ("setting", False, "setting"),
        ("thanked", True, "thank"),
        ("crosses", True, "cross"),
        ("left", True, "leave"),
        ("bodies", False, "body"),
    ],
)
def test_base_forms(form: str, verb: bool, base: str) -> None:
    assert lemma(form, verb=verb) == base


def test_classes_are_found_by_base_form() -> None:
    assert {"people", "migrants"} <= classes_of(lemma("migrants"))
    assert "vessel" in classes_of(lemma("dinghies"))


def test_no_class_is_empty() -> None:
    assert all(classes().values())
