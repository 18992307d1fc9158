"""What the page is given."""

from datetime import date
from pathlib import Path

import pytest
from handmade import publish, ship, state, told

from pipeline.report.names import code
from pipeline.report.payload import link, payload
from pipeline.report.tables import read
from pipeline.snapshots import existing_output
from schemas.events import Correction


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://news.example/1?a=b#c", "https://news.example/1?a=b#c"),
        ("HTTP://news.example/", "http://news.example/"),
        ("  https://news.example/ ", "https://news.example/"),
        ("javascript:alert(1)", None),
        (" \tjavascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ("file:///etc/passwd", None),
        ("//news.example/1", None),
        ("https:///nowhere", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str | None, followed: str | None) -> None:
    assert link(url) == followed


@pytest.mark.parametrize(
    ("of", "name", "kind", "outline"),
    [
        ("ITA", "Italy", "state", "380"),
        ("AFG", "Afghanistan", "state", "004"),
        ("XKX", "Kosovo", "state", "XKX"),
        ("NGO", "non-governmental organisations", "organisation", None),
        ("REF", "people on the move", "people", None),
        ("INT", "high sea", "place", None),
        ("QQQ", "QQQ", "state", None),
    ],
)
def test_codes_have_names(of: str, name: str, kind: str, outline: str | None) -> None:
    assert (code(of).name, code(of).kind, code(of).outline) == (name, kind, outline)


def test_rows_are_columns_the_latest_first(tmp_path: Path) -> None:
    output = publish(
        tmp_path,
        [
            told(
                1,
                "refusal",
                date(2019, 6, 12),
                sources=(state("ITA"),),
                targets=(ship("Alex"),),
                evidence="Two\n  lines.",
            ),
            told(
                2,
                "return",
                date(2020, 1, 1),
                event_date_precision="year",
                place_name="Kabul",
                place_country="AFG",
                latitude=34.5277,
                longitude=69.17,
            ),
            told(
                3,
                "protest",
                None,
                url="javascript:alert(1)",
                corrections=(Correction(field="event_date", why="read it", was="2018"),),
            ),
        ],
    )
    given = payload(read(existing_output(str(output))))
    events = given["events"]
    assert [given["types"][number]["name"] for number in events["type"]] == ["return", "refusal", "protest"]
    assert events["day"] == [
        (date(2020, 1, 1) - date(1970, 1, 1)).days,
        (date(2019, 6, 12) - date(1970, 1, 1)).days,
        None,
    ]
    assert events["date"] == ["2020", "2019-06-12", None]
    assert events["corrected"] == [[], [], ["event_date"]]
    assert events["evidence"][1] == "Two lines."
    assert events["url"] == ["https://news.example/2", "https://news.example/1", None]
    assert [given["codes"][number]["code"] for number in events["sources"][1] + events["targets"][1]] == ["ITA", "NGO"]
    assert [given["names"][number] for number in events["names"][1]] == ["Government of ITA", "Alex"]
    (place,) = given["places"]
    assert place == ("Kabul", events["country"][0], 34.528, 69.17)
    assert [standoff["refusals"] for standoff in given["standoffs"]] == [[1]]
    assert given["snapshot"]["number"] == 1
    assert given["snapshot"]["id"] in given["snapshot"]["cite"]
