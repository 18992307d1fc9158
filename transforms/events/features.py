"""What the weights look at: the facts about a trial, each as a short name, so that a weight can be read.

Facts that hold for every event type stand as they are ("doubt=object"); most stand with the type as well
("incident+doubt=object"), as a passive or a number means one thing for a rescue and another for a threat.
"""

from collections.abc import Iterator, Sequence

from transforms.events.matching import Trial
from transforms.events.reading import Reading, ancestors
from transforms.events.weighing import by_type, reached

_STEPS = (0.01, 0.02, 0.04, 0.08, 0.15, 0.25, 0.4, 0.55, 0.7, 0.82, 0.9, 0.95)

_QUOTES = frozenset("\"“”'‘’``''")


def features(reading: Reading, trials: Sequence[Trial]) -> list[list[str]]:
    """For each trial of a sentence the names of all facts that hold for it, also with its type, sorted."""
    found = zip(trials, facts(reading, trials), strict=True)
    return [by_type(trial.candidate.event_type, of_trial) for trial, of_trial in found]


def facts(reading: Reading, trials: Sequence[Trial]) -> list[set[str]]:
    """For each trial of a sentence the facts that hold for it, whatever its type."""
    common = {*_common(reading), *(f"word={w}" for w in _words(reading))} if trials else set()
    return [common.union(_facts(reading, trial, trials)) for trial in trials]


def _common(reading: Reading) -> Iterator[str]:
    sentence = reading.sentence
    yield f"text={'title' if sentence.field == 'title' else 'headline' if reading.headline else 'sentence'}"
    yield f"length={min(len(reading.doc) // 10, 5)}"
    if any("migration" in c for c in reading.classes):
        yield "of migration"


def _facts(reading: Reading, trial: Trial, trials: Sequence[Trial]) -> Iterator[str]:
    doc, clause, candidate = reading.doc, trial.clause, trial.candidate
    token = doc[clause.anchor]
    yield f"rule={trial.trigger.id}"
    yield f"trigger={reading.lemmas[token.i]}"
    yield f"doubts={len(trial.doubts)}"
    for doubt in trial.doubts:
        yield f"doubt={doubt.kind}"
    yield f"form={clause.kind}, {'passive' if clause.passive else token.tag_}"
    yield f"place in tree={token.dep_}"
    yield f"depth={min(len(ancestors(token)), 6)}"
    yield f"factuality={candidate.factuality}"
    if token.head.i != token.i:
        yield f"under={reading.lemmas[token.head.i]}"
    if clause.kind == "noun":
        articles = [c.lower_ for c in token.children if c.dep_ in ("det", "poss")]
        yield f"article={next((a for a in articles if a in ('the', 'a', 'an', 'this', 'no')), len(articles))}"
    for child in token.children:
        if child.dep_ in ("aux", "auxpass", "neg", "mark"):
            yield f"{child.dep_}={child.lower_}"
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "prep", "agent", "xcomp", "ccomp", "advcl"):
            yield f"has={child.dep_}"
    for role in ("subject", "object"):
        heads = clause.role(role)
        if not heads:
            yield f"{role}=nothing"
        for head in heads[:3]:
            yield f"{role}={reading.lemmas[head]}"
            for name in reading.classes[head]:
                yield f"{role}=<{name}>"
    for side, heads in (("source", candidate.sources), ("target", candidate.targets)):
        codes = sorted(
            {a.sector for m in reading.mentions if any(m.start <= h < m.end for h in heads) for a in m.actors}
        )
        yield f"{side}={codes[0] if codes else 'nobody'}"
    yield from _tagged(reading, trial)
    if _quoted(reading, token.i):
        yield "quoted"
    others = [t for t in trials if t is not trial and not t.doubts]
    for name in sorted({t.candidate.event_type for t in others if t.clause.anchor != clause.anchor}):
        yield f"beside={name}"
    for name in sorted({t.candidate.event_type for t in others if t.clause.anchor == clause.anchor}):
        yield f"or={name}"
    yield f"others={min(len(others), 5)}"


def _tagged(reading: Reading, trial: Trial) -> Iterator[str]:
    kind, tags = trial.candidate.event_type, reading.tags
    word = max(reading.told_by(token, kind) for token in trial.tokens)
    for name, sure in (("sentence", tags.told(kind)), ("word", word), ("other type", tags.told_besides(kind))):
        yield from reached(name, sure, _STEPS)


def _words(reading: Reading) -> set[str]:
    return {
        w for w, t in zip(reading.lemmas, reading.doc, strict=True) if t.is_alpha and not t.ent_type_ and len(w) > 2
    }


def _quoted(reading: Reading, token: int) -> bool:
    return sum(t.text in _QUOTES for t in reading.doc[:token]) % 2 == 1
