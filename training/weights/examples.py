"""The trials of annotated sentences, and the actors beside those that are events, each with what is known of it."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from code_gold import article_of
from records import ANNOTATED, GOLD, WRITTEN, annotations, named, records_in, with_actors, written_files

from transforms.events import sides
from transforms.events.coder import readings, trials
from transforms.events.features import features
from transforms.events.matching import Trial
from transforms.events.reading import Reading
from transforms.events.tagger import Network

Networks = Callable[[str], Network | None]
"""For a document the tagger that has not learned from it."""


@dataclass
class Example:
    """A trial."""

    kind: int
    document: str
    anchor: tuple[str, str, int]
    """Sentence, its place, and the token that heads the trial."""
    event_type: str
    facts: list[str]
    doubts: int
    is_event: bool


@dataclass
class Party:
    """An actor that stands in the sentence of an event."""

    kind: int
    document: str
    facts: list[str]
    on: dict[str, bool]
    """For each side whether the actor is on it."""


@dataclass
class Examples:
    """All that is learned from."""

    trials: list[Example] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)

    def gold(self, records: Iterable[dict[str, Any]], path: Path, network: Networks, kind: int = GOLD) -> None:
        """Take in gold records."""
        for record in records:
            article = article_of(record, path)
            if not article.relevant:
                continue
            for reading in readings(article, network(record["id"])):
                index = closest_sentence(reading.sentence.text, record["sentences"])
                if index is not None:
                    events = [with_actors(e) for e in record["events"] if e["sentence"] == index]
                    self._sentence(kind, record["id"], str(index), reading, events)

    def written(self, network: Networks) -> None:
        """Take in what was written for training."""
        for path in written_files():
            records = [r for r in records_in(path) if r["relevant"]]
            for record in records:
                record["text"] = "\n\n".join(record["sentences"][record["title"] is not None :])
            self.gold(records, path, network, WRITTEN)

    def annotated(self, corpora: Iterable[Path], network: Networks) -> None:
        """Take in the sentences of corpora that `training/annotations/events.tsv` annotates."""
        known = annotations()
        for corpus in corpora:
            for record in (r for r in records_in(corpus) if r["id"] in known):
                sentences = known[record["id"]]
                article = replace(article_of(record, corpus), relevant=True)
                for reading in readings(article, network(record["id"])):
                    key = named(reading.sentence.text)
                    if key in sentences:
                        self._sentence(ANNOTATED, record["id"], key, reading, sentences[key])

    def _sentence(
        self, kind: int, document: str, sentence: str, reading: Reading, events: list[dict[str, Any]]
    ) -> None:
        tried = trials(reading)
        told = agreeing(tried, events, reading)
        place = f"{reading.sentence.field}:{reading.sentence.start}"
        for n, (trial, facts) in enumerate(zip(tried, features(reading, tried), strict=True)):
            anchor = (sentence, place, trial.clause.anchor)
            self.trials.append(
                Example(kind, document, anchor, trial.candidate.event_type, facts, len(trial.doubts), n in told)
            )
        for n, event in told.items():
            self.parties += parties(kind, document, reading, tried[n], event)


def parties(kind: int, document: str, reading: Reading, trial: Trial, event: dict[str, Any]) -> Iterator[Party]:
    """The actors of a sentence as seen from an event that is told there."""
    on = [dict.fromkeys(sides.SIDES, False) for _ in reading.mentions]
    for side in sides.SIDES:
        for code, name in event[f"{side}_actors"]:
            coded = [n for n, m in enumerate(reading.mentions) if any(a.code == code for a in m.actors)]
            alike = [n for n in coded if any(_words(name) & _words(a.name) for a in reading.mentions[n].actors)]
            for n in alike or coded:
                on[n][side] = True
    for mention, held in zip(reading.mentions, on, strict=True):
        yield Party(kind, document, sides.facts(reading, trial, mention), held)


def _words(name: str) -> set[str]:
    return {word for word in name.lower().replace("'", " ").split() if len(word) > 2}


def closest_sentence(evidence: str, sentences: Sequence[str]) -> int | None:
    """The annotated sentence that a sentence shares most words with, as the scorer finds it."""
    best, found = 0.45, None
    seen = set(evidence.lower().replace("'", " ").replace("’", " ").split())
    for index, sentence in enumerate(sentences):
        there = set(sentence.lower().replace("'", " ").replace("’", " ").split())
        share = len(seen & there) / max(1, min(len(seen), len(there)))
        size = min(len(seen), len(there)) / max(1, len(seen), len(there))
        if share >= 0.6 and share * (0.5 + 0.5 * size) > best:
            best, found = share * (0.5 + 0.5 * size), index
    return found


def agreeing(tried: Sequence[Trial], events: Sequence[dict[str, Any]], reading: Reading) -> dict[int, dict[str, Any]]:
    """Which trials agree with which event: of the same type, one each, the same word first, the surer first."""
    told: dict[int, dict[str, Any]] = {}
    for event in events:
        words = set((event.get("trigger") or "").lower().split())
        best = None
        for n, trial in enumerate(tried):
            if trial.candidate.event_type != event["event_type"] or n in told:
                continue
            start, end = trial.candidate.trigger
            same = bool(words & {t.lower_ for t in reading.doc[start:end]})
            rank = (not same, len(trial.doubts), n)
            if best is None or rank < best[0]:
                best = (rank, n)
        if best is not None:
            told[best[1]] = event
    return told
