"""The events dataset: one row per event and sentence that asserts it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import pyarrow as pa

from schemas.columns import Terms

_INT32 = pa.int32()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One party of an event (codebook 3)."""

    name: Annotated[str, "as in the text; a pronoun is resolved to the name it stands for"]
    code: Annotated[str, "ISO 3166-1 alpha-3 of its state, or EUR, UNO, AFU, IGO, NGO, REF, CRM, ---"]
    sector: Annotated[str, "what kind of party", Terms("sector")]
    actor_id: Annotated[str | None, "one for one body, person or vessel: ngo/sea-watch, ita/gov"] = None
    canonical_name: Annotated[str | None, "the name that goes with actor_id"] = None
    nationalities: Annotated[tuple[str, ...], "of people on the move, ISO 3166-1 alpha-3"] = ()
    start: Annotated[int | None, "first code point in `evidence_field`; null if named in another sentence", _INT32] = (
        None
    )
    end: Annotated[int | None, "code point after the last", _INT32] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that belongs to an event (codebook 7)."""

    value: Annotated[float, "the number, or the smaller of two"]
    value_max: Annotated[float | None, "the larger of two, for `between`"] = None
    unit: Annotated[str, "people, dead, missing, injured, rescued, arrested, boats, an ISO 4217 currency, …"]
    quantifier: Annotated[str, "how the number is meant", Terms("quantifier")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an analyst set in place of what the coder said."""

    field: Annotated[str, "the column that was set; others follow from it"]
    was: Annotated[str | None, "what the coder said, as it would be written into a correction"] = None
    why: Annotated[str, "the analyst's reason"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing done, decided, said or refused about migration, asserted by one sentence (codebook 1)."""

    event_id: Annotated[str, "hash of article, field, span, type and ordinal"]
    event_cluster_id: Annotated[str, "one for all tellings of one event"]
    article_id: Annotated[str, "the article, in the articles dataset"]
    event_type: Annotated[str, "what was done (codebook 2)", Terms("event_type")]
    event_subtype: Annotated[str | None, "more closely, where the words say it", Terms("event_subtype")] = None
    event_class: Annotated[str, "verbal, material or incident", Terms("event_class")]
    plover_type: Annotated[str | None, "PLOVER category; null for incidents", Terms("plover_type")] = None
    factuality: Annotated[str, "whether it happened (codebook 4)", Terms("factuality")]
    sources: Annotated[tuple[Actor, ...], "who did it"] = ()
    targets: Annotated[tuple[Actor, ...], "to whom"] = ()
    source_codes: Annotated[tuple[str, ...], "the codes of `sources`, each once, sorted"] = ()
    target_codes: Annotated[tuple[str, ...], "the codes of `targets`, each once, sorted"] = ()
    event_date: Annotated[date | None, "the day, or the first day of what is known"] = None
    event_date_end: Annotated[date | None, "the last day of what is known"] = None
    event_date_precision: Annotated[str | None, "how much is known", Terms("event_date_precision")] = None
    event_date_basis: Annotated[str, "why this date, or why none", Terms("event_date_basis")]
    series_date: Annotated[date | None, "event_date, else the day of publication: for time series"] = None
    place_name: Annotated[str | None, "where it happened, as in the text"] = None
    place_country: Annotated[str | None, "ISO 3166-1 alpha-3 of that place; INT for the high sea"] = None
    latitude: Annotated[float | None, "degrees north, WGS 84"] = None
    longitude: Annotated[float | None, "degrees east, WGS 84"] = None
    geonames_id: Annotated[int | None, "the place in GeoNames"] = None
    place_basis: Annotated[str, "how the place was found", Terms("place_basis")]
    origin_country: Annotated[str | None, "of a movement of people: where from, ISO 3166-1 alpha-3"] = None
    destination_country: Annotated[str | None, "of a movement of people: where to, ISO 3166-1 alpha-3"] = None
    route: Annotated[str | None, "migration route (IOM's names)", Terms("route")] = None
    policy_area: Annotated[str | None, "DEMIG policy area", Terms("policy_area")] = None
    policy_tool: Annotated[str | None, "DEMIG policy tool", Terms("policy_tool")] = None
    target_group: Annotated[str | None, "DEMIG target group", Terms("target_group")] = None
    target_origin: Annotated[str | None, "nationality that a policy is aimed at, ISO 3166-1 alpha-3"] = None
    restrictiveness: Annotated[str | None, "direction of the policy (DEMIG)", Terms("restrictiveness")] = None
    instrument: Annotated[str | None, "legal or practical form", Terms("instrument")] = None
    figures: Annotated[tuple[Figure, ...], "numbers that belong to the event"] = ()
    trigger: Annotated[str, "the words that made it an event"]
    evidence: Annotated[str, "the sentence that says it: article[evidence_field][evidence_start:evidence_end]"]
    evidence_field: Annotated[str, "where the sentence stands", Terms("evidence_field")]
    evidence_start: Annotated[int, "first code point of the sentence", _INT32]
    evidence_end: Annotated[int, "code point after the last", _INT32]
    sentence_index: Annotated[int, "number of the sentence in the article; the title is 0 where there is one", _INT32]
    rule_id: Annotated[
        str, "entry of the coder's data files that fired; `<type>.told`: the word is known to the tagger alone"
    ]
    coder_version: Annotated[str, "version of the coder and its data files"]
    confidence: Annotated[
        float, "how surely it is an event of this type, 0 to 1; see docs/coder.md for what it is worth"
    ]
    corrections: Annotated[tuple[Correction, ...], "what an analyst set by hand, by field"] = ()
    published_at: Annotated[datetime | None, "of the article"] = None
    published_date: Annotated[date | None, "of the article"] = None
    publisher: Annotated[str | None, "of the article"] = None
    url: Annotated[str | None, "of the article"] = None
    run_id: Annotated[str, "run that wrote the row"] = ""
    pipeline_version: Annotated[str, "version of migration-events that wrote the row"] = ""
