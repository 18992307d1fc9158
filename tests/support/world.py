"""The small world of `world.yaml`, published by a real run; only the coder is the list of what it would find."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import coding
from pipeline.run import run
from pipeline.run_options import RunOptions
from schemas import vocabulary
from schemas.articles import Article
from schemas.columns import problems
from schemas.crosswalk import plover_type
from schemas.events import Actor, Event, Figure

WORLD: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("world.yaml").read_text(encoding="utf-8"))
_ACTOR = re.compile(r"(?P<name>.+?) (?P<code>[A-Z]{3}|---) (?P<sector>[A-Z]{3})(?: (?P<actor_id>\S+))?")
_ABOUT = "Migrants, refugees and asylum seekers crossed the border; the coastguard and the rescue ships were at sea."


def publish(folder: Path) -> Path:
    """Run over the world; returns the output."""
    seeds = folder / "world.jsonl"
    seeds.write_text("".join(json.dumps(_document(n)) + "\n" for n in range(len(WORLD))), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coding, "code_article", _events)
        record = run(RunOptions(seeds=(str(seeds),), output=str(folder / "data")))
    assert sum(record.events.values()) == sum(len(told["events"]) for told in WORLD)
    return folder / "data"


def _document(number: int) -> dict[str, Any]:
    told = WORLD[number]
    sentences = [event["evidence"] for event in told["events"]]
    return {
        "id": number,
        "url": f"https://news.example/{number}",
        "title": told["title"],
        "publisher": told["publisher"],
        "published": str(told["published"]),
        "text": " ".join([*sentences, f"Report {number}.", _ABOUT]),
    }


def _events(article: Article) -> Iterator[Event]:
    (told,) = (told for told in WORLD if told["title"] == article.title)
    for number, said in enumerate(told["events"]):
        event = _event(article, number, said)
        assert not list(problems(event))
        yield event


def _event(article: Article, number: int, said: dict[str, Any]) -> Event:
    event_type = next(name for name in said if name in vocabulary.terms("event_type"))
    subtype, factuality = said[event_type], said.get("factuality", "actual")
    sources, targets = (tuple(map(_actor, said.get(side, ()))) for side in ("sources", "targets"))
    policy, movement = said.get("policy", {}), said.get("movement", {})
    first, last, precision = _days(said.get("date"))
    place, country, latitude, longitude = said.get("place", (None,) * 4)
    start = article.text.index(said["evidence"])
    return Event(
        event_id=hashlib.blake2b(f"{article.title} {number}".encode(), digest_size=16).hexdigest(),
        event_cluster_id="",
        article_id=article.article_id,
        event_type=event_type,
        event_subtype=subtype,
        event_class=vocabulary.event_class(event_type),
        plover_type=plover_type(
            event_type, subtype=subtype, restrictiveness=policy.get("restrictiveness"), factuality=factuality
        ),
        factuality=factuality,
        sources=sources,
        targets=targets,
        source_codes=tuple(sorted({a.code for a in sources})),
        target_codes=tuple(sorted({a.code for a in targets})),
        event_date=first,
        event_date_end=last,
        event_date_precision=precision,
        event_date_basis="explicit" if first else "unstated",
        series_date=first or article.published_date,
        place_name=place,
        place_country=country,
        latitude=latitude,
        longitude=longitude,
        place_basis="sentence" if place else "unstated",
        **movement,
        **policy,
        figures=tuple(Figure(value=v, unit=unit, quantifier=q) for v, unit, q in said.get("figures", ())),
        trigger=said["evidence"].split()[0],
        evidence=said["evidence"],
        evidence_field="text",
        evidence_start=start,
        evidence_end=start + len(said["evidence"]),
        sentence_index=number + 1,
        rule_id="world",
        coder_version="world",
        confidence=0.5 + number / 10,
        published_at=article.published_at,
        published_date=article.published_date,
        publisher=article.publisher,
        url=article.url,
    )


def _actor(said: str) -> Actor:
    found = _ACTOR.fullmatch(said)
    assert found, said
    known = found["actor_id"]
    return Actor(**found.groupdict(), canonical_name=found["name"] if known else None)


def _days(said: date | str | None) -> tuple[date | None, date | None, str | None]:
    if said is None or isinstance(said, date):
        return said, said, "day" if said else None
    first = date.fromisoformat(f"{said}-01")
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1) - date.resolution, "month"
