"""What a field of each type takes from a body, part by part."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.field_types import FIELD_TYPES, Values
from icosa.catalogue.field_types.dialling import has_extension, number_in
from icosa.catalogue.field_types.links import tidy_url
from icosa.catalogue.field_types.phones import national
from icosa.catalogue.model import Field
from icosa.errors import InvalidValue

COMPOSITES = [each.name for each in FIELD_TYPES.values() if each.composite]


def field(type_name: str, **settings: Any) -> Field:
    options = ("A", "B") if type_name in ("SELECT", "MULTI_SELECT") else ("RATING_1", "RATING_5") if type_name == "RATING" else ()
    return Field("it", type_name, "It.", options=options, **settings)


def check(type_name: str, value: Any) -> Values:
    return FIELD_TYPES[type_name].check(field(type_name), value, "it")


def created(type_name: str, value: Any) -> Values:
    """The parts of a new record that was sent this value."""
    return FIELD_TYPES[type_name].created(check(type_name, value))


def refused(type_name: str, value: Any) -> str:
    with pytest.raises(InvalidValue) as error:
        check(type_name, value)
    return error.value.message


# ---- blanks: what an empty box of a form sends says nothing


@pytest.mark.parametrize("type_name", [name for name in FIELD_TYPES if name != "TEXT"])
def test_an_empty_text_says_nothing(type_name: str) -> None:
    assert check(type_name, "") == {}


def test_an_empty_text_is_a_text() -> None:
    assert check("TEXT", "") == {"": ""}


@pytest.mark.parametrize("type_name", COMPOSITES)
def test_an_object_without_parts_says_nothing(type_name: str) -> None:
    assert check(type_name, {}) == {}


@pytest.mark.parametrize("type_name", ["ARRAY", "MULTI_SELECT"])
def test_blanks_in_a_list_say_nothing_and_an_empty_list_is_a_value(type_name: str) -> None:
    assert check(type_name, ["", None, {}]) == {}
    assert check(type_name, ["A", "", None, "B"]) == {"": ["A", "B"]}
    assert check(type_name, []) == {"": []}


def test_free_json_is_left_as_it_is() -> None:
    assert check("RAW_JSON", {}) == {"": {}}
    assert check("RAW_JSON", [None, "", {}]) == {"": [None, "", {}]}


@pytest.mark.parametrize(
    ("type_name", "part"),
    [
        ("CURRENCY", "amountMicros"),
        ("ADDRESS", "addressLat"),
        ("ACTOR", "source"),
        ("LINKS", "secondaryLinks"),
        ("EMAILS", "additionalEmails"),
    ],
)
def test_an_empty_text_for_a_part_that_is_no_text_says_nothing(type_name: str, part: str) -> None:
    assert check(type_name, {part: ""}) == {}


# ---- composites


@pytest.mark.parametrize("type_name", COMPOSITES)
def test_what_is_no_object_is_refused_with_the_parts_to_send(type_name: str) -> None:
    type_ = FIELD_TYPES[type_name]
    listed = ", ".join(part.name for part in type_.parts if not part.hidden)
    assert refused(type_name, "Paris") == f'it: "Paris" is not an object; send one with any of {listed}'


@pytest.mark.parametrize("type_name", COMPOSITES)
def test_an_unknown_part_is_refused_with_those_there_are(type_name: str) -> None:
    first = FIELD_TYPES[type_name].parts[0].name
    assert refused(type_name, {"colour": 1}).startswith(f"it.colour: is no part of {type_name}; its parts are {first}, ")


@pytest.mark.parametrize("type_name", COMPOSITES)
def test_a_part_that_was_not_sent_is_not_there(type_name: str) -> None:
    for part in FIELD_TYPES[type_name].parts:
        if part.nullable and part.name != "primaryLinkUrl":
            assert check(type_name, {part.name: None}).keys() == {part.name}


@pytest.mark.parametrize("type_name", COMPOSITES)
def test_a_new_record_has_every_part(type_name: str) -> None:
    type_ = FIELD_TYPES[type_name]
    assert type_.created({}).keys() == {part.name for part in type_.parts}


@pytest.mark.parametrize("type_name", COMPOSITES)
def test_a_schema_shows_the_parts_that_one_may_send(type_name: str) -> None:
    type_ = FIELD_TYPES[type_name]
    shown = [part.name for part in type_.parts if not part.hidden and not part.response_only]
    assert list(type_.schema(field(type_name))["properties"]) == shown


def test_an_error_in_a_part_names_the_part() -> None:
    assert refused("CURRENCY", {"amountMicros": "much"}).startswith('it.amountMicros: "much" is not a decimal number; send digits')
    assert refused("FULL_NAME", {"firstName": []}).startswith("it.firstName: [] is not a text; send")
    assert refused("ACTOR", {"source": "MAGIC"}).startswith('it.source: "MAGIC" is none of its options; send one of EMAIL, CALENDAR')


def test_an_amount_is_kept_as_a_decimal_text() -> None:
    assert check("CURRENCY", {"amountMicros": 5000000, "currencyCode": "EUR"}) == {"amountMicros": "5000000", "currencyCode": "EUR"}
    assert created("CURRENCY", {"amountMicros": "12.50"}) == {"amountMicros": "12.5", "currencyCode": ""}


def test_a_place_is_kept_as_decimal_texts() -> None:
    assert check("ADDRESS", {"addressCity": "Paris", "addressLat": 48.8566}) == {"addressCity": "Paris", "addressLat": "48.8566"}


def test_an_actor_always_has_a_source_and_a_name() -> None:
    assert check("ACTOR", {"source": None, "name": None, "workspaceMemberId": None}) == {"workspaceMemberId": None}
    assert created("ACTOR", {"source": "IMPORT"}) == {"source": "IMPORT", "workspaceMemberId": None, "name": "System", "context": {}}


# ---- links


def test_an_address_is_tidied_and_one_without_a_scheme_left() -> None:
    assert check("LINKS", {"primaryLinkUrl": "HTTPS://ACME.example.com:443/"}) == {"primaryLinkUrl": "https://acme.example.com"}
    assert check("LINKS", {"primaryLinkUrl": "Acme.example.com/"}) == {"primaryLinkUrl": "Acme.example.com/"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://example.com/A/b/?q=1#top", "https://example.com/A/b/?q=1#top"),
        ("https://example.com?q=1", "https://example.com/?q=1"),
        ("http://ada:pass@Example.com:8080/x", "http://ada:pass@example.com:8080/x"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]"),
        ("https://bücher.example.com", "https://bücher.example.com"),
        ("localhost:3000", "localhost:3000"),
    ],
)
def test_web_addresses(written: str, kept: str) -> None:
    assert tidy_url(written, "it") == kept


@pytest.mark.parametrize(
    "written", ["not a url", "https://", "https://a b", "javascript:alert(1)", "https://-a.example.com", "https://[::1", "http://x:99999"]
)
def test_what_is_no_web_address_is_refused(written: str) -> None:
    assert refused("LINKS", {"primaryLinkUrl": written}).startswith("it.primaryLinkUrl: ")
    with pytest.raises(InvalidValue, match=r"is not a web address; send one such as https://example\.com") as error:
        tidy_url(written, "it")
    assert error.value.legacy == "The URL of the link is not valid"


def test_a_link_cleared_loses_its_label_too() -> None:
    for blank in ("", "  ", None):
        assert check("LINKS", {"primaryLinkUrl": blank, "primaryLinkLabel": "Site"}) == {"primaryLinkUrl": None, "primaryLinkLabel": None}


def test_further_links_may_be_texts_or_objects_and_go_by_two_names() -> None:
    links = ["https://a.example.com/", {"url": "https://b.example.com", "label": "B"}, {"label": "no url"}, None, {}]
    kept = [{"url": "https://a.example.com", "label": None}, {"url": "https://b.example.com", "label": "B"}]
    assert check("LINKS", {"secondaryLinks": links}) == {"secondaryLinks": kept}
    assert check("LINKS", {"additionalLinks": links}) == {"secondaryLinks": kept}
    assert check("LINKS", {"secondaryLinks": None}) == {"secondaryLinks": []}


def test_the_first_further_link_of_a_new_record_without_one_becomes_its_own() -> None:
    sent = {"secondaryLinks": [{"url": "https://a.example.com", "label": "A"}, "https://b.example.com"]}
    assert created("LINKS", sent) == {
        "primaryLinkLabel": "A",
        "primaryLinkUrl": "https://a.example.com",
        "secondaryLinks": [{"url": "https://b.example.com", "label": None}],
    }


@pytest.mark.parametrize(
    ("links", "message"),
    [
        ("https://example.com", 'it.secondaryLinks: "https://example.com" is not a list; send one such as [{"url": '),
        ([5], "it.secondaryLinks[0]: 5 is not a link; send an object with url and label"),
        ([{"url": "https://example.com"}, "no url"], 'it.secondaryLinks[1].url: "no url" is not a web address; send'),
        ([{"url": ["x"]}], 'it.secondaryLinks[0].url: ["x"] is not a text; send'),
    ],
)
def test_an_error_in_a_further_link_names_the_place(links: Any, message: str) -> None:
    assert refused("LINKS", {"secondaryLinks": links}).startswith(message)


@given(st.text("ab./:?#@[]- %é", max_size=20), st.sampled_from(["", "http://", "HTTPS://", "https://example.com/"]))
def test_any_text_is_an_address_that_stays_one_or_is_refused(text: str, scheme: str) -> None:
    try:
        kept = tidy_url(scheme + text, "it")
    except InvalidValue:
        return
    assert not re.search(r"\s", kept)
    assert tidy_url(kept, "it")


# ---- e-mail addresses


def test_addresses_are_kept_in_lower_case_without_blanks_around() -> None:
    sent = {"primaryEmail": " Ada@Example.com ", "additionalEmails": ["A@Example.com", "", None, "b@example.com"]}
    assert check("EMAILS", sent) == {"primaryEmail": "ada@example.com", "additionalEmails": ["a@example.com", "b@example.com"]}


def test_one_kind_of_address_leaves_the_other_as_it_was() -> None:
    assert check("EMAILS", {"additionalEmails": ["a@example.com"]}) == {"additionalEmails": ["a@example.com"]}
    assert check("EMAILS", {"primaryEmail": None}) == {"primaryEmail": ""}
    assert check("EMAILS", {"additionalEmails": None}) == {"additionalEmails": None}
    assert created("EMAILS", {"additionalEmails": []}) == {"primaryEmail": "", "additionalEmails": []}


def test_further_addresses_are_a_list_of_texts() -> None:
    message = 'it.additionalEmails: "a@example.com" is not a list; send one such as ["ada@example.com"]'
    assert refused("EMAILS", {"additionalEmails": "a@example.com"}) == message
    assert refused("EMAILS", {"additionalEmails": [["x"]]}).startswith('it.additionalEmails[0]: ["x"] is not a text')


# ---- phone numbers


@pytest.mark.parametrize("repeated", ["#1 ", " ", "(", "a", "1;", "x1", " or ", "1a"])
def test_a_text_that_no_number_is_as_long_as_is_refused_before_it_is_searched(repeated: str) -> None:
    text = "12345" + repeated * 100_000 + "a"
    with pytest.raises(InvalidValue, match="is too long for a phone number; keep the number alone here") as caught:
        national(text, "DE", "", "phones")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("number", "country", "calling", "kept"),
    [
        ("+33 6 12 34 56 78", "", "", ("612345678", "FR", "+33")),
        ("06 12 34 56 78", "FR", "", ("612345678", "FR", "+33")),
        ("612345678", "", "+33", ("612345678", "FR", "+33")),
        ("+800 1234 5678", "", "", ("12345678", "", "+800")),
        ("612345678", "FR", "33", ("612345678", "FR", "33")),
        ("+39 06 6982", "", "", ("066982", "VA", "+39")),
        ("613-555-0123", "US", "+1", ("6135550123", "US", "+1")),
        ("", "FR", "", ("", "FR", "")),
        ("", "", "+33", ("", "", "+33")),
    ],
)
def test_a_number_is_kept_in_national_form_with_its_codes(number: str, country: str, calling: str, kept: tuple[str, str, str]) -> None:
    assert national(number, country, calling, "it") == kept


@pytest.mark.parametrize(
    ("number", "country", "calling", "problem", "legacy"),
    [
        ("06 12", "", "", "is not a phone number; send its country too", "Provided phone number is invalid 06 12"),
        ("call me", "FR", "", '"call me" is not a phone number', "Provided phone number is invalid call me"),
        ("", "XX", "", 'country "XX" is unknown; send two capital letters such as "FR"', "Invalid country code XX"),
        ("", "", "+999", 'calling code "+999" is unknown; send one such as "+33"', "Invalid calling code +999"),
        ("", "", "²", 'calling code "²" is unknown', "Invalid calling code ²"),
        ("", "", "9" * 5000, "is unknown; send one such as", f"Invalid calling code {'9' * 5000}"),
        ("", "FR", "+1", "country FR does not have the calling code +1; send", "Provided country code and calling code are conflicting"),
        ("+33612345678", "", "+1", "has the calling code +33, not +1; send", "Provided and inferred calling code are conflicting"),
        ("+33612345678", "DE", "", "is a number of FR, not of DE; send", "Provided and inferred country code are conflicting"),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_is_refused(number: str, country: str, calling: str, problem: str, legacy: str) -> None:
    with pytest.raises(InvalidValue, match=re.escape(problem)) as error:
        national(number, country, calling, "it.phones")
    assert error.value.path == "it.phones"
    assert error.value.legacy == legacy


def test_a_number_fills_in_the_codes_that_were_not_sent() -> None:
    sent = {"primaryPhoneNumber": " +33 6 12 34 56 78 "}
    kept = {"primaryPhoneNumber": "612345678", "primaryPhoneCountryCode": "FR", "primaryPhoneCallingCode": "+33"}
    assert check("PHONES", sent) == kept
    assert created("PHONES", sent) == {**kept, "additionalPhones": None}


def test_a_code_alone_leaves_the_number_as_it_was() -> None:
    assert check("PHONES", {"primaryPhoneCountryCode": "FR"}) == {"primaryPhoneCountryCode": "FR"}
    assert check("PHONES", {"primaryPhoneNumber": " ", "primaryPhoneCallingCode": None}) == {
        "primaryPhoneNumber": "",
        "primaryPhoneCallingCode": None,
    }


def test_further_numbers_may_be_texts_or_objects() -> None:
    sent = ["+33612345678", {"number": "06 12 34 56 79", "countryCode": "FR"}, "", {}]
    assert check("PHONES", {"additionalPhones": sent})["additionalPhones"] == [
        {"number": "612345678", "countryCode": "FR", "callingCode": "+33"},
        {"number": "612345679", "countryCode": "FR", "callingCode": "+33"},
    ]
    assert check("PHONES", {"additionalPhones": None}) == {"additionalPhones": None}


@pytest.mark.parametrize(
    "number", ["1" * 9_000_000, "+49 30 1234567 " + "a1 " * 3_000_000, "+49" + " " * 9_000_000 + "30", "a.-" * 3_000_000]
)
def test_a_text_longer_than_any_number_is_refused_before_it_is_searched(number: str) -> None:
    """Looking for words, numbers and extensions takes longer than a text is long: this test would not end in a day."""
    with pytest.raises(InvalidValue, match="is too long for a phone number"):
        national(number, "", "", "it.phones")
    assert not has_extension(number)


def test_many_blanks_are_one_before_anything_is_searched() -> None:
    assert number_in("+49" + " \u3000\t" * 70 + "30  1234567", "", "it.phones") == "+49 30 1234567"


def test_what_nobody_sees_does_not_make_it_longer() -> None:
    assert national("+49 30 1234567" + "\u200b" * 300, "", "", "it.phones")[0] == "301234567"


@pytest.mark.parametrize(
    ("phones", "message"),
    [
        ("+33612345678", 'it.additionalPhones: "+33612345678" is not a list; send one such as ["+33612345678"]'),
        ([5], "it.additionalPhones[0]: 5 is not a phone; send a text, or an object with number, countryCode and callingCode"),
        (["+33612345678", "x"], 'it.additionalPhones[1]: "x" is not a phone number; send its country too'),
    ],
)
def test_an_error_in_a_further_number_names_the_place(phones: Any, message: str) -> None:
    assert refused("PHONES", {"additionalPhones": phones}).startswith(message)


# ---- rich text, positions, options, secrets


def test_rich_text_keeps_what_was_sent_and_empty_is_none() -> None:
    assert check("RICH_TEXT_V2", {"markdown": "**hi**", "blocknote": ""}) == {"markdown": "**hi**", "blocknote": None}
    assert created("RICH_TEXT_V2", {"markdown": "**hi**"}) == {"markdown": "**hi**", "blocknote": None}


def test_the_old_rich_text_says_that_it_is_retired() -> None:
    assert FIELD_TYPES["RICH_TEXT"].retired == "Rich text is not supported, please use RICH_TEXT_V2 instead"


def test_a_position_is_a_number_or_an_end() -> None:
    assert check("POSITION", "first") == {"": "first"}
    assert check("POSITION", "last") == {"": "last"}
    assert check("POSITION", "7") == {"": 7}
    assert refused("POSITION", "middle") == 'it: "middle" is not a position; send a number, "first" or "last"'
    assert refused("POSITION", True) == 'it: true is not a position; send a number, "first" or "last"'


def test_options_are_those_of_the_field() -> None:
    assert check("SELECT", "A") == {"": "A"}
    assert check("RATING", "RATING_5") == {"": "RATING_5"}
    assert refused("SELECT", "C") == 'it: "C" is none of its options; send one of A, B'
    assert refused("MULTI_SELECT", ["A", "C"]) == 'it[1]: "C" is none of its options; send one of A, B'


def test_the_error_for_a_secret_does_not_show_it() -> None:
    hidden = field("TEXT", secret=True)
    with pytest.raises(InvalidValue) as error:
        FIELD_TYPES["TEXT"].check(hidden, {"token": "hunter2"}, "accessToken")
    assert error.value.message == "accessToken: what was sent (not shown, it is a secret) is not a text; send it in quotes"
    assert error.value.legacy is None
    assert error.value.__context__ is None
    assert FIELD_TYPES["TEXT"].check(hidden, "hunter2", "accessToken") == {"": "hunter2"}
