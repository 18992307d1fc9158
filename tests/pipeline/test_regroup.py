"""Clustering again only what is near to a change makes what clustering everything makes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import regroup as regrouping
from pipeline.regroup import regroup
from schemas.columns import to_table
from schemas.events import Actor, Event, Figure
from transforms.clusters import cluster, grouping

FIRST = date(2019, 1, 1)


@dataclass(frozen=True)
class Told:
    """What events differ in, from few values each, so that they meet."""

    kind: str
    code: str
    offset: int | None
    place: str | None
    figure: int | None


told = st.builds(
    Told,
    kind=st.sampled_from(["rescue", "interception", "refusal"]),
    code=st.sampled_from(["ITA", "MLT"]),
    offset=st.none() | st.integers(-3, 0),
    place=st.sampled_from([None, "Lampedusa", "Valletta"]),
    figure=st.sampled_from([None, 40, 49]),
)
articles = st.dictionaries(
    st.tuples(st.integers(0, 30), st.none() | st.integers(0, 40)), st.lists(told, min_size=1, max_size=3), max_size=9
)


def events(number: int, published: date | None, tellings: list[Told]) -> Iterator[Event]:
    for index, one in enumerate(tellings):
        day = None if one.offset is None or published is None else published + timedelta(days=one.offset)
        yield Event(
            event_id=f"{number:02}-{published}-{index}",
            event_cluster_id="",
            article_id=f"{number:02}-{published}",
            event_type=one.kind,
            event_class="material",
            factuality="actual",
            sources=(Actor(name="Coastguard", code=one.code, sector="MIL"),),
            targets=(Actor(name="migrants", code="REF", sector="REF"),),
            event_date=day,
            event_date_precision="day" if day else None,
            event_date_basis="explicit" if day else "unstated",
            place_name=one.place,
            place_country="ITA" if one.place else None,
            place_basis="sentence",
            figures=() if one.figure is None else (Figure(value=one.figure, unit="people", quantifier="exactly"),),
            trigger="rescued",
            evidence=f"The coastguard met {one.figure} people off {one.place}.",
            evidence_field="text",
            evidence_start=0,
            evidence_end=9,
            sentence_index=index,
            rule_id="r",
            coder_version="c",
            confidence=0.5,
            published_date=published,
        )


def table(found: dict[tuple[int, int | None], list[Told]]) -> pa.Table:
    rows = [
        event
        for (number, day), tellings in sorted(found.items(), key=repr)
        for event in events(number, None if day is None else FIRST + timedelta(days=day), tellings)
    ]
    return to_table(Event, rows)


@contextmanager
def nearest(limit: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grouping, "NEAREST", limit)
        patch.setattr(grouping, "LEADERS", limit)
        patch.setattr(regrouping, "WORTHWHILE", 1.0)
        yield


@settings(max_examples=150, deadline=None)
@given(kept=articles, gone=articles, new=articles, limit=st.sampled_from([1, 2, 128]))
def test_as_if_all_were_clustered(
    kept: dict[tuple[int, int | None], list[Told]],
    gone: dict[tuple[int, int | None], list[Told]],
    new: dict[tuple[int, int | None], list[Told]],
    limit: int,
) -> None:
    old, now = table(gone | kept), table(new | kept)
    with nearest(limit):
        before = dict(zip(*(column.to_pylist() for column in cluster(old).columns), strict=True))
        stays = set(table(kept)["event_id"].to_pylist())
        lost = old.filter(pa.array([i not in stays for i in old["event_id"].to_pylist()], pa.bool_()))
        lost = lost.drop_columns(["event_cluster_id"]).append_column(
            "event_cluster_id", pa.array([before[i] for i in lost["event_id"].to_pylist()], pa.string())
        )
        was = [before[i] if i in stays else None for i in now["event_id"].to_pylist()]
        assert regroup(now, was, lost).equals(cluster(now))


def test_what_is_far_from_a_change_is_not_clustered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    one = [Told("rescue", "ITA", 0, "Lampedusa", 40)]
    old = table({(number, 10 * number): one for number in range(20)})
    was = dict(zip(*(column.to_pylist() for column in cluster(old).columns), strict=True))
    now = table({(number, 10 * number): one for number in range(20)} | {(99, 51): one})
    clustered: list[int] = []
    monkeypatch.setattr(regrouping, "cluster", lambda found: clustered.append(len(found)) or cluster(found))
    found = regroup(now, [was.get(i) for i in now["event_id"].to_pylist()], old.slice(0, 0))
    assert found.equals(cluster(now))
    assert max(clustered) < 5
