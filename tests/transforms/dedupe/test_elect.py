import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.dedupe.elect import elect


def run(count: int, pairs: dict[tuple[int, int], float]) -> tuple[list[int], list[float]]:
    low, high = (np.array([p[k] for p in pairs], np.int64) for k in (0, 1))
    chosen, alike = elect(count, low, high, np.array(list(pairs.values())))
    return chosen.tolist(), alike.tolist()


@pytest.mark.parametrize(
    ("pairs", "chosen"),
    [
        ({}, [0, 1, 2, 3]),
        ({(0, 1): 0.9}, [0, 0, 2, 3]),
        ({(0, 1): 0.9, (1, 2): 0.9}, [0, 0, 2, 3]),  # 2 is a copy of a copy alone: no chain
        ({(0, 1): 0.9, (1, 2): 0.9, (2, 3): 0.9}, [0, 0, 2, 2]),
        ({(0, 2): 0.8, (1, 2): 0.9}, [0, 1, 1, 3]),  # the more similar
        ({(0, 2): 0.9, (1, 2): 0.9}, [0, 1, 0, 3]),  # the earlier, where both are as similar
        ({(0, 1): 0.9, (0, 2): 0.8, (1, 2): 1.0}, [0, 0, 0, 3]),
    ],
)
def test_cases(pairs: dict[tuple[int, int], float], chosen: list[int]) -> None:
    assert run(4, pairs)[0] == chosen


@given(
    st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1]), st.floats(0.7, 1))
)
def test_rules(pairs: dict[tuple[int, int], float]) -> None:
    chosen, alike = run(10, pairs)
    for text, elected in enumerate(chosen):
        assert chosen[elected] == elected
        before = [a for a, b in pairs if b == text and chosen[a] == a]
        assert (elected == text) == (not before)
        assert alike[text] == (1 if elected == text else pairs[elected, text])
        assert elected == text or alike[text] == max(pairs[a, text] for a in before)
    assert run(10, dict(reversed(pairs.items()))) == (chosen, alike)
