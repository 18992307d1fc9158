"""Events in the columns of POLECAT, the dataset that is coded by PLOVER: so that its users' scripts read ours.

What POLECAT has and we do not code is empty: modes of most types, intensity, contexts, Wikipedia ids, COW numbers,
parts of places, what else a story names. Incidents are no events of PLOVER's and are left out, and so is what did not
happen.
"""

from collections.abc import Mapping
from typing import Any

from schemas.crosswalk import mapping

COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
    *("Actor Name Raw", "Wikipedia Actor ID"),
    *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors"),
    *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename"),
    *("Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations"),
    *("Language", "Version"),
)
"""As POLECAT's own files have them, in their order."""

EVENTS = """
    SELECT events.*, articles.language
    FROM events JOIN articles USING (article_id)
    WHERE plover_type IS NOT NULL AND factuality IN ('actual', 'planned')
    ORDER BY series_date, event_id
"""
"""The events that PLOVER has a category for."""

_MODES = {
    ("consultation", "visit"): "visit",
    ("consultation", "call"): "phone",
    ("criticism", "statement"): "disapprove",
    ("criticism", "lawsuit"): "disapprove",
    ("criticism", "investigation"): "investigate",
    ("enforcement", "arrest"): "arrest",
    ("enforcement", "detention"): "arrest",
    ("enforcement", "seizure"): "confiscate",
    ("return", "forced"): "deport",
    ("admission", "release"): "release",
}
"""Modes of PLOVER that our subtypes stand for."""


def polecat_row(event: Mapping[str, Any]) -> tuple[Any, ...]:
    """A row of `EVENTS` as the values of `COLUMNS`, null where we have none."""
    found = mapping(
        "plover",
        event["event_type"],
        subtype=event["event_subtype"],
        restrictiveness=event["restrictiveness"],
        factuality=event["factuality"],
    )
    values = {
        "Event ID": event["event_id"],
        "Event Date": event["series_date"],
        "Event Type": event["plover_type"],
        "Event Mode": _MODES.get((event["event_type"], event["event_subtype"])),
        "Quad Code": (found.object_group or "").upper(),
        **_party("Actor", event["sources"]),
        **_party("Recipient", event["targets"]),
        "Placename": event["place_name"],
        "Raw Placename": event["place_name"],
        "Country": event["place_country"],
        "Latitude": event["latitude"],
        "Longitude": event["longitude"],
        "GeoNames ID": event["geonames_id"],
        "Source": event["publisher"],
        "Publication Date": event["published_date"],
        "Language": event["language"],
        "Version": f"migration-events {event['pipeline_version']}",
    }
    return tuple(values.get(name) for name in COLUMNS)


def _party(side: str, actors: list[Mapping[str, Any]]) -> dict[str, str | None]:
    """One side of an event; several parties are joined by `; `, as POLECAT does."""
    sectors = list(dict.fromkeys(actor["sector"] for actor in actors))
    return {
        f"{side} Name": "; ".join(actor["canonical_name"] or actor["name"] for actor in actors),
        f"{side} Name Raw": "; ".join(actor["name"] for actor in actors),
        f"{side} Country": "; ".join(dict.fromkeys(a["code"] for a in actors if a["code"] != "---")),
        f"Primary {side} Sector": sectors[0] if sectors else None,
        f"{side} Sectors": "; ".join(sectors),
    }
