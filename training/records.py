"""The annotated sentences that the coder's learned parts are made from, wherever they lie.

Three kinds: gold records, whose annotators the coder is measured by; articles of corpora that the project's
developers annotated (`annotations/events.tsv`, which names sentences by a hash and holds none); news written for
training (`written/`).
"""

import csv
import hashlib
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backports import zstd

from transforms.events.sentences import split

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from code_gold import article_of

HERE = Path(__file__).parent

GOLD, ANNOTATED, WRITTEN = range(3)
"""Kinds of records. Annotators differ in how much they take for an event; what is learned is the way of the first."""


@dataclass
class Annotated:
    """A sentence with its events."""

    kind: int
    document: str
    text: str
    events: list[dict[str, Any]]
    """`event_type`, `trigger`, and `source_actors` and `target_actors` as pairs of code and name; some names are
    empty."""

    @property
    def half(self) -> int:
        """0 or 1: what is learned from one half of the documents can be judged on the other."""
        return half(self.document)


def half(document: str) -> int:
    """The half that a document belongs to."""
    return zlib.crc32(document.encode()) % 2


def records_in(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file of JSON lines, compressed or not."""
    with zstd.open(path, "rt", encoding="utf-8") if path.suffix == ".zst" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def gold(path: Path, kind: int = GOLD) -> Iterator[Annotated]:
    """The sentences of a gold file."""
    for record in records_in(path):
        for number, text in enumerate(record["sentences"]):
            events = [with_actors(e) for e in record["events"] if e["sentence"] == number]
            yield Annotated(kind, record["id"], text, events)


def with_actors(event: dict[str, Any]) -> dict[str, Any]:
    """A gold event with its `source_actors` and `target_actors` as pairs of code and name."""
    return event | {
        f"{side}_actors": [(actor["code"], actor["name"]) for actor in event[f"{side}s"]]
        for side in ("source", "target")
    }


def written_files() -> list[Path]:
    """The files of news written for training."""
    return sorted((HERE / "written").glob("*.jsonl"))


def written() -> Iterator[Annotated]:
    """The sentences written for training."""
    for path in written_files():
        yield from gold(path, WRITTEN)


def annotations() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """For each annotated article of a corpus, by hash of its sentences, their events."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    with (HERE / "annotations" / "events.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            events = found.setdefault(row["article"], {}).setdefault(row["sentence"], [])
            if row["event_type"] != "-":
                sides = {f"{side}_actors": _actors(row[f"{side}s"]) for side in ("source", "target")}
                events.append(row | sides)
    return found


def _actors(cell: str) -> list[tuple[str, str]]:
    pairs = (actor.partition("=") for actor in cell.split(";") if actor)
    return [(code, name) for code, _, name in pairs]


def named(sentence: str) -> str:
    """The hash that an annotated sentence goes by."""
    return hashlib.blake2b(sentence.encode(), digest_size=6).hexdigest()


def annotated(corpora: Iterable[Path]) -> Iterator[Annotated]:
    """The annotated sentences of corpora."""
    known = annotations()
    for corpus in corpora:
        for record in records_in(corpus):
            sentences = known.get(record["id"], {})
            if sentences:
                for sentence in split(article_of(record, corpus)):
                    if named(sentence.text) in sentences:
                        yield Annotated(ANNOTATED, record["id"], sentence.text, sentences[named(sentence.text)])
