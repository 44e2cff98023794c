"""A record's values as a person reads them, and as nothing but text."""

import re
import sys
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from icosa.catalogue.field_types import FIELD_TYPES
from icosa.catalogue.model import Field
from icosa.catalogue.standard import STANDARD
from icosa.surfaces.console.showing import Looking, called, facts, of_field, value
from icosa.surfaces.console.showing.column_markup import by_pieces, column_markup
from icosa.surfaces.console.showing.contacts import web
from icosa.surfaces.console.showing.moments import ago
from icosa.surfaces.console.showing.shown import LONGEST, Shown, ShownPiece
from icosa.surfaces.console.showing.unseen import parted
from tests.searched import AT_LENGTH

NOW = datetime(2026, 11, 27, 14, 4, tzinfo=UTC)
LOOK = Looking(now=NOW)
PEOPLE, COMPANIES = STANDARD.by_plural["people"], STANDARD.by_plural["companies"]
HOSTILE = '<script>alert(1)</script>" hx-get="/keys" onload=\'x\' &amp;'


def told(type_name: str, given: Any, *, brief: bool = False, options: tuple[str, ...] = ()) -> str:
    return str(of_field(Field("berth", type_name, "", options=options), given, Looking(now=NOW, brief=brief)))


@pytest.mark.parametrize(
    ("type_name", "given", "said"),
    [
        ("TEXT", "Analytical Engines", "Analytical Engines"),
        ("TEXT", "", "empty"),
        ("NUMBER", 1250000, "1,250,000"),
        ("NUMERIC", "48.85", "48.85"),
        ("BOOLEAN", True, "Yes"),
        ("BOOLEAN", False, "No"),
        ("DATE", "2024-03-12", "12 Mar 2024"),
        ("DATE_TIME", "2026-11-27T14:02:00.000Z", "27 Nov 2026, 14:02 UTC, two minutes ago"),
        ("CURRENCY", {"amountMicros": "1250000000000", "currencyCode": "EUR"}, "€ 1,250,000"),
        ("CURRENCY", {"amountMicros": 86400500000, "currencyCode": "NOK"}, "NOK 86,400.50"),
        ("CURRENCY", {"amountMicros": None, "currencyCode": ""}, "empty"),
        ("FULL_NAME", {"firstName": "Ada", "lastName": "Lovelace"}, "Ada Lovelace"),
        ("EMAILS", {"primaryEmail": "ada@example.com", "additionalEmails": ["a@example.com"]}, "ada@example.com, a@example.com"),
        ("LINKS", {"primaryLinkUrl": "https://www.example.com/", "primaryLinkLabel": "", "secondaryLinks": None}, "example.com"),
        ("SELECT", "IN_PROGRESS", "In progress"),
        ("MULTI_SELECT", ["NEW", "OLD"], "New Old"),
        ("RAW_JSON", {"a": [1]}, '{"a": [1]}'),
        ("RICH_TEXT_V2", {"markdown": "**bold**\n", "blocknote": None}, "**bold**"),
        ("ACTOR", {"source": "IMPORT", "name": "Maya", "workspaceMemberId": None}, "Maya by an import"),
    ],
)
def test_a_value_is_told_as_people_say_it(type_name: str, given: Any, said: str) -> None:
    assert told(type_name, given) == said


def test_a_rating_is_told_by_its_place() -> None:
    assert told("RATING", "RATING_4", options=tuple(f"RATING_{each}" for each in range(1, 6))) == "4 of 5"


def test_a_secret_is_told_to_nobody() -> None:
    shown = of_field(Field("token", "TEXT", "", secret=True), "sample-token", LOOK)
    assert "sample-token" not in str(shown) + shown.__html__()


def test_a_relation_is_a_name_that_leads_to_its_record() -> None:
    record = {
        "companyId": "20202020-0000-4000-8000-000000000001",
        "company": {"id": "20202020-0000-4000-8000-000000000001", "name": "Acme"},
    }
    shown = value(STANDARD, PEOPLE, "company", record, LOOK)
    assert str(shown) == "Acme"
    assert 'href="/browse/companies/20202020-0000-4000-8000-000000000001"' in shown.__html__()


def test_a_record_without_a_name_goes_by_its_id() -> None:
    assert called(PEOPLE, {"id": "20202020-0000-4000-8000-000000000001", "name": {"firstName": "", "lastName": ""}}) == "20202020"


def test_what_changed_is_marked_by_relation_and_by_key() -> None:
    marked = [label for label, _, changed in facts(STANDARD, COMPANIES, {}, LOOK, changed=("accountOwnerId",)) if changed]
    assert marked == ["Account Owner"]


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("https://example.com/a?b", "https://example.com/a?b"),
        ("example.com", "https://example.com"),
        ("example.com:8080/x", "https://example.com:8080/x"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)//example.com", ""),
        ("data:text/html,x", ""),
        (" javascript:x", ""),
        ("not a link", ""),
    ],
)
def test_a_link_leads_to_the_web_or_nowhere(url: str, leads_to: str) -> None:
    assert web(url) == leads_to


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (5, "just now"),
        (120, "two minutes ago"),
        (3600, "one hour ago"),
        (-86400 * 21, "in three weeks"),
        (-5, "just now"),
        (2 - 86400 * 7, "in seven days"),
        (2 - 86400 * 90, "in three months"),
    ],
)
def test_how_long_ago_is_said_in_words(seconds: int, said: str) -> None:
    assert ago(datetime.fromtimestamp(NOW.timestamp() - seconds, UTC), NOW) == said


def test_what_nobody_sees_is_never_printable() -> None:
    """Texts that are printable are not looked through."""
    assert not [at for at in range(sys.maxunicode + 1) if chr(at).isprintable() and any(unseen for _, unseen in parted(chr(at)))]


def test_marks_of_direction_and_zero_width_are_seen() -> None:
    markup = Shown((ShownPiece("ab\u202ecd\u200be"),)).__html__()
    assert "U+202E" in markup
    assert "U+200B" in markup
    assert "\u202e" not in markup
    assert [each for each, unseen in parted("می\u200cخواهم 👩\u200d👧") if unseen] == []  # joiners that words and pictures need


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@given(type_name=st.sampled_from(sorted(FIELD_TYPES)), given_=JSON | st.just(HOSTILE), brief=st.booleans())
def test_whatever_a_server_sends_is_shown_and_is_only_text(type_name: str, given_: Any, brief: bool) -> None:
    field = Field("berth", type_name, "", options=("A", "B"))
    for each in (given_, HOSTILE, {part.name: HOSTILE for part in FIELD_TYPES[type_name].parts}):
        shown = of_field(field, each, Looking(now=NOW, brief=brief))
        assert "<script" not in shown.__html__()
        assert '" hx-get' not in shown.__html__()
        assert str(shown)


ZONES = st.sampled_from([UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/St_Johns")])
PART = st.none() | st.integers() | st.text() | st.sampled_from(["+49", "030 1234567", "ada@example.com", "a b@c", "<b>@x", "Ada", ""])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "DATE": st.dates().map(str),
    "DATE_TIME": st.datetimes(timezones=st.none() | st.just(UTC)).map(datetime.isoformat) | st.just("2026-11-27T14:02:00.000Z"),
    "EMAILS": st.fixed_dictionaries({}, optional={"primaryEmail": PART, "additionalEmails": PART | st.lists(PART)}),
    "FULL_NAME": st.fixed_dictionaries({}, optional={"firstName": PART, "lastName": PART}),
    "PHONES": st.fixed_dictionaries({}, optional={"primaryPhoneNumber": PART, "primaryPhoneCallingCode": PART}),
    "SELECT": st.sampled_from(["NEW", "OLD", "", "in progress", HOSTILE]),
    "TEXT": PART | st.just("w" * 200),
}
MAIL = st.sampled_from(["ada@example.com", "a.b+c@d-e.f", "ADA_1@x", "", "w" * 200 + "@x", "a@b+c", "@x", "a@", "a@b c@d", "a@@b", None])
NAME = st.sampled_from(["Ada", "Ada Lovelace", "Malmö", "可", "", "w" * 119, "w" * 121, "O’Hara", "O'Hara", "a\u200bb", "a\u00a0b", None])
CODE = st.sampled_from(["+49", "", "030 1234567", "(0) 30-1", "a\nb", "１２", "-", " 1", "1 ", "+49/30.1", None])
URL = st.sampled_from(
    [
        "https://www.example.com/",
        "http://a.example.com",
        "https:///x",
        "http:// x",
        "https://",
        "https://www./",
        "HTTP://a",
        "a.example.com",
        "javascript:x()",
        "https://x/<b>",
        "",
        None,
    ]
)
MICROS = st.sampled_from(
    [
        0,
        5_000_000,
        -1_250_000_000_000,
        1_500_000,
        1,
        "1500000",
        "12345678900",
        "1",
        "٣",
        "-5000000",
        "9" * 40,
        "9" * 5000,
        10**27,
        "5000000",
        2.5e6,
        True,
        "",
        None,
    ]
)
USUAL: dict[str, st.SearchStrategy[Any]] = {
    "ADDRESS": st.fixed_dictionaries({"addressCity": NAME, "addressCountry": NAME}, optional={"addressState": NAME}),
    "BOOLEAN": st.booleans() | st.none(),
    "CURRENCY": st.fixed_dictionaries({"amountMicros": MICROS, "currencyCode": st.sampled_from(["EUR", "CHF", "<b>", "", "1", None])}),
    "LINKS": st.fixed_dictionaries({"primaryLinkUrl": URL, "primaryLinkLabel": NAME | st.just("")}, optional={"secondaryLinks": st.none()}),
    "DATE_TIME": st.none()
    | st.datetimes(datetime(1800, 1, 1)).map(lambda at: f"{at:%Y-%m-%dT%H:%M:%S}.000Z")
    | st.sampled_from(["2026-11-27T14:02:61.000Z", "2026-13-27T14:02:00.000Z", "2026-W01-1T14:02:00.000Z", "0000-11-27T14:02:00.000Z"]),
    "EMAILS": st.fixed_dictionaries({"primaryEmail": MAIL, "additionalEmails": st.none() | st.lists(MAIL, max_size=1)}),
    "FULL_NAME": st.fixed_dictionaries({"firstName": NAME, "lastName": NAME}),
    "NUMBER": st.none() | st.integers(-(2**63), 2**63) | st.floats(),
    "PHONES": st.fixed_dictionaries({"primaryPhoneNumber": CODE, "primaryPhoneCallingCode": CODE}),
    "TEXT": NAME,
}
"""What columns are full of, and what is nearly that."""


@AT_LENGTH
@given(st.data(), ZONES)
def test_a_column_is_written_as_the_pieces_of_each_value_are(data: st.DataObject, zone: tzinfo) -> None:
    type_name = data.draw(st.sampled_from(sorted(FIELD_TYPES)))
    usual = USUAL.get(type_name, JSON)
    values = data.draw(st.lists(usual, max_size=4))
    values += data.draw(st.lists(usual | VALUES.get(type_name, st.nothing()) | JSON | st.just(HOSTILE), max_size=2))
    field = Field("berth", type_name, "", options=("NEW", "OLD"))
    cells = ([each] * len(values) if isinstance(each, str) else each for each in column_markup(field, zone)(values))
    assert list(map("".join, zip(*cells, strict=True))) == [by_pieces(field, zone)(each) for each in values]


@given(st.text())
def test_a_text_is_there_whole(text: str) -> None:
    assert "".join(each for each, _ in parted(text)) == text


def test_a_megabyte_of_one_word_is_cut_and_counted() -> None:
    markup = Shown((ShownPiece("x" * 1_000_000),)).__html__()
    assert len(markup) < LONGEST + 1_000
    assert "900,000 characters more" in markup
    assert len(Shown((ShownPiece("x" * 1_000_000),), brief=True).__html__()) < 300


def test_markup_is_that_of_markupsafe() -> None:
    assert str(escape(Shown((ShownPiece("a < b"),)))) == '<bdi class="v-text">a &lt; b</bdi>'


def test_a_collection_is_told_by_its_first_names_and_how_many_more() -> None:
    people = [{"id": f"20202020-0000-4000-8000-00000000000{at}", "name": {"firstName": "Ada", "lastName": str(at)}} for at in range(9)]
    shown = str(value(STANDARD, STANDARD.by_plural["companies"], "people", {"people": people}, Looking()))
    assert "Ada 0" in shown
    assert re.search(r"and \d more", shown)
    targets = {"noteTargets": [{"id": "20202020-0000-4000-8000-000000000001"}]}
    assert "1 record" in str(value(STANDARD, STANDARD.by_plural["companies"], "noteTargets", targets, Looking()))
    assert "something" in str(value(STANDARD, STANDARD.by_plural["companies"], "unknown", {"unknown": "something"}, Looking()))
    assert not value(STANDARD, STANDARD.by_plural["companies"], "unknown", {}, Looking()).pieces
