"""Learn what `transforms/events/weights.tsv` holds: how much each fact about a trial speaks for its being an event.

    python training/confidence/train.py ../shared/gold/train.jsonl \\
        --corpus ../shared/corpora/news.jsonl.zst ../shared/duplicates/documents.jsonl

What was written for training (`training/written/`) is learned from as well, and with `--corpus` the articles annotated in
`training/annotations/`; the figures printed are those on the gold records alone.

Trials of annotated sentences that agree with an annotated event of their type are examples for, all others against. A
logistic regression over the facts (`transforms.events.features`) is fitted by scikit-learn; its weights are rounded and
written with their names. The figures printed are by cross-validation over documents: no document is judged by
weights that have seen it. Needs scikit-learn, which the coder itself does not.
"""

import argparse
import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from backports import zstd
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from transforms.events.coder import readings, trials
from transforms.events.features import features

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from code_gold import article_of

FOLDS = 10
STRENGTH = 0.1
"""Inverse of the regularisation; chosen by cross-validation."""

ANNOTATIONS = Path(__file__).parents[1] / "annotations" / "events.tsv"

WRITTEN = Path(__file__).parents[1] / "written"

RARE = 3
"""Facts that hold for fewer trials than this are left out."""


@dataclass
class Example:
    """A trial of the training records."""

    document: int
    anchor: tuple[str, str, int]
    """Sentence, its place, and the token that heads the trial."""
    event_type: str
    facts: list[str]
    doubts: int
    is_event: bool


def records_in(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file of JSON lines, compressed or not."""
    with zstd.open(path, "rt", encoding="utf-8") if path.suffix == ".zst" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def examples(records: Iterable[dict[str, Any]], path: Path) -> list[Example]:
    """The trials of all annotated sentences of gold records."""
    found = []
    for number, record in enumerate(records):
        article = article_of(record, path)
        if not article.relevant:
            continue
        for reading in readings(article):
            index = closest_sentence(reading.sentence.text, record["sentences"])
            if index is not None:
                events = [e for e in record["events"] if e["sentence"] == index]
                found += of_sentence(number, str(index), reading, events)
    return found


def written_examples() -> list[Example]:
    """The trials of what was written for training."""
    found = []
    for path in sorted(WRITTEN.glob("*.jsonl")):
        records = list(records_in(path))
        for record in records:
            record["text"] = "\n\n".join(record["sentences"][record["title"] is not None :])
        found += examples((r for r in records if r["relevant"]), path)
    return found


def annotated_examples(corpora: Iterable[Path]) -> list[Example]:
    """The trials of the sentences of corpora that `training/annotations/events.tsv` annotates."""
    annotated: dict[str, dict[str, list[dict[str, str]]]] = {}
    with ANNOTATIONS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            events = annotated.setdefault(row["article"], {}).setdefault(row["sentence"], [])
            if row["event_type"] != "-":
                events.append(row)
    found = []
    for corpus in corpora:
        for number, record in enumerate(records_in(corpus)):
            sentences = annotated.get(record["id"])
            if sentences is None:
                continue
            for reading in readings(replace(article_of(record, corpus), relevant=True)):
                key = hashlib.blake2b(reading.sentence.text.encode(), digest_size=6).hexdigest()
                if key in sentences:
                    found += of_sentence(number, key, reading, sentences[key])
    return found


def of_sentence(document: int, sentence: str, reading: Any, events: list[dict[str, Any]]) -> list[Example]:
    """The trials of one annotated sentence."""
    tried = trials(reading)
    told = agreeing(tried, events, reading)
    place = f"{reading.sentence.field}:{reading.sentence.start}"
    return [
        Example(
            document,
            (sentence, place, trial.clause.anchor),
            trial.candidate.event_type,
            facts,
            len(trial.doubts),
            n in told,
        )
        for n, (trial, facts) in enumerate(zip(tried, features(reading, tried), strict=True))
    ]


def closest_sentence(evidence: str, sentences: list[str]) -> int | None:
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


def agreeing(tried: list[Any], events: list[dict[str, Any]], reading: Any) -> set[int]:
    """Which trials agree with an annotated event: of the same type, one each, the same word first, the surer first."""
    told: set[int] = set()
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
            told.add(best[1])
    return told


def matrix_of(facts: list[list[str]], columns: dict[str, int]) -> csr_matrix:
    """A row of ones and zeros for each list of facts."""
    rows = [sorted(columns[f] for f in one if f in columns) for one in facts]
    ends = np.cumsum([0, *(len(r) for r in rows)]).astype(np.int32)
    indices = np.array([i for r in rows for i in r], dtype=np.int32)
    return csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(rows), len(columns)))


def fit(found: list[Example], strength: float) -> tuple[dict[str, int], LogisticRegression]:
    """The column of each fact, and the model."""
    counts = Counter(f for e in found for f in e.facts)
    columns = {name: i for i, name in enumerate(sorted(f for f, n in counts.items() if n >= RARE))}
    model = LogisticRegression(C=strength, max_iter=2000, solver="liblinear", random_state=0)
    model.fit(matrix_of([e.facts for e in found], columns), [e.is_event for e in found])
    return columns, model


def cross_validated(found: list[Example], more: list[Example], strength: float) -> np.ndarray:
    """The probability of each gold example by weights that have not seen its document."""
    out = np.zeros(len(found))
    for fold in range(FOLDS):
        here = [i for i, e in enumerate(found) if e.document % FOLDS == fold]
        columns, model = fit([e for e in found if e.document % FOLDS != fold] + more, strength)
        out[here] = model.predict_proba(matrix_of([found[i].facts for i in here], columns))[:, 1]
    return out


def scores(found: list[Example], sure: np.ndarray, threshold: float, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1 of the type."""
    best: dict[tuple[Any, ...], int] = {}
    for i, e in enumerate(found):
        key = (e.document, *e.anchor)
        if sure[i] >= threshold and (key not in best or sure[i] > sure[best[key]]):
            best[key] = i
    hits = sum(found[i].is_event for i in best.values())
    precision, recall = hits / max(1, len(best)), hits / gold
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Train on a file of gold records."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--corpus", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    records = list(records_in(args.gold))
    found, gold = examples(records, args.gold), sum(len(r["events"]) for r in records)
    more = written_examples() + annotated_examples(args.corpus)
    print(f"{len(more)} further trials, {sum(e.is_event for e in more)} of them events")
    print(f"{len(found)} trials, {sum(e.is_event for e in found)} of them events, {gold} events annotated")
    rules = np.array([float(e.doubts == 0) for e in found])
    print("rules alone: precision {:.3f} recall {:.3f} F1 {:.3f}".format(*scores(found, rules, 0.5, gold)))
    sure = cross_validated(found, more, STRENGTH)
    for threshold in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        print(
            "from {}: precision {:.3f} recall {:.3f} F1 {:.3f}".format(threshold, *scores(found, sure, threshold, gold))
        )
    columns, model = fit(found + more, STRENGTH)
    rows = zip(columns, model.coef_[0], strict=True)
    kept = sorted((name, round(float(w), 3)) for name, w in rows if abs(w) >= 0.005)
    target = Path(str(files("transforms.events").joinpath("weights.tsv")))
    text = "".join(f"{name}\t{weight}\n" for name, weight in [("always", round(float(model.intercept_[0]), 3)), *kept])
    target.write_text("# fact, weight: written by training/confidence/train.py\n" + text, encoding="utf-8")
    print(f"{len(kept)} weights in {target}")


if __name__ == "__main__":
    main()
