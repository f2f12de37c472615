from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.exchange import times, times_written

ZONE = ZoneInfo("America/Chicago")
moments = st.datetimes(datetime(1971, 1, 1), datetime(2068, 1, 1)).map(lambda at: at.replace(microsecond=0))
SHAPES = (
    "%Y-%m-%d %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%y %H:%M:%S",
    "%b %d %Y %I:%M:%S:000%p",
    "%d-%b-%Y %H:%M:%S",
    "%Y%m%d%H%M%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.000",
)


class TestParse:
    @given(moments, st.sampled_from(SHAPES))
    def test_reads_every_published_shape_back(self, at, shape):
        found = times_written.parse(at.strftime(shape))
        assert found is not None and found.wall == at and found.has_clock

    @given(st.text(max_size=30))
    def test_answers_or_says_nothing(self, text):
        assert times_written.parse(text) is None or isinstance(times_written.parse(text), times_written.Naive)

    @pytest.mark.parametrize(
        "text", ["13/45/2024", "2024-02-30", "25:00", "13:05 PM", "0001", "nan", "5,000"]
    )
    def test_refuses_what_is_no_time(self, text):
        assert times_written.parse(text) is None

    def test_reads_a_serial_number_of_a_spreadsheet(self):
        assert times_written.parse("45413.5").wall == datetime(2024, 5, 1, 12)


class TestColumn:
    def test_decides_day_first_by_the_whole_column(self):
        assert times.column(["05/12/2024 10:00", "25/12/2024 10:00"], zone=ZONE)[0].at.month == 12
        assert times.column(["05/12/2024 10:00", "12/25/2024 10:00"], zone=ZONE)[0].at.month == 5

    def test_takes_the_first_of_an_hour_that_comes_twice_and_moves_one_that_never_comes(self):
        twice, never = times.column(["2026-11-01 01:30:00", "2026-03-08 02:30:00"], zone=ZONE)
        assert twice.at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
        assert never.at == datetime(2026, 3, 8, 8, 30, tzinfo=UTC)

    def test_takes_common_midnights_for_bare_days(self):
        column = [f"2024-05-{day:02d} 00:00" for day in range(1, 9)] + ["2024-05-01 10:30"] * 20
        found = times.column(column, zone=ZONE)
        assert found[0].is_day and not found[-1].is_day

    def test_leaves_a_rare_midnight_a_time(self):
        column = ["2024-05-01 00:00"] + ["2024-05-01 10:30"] * 200
        assert not times.column(column, zone=ZONE)[0].is_day

    def test_joins_a_day_and_a_clock(self):
        assert times.joined(["01/02/2024", ""], ["2305", "x"]) == ["2024-01-02 23:05:00", ""]

    @pytest.mark.parametrize("text", ["-5", "x", "1e12", "nan"])
    def test_drops_seconds_that_cannot_be(self, text):
        assert times.seconds_after(datetime(2024, 1, 1, tzinfo=UTC), text) is None
