from typing import Any

import pyarrow as pa
import pytest

from schemas.columns import columns
from schemas.events import Actor
from transforms.clusters.reports import _parts, _side, _sketch

ACTORS = pa.list_(pa.struct([(c.name, c.arrow) for c in columns(Actor)]))


@pytest.mark.parametrize(
    ("code", "actor_id", "name", "names", "named"),
    [
        ("ITA", "ita/gov", "Italy", {"italy"}, False),
        ("ITA", "ita/gov", "Rome", {"rome"}, False),
        ("ITA", "ita/navy", "the Italian navy", {"ita/navy"}, False),
        ("ITA", "ita/marco-minniti", "Minniti", {"minniti", "ita/marco-minniti"}, True),
        ("ITA", None, "Interior Minister Marco Minniti", {"minniti"}, True),
        ("ITA", None, "Minniti", {"minniti"}, False),
        ("USA", None, "the White House", {"house"}, False),
        ("USA", None, "the Trump administration", set(), False),
        ("NGO", "ngo/sea-watch", "Sea-Watch 3", {"sea", "watch", "ngo/sea-watch"}, True),
        ("NGO", None, "aid groups", set(), False),
        ("---", None, "El Hiblu 1", {"el", "hiblu"}, True),
        ("REF", None, "Rohingya", set(), False),
    ],
)
def test_who_is_named(code: str, actor_id: str | None, name: str, names: set[str], named: bool) -> None:
    side = _side(((code, actor_id, name),))
    assert side.names == {(code, part) for part in names}
    assert side.named == ({code} if named else set())


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("Migrants were deported", "the deportation of a migrant", 2),
        ("He said it was so on Monday", "She says that they are", 0),
        ("“Boats”", "boats, boats", 1),
        ("", "word", 0),
    ],
)
def test_sketches_share_a_bit_for_each_stem(one: str, other: str, shared: int) -> None:
    assert (_sketch(one) & _sketch(other)).bit_count() == shared


def test_parts_of_lists_keep_to_their_rows() -> None:
    def actor(name: str) -> dict[str, Any]:
        return {"name": name, "code": "ITA", "sector": "GOV", "nationalities": []}

    rows = [[actor("skipped")], [actor("a"), actor("b")], [], [actor("c")], [actor("d")]]
    column = pa.chunked_array([pa.array(rows[:3], ACTORS)[1:], pa.array(rows[3:], ACTORS)])
    assert list(_parts(column, "name", "code")) == [(("a", "ITA"), ("b", "ITA")), (), (("c", "ITA"),), (("d", "ITA"),)]
