"""What the questions of docs/cookbook.md are answered over the small world, worked out by hand from `world.yaml`."""

from datetime import date, datetime
from typing import Any

ANSWERS: dict[str, list[tuple[Any, ...]]] = {
    "1": [(2017, 2, 3)],
    "2": [
        ("Lifeline", date(2018, 6, 24), ["ITA", "MLT"], date(2018, 6, 27), 3),
        ("Sea-Watch 3", date(2019, 6, 12), ["ITA"], None, None),
    ],
    "3": [("DEU", 0, 1), ("ITA", 1, 0)],
    "4": [
        (
            date(2020, 8, 17),
            "incident",
            2,
            "At least 45 migrants died when a boat sank off Zuwara on Monday.",
            "https://news.example/9",
        ),
        (
            date(2020, 8, 18),
            "interception",
            1,
            "The Libyan coastguard brought 84 migrants back to Zuwara on Tuesday.",
            "https://news.example/10",
        ),
    ],
    "5": [("central_mediterranean", 2020, 1, 45, 47)],
    "6": [("DEU", "AFG", "return", 1, 27), ("LBY", "LBY", "interception", 1, 84)],
    "7": [
        ("Italy", "Lifeline", 1),
        ("Italy", "Sea-Watch 3", 1),
        ("Malta", "Lifeline", 1),
        ("United Nations", "Italy", 1),
    ],
    "8": [(2017, 2, 3, 3, 100), (2018, 2, 2, 3, 150), (2019, 2, 3, 4, 133), (2020, 2, 3, 2, 67), (2021, 2, 2, 2, 100)],
    "9": [
        ("admission", 1, 0),
        ("agreement", 1, 1),
        ("aid", 1, 0),
        ("criticism", 1, 0),
        ("incident", 0, 1),
        ("interception", 1, 0),
        ("policy_change", 2, 0),
        ("protest", 1, 0),
        ("refusal", 2, 0),
        ("request", 1, 0),
        ("return", 1, 0),
    ],
    "10": [(2017, "1 verbal cooperation", 2), (2017, "2 material cooperation", 1)],
}
"""By the number of the question."""


def plain(value: Any) -> Any:
    """A value of any of the libraries as Python's own: days as dates, whole numbers as int, nothing as None."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or value != value:
        return None
    if isinstance(value, datetime):
        return value.date()
    return int(value) if isinstance(value, float) and value.is_integer() else value
