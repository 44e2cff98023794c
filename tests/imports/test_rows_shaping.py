"""What people write becomes what the wire has, and what cannot says what was expected."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import icosa
from icosa.call.keys import comparable, spellings
from icosa.call.record import record
from icosa.catalogue.field_types import FIELD_TYPES
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.catalogue.standard import STANDARD
from icosa.imports.column_map import ColumnMap, MappedColumn, guess
from icosa.imports.rows import BadRow, Row
from icosa.imports.shaping import Conventions, Link, Shaped, shaper
from tests.values import value_of
from tests.workspace.test_custom_objects import ROCKET, field_of

EVERYTHING = Object(
    "probe",
    "probes",
    "A field of each type.",
    (*(field_of(name) for name in FIELD_TYPES), BelongsTo("company", "company", "probes", "Whose it is.")),
    custom=True,
)
CATALOGUE = STANDARD.with_objects(EVERYTHING, ROCKET)
FIELDS = {each.type_name: each.name for each in EVERYTHING.fields}
ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"


def shaped(
    values: dict[str, Any], conventions: Conventions | None = None, of: str = "probe", catalogue: Catalogue = CATALOGUE, **explicit: str
) -> Shaped | BadRow:
    """A row whose columns are paths, or are told theirs."""
    object_ = catalogue.by_singular[of]
    mapping = ColumnMap(object_, tuple(MappedColumn(column, explicit.get(column, column), 1.0, "told") for column in values))
    return shaper(catalogue, mapping, conventions)(Row(2, values))


def read(path: str, value: Any, conventions: Conventions | None = None) -> Any:
    """What one cell becomes: the value at its path."""
    outcome = shaped({path: value}, conventions)
    assert isinstance(outcome, Shaped), outcome
    found = outcome.record.get(path.partition(".")[0])
    return found.get(path.partition(".")[2]) if "." in path and isinstance(found, dict) else found


def refused(path: str, value: Any, conventions: Conventions | None = None) -> str:
    outcome = shaped({path: value}, conventions)
    assert isinstance(outcome, BadRow), outcome
    assert outcome.column == path
    return outcome.reason


EXAMPLES: dict[str, list[tuple[str, Any, Any]]] = {
    "TEXT": [("", "  Ada ", "Ada"), ("", "\ufeffAda", "Ada"), ("", 75001.0, "75001"), ("", True, "true")],
    "UUID": [("", f" {ID.upper()} ", ID)],
    "NUMBER": [
        ("", "12", 12),
        ("", "1,234.50", 1234.5),
        ("", "1.234,50", 1234.5),
        ("", "1 234 567", 1234567),
        ("", "12,5", 12.5),
        ("", "1.234.567", 1234567),
        ("", "(12)", -12),
        ("", "−3", -3),
        ("", "1e3", 1000),
        ("", 12.0, 12),
        ("", Decimal("1.5"), 1.5),
    ],
    "NUMERIC": [("", "1,234.50", "1234.5"), ("", 7, "7"), ("", Decimal("1.50"), "1.5")],
    "BOOLEAN": [("", "Yes", True), ("", "n", False), ("", "x", True), ("", 0, False), ("", 1.0, True), ("", "FALSE", False)],
    "DATE_TIME": [
        ("", "2026-02-03T04:05:06.789Z", "2026-02-03T04:05:06.789Z"),
        ("", "2026-02-03 04:05", "2026-02-03T04:05:00.000Z"),
        ("", "2026-02-03T04:05:06+02:00", "2026-02-03T02:05:06.000Z"),
        ("", "Feb 3, 2026 4pm", "2026-02-03T16:00:00.000Z"),
        ("", "13/02/2026 14:30", "2026-02-13T14:30:00.000Z"),
        ("", datetime(2026, 2, 3, tzinfo=UTC), "2026-02-03T00:00:00.000Z"),
        ("", date(2026, 2, 3), "2026-02-03T00:00:00.000Z"),
    ],
    "DATE": [
        ("", "2026-02-03", "2026-02-03"),
        ("", "3 February 2026", "2026-02-03"),
        ("", "31.12.2026", "2026-12-31"),
        ("", "20260203", "2026-02-03"),
        ("", "2026/2/3", "2026-02-03"),
        ("", "12/31/2026", "2026-12-31"),
        ("", "Tue, 3 Feb 2026", "2026-02-03"),
        ("", date(2026, 2, 3), "2026-02-03"),
        ("", datetime(2026, 2, 3, 23, 0, tzinfo=UTC), "2026-02-03"),
        ("", "2.2.2026", "2026-02-02"),
    ],
    "ARRAY": [("", "a; b;;c", ["a", "b", "c"]), ("", '["a;b", "c"]', ["a;b", "c"]), ("", ["a", 1], ["a", "1"]), ("", "a\nb", ["a", "b"])],
    "RAW_JSON": [("", '{"a": [1, null]}', {"a": [1, None]}), ("", {"a": 1}, {"a": 1}), ("", "[1]", [1])],
    "SELECT": [("", "two", "TWO"), ("", "TWO", "TWO")],
    "MULTI_SELECT": [("", "one; Three;one", ["ONE", "THREE"]), ("", ["TWO"], ["TWO"]), ("", '["TWO"]', ["TWO"])],
    "RATING": [
        ("", "RATING_3", "RATING_3"),
        ("", "3", "RATING_3"),
        ("", 3.0, "RATING_3"),
        ("", "★★★☆☆", "RATING_3"),
        ("", "4/5", "RATING_4"),
    ],
    "POSITION": [("", "3", 3), ("", 1.5, 1.5)],
    "FULL_NAME": [
        ("", "Ada Lovelace", {"firstName": "Ada", "lastName": "Lovelace"}),
        ("", "Lovelace, Ada", {"firstName": "Ada", "lastName": "Lovelace"}),
        ("", "Ludwig van Beethoven", {"firstName": "Ludwig", "lastName": "van Beethoven"}),
        ("", "Plato", {"firstName": "Plato", "lastName": ""}),
        ("firstName", " Ada ", "Ada"),
    ],
    "EMAILS": [
        ("", "Ada@Example.com; more@example.com", {"primaryEmail": "ada@example.com", "additionalEmails": ["more@example.com"]}),
        ("primaryEmail", "Ada Lovelace <Ada@Example.com>", "ada@example.com"),
        ("primaryEmail", "mailto:ada@example.com", "ada@example.com"),
        ("additionalEmails", "a@example.com, B@example.com", ["a@example.com", "b@example.com"]),
    ],
    "PHONES": [
        ("primaryPhoneNumber", "+33 6 12 34 56 78", "612345678"),
        ("primaryPhoneNumber", "0033 6 12 34 56 78", "612345678"),
        ("", "+33612345678", {"primaryPhoneNumber": "612345678", "primaryPhoneCountryCode": "FR", "primaryPhoneCallingCode": "+33"}),
        ("primaryPhoneCountryCode", "France", "FR"),
        ("primaryPhoneCallingCode", 33, "+33"),
        ("additionalPhones", "+33 6 12 34 56 78", [{"number": "612345678", "countryCode": "FR", "callingCode": "+33"}]),
    ],
    "LINKS": [
        ("primaryLinkUrl", " HTTPS://Example.com/ ", "https://example.com"),
        ("", "example.com", {"primaryLinkUrl": "example.com"}),
        ("secondaryLinks", "https://a.example.com", [{"url": "https://a.example.com", "label": None}]),
    ],
    "ADDRESS": [
        ("addressCountry", "DE", "Germany"),
        ("addressCountry", "DEU", "Germany"),
        ("addressCountry", "germany", "Germany"),
        ("addressCountry", "UK", "United Kingdom"),
        ("addressCountry", "U.S.A.", "United States"),
        ("addressCountry", "Utopia", "Utopia"),
        ("addressLat", "45.75", "45.75"),
        ("addressPostcode", 75001.0, "75001"),
        ("", "1 Quay", {"addressStreet1": "1 Quay"}),
    ],
    "CURRENCY": [
        ("", "€1.234,50", {"amountMicros": "1234500000", "currencyCode": "EUR"}),
        ("", "1,234.50 EUR", {"amountMicros": "1234500000", "currencyCode": "EUR"}),
        ("", "USD 1234", {"amountMicros": "1234000000", "currencyCode": "USD"}),
        ("", "-$5", {"amountMicros": "-5000000", "currencyCode": "USD"}),
        ("", 12.5, {"amountMicros": "12500000"}),
        ("", "12.50", {"amountMicros": "12500000"}),
        ("currencyCode", "€", "EUR"),
        ("currencyCode", "euro", "EUR"),
        ("amountMicros", "1500000", "1500000"),
        ("", '{"amountMicros": 5, "currencyCode": "EUR"}', {"amountMicros": "5", "currencyCode": "EUR"}),
    ],
    "ACTOR": [("source", "import", "IMPORT"), ("name", "Importer", "Importer")],
    "RICH_TEXT_V2": [("", "**bold**", {"markdown": "**bold**"}), ("markdown", "a\n b", "a\n b")],
}


def test_every_type_of_field_has_examples() -> None:
    assert set(EXAMPLES) == {name for name, each in FIELD_TYPES.items() if not each.retired}


def _path(type_name: str, part: str) -> str:
    return FIELDS[type_name] + (f".{part}" if part else "")


CASES = [(type_name, *example) for type_name, examples in EXAMPLES.items() for example in examples]


@pytest.mark.parametrize(("type_name", "part", "value", "wanted"), CASES)
def test_what_people_write_becomes_what_the_wire_has(type_name: str, part: str, value: Any, wanted: Any) -> None:
    assert read(_path(type_name, part), value) == wanted


@pytest.mark.parametrize(("type_name", "part", "value", "wanted"), CASES)
@pytest.mark.parametrize("locale", [None, "de_DE"])
def test_what_was_made_is_made_of_itself_again(type_name: str, part: str, value: Any, wanted: Any, locale: str | None) -> None:
    field = FIELDS[type_name]
    outcome = shaped({_path(type_name, part): value})
    assert isinstance(outcome, Shaped), outcome
    made = outcome.record[field]
    # A text is read as people write it, in their locale; JSON has numbers.
    again = shaped({field: Decimal(made) if type_name == "NUMERIC" else made}, Conventions(locale=locale))
    assert isinstance(again, Shaped), again
    assert again.record[field] == made


def test_a_form_that_is_full_of_values_stays_as_it_is() -> None:
    """What a workspace answers with is what an import of it sends."""
    whole = {each.name: value_of(each, 7) for each in EVERYTHING.fields if not each.type.retired and each.type_name != "PHONES"}
    outcome = shaped(whole)
    assert isinstance(outcome, Shaped), outcome
    assert {**whole, **outcome.record} == {**outcome.record, **whole} | {"fieldNumeric": "7.25"}


@given(number=st.integers(-(2**52), 2**52) | st.decimals(-(10**9), 10**9, places=3))
@pytest.mark.parametrize("locale", ["en_US", "de_DE", "fr_FR", "de_CH", "hi_IN", "sv_SE"])
def test_a_number_that_a_locale_writes_is_read_back(locale: str, number: int | Decimal) -> None:
    from babel.numbers import format_decimal

    written = format_decimal(number, locale=locale)
    assert (
        Decimal(str(read("fieldNumber", written, Conventions(locale=locale)))) == Decimal(number).normalize()
        or abs(Decimal(number)) > 2**50
    )


@given(day=st.dates(date(1970, 1, 1), date(2060, 12, 31)))
@pytest.mark.parametrize(
    ("order", "written"), [("dmy", "%d.%m.%Y"), ("mdy", "%m/%d/%Y"), ("ymd", "%Y-%m-%d"), ("dmy", "%d %B %Y"), (None, "%b %d, %Y")]
)
def test_a_date_that_is_written_in_a_told_order_is_read_back(day: date, order: str | None, written: str) -> None:
    assert read("fieldDate", day.strftime(written), Conventions(date_order=order)) == day.isoformat()


@given(day=st.dates(date(1970, 1, 1), date(2060, 12, 31)))
@pytest.mark.parametrize("locale", ["de_DE", "fr_FR", "es_ES", "nl_NL"])
def test_a_date_in_words_of_a_locale_is_read_back(day: date, locale: str) -> None:
    from babel.dates import format_date

    assert read("fieldDate", format_date(day, "long", locale=locale), Conventions(locale=locale)) == day.isoformat()


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("fieldNumber", "1,234", '"1,234" is 1234 to some and 1.234 to others; tell how numbers are written'),
        ("fieldNumber", "1.234", '"1.234" is 1234 to some and 1.234 to others; tell how numbers are written'),
        ("fieldNumber", "1,2,345", "grouped by thousands"),
        ("fieldNumber", "12 %", "but a share"),
        ("fieldNumber", "€ 12", "but an amount of money"),
        ("fieldNumber", "twelve", '"twelve" is not a number; write one such as 1234.5'),
        ("fieldCurrency", "1.234", "1234 to some and 1.234 to others"),
        ("fieldCurrency", "Rs.500", "is not an amount"),
        ("fieldCurrency", "12 Taler", '"Taler" is no currency; write its code'),
        ("fieldCurrency", "a lot", "is not an amount"),
        ("fieldDate", "03/04/2026", '"03/04/2026" could be 2026-04-03 (dmy) or 2026-03-04 (mdy); tell the order of dates'),
        ("fieldDate", "Tuesday", "is not a date; write one such as 2026-02-03"),
        ("fieldDate", "February 2026", "is not a date"),
        ("fieldDate", "31.02.2026", "is not a date"),
        ("fieldDateTime", "2026-02-03 04:05 XYZ", "XYZ is said in several parts of the world"),
        ("fieldBoolean", "perhaps", '"perhaps" is neither yes nor no'),
        ("fieldSelect", "FOUR", '"FOUR" is none of its options; write one of ONE, TWO, THREE'),
        ("fieldRating", "6", "is none of its options"),
        ("fieldEmails.primaryEmail", "nobody", '"nobody" is not an e-mail address; write one such as ada@example.com'),
        ("fieldPhones.primaryPhoneNumber", "0612345678", "does not say of which country it is"),
        ("fieldPhones.primaryPhoneNumber", "+33 12", "too short or too long"),
        ("fieldPhones.primaryPhoneNumber", "+33 6 12 34 56 78 ext. 5", "has an extension"),
        ("fieldLinks.primaryLinkUrl", "see notes", "is not a web address"),
        ("fieldRawJson", "{a: 1}", "not JSON"),
        ("fieldUuid", "7", "is not a UUID"),
        ("companyId", "Acme", "is not a UUID"),
        ("fieldText", {"a": 1}, "is not a text"),
    ],
)
def test_what_cannot_be_read_says_what_was_expected(path: str, value: Any, reason: str) -> None:
    assert reason in refused(path, value)


@pytest.mark.parametrize(
    ("path", "value", "conventions", "wanted"),
    [
        ("fieldNumber", "1.234", Conventions(locale="de_DE"), 1234),
        ("fieldNumber", "1,234", Conventions(locale="en_US"), 1234),
        ("fieldCurrency", "1.234", Conventions(locale="de_DE", currency="EUR"), {"amountMicros": "1234000000", "currencyCode": "EUR"}),
        ("fieldCurrency", "$5", Conventions(locale="en_CA"), {"amountMicros": "5000000", "currencyCode": "CAD"}),
        ("fieldDate", "03/04/26", Conventions(date_order="dmy"), "2026-04-03"),
        ("fieldDate", "03/04/2026", Conventions(date_order="mdy"), "2026-03-04"),
        ("fieldDate", "2026-02-03", Conventions(date_order="dmy"), "2026-02-03"),
        ("fieldDateTime", "2026-07-03 04:05", Conventions(zone="Europe/Berlin"), "2026-07-03T02:05:00.000Z"),
        ("fieldDateTime", "2026-07-03 04:05Z", Conventions(zone="Europe/Berlin"), "2026-07-03T04:05:00.000Z"),
        ("fieldPhones.primaryPhoneCallingCode", "0049", Conventions(region="FR"), "+49"),
        ("fieldPhones.primaryPhoneNumber", "06 12 34 56 78", Conventions(region="FR"), "612345678"),
        ("fieldPhones.primaryPhoneCountryCode", "DE", Conventions(region="FR"), "DE"),
        ("fieldAddress.addressCountry", "Deutschland", Conventions(locale="de_DE"), "Germany"),
        ("fieldArray", "a|b", Conventions(separator="|"), ["a", "b"]),
    ],
)
def test_conventions_tell_what_could_be_meant_in_two_ways(path: str, value: Any, conventions: Conventions, wanted: Any) -> None:
    assert read(path, value, conventions) == wanted


def test_a_date_against_the_order_that_was_told_is_no_date() -> None:
    assert "is not a date" in refused("fieldDate", "12/31/2026", Conventions(date_order="dmy"))


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({"date_order": "ydm"}, "date_order"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"locale": "xx_YY"}, "locale"),
        ({"region": "Germany"}, "region"),
        ({"currency": "Euro"}, "currency"),
        ({"decimal": ";"}, "decimal"),
        ({"unknown": "keins"}, "unknown"),
        ({"separator": " "}, "separator"),
    ],
)
def test_a_convention_that_does_not_exist_is_refused(told: dict[str, str], text: str) -> None:
    with pytest.raises(icosa.InvalidValue, match=text):
        Conventions(**told)  # type: ignore[arg-type]


def test_empty_cells_say_nothing_and_the_told_text_clears() -> None:
    conventions = Conventions(clear="NULL")
    outcome = shaped(
        {"fieldText": "", "fieldNumber": "NULL", "fieldDate": "  ", "fieldEmails.primaryEmail": "NULL", "companyId": "NULL"}, conventions
    )
    assert isinstance(outcome, Shaped), outcome
    assert outcome.record == {"fieldNumber": None, "fieldEmails": {"primaryEmail": ""}, "companyId": None}
    link = shaped({"company.name": "NULL"}, conventions)
    assert isinstance(link, Shaped)
    assert (link.record, link.links) == ({"companyId": None}, ())


def test_the_parts_of_a_phone_belong_together() -> None:
    outcome = shaped({"fieldPhones.primaryPhoneNumber": "06 12 34 56 78", "fieldPhones.primaryPhoneCountryCode": "France"})
    assert isinstance(outcome, Shaped), outcome
    assert outcome.record["fieldPhones"] == {
        "primaryPhoneNumber": "612345678", "primaryPhoneCountryCode": "FR", "primaryPhoneCallingCode": "+33",
    }  # fmt: skip


@pytest.mark.parametrize(("written", "country"), [("06 12 34 56 78", "FR"), ("+49 30 901820", "DE"), ("0049 30 901820", "DE")])
def test_a_phone_has_the_country_of_its_number_before_that_of_the_region(written: str, country: str) -> None:
    outcome = shaped({"fieldPhones.primaryPhoneNumber": written}, Conventions(region="FR"))
    assert isinstance(outcome, Shaped), outcome
    assert outcome.record["fieldPhones"].get("primaryPhoneCountryCode", "") == country


def test_an_amount_and_its_currency_may_stand_in_two_columns() -> None:
    outcome = shaped({"fieldCurrency": "12.50", "fieldCurrency.currencyCode": "gbp"})
    assert isinstance(outcome, Shaped), outcome
    assert outcome.record["fieldCurrency"] == {"amountMicros": "12500000", "currencyCode": "GBP"}
    against = shaped({"fieldCurrency": "€12.50", "fieldCurrency.currencyCode": "GBP"})
    assert isinstance(against, BadRow)
    assert against.column == "fieldCurrency.currencyCode"
    assert "the amount says EUR, and the currency is GBP" in against.reason


def test_relations_are_links_unless_their_id_is_there() -> None:
    row = {"Domain": "https://www.Acme.example.com/", "Boss": "Ada Lovelace"}
    outcome = shaped({"Domain": row["Domain"]}, of="person", Domain="company.domainName")
    assert isinstance(outcome, Shaped), outcome
    assert outcome.links == (Link("company", "company", "domainName.primaryLinkUrl", "https://www.acme.example.com", "Domain"),)
    boss = shaped({"Boss": row["Boss"]}, of="opportunity", Boss="pointOfContact.name")
    assert isinstance(boss, Shaped), boss
    assert boss.links == (Link("pointOfContact", "person", "name", {"firstName": "Ada", "lastName": "Lovelace"}, "Boss"),)
    known = shaped({"companyId": ID, "company.name": "Acme"}, of="person")
    assert isinstance(known, Shaped), known
    assert (known.record, known.links) == ({"companyId": ID}, ())


def test_a_row_that_was_broken_stays_so() -> None:
    broken = BadRow(Row(3, {}), "", "it is no JSON")
    mapping = guess(STANDARD, STANDARD.by_singular["person"], ["City"])
    assert shaper(STANDARD, mapping)(broken) is broken


def test_what_is_exact_is_taken_as_it_stands() -> None:
    exact = Conventions(exact=True)
    assert read("fieldText", " two  words ", exact) == " two  words "
    assert read("fieldAddress.addressCountry", "DE", exact) == "DE"
    assert read("fieldEmails.primaryEmail", "n/a", exact) == "n/a"
    assert read("fieldArray", '["a;b"]', exact) == ["a;b"]


def test_secrets_are_neither_shown_nor_replaced_by_dots() -> None:
    masked = shaped({"accessToken": "••••", "handle": "a"}, of="connectedAccount")
    assert isinstance(masked, Shaped), masked
    assert masked.record == {"handle": "a"}
    wrong = shaped({"accessToken": ["s3cret"]}, of="connectedAccount")
    assert isinstance(wrong, BadRow)
    assert "s3cret" not in wrong.reason


@pytest.mark.parametrize("of", CATALOGUE.objects, ids=lambda each: each.singular)
def test_what_is_shaped_is_what_the_action_layer_takes(of: Object) -> None:
    values = {each.name: value_of(each, 7) for each in of.fields if not each.type.retired}
    outcome = shaped(values, Conventions(exact=True), of=of.singular)
    assert isinstance(outcome, Shaped), outcome
    assert record(CATALOGUE, of, outcome.record, creating=False, owner="") == outcome.record


@pytest.mark.parametrize(
    ("path", "one", "other", "same"),
    [
        ("domainName.primaryLinkUrl", "https://www.Acme.example.com/", "acme.example.com", True),
        ("domainName.primaryLinkUrl", "http://acme.example.com", "https://acme.example.com", True),
        ("domainName.primaryLinkUrl", "acme.example.com/a", "acme.example.com/A", False),
        ("name", " Acme ", "Acme", True),
        ("name", "Acme", "ACME", False),
        ("id", ID.upper(), ID, True),
        ("accountOwnerId", ID.upper(), ID, True),
    ],
)
def test_natural_keys_are_the_same_where_they_mean_the_same(path: str, one: str, other: str, same: bool) -> None:
    company = STANDARD.by_singular["company"]
    assert (comparable(company, path, one) == comparable(company, path, other)) is same
    assert all(comparable(company, path, each) == comparable(company, path, one) for each in spellings(company, path, one))


def test_e_mails_and_names_of_people_are_keys_too() -> None:
    person = STANDARD.by_singular["person"]
    assert comparable(person, "emails.primaryEmail", " Ada@Example.com") == "ada@example.com"
    assert comparable(person, "name", {"firstName": "Ada ", "lastName": "Lovelace"}) == comparable(
        person, "name", {"lastName": "Lovelace", "firstName": "Ada"}
    )
    assert comparable(person, "emails.primaryEmail", " ") is None
    assert comparable(person, "name", {"firstName": ""}) is None
    assert "https://www.acme.example.com" in spellings(STANDARD.by_singular["company"], "domainName.primaryLinkUrl", "Acme.example.com")


def test_a_cell_whose_further_values_cannot_be_read_is_refused_and_ends_no_import() -> None:
    region = Conventions(region="FR")
    assert "eva@example.com" in refused("fieldPhones", "+33 6 12 34 56 78 ::: eva@example.com", region)
    assert refused("fieldPhones+", "12", Conventions(exact=True))
