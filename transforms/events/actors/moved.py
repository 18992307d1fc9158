"""People whom an event itself shows to be on the move, whatever they are called: "five *bus drivers* were admitted"."""

from dataclasses import replace

from schemas.events import Actor

_MOVING = {"incident": "source", **dict.fromkeys(("rescue", "admission", "return", "interception"), "target")}
"""The side of each type on which people are who move or are moved: nearly all of them are REF to annotators."""


def on_the_move(
    event_type: str, sources: tuple[Actor, ...], targets: tuple[Actor, ...]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """The sides of an event; civilians who move in it are REF, with the state they had as their nationality."""
    side = _MOVING.get(event_type)
    return (
        tuple(_moved(a) for a in sources) if side == "source" else sources,
        tuple(_moved(a) for a in targets) if side == "target" else targets,
    )


def _moved(actor: Actor) -> Actor:
    if actor.sector != "CVL":
        return actor
    states = (actor.code,) if actor.code.isalpha() and len(actor.code) == 3 and not actor.nationalities else ()
    return replace(actor, code="REF", sector="REF", nationalities=actor.nationalities or states)
