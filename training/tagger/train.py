"""Make `transforms/events/tagger/model.onnx` from annotated sentences.

    python training/tagger/train.py ../shared/gold/train.jsonl \\
        --corpus ../shared/corpora/news.jsonl.zst ../shared/duplicates/documents.jsonl --halves /tmp/halves

The network learns three things at once: which event types a sentence tells, which word tells each, and which words
name who acts and who is acted on. `--halves` writes two more networks, `half-0.onnx` and `half-1.onnx`, each of
which learned from one half of the documents: `training/weights/train.py` judges each document by the one that has
not seen it. Needs what `training/tagger/requirements.txt` lists. On two cores it takes some thirty minutes.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
from encoder import SIDE, logits, start
from export import export
from records import Annotated, annotated, gold, written

from transforms.events.tagger.pieces import END, START, pieces, pieces_of
from transforms.events.tagger.tagger import MOST, event_types

EPOCHS = 4
RATE = 2e-4
"""Learning rate of the layers at its highest; the heads, which start from nothing, learn at ten times that."""

BATCH = 16
LENGTHS = (24, 40, 56, 80, MOST + 2)
"""Sentences are learned from in batches of one of these lengths (pieces)."""

WORDS, SIDES = 0.25, 0.15
"""What words and sides count against the types of sentences."""

EVENTS = 8
"""Words of a sentence that sides are learned from."""

DOMAINS = 3


class Example:
    """A sentence as numbers."""

    def __init__(self, sentence: Annotated) -> None:
        numbers, spans = pieces_of(sentence.text, pieces())
        self.pieces = [pieces()[START], *numbers[:MOST], pieces()[END]]
        self.kind = sentence.kind
        self.types = np.zeros(len(event_types()), np.float32)
        self.words = np.zeros((len(self.pieces), len(event_types())), np.float32)
        self.sides: list[tuple[int, tuple[list[int], list[int]], tuple[bool, bool]]] = []
        lower = sentence.text.lower()

        def places(name: str) -> list[int]:
            at = lower.find(name.lower()) if name else -1
            return [n + 1 for n, (a, b) in enumerate(spans[:MOST]) if at >= 0 and a < at + len(name) and b > at]

        for event in sentence.events:
            column = event_types()[event["event_type"]]
            telling = places(event["trigger"] or "")
            self.types[column] = 1
            self.words[telling, column] = 1
            found = [[places(name) for _, name in event[f"{side}_actors"]] for side in ("source", "target")]
            flat = ([p for f in found[0] for p in f], [p for f in found[1] for p in f])
            # A side with a name that stands in another sentence ("he"), or unknown, teaches nothing about this one's
            # words.
            for place in telling[:3]:
                self.sides.append((place, flat, (all(found[0]), all(found[1]))))


def batches(examples: Sequence[Example], order: random.Random) -> Iterator[tuple[Any, ...]]:
    """All examples once, in batches of sentences of like length."""
    groups: dict[int, list[Example]] = {}
    for example in order.sample(examples, len(examples)):
        groups.setdefault(next(n for n in LENGTHS if len(example.pieces) <= n), []).append(example)
    cut = [(n, g[i : i + BATCH]) for n, g in groups.items() for i in range(0, len(g), BATCH)]
    order.shuffle(cut)
    for length, batch in cut:
        yield _arrays(batch, length)


def _arrays(batch: Sequence[Example], length: int) -> tuple[Any, ...]:
    types = len(event_types())
    numbers, mask = np.zeros((BATCH, length), np.int32), np.zeros((BATCH, length), bool)
    mask[:, 0] = True
    told, words = np.zeros((BATCH, types), np.float32), np.zeros((BATCH, length, types), np.float32)
    weight, kind = np.zeros(BATCH, np.float32), np.zeros(BATCH, np.int32)
    telling, known = np.zeros((BATCH, EVENTS), np.int32), np.zeros((BATCH, EVENTS, 2), np.float32)
    sides = np.zeros((BATCH, EVENTS, 2, length), np.float32)
    for row, e in enumerate(batch):
        n = len(e.pieces)
        numbers[row, :n], mask[row, :n], told[row], words[row, :n] = e.pieces, True, e.types, e.words
        weight[row], kind[row] = 1, e.kind
        for k, (place, found, sure) in enumerate(e.sides[:EVENTS]):
            telling[row, k], known[row, k] = place, sure
            sides[row, k, 0, found[0]] = sides[row, k, 1, found[1]] = 1
    return numbers, mask, told, words, weight, kind, telling, sides, known


def _wrong(logit: Any, truth: Any) -> Any:
    return jnp.maximum(logit, 0) - logit * truth + jnp.log1p(jnp.exp(-jnp.abs(logit)))


def loss(params: Any, batch: tuple[Any, ...], key: Any) -> Any:
    """How wrong the network is, in nats a sentence."""
    numbers, mask, told, words, weight, kind, telling, sides, known = batch
    of_sentence, of_words, half, other = logits(params, numbers, mask, key)
    head, foreign = params["head"], (kind > 0)[:, None]
    of_sentence = of_sentence + head["ds"][kind] * foreign
    of_words = of_words + (head["dt"][kind] * foreign)[:, None]
    of_sides = jnp.einsum("bnkr,btkr->bnkt", jnp.take_along_axis(half, telling[:, :, None, None], 1), other)
    of_sides = of_sides / SIDE**0.5 + head["r0"][None, None, :, None]
    a = (_wrong(of_sentence, told).sum(-1) * weight).sum() / weight.sum()
    b = ((_wrong(of_words, words).sum(-1) * mask).sum(1) * weight).sum() / weight.sum()
    c = ((_wrong(of_sides, sides) * mask[:, None, None, :]).sum(-1) * known).sum() / (known.sum() + 1)
    return a + WORDS * b + SIDES * c


def learn(sentences: Sequence[Annotated], seed: int = 0) -> Any:
    """A network that has learned from sentences."""
    examples, order = [Example(s) for s in sentences], random.Random(seed)
    params = start(list(pieces()), len(event_types()), DOMAINS, seed)
    steps = EPOCHS * sum(1 for _ in batches(examples, random.Random(seed)))
    rate = optax.warmup_cosine_decay_schedule(0, RATE, steps // 10, steps, RATE * 0.02)
    labels = {part: jax.tree.map(lambda _, part=part: part, params[part]) for part in params}
    rates = {"enc": rate, "head": lambda step: rate(step) * 10}
    learner = optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.multi_transform({part: optax.adamw(r, weight_decay=0.01) for part, r in rates.items()}, labels),
    )
    state = learner.init(params)

    @jax.jit
    def step(params: Any, state: Any, batch: tuple[Any, ...], key: Any) -> tuple[Any, Any, Any]:
        value, slope = jax.value_and_grad(loss)(params, batch, key)
        updates, state = learner.update(slope, state, params)
        return optax.apply_updates(params, updates), state, value

    key, begun = jax.random.PRNGKey(seed), time.monotonic()
    for epoch in range(EPOCHS):
        values = []
        for batch in batches(examples, order):
            key, here = jax.random.split(key)
            params, state, value = step(params, state, batch, here)
            values.append(value)
        print(f"epoch {epoch}: loss {float(np.mean(values)):.3f}, {time.monotonic() - begun:.0f} s", flush=True)
    return jax.tree.map(np.asarray, params)


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--corpus", type=Path, nargs="*", default=[])
    parser.add_argument("--halves", type=Path)
    args = parser.parse_args()
    sentences = [*gold(args.gold), *annotated(args.corpus), *written()]
    print(f"{len(sentences)} sentences with {sum(len(s.events) for s in sentences)} events")
    export(learn(sentences), Path(str(files("transforms.events.tagger").joinpath("model.onnx"))))
    if args.halves:
        args.halves.mkdir(parents=True, exist_ok=True)
        for half in (0, 1):
            export(learn([s for s in sentences if s.half == half]), args.halves / f"half-{half}.onnx")


if __name__ == "__main__":
    main()
