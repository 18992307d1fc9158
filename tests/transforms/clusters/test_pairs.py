"""Clustering measured on pairs of events labelled by hand (pairs.yaml)."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from schemas.columns import arrow_schema
from schemas.events import Event
from transforms.clusters import cluster

PAIRS = yaml.safe_load(Path(__file__).with_name("pairs.yaml").read_text(encoding="utf-8"))


def actors(parties: str | None) -> list[dict[str, Any]]:
    named = [party.strip().rsplit("/", 1) for party in (parties or "").split(";") if party.strip()]
    return [{"name": name, "code": code, "sector": "GOV", "nationalities": []} for name, code in named]


def days(day: date | int | None) -> tuple[date | None, date | None, str | None]:
    if isinstance(day, int):
        return date(day, 1, 1), date(day, 12, 31), "year"
    return (day, day, "day") if day else (None, None, None)


def row(event: dict[str, Any], event_id: str) -> dict[str, Any]:
    first, last, precision = days(event.get("day"))
    value, _, unit = str(event.get("n", "")).partition(" ")
    place, _, country = event.get("at", "").rpartition("/")
    return {
        "event_id": event_id,
        "article_id": event["in"][0],
        "sentence_index": int(event["in"][1:]),
        "event_type": event["type"],
        "event_subtype": event.get("sub"),
        "factuality": event.get("fact", "actual"),
        "sources": actors(event.get("who")),
        "targets": actors(event.get("whom")),
        "event_date": first,
        "event_date_end": last,
        "event_date_precision": precision,
        "place_name": place or None,
        "place_country": country or None,
        "figures": [{"value": float(value), "unit": unit, "quantifier": "exact"}] if unit else [],
        "trigger": event["do"],
        "evidence": event["said"],
        "published_date": event.get("pub", date(2020, 3, 10)),
    }


def table(rows: list[dict[str, Any]]) -> pa.Table:
    fields = [field for field in arrow_schema(Event) if field.name in rows[0]]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))


def joined(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return len(set(cluster(table([row(a, "e1"), row(b, "e2")]))["event_cluster_id"].to_pylist())) == 1


def test_there_are_enough_pairs() -> None:
    assert len(PAIRS["same"]) >= 60
    assert len(PAIRS["different"]) >= 60


def test_pair_f1() -> None:
    found = [pair for pair in PAIRS["same"] if joined(*pair)]
    wrong = [pair for pair in PAIRS["different"] if joined(*pair)]
    precision, recall = len(found) / (len(found) + len(wrong)), len(found) / len(PAIRS["same"])
    assert 2 * precision * recall / (precision + recall) >= 0.85
