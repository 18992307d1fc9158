"""Who acts and who is acted on: what the rules say of each actor of the sentence, weighed with what the tagger says.

`sides.tsv` holds the weights of both sides, each fact after the name of its side.
"""

from collections.abc import Iterator
from dataclasses import replace

from schemas.vocabulary import event_class
from transforms.events.candidate import Mention
from transforms.events.matching import Trial
from transforms.events.reading import Reading
from transforms.events.weighing import by_type, log_odds, reached

SIDES = ("source", "target")

LIKELY = -0.4
"""Log-odds, two in five, from which an actor is put on an empty side: from there on the sides of dev events are
best."""

_STEPS = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.96)

_NEAR = (3, 8, 16)
"""Words between the actor and the trigger."""


def facts(reading: Reading, trial: Trial, mention: Mention) -> list[str]:
    """What is known of an actor of the sentence and an event, as short names, sorted."""
    return by_type(trial.candidate.event_type, set(_facts(reading, trial, mention)))


def _facts(reading: Reading, trial: Trial, mention: Mention) -> Iterator[str]:
    doc, candidate = reading.doc, trial.candidate
    given = [
        side
        for side, heads in zip(SIDES, (candidate.sources, candidate.targets), strict=True)
        if any(mention.start <= head < mention.end for head in heads)
    ]
    yield f"rules={'+'.join(given) or 'nobody'}"
    for side, heads in zip(SIDES, (candidate.sources, candidate.targets), strict=True):
        if side not in given:
            yield f"{side} by rules={'another' if heads else 'nobody'}"
    first, last = doc[candidate.trigger[0]], doc[candidate.trigger[1] - 1]
    start, end = doc[mention.start], doc[mention.end - 1]
    sure = reading.tags.acts((first.idx, last.idx + len(last)), (start.idx, end.idx + len(end)))
    for side, probability in zip(SIDES, sure, strict=True):
        yield from reached(side, probability, _STEPS)
    yield f"kind={mention.kind}"
    if mention.actors:
        yield f"sector={mention.actors[0].sector}"
    voice = "passive" if trial.clause.passive else trial.clause.kind
    yield f"{'before' if mention.head < trial.clause.anchor else 'after'} {voice}"
    distance = abs(mention.head - trial.clause.anchor)
    yield from (f"within {n}" for n in _NEAR if distance <= n)
    yield f"role={doc[mention.head].dep_}"


def with_sides(reading: Reading, trial: Trial) -> Trial:
    """A trial with the side filled that the rules left empty, by the actors that are likely there.

    Where the rules name actors they stand: weighed anew, sides would gain actors that only stand near. Who only reports
    an act or an incident is no side of it.
    """
    candidate = trial.candidate
    heads = {"source": candidate.sources, "target": candidate.targets}
    empty = [side for side in SIDES if not heads[side]]
    verbal = event_class(candidate.event_type) == "verbal"
    for mention in reading.mentions if empty else ():
        if not verbal and reading.only_reports(mention.head):
            continue
        if not any(mention.start <= head < mention.end for side in SIDES for head in heads[side]):
            found = set(_facts(reading, trial, mention))
            sure = {side: log_odds("sides.tsv", candidate.event_type, found, f"{side}: ") for side in SIDES}
            side = max(SIDES, key=lambda s: sure[s])
            if side in empty and sure[side] >= LIKELY:
                heads[side] = (*heads[side], mention.head)
    return replace(trial, candidate=replace(candidate, sources=heads["source"], targets=heads["target"]))
