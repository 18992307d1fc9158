from datetime import UTC, datetime, timedelta

import pytest

from pipeline.fetch.waiting import LONGEST, is_waiting

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "waiting"),
    [
        (None, False),
        (NOW - timedelta(hours=1), False),
        (NOW, False),
        (NOW + timedelta(hours=1), True),
        (NOW + LONGEST, True),
        (NOW + LONGEST + timedelta(seconds=1), False),  # no wait is so long: the clock was set back since
        (NOW + timedelta(days=400), False),
    ],
)
def test_a_wait_holds_until_its_end_if_a_right_clock_wrote_it(until: datetime | None, waiting: bool) -> None:
    assert is_waiting(until, NOW) == waiting
