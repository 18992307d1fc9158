"""Learn the weights of the relevance lexicon, and print how well they do in cross-validation.

    python training/relevance/fit.py GOLD/train.jsonl CORPORA/news.jsonl.zst

Gold records give the answers. Articles of a general corpus that hold a word of a gate group but none of the groups in
`CORE` are added as irrelevant at a lower weight: without them the model has seen too little of other news (rescued
pets, sunk freighters). Ridge-penalised logistic regression by Newton's method; nothing random.
"""

import argparse
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from transforms.events import relevance

CORE = {"people", "movement", "policy", "vessels", "smuggling", "routes"}
OTHER = {"lookalikes", "elections", "money", "war", "mishaps", "crime"}
"""Groups that speak of something else: their words never count for migration, as those of gate groups never against."""
WEAK = 0.3
"""Weight of a corpus article against a gold one, chosen with RIDGE in cross-validation among 0, 0.05, 0.1, 0.3."""
RIDGE = 0.3
"""Penalty on squared weights, chosen among 0.3, 1, 2."""
FOLDS = 10
OUT = Path(relevance.__file__).with_name("relevance_weights.toml")

Floats = NDArray[np.float64]


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON lines file, plain or zstd."""
    with path.open("rb") as raw:
        stream = zstandard.ZstdDecompressor().stream_reader(raw) if path.suffix == ".zst" else raw
        yield from map(json.loads, io.TextIOWrapper(stream, encoding="utf-8"))


def row(record: dict[str, Any]) -> list[float]:
    """The model's inputs for a record: head, lead and density of each group."""
    return [x for part in relevance.signals(record["title"], record["text"]) for x in part]


def fit(x: Floats, y: Floats, weight: Floats, sign: Floats) -> Floats:
    """Weights of the columns of x, each of the given sign (0: either) or zero, and the bias last."""
    x, sign = np.column_stack([x, np.ones(len(x))]), np.append(sign, 0)
    free, w = np.ones(x.shape[1], bool), np.zeros(x.shape[1])
    while True:
        w[free] = newton(x[:, free], y, weight)
        w[~free] = 0
        wrong = w * sign < 0
        if not wrong.any():
            return w
        free &= ~wrong


def newton(x: Floats, y: Floats, weight: Floats) -> Floats:
    """Ridge-penalised logistic regression; the last column of x is the bias, which is not penalised."""
    w, ridge = np.zeros(x.shape[1]), np.diag([RIDGE] * (x.shape[1] - 1) + [1e-6])
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + ridge, x.T @ (weight * (p - y)) + ridge @ w)
    return w


def main() -> None:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("corpus", type=Path)
    args = parser.parse_args()
    groups = relevance.lexicon().groups
    gold = list(read(args.gold))
    x, y = np.array([row(r) for r in gold]), np.array([float(r["relevant"]) for r in gold])
    corpus = np.array([row(r) for r in read(args.corpus)])
    density = corpus[:, 2 * len(groups) :]
    core = density[:, [i for i, name in enumerate(groups) if name in CORE]].any(axis=1)
    weak = corpus[density[:, sorted(relevance.lexicon().gates)].any(axis=1) & ~core]

    of_group = [
        1.0 if g in relevance.lexicon().gates else -1.0 if name in OTHER else 0.0 for g, name in enumerate(groups)
    ]
    sign = np.tile(of_group, 3)

    def learn(chosen: NDArray[np.bool_]) -> Floats:
        return fit(
            np.vstack([x[chosen], weak]),
            np.concatenate([y[chosen], np.zeros(len(weak))]),
            np.concatenate([np.ones(chosen.sum()), np.full(len(weak), WEAK)]),
            sign,
        )

    score, fold = np.zeros(len(y)), np.arange(len(y)) % FOLDS
    for f in range(FOLDS):
        w = learn(fold != f)
        score[fold == f] = 1 / (1 + np.exp(-(x[fold == f] @ w[:-1] + w[-1])))
    gates = sorted(relevance.lexicon().gates)
    score[~(x[:, gates].any(axis=1) | x[:, [2 * len(groups) + g for g in gates]].any(axis=1))] = 0
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        kept = score >= threshold
        f1 = 2 * (kept & (y == 1)).sum() / (kept.sum() + y.sum())
        print(f"from {threshold}: F1 {f1:.3f}, irrelevant kept {(kept & (y == 0)).sum() / (y == 0).sum():.3f}")
    w = learn(np.ones(len(y), bool))
    head, lead, dense = w[:-1].reshape(3, -1).round(3)
    lines = ["# Learned by training/relevance/fit.py; what each part means: relevance.py.", f"bias = {w[-1]:.3f}", ""]
    lines += ["[groups]"]
    lines += [
        f"{name} = {{ head = {h:.3f}, lead = {le:.3f}, density = {d:.3f} }}"
        for name, h, le, d in zip(groups, head, lead, dense, strict=True)
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
