"""From an article to its events: the steps of the coder in order (docs/coder.md).

Sentences in which the tagger sees next to no event are not parsed. In the others every trigger is tried where its
word stands; a trial that does not quite fit is in doubt, and so is what is not asserted, what another event
contains, what is told twice. At last weights decide which trials are events. `explain` shows all of it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from spacy.tokens import Doc

from schemas import vocabulary
from schemas.articles import Article
from schemas.crosswalk import plover_type
from schemas.events import Actor, Event
from transforms.events import actors, dates, figures, places, policy
from transforms.events.actors.moved import on_the_move
from transforms.events.assertion import questioned, with_containers, with_repeats
from transforms.events.candidate import Candidate, Mention, Sentence
from transforms.events.confidence import judged
from transforms.events.factuality import factuality
from transforms.events.matching import Trial, match
from transforms.events.reading import Reading, read
from transforms.events.sentences import split
from transforms.events.sides import with_sides
from transforms.events.syntax import parse
from transforms.events.tagger import Network, tag
from transforms.events.version import CODER_VERSION

PARSED_FROM = 0.01
"""How likely a sentence must be to tell an event of any type for it to be parsed. A fifth of the sentences of an
article about migration is less likely; they hold one in thirty of the events."""

_HISTORY = timedelta(days=366)
"""An event that ended longer ago than this is background (codebook 4)."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the coder made of one sentence."""

    sentence: Sentence
    reading: Reading | None
    """None where the sentence was not parsed, as the tagger sees next to no event in it."""
    trials: tuple[Trial, ...]
    """Every trigger that was tried; those that stand are events."""


def is_coded(article: Article) -> bool:
    """Whether an article is coded at all: in English, and about migration."""
    return article.relevant and (article.language is None or article.language.lower().startswith("en"))


def code_article(article: Article) -> list[Event]:
    """The events of an article in the order of its sentences; none if it is not English or not about migration.

    Every column is filled; `event_cluster_id` is the event's own id until events are clustered, `run_id` and
    `pipeline_version` are left to whoever runs the coder.
    """
    if not is_coded(article):
        return []
    sentences = split(article)
    ground = _ground(article, sentences)
    seen: Counter[tuple[str, int, int, str]] = Counter()
    events = []
    for reasons in _reasons(sentences, ground.cast):
        if reasons.reading is None:
            continue
        for trial in reasons.trials:
            if trial.fell is None:
                key = (reasons.sentence.field, reasons.sentence.start, reasons.sentence.end, trial.candidate.event_type)
                events.append(_event(article, reasons.reading, trial, ground, seen[key]))
                seen[key] += 1
    return _placed_where_parties_met(events)


def _placed_where_parties_met(events: list[Event]) -> list[Event]:
    """Agreements that name no place take that of the talks of the same states in the same article."""

    def states(event: Event) -> frozenset[str]:
        return frozenset(event.source_codes + event.target_codes)

    talks: dict[frozenset[str], Event] = {}
    for event in events:
        if event.event_type == "consultation" and event.place_name is not None and len(states(event)) > 1:
            talks.setdefault(states(event), event)
    return [
        replace(
            event,
            place_name=held.place_name,
            place_country=held.place_country,
            latitude=held.latitude,
            longitude=held.longitude,
            geonames_id=held.geonames_id,
            place_basis="article",
        )
        if event.event_type == "agreement" and event.place_country is None and (held := talks.get(states(event)))
        else event
        for event in events
    ]


def explain(article: Article) -> list[Reasons]:
    """For each sentence what was tried and why it fell; the article is taken as relevant."""
    sentences = split(article)
    return list(_reasons(sentences, _cast(article, sentences)))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the article as a whole lends to its events."""

    cast: actors.Cast
    clock: dates.Clock
    places: places.PlaceContext


def _ground(article: Article, sentences: Sequence[Sentence]) -> _Ground:
    return _Ground(
        _cast(article, sentences),
        dates.clock_of(article, sentences),
        places.context_of(article, sentences),
    )


def _cast(article: Article, sentences: Sequence[Sentence]) -> actors.Cast:
    return actors.read_cast(article.title, sentences, article.dateline_place)


def readings(article: Article, network: Network | None = None) -> list[Reading]:
    """The sentences of an article that may tell events, parsed and with their mentions of actors.

    `network` stands in for the tagger's own, where one must not have seen the article (`training/weights`).
    """
    sentences = split(article)
    return [r for _, r in _readings(sentences, _cast(article, sentences), network) if r is not None]


def _readings(
    sentences: Sequence[Sentence], cast: actors.Cast, network: Network | None = None
) -> Iterator[tuple[Sentence, Reading | None]]:
    tagged = {s.index: tags for s, tags in zip(sentences, tag((s.text for s in sentences), network), strict=True)}
    parsed = [s for s in sentences if tagged[s.index].any() >= PARSED_FROM]
    docs = dict(zip((s.index for s in parsed), parse(s.text for s in parsed), strict=True))
    for sentence in sentences:
        doc = docs.get(sentence.index)
        if doc is None:
            yield sentence, None
        else:
            mentions = actors.find_mentions(doc, sentence, cast)
            yield sentence, read(sentence, doc, mentions, tagged[sentence.index])


def _reasons(sentences: Sequence[Sentence], cast: actors.Cast) -> Iterator[Reasons]:
    for sentence, reading in _readings(sentences, cast):
        yield Reasons(sentence, reading, tuple(_decided(reading)) if reading else ())


def _decided(reading: Reading) -> Iterator[Trial]:
    for trial in judged(reading, trials(reading)):
        yield with_sides(reading, trial) if trial.fell is None else trial


def trials(reading: Reading) -> list[Trial]:
    """All that is tried in a sentence, with the doubts that the rules have; nothing is decided yet."""
    found = [questioned(reading, t) for t in match(reading)]
    found = with_repeats(with_containers(found, reading), reading)
    return [replace(t, candidate=replace(t.candidate, factuality=factuality(reading, t))) for t in found]


def _event(article: Article, reading: Reading, trial: Trial, ground: _Ground, ordinal: int) -> Event:
    doc, candidate, sentence = reading.doc, trial.candidate, reading.sentence
    when = dates.resolve(doc, candidate, ground.clock)
    candidate = _historical(candidate, when, article)
    named = (_actors(heads, doc, reading.mentions, ground.cast) for heads in (candidate.sources, candidate.targets))
    sources, targets = on_the_move(candidate.event_type, *named)
    targets = tuple(a for a in targets if a not in sources)
    where = places.locate(doc, candidate, reading.mentions, ground.places)
    moved = places.movement(doc, candidate, reading.mentions, where)
    coded = policy.policy_of(doc, candidate, sources, targets)
    event_id = _event_id(article.article_id, sentence, candidate.event_type, ordinal)
    start, end = doc[candidate.trigger[0]].idx, doc[candidate.trigger[1] - 1]
    return Event(
        event_id=event_id,
        event_cluster_id=event_id,
        article_id=article.article_id,
        event_type=candidate.event_type,
        event_subtype=candidate.subtype,
        event_class=vocabulary.event_class(candidate.event_type),
        plover_type=plover_type(
            candidate.event_type,
            subtype=candidate.subtype,
            restrictiveness=coded.restrictiveness,
            factuality=candidate.factuality,
        ),
        factuality=candidate.factuality,
        sources=sources,
        targets=targets,
        source_codes=tuple(sorted({a.code for a in sources})),
        target_codes=tuple(sorted({a.code for a in targets})),
        event_date=when.event_date,
        event_date_end=when.event_date_end,
        event_date_precision=when.precision,
        event_date_basis=when.basis,
        series_date=when.event_date or article.published_date,
        place_name=where.place_name,
        place_country=where.place_country,
        latitude=where.latitude,
        longitude=where.longitude,
        geonames_id=where.geonames_id,
        place_basis=where.place_basis,
        origin_country=moved.origin_country,
        destination_country=moved.destination_country,
        route=moved.route,
        policy_area=coded.policy_area,
        policy_tool=coded.policy_tool,
        target_group=coded.target_group,
        target_origin=coded.target_origin,
        restrictiveness=coded.restrictiveness,
        instrument=coded.instrument,
        figures=figures.figures_of(doc, candidate, reading.mentions),
        trigger=sentence.text[start : end.idx + len(end)],
        evidence=sentence.text,
        evidence_field=sentence.field,
        evidence_start=sentence.start,
        evidence_end=sentence.end,
        sentence_index=sentence.index,
        rule_id=candidate.rule_id,
        coder_version=CODER_VERSION,
        confidence=round(trial.confidence, 3),
        published_at=article.published_at,
        published_date=article.published_date,
        publisher=article.publisher,
        url=article.url,
    )


def _historical(candidate: Candidate, when: dates.When, article: Article) -> Candidate:
    if candidate.factuality != "actual" or not (when.event_date and when.event_date_end and article.published_date):
        return candidate
    middle = when.event_date + (when.event_date_end - when.event_date) / 2
    past = middle < article.published_date - _HISTORY
    return replace(candidate, factuality="historical") if past else candidate


def _actors(heads: Sequence[int], doc: Doc, mentions: Sequence[Mention], cast: actors.Cast) -> tuple[Actor, ...]:
    found: dict[tuple[str, str], Actor] = {}
    for head in heads:
        for actor in actors.actors_of(head, doc, mentions, cast):
            found.setdefault((actor.code, actor.canonical_name or actor.name), actor)
    return tuple(found.values())


def _event_id(article_id: str, sentence: Sentence, event_type: str, ordinal: int) -> str:
    key = "\x1f".join((article_id, sentence.field, str(sentence.start), str(sentence.end), event_type, str(ordinal)))
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
