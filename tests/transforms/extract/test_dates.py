from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.extract.dates import read_date


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("2018-06-25", "2018-06-25", "day"),
        ("20180625", "2018-06-25", "day"),
        ("25 June 2018", "2018-06-25", "day"),
        ("25th June 2018", "2018-06-25", "day"),
        ("June 25, 2018", "2018-06-25", "day"),
        ("Monday, Jun 25, 2018", "2018-06-25", "day"),
        ("9 Aug 2024", "2024-08-09", "day"),
        ("25/06/2018", "2018-06-25", "day"),
        ("03.04.2018", "2018-04-03", "day"),
        ("25 giugno 2018", "2018-06-25", "day"),
        ("25. Juni 2018", "2018-06-25", "day"),
        ("Last updated: 25 June 2018", "2018-06-25", "day"),
        ("Veröffentlicht am 25. Juni 2018", "2018-06-25", "day"),
        ("Publié le 25 juin 2018", "2018-06-25", "day"),
        ("Pubblicato il 25 giugno 2018", "2018-06-25", "day"),
        ("Publicado: 25 de junio de 2018", "2018-06-25", "day"),
        ("2018年6月25日", "2018-06-25", "day"),
        ("2018년 6월 25일", "2018-06-25", "day"),
        ("June 2018", "2018-06-01", "month"),
        ("2018-06", "2018-06-01", "month"),
        ("2018", "2018-01-01", "year"),
    ],
)
def test_days_months_and_years(written, day, precision):
    found = read_date(written)
    assert found is not None
    assert (str(found.day), found.precision, found.at) == (day, precision, None)


@pytest.mark.parametrize(
    ("written", "day", "instant"),
    [
        ("2018-06-25T14:02:03Z", "2018-06-25", "2018-06-25T14:02:03+00:00"),
        ("2018-06-25T23:30:00-05:00", "2018-06-25", "2018-06-26T04:30:00+00:00"),
        ("2018-06-25 00:30:00+02:00", "2018-06-25", "2018-06-24T22:30:00+00:00"),
        ("2024-09-04T05:02:00+0200", "2024-09-04", "2024-09-04T03:02:00+00:00"),
        ("Mon, 25 Jun 2018 14:00:00 GMT", "2018-06-25", "2018-06-25T14:00:00+00:00"),
        ("Mon, 25 Jun 2018 20:00:00 EDT", "2018-06-25", "2018-06-26T00:00:00+00:00"),
        ("June 25, 2018 at 5:20 pm EST", "2018-06-25", "2018-06-25T22:20:00+00:00"),
        ("2018-06-25T14:00:00", "2018-06-25", "2018-06-25T14:00:00+00:00"),
        ("June 25, 2018 14:00 XYZT", "2018-06-25", "2018-06-25T14:00:00+00:00"),
        ("20180625T140000Z", "2018-06-25", "2018-06-25T14:00:00+00:00"),
        ("1529935200", "2018-06-25", "2018-06-25T14:00:00+00:00"),
        ("1529935200000", "2018-06-25", "2018-06-25T14:00:00+00:00"),
    ],
)
def test_instants_are_utc_and_the_day_is_the_publishers_own(written, day, instant):
    found = read_date(written)
    assert found is not None
    assert found.at is not None
    assert (str(found.day), found.precision, found.at.isoformat()) == (day, "second", instant)


@pytest.mark.parametrize(
    "written",
    [
        *("6 YEARS AGO", "yesterday", "Monday", "5.20pm", "25 June", "03/04/2018", "0001-01-01T00:00:00", "2018-13-45"),
        *("the year 2018 in pictures", "Nov 31, 2018", "", None, "x" * 500, "99999999999999", "2018-06-25T99:00:00Z"),
    ],
)
def test_what_is_no_date_is_none(written):
    assert read_date(written) is None


@given(st.one_of(st.text(max_size=60), st.text(alphabet="0123456789-/:. TZ+APMpmJune", max_size=40)))
def test_no_string_breaks_it(written):
    found = read_date(written)
    assert found is None or 1900 <= found.day.year < 2100


OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1901, 1, 1), datetime(2099, 1, 1), timezones=OFFSETS))
def test_iso_dates_come_back(moment):
    found = read_date(moment.isoformat())
    assert found is not None
    assert found.day == moment.date()
    assert found.at == moment
