"""What SQLite is lent for grouping gives what PostgreSQL, or Python's own clock, gives."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, available_timezones

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icosa.wire.language.group_by import is_zone
from icosa.workspace.store.sqlite import decimals
from icosa.workspace.store.sqlite.group_functions import braces, local_day
from tests.postgres import Cluster
from tests.searched import AT_LENGTH

ZONES = sorted(filter(is_zone, available_timezones()))
AMOUNTS = st.integers(-(10**17), 10**17).map(Decimal) | st.decimals(-(10**6), 10**6, places=4)
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)).map(
    lambda each: each.isoformat(timespec="milliseconds").replace("+00:00", "Z")
)


@AT_LENGTH
@given(MOMENTS, st.sampled_from(ZONES))
@example("2007-11-04T02:30:30.000Z", "America/St_Johns")  # set back at a minute past midnight: a day begins twice
@example("2011-12-30T10:00:00.000Z", "Pacific/Apia")  # a day that was left out
@example("2024-03-31T00:59:59.999Z", "Europe/Paris")
def test_a_day_is_that_of_the_clocks_of_the_zone(moment: str, zone: str) -> None:
    assert local_day(moment, zone) == datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).date().isoformat()


def test_the_ends_of_time_have_a_day_too() -> None:
    assert local_day("9999-12-31T23:00:00.000Z", "Pacific/Apia") == "9999-12-31"
    assert local_day("0001-01-01T00:00:00.000Z", "America/Lima") == "0001-01-01"
    assert local_day(None, "UTC") is None


def test_every_zone_of_python_is_one_of_postgresql(postgres: Cluster) -> None:
    known = {name for (name,) in postgres.sql("SELECT name FROM pg_timezone_names")}
    assert [each for each in ZONES if each not in known] == []


@pytest.mark.parametrize("name", ["", "Mars", "Europe", "../etc/passwd", "/etc/localtime", "posix/UTC", "right/UTC", "localtime", 5, None])
def test_what_is_no_zone_is_known(name: object) -> None:
    assert not is_zone(name)


def test_quotients_have_the_digits_of_postgresql(postgres: Cluster) -> None:
    @given(st.lists(st.tuples(AMOUNTS, st.integers(1, 10**6)), min_size=20, max_size=40))
    def search(pairs: list[tuple[Decimal, int]]) -> None:
        listed = ", ".join(f"({dividend:f}::numeric, {divisor}::numeric)" for dividend, divisor in pairs)
        found = postgres.sql(f"SELECT (a / b)::text FROM (VALUES {listed}) pairs(a, b)")
        assert [each for (each,) in found] == [decimals.written(decimals.quotient(each, Decimal(by))) for each, by in pairs]

    search()


def test_lists_are_written_as_postgresql_writes_them(postgres: Cluster) -> None:
    lists: list[list[str]] = [["RED"], ["RED", "BLUE"], ["DARK BLUE", ""], ["null", "NULLS"], ['a"b', "c\\d", "{e}", "f,g"], ["é", "\t"]]
    written = [f"ARRAY[{', '.join(chr(39) + each + chr(39) for each in listed)}]::text[]::text" for listed in lists]
    [row] = postgres.sql(f"SELECT {', '.join(written)}")
    assert list(row) == [braces(orjson.dumps(each).decode()) for each in lists]
    assert braces(None) is None
