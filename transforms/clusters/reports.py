"""What clustering needs to know of an event: a compact report, read from the columns of the events dataset."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache, reduce
from itertools import islice
from operator import or_
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from transforms.knowledge import read_yaml

_WORD = re.compile(r"[^\W_]+")
_ORGANISATIONS = ("NGO", "---")
"""Codes that say nothing of whom: only the name does."""
_SKETCH_BITS = 2048
"""In one pair of twenty-word sentences of six, two different words fall on one bit: that does no harm."""
_STEM = 6
"""Letters that stand for a word: "deported", "deports" and "deportation" are one."""


@dataclass(frozen=True, slots=True)
class Side:
    """The parties on one side of an event."""

    codes: frozenset[str]
    names: frozenset[tuple[str, str]]
    """Code, and id or a word of the name that is written with a capital."""
    named: frozenset[str]
    """Codes of parties that are named as a person, a vessel or an organisation, and not just as a state."""

    def joined(self, other: "Side") -> "Side":
        """The parties of both."""
        return Side(self.codes | other.codes, self.names | other.names, self.named | other.named)


@dataclass(frozen=True, slots=True)
class Report:
    """One event as one sentence tells it, or several tellings of one event by one article taken together."""

    event_ids: tuple[str, ...]
    article_id: str
    published: int | None
    """Day of publication, days since 1970."""
    event_type: str
    subtypes: frozenset[str]
    factuality: str
    sentences: frozenset[int]
    sources: Side
    targets: Side
    days: tuple[int, int] | None
    """First and last day on which it may have happened."""
    places: frozenset[str]
    countries: frozenset[str]
    figures: frozenset[tuple[str, float]]
    """Unit and value."""
    trigger: int
    """Sketch of its words."""
    words: int
    """Sketch of the words of the sentence that say something."""


def reports(events: pa.Table) -> Iterator[Report]:
    """The report of each row of a table with the columns of `schemas.events.Event`, in the order of the rows."""
    plain = (
        events[name].to_pylist()
        for name in (
            *("event_id", "article_id", "event_type", "event_subtype", "factuality"),
            *("sentence_index", "place_name", "place_country", "trigger", "evidence"),
        )
    )
    dates = (events[name].cast(pa.int32()).to_pylist() for name in ("published_date", "event_date", "event_date_end"))
    sides = (_parts(events[name], "code", "actor_id", "name") for name in ("sources", "targets"))
    figures = _parts(events["figures"], "unit", "value")
    for row, (published, first, last), sources, targets, numbers in zip(
        zip(*plain, strict=True), zip(*dates, strict=True), *sides, figures, strict=True
    ):
        event_id, article_id, event_type, subtype, factuality, sentence, place, country, trigger, evidence = row
        yield Report(
            event_ids=(event_id,),
            article_id=article_id,
            published=published,
            event_type=event_type,
            subtypes=_known(subtype),
            factuality=factuality,
            sentences=frozenset((sentence,)),
            sources=_side(sources),
            targets=_side(targets),
            days=None if first is None else (first, first if last is None else last),
            places=frozenset(() if place is None else (place.casefold(),)),
            countries=_known(country),
            figures=frozenset(numbers),
            trigger=_sketch(trigger),
            words=_sketch(evidence),
        )


def together(tellings: list[Report]) -> Report:
    """Several tellings of one event by one article as one report; the first gives what cannot be joined."""
    first = tellings[0]
    if len(tellings) == 1:
        return first

    def joined(name: str) -> frozenset[Any]:
        return frozenset().union(*(getattr(telling, name) for telling in tellings))

    return replace(
        first,
        event_ids=tuple(i for telling in tellings for i in telling.event_ids),
        sources=reduce(Side.joined, (telling.sources for telling in tellings)),
        targets=reduce(Side.joined, (telling.targets for telling in tellings)),
        days=min((t.days for t in tellings if t.days), key=lambda d: (d[1] - d[0], d), default=None),
        subtypes=joined("subtypes"),
        sentences=joined("sentences"),
        places=joined("places"),
        countries=joined("countries"),
        figures=joined("figures"),
        trigger=reduce(or_, (telling.trigger for telling in tellings)),
        words=reduce(or_, (telling.words for telling in tellings)),
    )


@lru_cache(maxsize=1 << 16)
def _side(actors: tuple[tuple[Any, ...], ...]) -> Side:
    names: set[tuple[str, str]] = set()
    named = set()
    for code, actor_id, name in actors:
        own = _own_name(code, name)
        body = actor_id if actor_id is not None and not actor_id.endswith("/gov") else None
        names.update((code, part) for part in (*own, body) if part is not None)
        if own and own[-1] not in _words()["bodies"] and (body or len(name.split()) > 1 or code in _ORGANISATIONS):
            named.add(code)
    return Side(frozenset(code for code, _, _ in actors), frozenset(names), frozenset(named))


def _own_name(code: str, name: str) -> list[str]:
    """What of a name is its bearer's own: all capitalised words of an organisation or ship, the last one of others."""
    words = [word for word in _WORD.findall(name) if not word.isdigit()]
    if code in ("REF", "CRM") or not words or not words[-1][0].isupper():
        return []
    return [word.casefold() for word in (words if code in _ORGANISATIONS else words[-1:]) if word[0].isupper()]


def _known(value: str | None) -> frozenset[str]:
    return frozenset(() if value is None else (value,))


def _sketch(text: str) -> int:
    """A bit for each word's stem, so that two sentences are compared by counting the bits they share."""
    bits = 0
    for word in _WORD.findall(text.casefold()):
        bits |= _bit(word)
    return bits


@lru_cache(maxsize=1 << 16)
def _bit(word: str) -> int:
    if len(word) == 1 or word in _words()["empty"]:
        return 0
    return 1 << (xxhash.xxh3_64_intdigest(word[:_STEM].encode("utf-8", "replace")) % _SKETCH_BITS)


def _parts(column: pa.ChunkedArray, *names: str) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Of a column of lists of structs, for each row the named fields of each struct."""
    for chunk in column.chunks:
        lengths = pc.fill_null(pc.list_value_length(chunk), 0).to_pylist()
        flat = pc.list_flatten(chunk)
        items = zip(*(pc.struct_field(flat, name).to_pylist() for name in names), strict=True)
        for length in lengths:
            yield tuple(islice(items, length))


@cache
def _words() -> dict[str, frozenset[str]]:
    lists = read_yaml("transforms.clusters", "words.yaml")
    return {name: frozenset(words) for name, words in lists.items()}
