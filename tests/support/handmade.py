"""Datasets written by hand, without a run: events, each a cluster of its own, with an article for each."""

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.identity import identify
from pipeline.snapshots import RECORD, Output, Snapshot
from pipeline.tables import PART, write
from schemas.aggregates import Cluster, Coverage
from schemas.articles import Article
from schemas.columns import arrow_schema, as_row
from schemas.events import Actor, Event
from schemas.runs import RunStamp
from schemas.vocabulary import event_class

AT_ONCE = 5000


def told(number: int, event_type: str, day: date | None, **more: Any) -> Event:
    """An event in an article of its own."""
    sources, targets = more.get("sources", ()), more.get("targets", ())
    said = f"Sentence {number}."
    defaults: dict[str, Any] = {
        "event_id": hashlib.blake2b(f"{number}".encode(), digest_size=16).hexdigest(),
        "event_cluster_id": "",
        "article_id": f"article-{number}",
        "event_type": event_type,
        "event_class": event_class(event_type),
        "factuality": "actual",
        "source_codes": tuple(sorted({actor.code for actor in sources})),
        "target_codes": tuple(sorted({actor.code for actor in targets})),
        "event_date": day,
        "event_date_precision": "day" if day else None,
        "event_date_basis": "explicit" if day else "unstated",
        "series_date": day,
        "place_basis": "unstated",
        "trigger": "did",
        "evidence": said,
        "evidence_field": "text",
        "evidence_start": 0,
        "evidence_end": len(more.get("evidence", said)),
        "sentence_index": 1,
        "rule_id": "told",
        "coder_version": "told",
        "confidence": 0.5,
        "published_date": day,
        "publisher": "Example Wire",
        "url": f"https://news.example/{number}",
    }
    return Event(**(defaults | more))


def ship(name: str) -> Actor:
    return Actor(name=name, code="NGO", sector="NGO", actor_id=f"vessel/{name.lower()}", canonical_name=name)


def state(code: str) -> Actor:
    return Actor(
        name=code, code=code, sector="GOV", actor_id=f"{code.lower()}/gov", canonical_name=f"Government of {code}"
    )


def publish(folder: Path, events: Sequence[Event], title: str = "A title") -> Path:
    """An output that holds these events, each a cluster of its own, and an article for each."""
    output = Output(folder)
    built = output.staging("run")
    events = [dataclasses.replace(event, event_cluster_id=event.event_id) for event in events]
    articles = (_article(event, title) for event in events)
    coverage = [
        Coverage(day=day, articles=3, elected=3, relevant=2, events=1, rejected=0)
        for day in sorted({e.series_date for e in events if e.series_date})
    ]
    for name, kind, rows in (
        ("articles", Article, articles),
        ("events", Event, events),
        ("clusters", Cluster, map(_cluster, events)),
        ("coverage", Coverage, coverage),
    ):
        write(built / name / PART, kind, _batches(kind, list(rows)))
    stamp = RunStamp(run_id="run", at=datetime(2024, 1, 1, tzinfo=UTC), pipeline_version="0.1.0")
    published = identify(Snapshot(1, built), Snapshot(0, folder / "none"), stamp)
    record = {
        "run_id": "run",
        "started_at": "2024-01-01T00:00:00+00:00",
        "ended_at": "2024-01-01T00:00:00+00:00",
        "pipeline_version": "0.1.0",
        "snapshot_id": published.snapshot_id,
    }
    (built / RECORD).write_text(json.dumps(record), encoding="utf-8")
    output.publish(built, 1)
    return folder


def _batches(kind: type, rows: list[Any]) -> Iterator[pa.RecordBatch]:
    for first in range(0, len(rows), AT_ONCE):
        yield pa.RecordBatch.from_pylist([as_row(row) for row in rows[first : first + AT_ONCE]], arrow_schema(kind))


def _article(event: Event, title: str) -> Article:
    return Article(
        article_id=event.article_id,
        source_uri=event.article_id,
        source_kind="seed",
        title=title,
        text=event.evidence,
        word_count=2,
        content_hash=event.article_id,
        cluster_id=event.article_id,
        relevant=True,
        relevance=1.0,
        run_id="run",
        pipeline_version="0.1.0",
    )


def _cluster(event: Event) -> Cluster:
    shared = {
        field.name: getattr(event, field.name) for field in dataclasses.fields(Cluster) if hasattr(event, field.name)
    }
    return Cluster(
        **shared,
        event_date_agreeing=1,
        place_agreeing=1,
        first_report=event.published_date,
        last_report=event.published_date,
        reports=1,
        articles=1,
        publishers=1,
        event_ids=(event.event_id,),
        representative=event.event_id,
    )
