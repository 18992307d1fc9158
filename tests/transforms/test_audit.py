import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest  # in the development set with scikit-learn

from transforms.audit import ALL, Mark, precisions, wilson


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_is_that_of_scipy(counts: tuple[int, int]) -> None:
    right, trials = counts
    expected = binomtest(right, trials).proportion_ci(method="wilson")
    assert wilson(right / trials, trials) == pytest.approx((expected.low, expected.high), abs=1e-9)


def marks(event_type: str, right: int, wrong: int, of_type: int) -> list[Mark]:
    return [Mark(event_type, of_type, r) for r in [True] * right + [False] * wrong]


def test_precision_by_type_and_of_all_as_often_as_they_are_in_the_dataset() -> None:
    rescue, threat, together = precisions(marks("threat", 5, 15, 100) + marks("rescue", 18, 2, 900))
    assert (rescue.event_type, rescue.marked, rescue.right, rescue.precision) == ("rescue", 20, 18, 0.9)
    assert (rescue.low, rescue.high) == pytest.approx((0.699, 0.972), abs=0.001)
    assert threat.precision == 0.25
    assert (together.event_type, together.marked, together.of_type) == (ALL, 40, 1000)
    assert together.precision == pytest.approx(0.9 * 0.9 + 0.1 * 0.25)


def test_types_that_weigh_the_same_tell_as_much_as_a_simple_sample_or_less() -> None:
    *_, together = precisions(marks("a", 10, 10, 50) + marks("b", 10, 10, 50))
    assert (together.low, together.high) == pytest.approx(wilson(0.5, 40), abs=1e-9)


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 30), st.integers(0, 30)), max_size=3, unique_by=lambda t: t[0]
    )
)
def test_every_share_lies_in_its_interval_and_one_type_alone_is_all(of: list[tuple[str, int, int]]) -> None:
    given_marks = [mark for name, right, wrong in of for mark in marks(name, right, wrong, 100)]
    found = precisions(given_marks)
    assert all(0 <= p.low <= p.precision <= p.high <= 1 for p in found)
    assert [p.event_type for p in found] == [
        *sorted({m.event_type for m in given_marks}),
        *([ALL] if given_marks else []),
    ]
    if len(found) == 2:
        assert (found[0].low, found[0].high) == pytest.approx((found[1].low, found[1].high))
