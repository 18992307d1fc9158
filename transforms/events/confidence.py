"""How surely a trial is an event of its type: weights over its facts, learned on annotated news.

`weights.tsv` holds a line for each fact: its name and its weight. The sum of the weights of what holds, through the
logistic function, is the probability that the trial is an event; its training is `training/weights/`.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from transforms.events.features import features
from transforms.events.matching import Trial
from transforms.events.reading import Reading

CONFIDENT_FROM, FITTING_FROM = 0.35, 0.225
"""What is less sure is no event; where a trigger fits without a doubt, the second is enough. In cross-validation F1
of the type is much the same from 0.25 to 0.4, and precision rises; the rules' own certainty makes up for what the
tagger misses."""

_NEVER = frozenset({"question"})
"""Doubts that no weight outweighs: who asks does not assert."""


@cache
def weights() -> dict[str, float]:
    """The weight of each fact; facts that are not there weigh nothing."""
    lines = files("transforms.events").joinpath("weights.tsv").read_text(encoding="utf-8").splitlines()
    return {name: float(weight) for name, weight in (line.rsplit("\t", 1) for line in lines if line and line[0] != "#")}


def judged(reading: Reading, trials: Sequence[Trial]) -> list[Trial]:
    """All trials with their confidence; what is not sure enough falls, and of those on one word all but the surest."""
    known = weights()
    out: list[Trial] = []
    surest: dict[int, Trial] = {}
    for trial, facts in zip(trials, features(reading, trials), strict=True):
        total = known["always"] + math.fsum(known.get(fact, 0.0) for fact in facts)
        sure = replace(trial, confidence=1 / (1 + math.exp(-total)))
        out.append(sure)
        best = surest.get(trial.clause.anchor)
        if best is None or sure.confidence > best.confidence:
            surest[trial.clause.anchor] = sure
    return [_fallen(t, surest[t.clause.anchor]) for t in out]


def _fallen(trial: Trial, surest: Trial) -> Trial:
    if trial.confidence < (CONFIDENT_FROM if trial.doubts else FITTING_FROM) or any(
        d.kind in _NEVER for d in trial.doubts
    ):
        because = "; ".join(d.text for d in trial.doubts) or "by its words"
        return replace(trial, fell=f"is not sure enough ({trial.confidence:.2f}): {because}")
    if trial is not surest:
        return replace(trial, fell=f"{surest.trigger.id} fits better")
    return trial
