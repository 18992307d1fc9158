"""Corrections in whole runs: they are applied at every publish, shown, and leave no trace when they are taken back."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.check import problems
from pipeline.errors import UsageError
from pipeline.run import correct, forget, recode
from pipeline.snapshots import Output

pytestmark = pytest.mark.usefixtures("cheap_coder")

PLACES = {"Ceuta": "2018-06-25", "Samos": "2018-06-26", "Lesbos": "2019-01-02", "Melilla": "2019-01-03"}


@pytest.fixture
def data(tmp_path: Path, run_over: Callable[..., Any]) -> Iterator[Path]:
    """A published output; whatever a test does, it is whole afterwards."""
    for place in PLACES:
        tell(tmp_path / "in", place)
    run_over(tmp_path / "out", tmp_path / "in")
    yield tmp_path / "out"
    assert list(problems(Output(tmp_path / "out"))) == []


def tell(folder: Path, place: str) -> None:
    folder.mkdir(exist_ok=True)
    text = f"The coastguard rescued 40 migrants off {place}, it said."
    (folder / f"{place}.jsonl").write_text(json.dumps({"id": place, "text": text, "published": PLACES[place]}))


def write(data: Path, *lines: tuple[str, str, str, str]) -> None:
    with (data / "corrections.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("event_id", "field", "value", "why"), *lines])


def event_of(rows: dict[str, Any], place: str, number: int = 0) -> dict[str, Any]:
    found = [event for event in rows["events"] if place in event["evidence"]]
    return sorted(found, key=lambda event: event["sentence_index"])[number]


def test_a_correction_is_in_the_event_its_cluster_and_says_what_it_was(data: Path, datasets: Any) -> None:
    before = event_of(datasets(data), "Ceuta")
    write(
        data,
        (before["event_id"], "event_type", "threat", "said only"),
        (before["event_id"], "place_country", "ESP", "Ceuta"),
    )
    record = correct(str(data))
    rows = datasets(data)
    after = event_of(rows, "Ceuta")
    assert (after["event_type"], after["plover_type"], after["place_country"]) == ("threat", "THREATEN", "ESP")
    assert after["corrections"] == [
        {"field": "event_type", "was": before["event_type"], "why": "said only"},
        {"field": "place_country", "was": "ITA", "why": "Ceuta"},
    ]
    (cluster,) = (c for c in rows["clusters"] if before["event_id"] in c["event_ids"])
    assert (cluster["event_type"], cluster["place_country"]) == ("threat", "ESP")
    assert record.snapshot == 2
    assert correct(str(data)).snapshot is None


def test_a_withdrawn_event_is_gone_and_told_of(data: Path, datasets: Any) -> None:
    rows = datasets(data)
    event = event_of(rows, "Samos")
    write(data, (event["event_id"], "event", "none", "a question"))
    correct(str(data))
    after = datasets(data)
    assert len(after["events"]) == len(rows["events"]) - 1
    assert not [c for c in after["clusters"] if event["event_id"] in c["event_ids"]]
    assert sum(row["events"] for row in after["coverage"]) == len(after["events"])
    (told,) = after["rejected"]
    assert (told["stage"], told["reason"], told["source_uri"]) == ("correct", "withdrawn", "corrections.csv#line=2")
    assert told["detail"] == f"{event['event_type']} {event['event_id']}: a question"
    assert correct(str(data)).snapshot is None


def test_what_is_taken_back_leaves_no_trace(data: Path, datasets: Any) -> None:
    before = datasets(data)
    first, second = event_of(before, "Ceuta"), event_of(before, "Samos")
    write(data, (first["event_id"], "factuality", "planned", "will"), (second["event_id"], "event", "none", "no"))
    correct(str(data))
    write(data, (first["event_id"], "factuality", "negated", "did not"))
    correct(str(data))
    assert event_of(datasets(data), "Ceuta")["corrections"] == [
        {"field": "factuality", "was": "actual", "why": "did not"}
    ]
    (data / "corrections.csv").unlink()
    correct(str(data))
    assert datasets(data) == before
    assert correct(str(data)).snapshot is None


def test_it_makes_no_difference_when_a_correction_is_written(
    data: Path, tmp_path: Path, run_over: Any, datasets: Any
) -> None:
    rows = datasets(data)
    lines = [
        (event_of(rows, "Ceuta")["event_id"], "event_type", "threat", "x"),
        (event_of(rows, "Melilla")["event_id"], "event", "none", "x"),
        (event_of(rows, "Lesbos")["event_id"], "sources", "Greece=GRC/GOV", "x"),
    ]
    write(data, *lines)
    correct(str(data))
    expected = datasets(data)
    other = tmp_path / "other"
    other.mkdir()
    write(other, *lines)
    for place in ("Melilla", "Ceuta", "Lesbos", "Samos"):
        tell(tmp_path / "parts", place)
        for seed in (tmp_path / "parts").iterdir():
            seed.replace(tmp_path / "in" / seed.name)
        run_over(other, tmp_path / "in" / f"{place}.jsonl")
    assert datasets(other) == expected
    assert list(problems(Output(other))) == []


def test_corrections_outlive_another_coding(data: Path, datasets: Any) -> None:
    write(data, (event_of(datasets(data), "Ceuta")["event_id"], "factuality", "planned", "will"))
    correct(str(data))
    before = datasets(data)
    recode(str(data))
    assert datasets(data) == before


def test_what_was_taken_down_is_not_kept_as_an_original(data: Path, datasets: Any) -> None:
    event = event_of(datasets(data), "Ceuta")
    write(data, (event["event_id"], "factuality", "planned", "will"))
    correct(str(data))
    forget(str(data), [event["article_id"]])
    assert not [file for file in data.rglob("*.parquet") if b"off Ceuta" in file.read_bytes()]
    (told,) = datasets(data)["rejected"]
    assert told["reason"] == "no_such_event"


def test_lines_that_cannot_be_applied_are_rejected_and_the_others_are_applied(data: Path, datasets: Any) -> None:
    event = event_of(datasets(data), "Ceuta")["event_id"]
    write(
        data,
        (event, "factuality", "planned", "will"),
        (event, "factuality", "negated", "did not"),
        ("nobody", "factuality", "planned", "will"),
        (event, "event_type", "walk", "seen"),
        (event, "route", "darien", ""),
        ("", "", "", ""),
        (event, "event_subtype", "arrest", "seen"),
    )
    correct(str(data))
    rows = datasets(data)
    told = {row["source_uri"].partition("=")[2]: (row["reason"], row["detail"]) for row in rows["rejected"]}
    assert told.keys() == {"2", "3", "4", "5", "6", "8"}
    assert told["3"] == ("not_a_correction", "line 2 corrects factuality of the same event; keep one of them")
    assert told["4"][0] == "no_such_event"
    assert told["5"][1].startswith("event_type is 'walk', not a term")
    assert told["6"][1].startswith("why is empty")
    assert "has no subtype 'arrest'" in told["2"][1] == told["8"][1]
    assert event_of(rows, "Ceuta")["factuality"] == "actual"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"event_id,field,value\n", "has no column 'why'; its first line must be"),
        (b"\xff\xfe", "save it as CSV in UTF-8"),
    ],
)
def test_a_file_that_is_no_corrections_stops_the_run_before_it_undoes_them(
    data: Path, datasets: Any, content: bytes, message: str
) -> None:
    before = datasets(data)
    (data / "corrections.csv").write_bytes(content)
    with pytest.raises(UsageError) as refused:
        correct(str(data))
    assert message in str(refused.value)
    assert datasets(data) == before
