"""Learn the weights of facts: `transforms/events/weights.tsv` (is a trial an event?) and `sides.tsv` (who acts?).

    python training/weights/train.py ../shared/gold/train.jsonl --halves /tmp/halves \\
        --corpus ../shared/corpora/news.jsonl.zst ../shared/duplicates/documents.jsonl

`--halves` is the folder that `training/tagger/train.py` wrote: every document is read with the tagger that has not
learned from it. What was written for training (`training/written/`) is learned from as well, and with `--corpus` the
articles annotated in `training/annotations/`; the figures printed are those on the gold records alone.

Trials of annotated sentences that agree with an annotated event of their type are examples for, all others against;
of the actors in the sentence of an event those that the annotator put on a side are examples for that side. Logistic
regressions are fitted by scikit-learn; their weights are rounded and written with the names of the facts. The
figures printed are by cross-validation over documents. Needs scikit-learn, which the coder itself does not.
"""

import argparse
import math
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent))
from examples import Example, Examples
from records import GOLD, half, records_in

from transforms.events.sides import LIKELY, SIDES
from transforms.events.tagger import Network, load

FOLDS = 10
STRENGTH, SIDES_STRENGTH = 0.05, 0.2
"""Inverse of the regularisation; chosen by cross-validation."""

OTHERS = 0.5
"""What an example counts that is not of gold records; its annotators see events a little otherwise."""

RARE = 3
"""Facts that hold for fewer examples than this are left out."""


class Facts:
    """Examples as a matrix of ones and zeros: a row for each, a column for each fact that is not rare."""

    def __init__(self, examples: Sequence[Any], strength: float) -> None:
        self.strength = strength
        # How often other annotators see an event of a type is learned apart, and not written.
        rows = [[*e.facts, *_habits(e)] for e in examples]
        counts = Counter(f for row in rows for f in row)
        self.columns = {name: i for i, name in enumerate(sorted(f for f, n in counts.items() if n >= RARE))}
        kept = [sorted(self.columns[f] for f in row if f in self.columns) for row in rows]
        ends = np.cumsum([0, *(len(r) for r in kept)]).astype(np.int32)
        indices = np.array([i for r in kept for i in r], dtype=np.int32)
        self.matrix = csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(rows), len(self.columns)))
        self.weight = np.array([1.0 if e.kind == GOLD else OTHERS for e in examples])
        self.gold = np.array([e.kind == GOLD for e in examples])
        self.fold = np.array([zlib.crc32(e.document.encode()) // 2 % FOLDS for e in examples])

    def fit(self, truth: np.ndarray, rows: np.ndarray) -> LogisticRegression:
        """A model that has learned from some of the rows."""
        model = LogisticRegression(C=self.strength, max_iter=2000, solver="liblinear", random_state=0)
        return model.fit(self.matrix[rows], truth[rows], sample_weight=self.weight[rows])

    def judged(self, truth: np.ndarray) -> np.ndarray:
        """The probability of each gold row by a model that has not seen its document; zero for others."""
        sure = np.zeros(len(truth))
        for fold in range(FOLDS):
            here = self.gold & (self.fold == fold)
            sure[here] = self.fit(truth, ~here).predict_proba(self.matrix[here])[:, 1]
        return sure

    def weights(self, truth: np.ndarray) -> list[tuple[str, float]]:
        """The weight of each fact, learned from all rows; first what is always so."""
        model = self.fit(truth, np.ones(len(truth), dtype=bool))
        pairs = zip(self.columns, model.coef_[0], strict=True)
        kept = sorted((n, round(float(w), 3)) for n, w in pairs if abs(w) >= 0.005 and not n.startswith("annotator"))
        return [("always", round(float(model.intercept_[0]), 3)), *kept]


def _habits(example: Any) -> list[str]:
    if example.kind == GOLD:
        return []
    kind = f"annotator {example.kind}"
    return [kind, f"{kind}+{example.event_type}"] if isinstance(example, Example) else [kind]


def scores(found: Sequence[Example], sure: np.ndarray, threshold: float, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1 of the type on gold records."""
    best: dict[tuple[Any, ...], int] = {}
    for i, e in enumerate(found):
        key = (e.document, *e.anchor)
        if e.kind == GOLD and sure[i] >= threshold and (key not in best or sure[i] > sure[best[key]]):
            best[key] = i
    hits = sum(found[i].is_event for i in best.values())
    precision, recall = hits / max(1, len(best)), hits / gold
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def f1(found: np.ndarray, truth: np.ndarray) -> float:
    """Of yes and no."""
    return float(2 * (found & truth).sum() / max(1, found.sum() + truth.sum()))


def write(name: str, rows: Sequence[tuple[str, float]]) -> None:
    """Write weights beside the code that reads them."""
    text = "".join(f"{fact}\t{weight}\n" for fact, weight in rows)
    target = Path(str(files("transforms.events").joinpath(name)))
    target.write_text("# fact, weight: written by training/weights/train.py\n" + text, encoding="utf-8")
    print(f"{len(rows)} weights in {name}")


def main() -> None:
    """Train on a file of gold records, and on what else there is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--corpus", type=Path, nargs="*", default=[])
    parser.add_argument("--halves", type=Path, required=True, help="folder of half-0.onnx and half-1.onnx")
    args = parser.parse_args()
    halves = [load((args.halves / f"half-{n}.onnx").read_bytes()) for n in (0, 1)]

    def unseen(document: str) -> Network:
        return halves[1 - half(document)]

    records = list(records_in(args.gold))
    examples = Examples()
    examples.gold(records, args.gold, unseen)
    examples.written(unseen)
    examples.annotated(args.corpus, unseen)

    gold, trials = sum(len(r["events"]) for r in records), examples.trials
    rules = np.array([float(e.doubts == 0) for e in trials])
    print("rules alone: precision {:.3f} recall {:.3f} F1 {:.3f}".format(*scores(trials, rules, 0.5, gold)))
    facts, truth = Facts(trials, STRENGTH), np.array([e.is_event for e in trials])
    sure = facts.judged(truth)
    for threshold in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
        figures = scores(trials, sure, threshold, gold)
        print("from {}: precision {:.3f} recall {:.3f} F1 {:.3f}".format(threshold, *figures))
    write("weights.tsv", facts.weights(truth))

    parties, sides = Facts(examples.parties, SIDES_STRENGTH), []
    for side in SIDES:
        truth = np.array([p.on[side] for p in examples.parties])
        ours = np.array([any(f.startswith("rules=") and side in f for f in p.facts) for p in examples.parties])
        likely = parties.judged(truth) >= 1 / (1 + math.exp(-LIKELY))
        figures = [f1(found[parties.gold], truth[parties.gold]) for found in (ours, likely)]
        print("{}: F1 of actors by the rules {:.3f}, by weights {:.3f}".format(side, *figures))
        sides += [(f"{side}: {fact}", weight) for fact, weight in parties.weights(truth)]
    write("sides.tsv", sides)


if __name__ == "__main__":
    main()
