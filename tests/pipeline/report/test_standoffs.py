"""Stand-offs of ships, as the query finds them: refused, allowed, how long."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from handmade import publish, ship, state, told

from pipeline.report.tables import read
from pipeline.snapshots import existing_output

ALEX, IT, MT = ship("Alex"), state("ITA"), state("MLT")
JUNE = [date(2019, 6, day) for day in range(1, 31)]


def refused(day: date | None, by: tuple[Any, ...] = (IT,), **more: Any) -> dict[str, Any]:
    return {"event_type": "refusal", "day": day, "sources": by, "targets": (ALEX,), **more}


def admitted(day: date | None, by: Any = MT, **more: Any) -> dict[str, Any]:
    return {
        "event_type": "admission",
        "day": day,
        "sources": (by,),
        "targets": (ALEX,),
        "place_country": by.code,
        **more,
    }


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([refused(JUNE[0]), admitted(JUNE[9])], [(JUNE[0], ["ITA"], JUNE[9], "MLT", 9, True)], id="refused, then let in"),
        pytest.param([refused(JUNE[3]), admitted(JUNE[3])], [(JUNE[3], ["ITA"], JUNE[3], "MLT", 0, True)], id="both on one day"),
        pytest.param([refused(JUNE[0]), refused(JUNE[4], (MT,)), admitted(JUNE[9])], [(JUNE[0], ["ITA", "MLT"], JUNE[9], "MLT", 9, True)], id="refused by two"),
        pytest.param([admitted(JUNE[0]), refused(JUNE[4])], [(JUNE[4], ["ITA"], None, None, None, None)], id="let in before is another story"),
        pytest.param([refused(JUNE[0]), admitted(JUNE[1]), refused(JUNE[4]), admitted(JUNE[9])],
                     [(JUNE[4], ["ITA"], JUNE[9], "MLT", 5, True), (JUNE[0], ["ITA"], JUNE[1], "MLT", 1, True)], id="twice"),
        pytest.param([refused(JUNE[0]), refused(date(2019, 9, 1))],
                     [(date(2019, 9, 1), ["ITA"], None, None, None, None), (JUNE[0], ["ITA"], None, None, None, None)], id="months apart"),
        pytest.param([refused(JUNE[0]), admitted(date(2019, 8, 1))], [(JUNE[0], ["ITA"], None, None, None, None)], id="let in months later is another voyage"),
        pytest.param([refused(JUNE[0], factuality="planned")], [], id="only what happened"),
        pytest.param([refused(JUNE[0], (ALEX,))], [], id="refused by an organisation"),
        pytest.param([refused(JUNE[0], ())], [(JUNE[0], [], None, None, None, None)], id="by whom is not told"),
        pytest.param([{"event_type": "refusal", "day": JUNE[0], "sources": (ALEX,), "targets": (MT,)}], [], id="the ship refuses"),
        pytest.param([refused(JUNE[0]), {"event_type": "rescue", "event_subtype": "brought_ashore", "day": JUNE[2], "sources": (ALEX,)}],
                     [(JUNE[0], ["ITA"], JUNE[2], None, 2, True)], id="brings them ashore"),
        pytest.param([refused(JUNE[0]), {"event_type": "rescue", "event_subtype": "rescued", "day": JUNE[2], "sources": (ALEX,)}],
                     [(JUNE[0], ["ITA"], None, None, None, None)], id="a rescue is no end"),
        pytest.param([{"event_type": "border_control", "event_subtype": "closing", "day": JUNE[0], "sources": (IT,), "targets": (ALEX,)}],
                     [(JUNE[0], ["ITA"], None, None, None, None)], id="a port closed to it"),
        pytest.param([refused(JUNE[0], event_date_precision="month"), admitted(JUNE[9])], [(JUNE[0], ["ITA"], JUNE[9], "MLT", 9, False)], id="a month is no day"),
        pytest.param([refused(None), admitted(None), refused(None, (MT,))], [(None, ["ITA", "MLT"], None, None, None, None)], id="without dates"),
        pytest.param([refused(JUNE[0]), admitted(JUNE[2]) | {"targets": (ship("Josefa"),)}], [(JUNE[0], ["ITA"], None, None, None, None)], id="another ship"),
    ],
)  # fmt: skip
def test_standoffs(events: list[dict[str, Any]], expected: list[tuple[Any, ...]], tmp_path: Path) -> None:
    output = publish(tmp_path, [told(number, **event) for number, event in enumerate(events)])
    found = read(existing_output(str(output))).standoffs
    assert {row["ship"] for row in found} <= {"vessel/alex"}
    columns = ("refused_on", "refused_by", "allowed_on", "allowed_in", "days", "exact")
    assert [tuple(row[column] for column in columns) for row in found] == expected
