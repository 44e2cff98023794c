"""Dates and moments as people and programs write them, and what could be meant in two ways."""

import re
from datetime import datetime

import pytest

import icosa
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.moments import read_date, read_moment

GERMAN = Conventions(date_order="dmy", locale="de_DE")


def read(text: str, conventions: Conventions | None = None) -> str:
    return read_moment(text, "dueAt", conventions or Conventions()).removesuffix(":00.000Z").removesuffix("T00:00")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-02-03 10:00 UTC+1", "2026-02-03T09:00"),
        ("2026-02-03 10:00 UTC-5:30", "2026-02-03T15:30"),
        ("2026-02-03 10:00 (UTC+1)", "2026-02-03T09:00"),
        ("2026-02-03 10:00 GMT+01:00", "2026-02-03T09:00"),
        ("Tue Feb 03 2026 10:00:00 GMT+0100", "2026-02-03T09:00"),
        ("Tue Feb 03 2026 10:00:00 GMT+0100 (Central European Standard Time)", "2026-02-03T09:00"),
        ("Tue Feb 03 2026 10:00:00 GMT-0500 (EST)", "2026-02-03T15:00"),
        ("2026-02-03T10:00+01:00[Europe/Berlin]", "2026-02-03T09:00"),
        ("2026-02-03 10:00 Europe/Berlin", "2026-02-03T09:00"),
        ("2026-02-03 10:00:00 +0100 CET", "2026-02-03T09:00"),
        ("Tue Feb 03 10:00:00 +0100 2026", "2026-02-03T09:00"),
        ("Tue, 03 Feb 2026 10:00:00 +0530", "2026-02-03T04:30"),
        ("Tue, 03 Feb 2026 10:00:00 GMT", "2026-02-03T10:00"),
        ("Tue Feb 03 10:00:00 UTC 2026", "2026-02-03T10:00"),
        ("2026-02-03T10:00:00.000+0000", "2026-02-03T10:00"),
        ("20260203T100000Z", "2026-02-03T10:00"),
        ("20260203100000", "2026-02-03T10:00"),
        ("2026-02-03 10:00 AM +01:00", "2026-02-03T09:00"),
    ],
)
def test_an_offset_is_as_people_mean_it(text: str, moment: str) -> None:
    assert read(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-02-03 16.05", "2026-02-03T16:05"),
        ("2026-02-03 16.05 +01:00", "2026-02-03T15:05"),
        ("2026-02-03 16h05", "2026-02-03T16:05"),
        ("Feb 3, 2026, 4:05 p.m.", "2026-02-03T16:05"),
        ("2026-02-03 12:05 AM", "2026-02-03T00:05"),
        ("2026-02-03 16:05 PM", "2026-02-03T16:05"),
        ("16:05 13/02/2026", "2026-02-13T16:05"),
        ("Tuesday, 3rd of February 2026 at 16:05", "2026-02-03T16:05"),
        ("13-Feb-26", "2026-02-13"),
        ("2026-Feb-03", "2026-02-03"),
        ("2026-W06-2", "2026-02-03"),
        ("20260203", "2026-02-03"),
        ("２０２６/０２/０３", "2026-02-03"),
        ("\u200e2026-02-03", "2026-02-03"),
        ("Fri 02/01/2026", "2026-01-02"),
    ],
)
def test_what_can_be_meant_in_one_way_is_read(text: str, moment: str) -> None:
    assert read(text) == moment
    assert read_date(text, "closeDate", Conventions()) in (moment[:10], "2026-02-03")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2. 1. 2026", "2026-01-02"),
        ("Fri 02/01/2026", "2026-01-02"),
        ("Fr, 02.01.2026", "2026-01-02"),
        ("16:05 02/01/2026", "2026-01-02T16:05"),
        ("2/1-2026", "2026-01-02"),
        ("02 / 01 / 2026", "2026-01-02"),
        ("2 1 2026", "2026-01-02"),
        ("010226", "2026-02-01"),
        ("02.01.26 16.05 Uhr", "2026-01-02T16:05"),
        ("Freitag, 2. Januar 2026 um 16:05", "2026-01-02T16:05"),
        ("2026-01-02", "2026-01-02"),
    ],
)
def test_an_order_that_is_told_is_kept_in_every_spelling(text: str, moment: str) -> None:
    assert read(text, GERMAN) == moment
    assert read(text, Conventions(locale="de_DE")) == moment


@pytest.mark.parametrize(
    ("text", "locale", "moment"),
    [
        ("03/04/2026", "en_US", "2026-03-04"),
        ("03/04/2026", "en_GB", "2026-04-03"),
        ("mar 3 mar 2026", "es_ES", "2026-03-03"),
        ("3 mars 2026", "fr_FR", "2026-03-03"),
        ("2026年2月3日 下午4:05", "zh_CN", "2026-02-03T16:05"),
        ("2 tháng 1, 2026", "vi_VN", "2026-01-02"),
        ("2 февраля 2026 г., 16:05", "ru_RU", "2026-02-02T16:05"),
        ("٣ فبراير ٢٠٢٦ ٤:٠٥ م", "ar_EG", "2026-02-03T16:05"),
    ],
)
def test_a_locale_says_order_and_words(text: str, locale: str, moment: str) -> None:
    assert read(text, Conventions(locale=locale)) == moment


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("03/04/2026", "could be 2026-04-03 (dmy) or 2026-03-04 (mdy); tell the order of dates"),
        ("03.02.26", "2003-02-26 (ymd)"),
        ("010226", "could be"),
        ("Wednesday, 3 February 2026", "is not on the day of the week that it says"),
        ("2026-02-03 16:05 AM", "is not a date and time"),
        ("2026-02-03 16.5", "is not a date and time"),
        ("2026-02-03 10:00 UTC+25", "is not a date and time"),
        ("2026-W06", "is not a date and time"),
        ("Feb 2026", "is not a date and time"),
        ("2026-02-30", "is not a date and time"),
        ("46056", "a day as spreadsheets count them"),
        ("1770112800", "counts seconds or milliseconds since 1970"),
        ("1770112800000", "counts seconds or milliseconds since 1970"),
        ("2026-02-03 10:00 EST", "EST is said in several parts of the world"),
        ("Tue Feb 03 10:00:00 CST 2026", "CST is said in several parts of the world"),
    ],
)
def test_what_could_be_meant_otherwise_is_refused(text: str, reason: str) -> None:
    with pytest.raises(icosa.InvalidValue, match=re.escape(reason)):
        read(text)


def test_an_abbreviation_of_a_zone_is_explained_by_the_zone_that_is_told() -> None:
    new_york = Conventions(zone="America/New_York")
    assert read("2026-02-03 10:00 EST", new_york) == "2026-02-03T15:00"
    assert read("2026-07-03 10:00 EDT", new_york) == "2026-07-03T14:00"
    with pytest.raises(icosa.InvalidValue, match="EST is said"):
        read("2026-07-03 10:00 EST", new_york)


def test_a_time_that_comes_twice_or_not_at_all_is_refused_unless_it_says_which_is_meant() -> None:
    berlin = Conventions(zone="Europe/Berlin")
    for text in ("2026-10-25 02:30", "25 Oct 2026 2:30 am"):
        with pytest.raises(icosa.InvalidValue, match=r"comes twice in Europe/Berlin.*write its offset, such as \+01:00"):
            read(text, berlin)
    with pytest.raises(icosa.InvalidValue, match="does not come in Europe/Berlin"):
        read("2026-03-29 02:30", berlin)
    with pytest.raises(icosa.InvalidValue, match="comes twice in Europe/Berlin"):
        read("2026-10-25 02:30 Europe/Berlin")
    with pytest.raises(icosa.InvalidValue, match="comes twice in Europe/Berlin"):
        read_moment(datetime(2026, 10, 25, 2, 30), "dueAt", berlin)
    assert read("2026-10-25 02:30 CEST", berlin) == "2026-10-25T00:30"
    assert read("2026-10-25 02:30 CET", berlin) == "2026-10-25T01:30"
    assert read("2026-10-25T02:30+01:00", berlin) == "2026-10-25T01:30"
    assert read("2026-10-25 03:00", berlin) == "2026-10-25T02:00"


def test_a_day_whose_midnight_clocks_leave_out_begins_with_its_first_moment() -> None:
    assert read("2026-04-24", Conventions(zone="Africa/Cairo")) == "2026-04-23T22:00"


@pytest.mark.parametrize(
    ("text", "locale"), [("3/2/2569", "th_TH"), ("3/2/69", "th_TH"), ("1404/11/14", "fa_IR"), ("1447-08-15", None), ("115/2/3", "zh_TW")]
)
def test_a_year_of_another_calendar_is_not_taken_for_one_of_ours(text: str, locale: str | None) -> None:
    with pytest.raises(icosa.InvalidValue, match=r"calendar|is not a date"):
        read(text, Conventions(locale=locale))


def test_what_programs_write_for_never_is_a_date() -> None:
    assert read("31.12.9999") == "9999-12-31"
    assert read("1815-12-10") == "1815-12-10"


def test_two_digits_of_a_year_are_of_the_last_eighty_and_the_next_twenty_years() -> None:
    assert read("31.12.75", GERMAN) == "1975-12-31"
    assert read("31.12.30", GERMAN) == "2030-12-31"


@pytest.mark.parametrize(
    ("text", "locale"), [("1 mars 2025", "fr_FR"), ("Fr, 02.01.2026", "de_DE"), ("31. Jänner 2026", "de_AT"), ("2 января 2026", "ru_RU")]
)
def test_a_date_in_another_language_is_refused_with_the_option_that_reads_it(text: str, locale: str) -> None:
    with pytest.raises(icosa.InvalidValue, match=r"tell the language of its words \(locale, --locale\), such as fr_FR"):
        read_moment(text, "closeDate", Conventions())
    assert read_moment(text, "closeDate", Conventions(locale=locale))


@pytest.mark.parametrize("text", ["gestern", "Feb 2026", "Q1 2026", "2026-02-30"])
def test_a_language_is_not_asked_for_where_none_would_help(text: str) -> None:
    with pytest.raises(icosa.InvalidValue) as refused:
        read_moment(text, "closeDate", Conventions())
    assert "--locale" not in str(refused.value)


def test_a_number_of_a_sheet_is_shown_as_the_sheet_shows_it() -> None:
    with pytest.raises(icosa.InvalidValue, match=r"^closeDate: 45322 is not a date.*save the column as dates$"):
        read_moment(45322.0, "closeDate", Conventions())
