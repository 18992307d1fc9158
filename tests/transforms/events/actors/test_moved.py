"""People who move are people on the move, whatever they are called."""

import pytest

from schemas.events import Actor
from transforms.events.actors.moved import on_the_move


def _actor(code: str, sector: str, nationalities: tuple[str, ...] = ()) -> Actor:
    return Actor(name="whoever", code=code, sector=sector, nationalities=nationalities)


@pytest.mark.parametrize(
    ("event_type", "side", "given", "code", "nationalities"),
    [
        ("incident", "source", _actor("---", "CVL"), "REF", ()),  # "villagers fled"
        ("admission", "target", _actor("KEN", "CVL"), "REF", ("KEN",)),  # "five Kenyan bus drivers were admitted"
        ("rescue", "target", _actor("---", "CVL"), "REF", ()),
        ("rescue", "source", _actor("---", "CVL"), "---", ()),  # "fishermen pulled them out"
        ("enforcement", "target", _actor("---", "CVL"), "---", ()),  # whoever is arrested may be anybody
        ("incident", "source", _actor("LBY", "MIL"), "LBY", ()),
        ("incident", "source", _actor("CRM", "CRM"), "CRM", ()),
    ],
)
def test_civilians_on_the_side_that_moves(
    event_type: str, side: str, given: Actor, code: str, nationalities: tuple[str, ...]
) -> None:
    sides = ((given,), ()) if side == "source" else ((), (given,))
    (found,) = (a for actors in on_the_move(event_type, *sides) for a in actors)
    assert (found.code, found.nationalities) == (code, nationalities)
    assert (found.sector == "REF") == (code == "REF")
