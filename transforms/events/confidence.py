"""How surely a trial is an event of its type: weights over its facts, learned on annotated news.

What `weights.tsv` gives to the facts that hold, through the logistic function, is the probability that the trial is an
event.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from transforms.events.features import facts
from transforms.events.matching import Trial
from transforms.events.reading import Reading
from transforms.events.weighing import log_odds

CONFIDENT_FROM, FITTING_FROM = 0.35, 0.225
"""What is less sure is no event; where a trigger fits without a doubt, the second is enough. In cross-validation F1
of the type is much the same from 0.25 to 0.4, and precision rises; the rules' own certainty makes up for what the
tagger misses."""

_NEVER = frozenset({"question"})
"""Doubts that no weight outweighs: who asks does not assert."""


def judged(reading: Reading, trials: Sequence[Trial]) -> list[Trial]:
    """All trials with their confidence; what is not sure enough falls, and of those on one word all but the surest."""
    out: list[Trial] = []
    surest: dict[int, Trial] = {}
    for trial, found in zip(trials, facts(reading, trials), strict=True):
        odds = log_odds("weights.tsv", trial.candidate.event_type, found)
        sure = replace(trial, confidence=1 / (1 + math.exp(-odds)))
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
