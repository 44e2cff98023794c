"""What a field of each type of the second generation takes, and what is stored of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.columns import columns_of_field
from icosa.catalogue.field_types import FIELD_TYPES, GENERATIONS, Values
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field, Object
from icosa.errors import InvalidValue

TYPES = GENERATIONS[2]
ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"


def field(type_name: str, **settings: Any) -> Field:
    options = ("A", "B") if type_name in ("SELECT", "MULTI_SELECT", "RATING") else ()
    return Field("it", type_name, "It.", options=options, generation=2, **{"nullable": True, **settings})


def check(type_name: str, value: Any, **settings: Any) -> Values:
    return TYPES[type_name].check(field(type_name, **settings), value, "it")


def stored(type_name: str, value: Any) -> Any:
    return check(type_name, value)[""]


def refusal(type_name: str, value: Any, **settings: Any) -> InvalidValue:
    with pytest.raises(InvalidValue) as error:
        check(type_name, value, **settings)
    return error.value


@pytest.mark.parametrize(
    ("type_name", "value", "expected"),
    [
        ("TEXT", "a", "a"),
        ("TEXT", "", None),
        ("UUID", ID.upper(), ID),
        ("NUMBER", 7.0, 7),
        ("NUMBER", 1.5, 1.5),
        ("NUMBER", 0, 0),
        ("NUMERIC", 12.50, "12.5"),
        ("NUMERIC", "12", "12"),
        ("NUMERIC", 1e18, "1000000000000000000"),
        ("NUMERIC", 2**63 - 1, "9223372036854775807"),
        ("BOOLEAN", False, False),
        ("DATE_TIME", "2025-12-31", "2025-12-31T00:00:00.000Z"),
        ("DATE_TIME", "2025-05-05T10:00:00+02:00", "2025-05-05T08:00:00.000Z"),
        ("DATE", "2025-12-31T23:00:00Z", "2025-12-31"),
        ("SELECT", "A", "A"),
        ("RATING", "B", "B"),
        ("MULTI_SELECT", "A", ["A"]),
        ("MULTI_SELECT", ["A", "A"], ["A", "A"]),
        ("MULTI_SELECT", [], None),
        ("ARRAY", "a", ["a"]),
        ("ARRAY", [], None),
        ("RAW_JSON", {"a": [1]}, {"a": [1]}),
        ("RAW_JSON", '["a"]', ["a"]),
        ("RAW_JSON", {}, None),
        ("POSITION", "first", "first"),
        ("POSITION", 3, 3),
        ("FILES", [{"fileId": ID, "label": "a.pdf"}], [{"fileId": ID, "label": "a.pdf"}]),
        ("FILES", [], None),
    ],
)
def test_a_value_of_its_own_json_type_is_stored(type_name: str, value: Any, expected: Any) -> None:
    assert stored(type_name, value) == expected
    assert type(stored(type_name, value)) is type(expected)


@pytest.mark.parametrize(
    ("type_name", "value", "legacy"),
    [
        ("TEXT", 5, 'Invalid string value 5 for text field "it"'),
        ("TEXT", True, 'Invalid string value true for text field "it"'),
        ("UUID", "", "Invalid UUID value '' for field \"it\""),
        ("NUMBER", "12", "Invalid number value '12' for field \"it\""),
        ("NUMBER", True, 'Invalid number value true for field "it"'),
        ("NUMERIC", 2**63, 'Invalid number value NaN for field "it"'),
        ("NUMERIC", True, 'Invalid number value NaN for field "it"'),
        ("NUMERIC", "many", 'Invalid number value NaN for field "it"'),
        ("BOOLEAN", 1, 'Invalid boolean value 1 for field "it"'),
        ("BOOLEAN", "true", "Invalid boolean value 'true' for field \"it\""),
        ("DATE_TIME", "", "Invalid value '' for date-time field \"it\". Expected format: 'YYYY-MM-DDTHH:mm:ssZ'"),
        ("DATE_TIME", 1735689600000, "Invalid value 1735689600000 for date-time field \"it\". Expected format: 'YYYY-MM-DDTHH:mm:ssZ'"),
        ("DATE", "2024-02-30", "Invalid value '2024-02-30' for date field \"it\". Expected format: 'YYYY-MM-DD'"),
        ("SELECT", "", 'Invalid value "" for field "it". Valid values are: A, B'),
        ("RATING", 3, 'Invalid string value 3 for text field "it"'),
        ("MULTI_SELECT", ["C"], 'Invalid value ["C"] for multi select field "it"'),
        ("ARRAY", [5], 'Invalid value [5] for array field "it"'),
        ("RAW_JSON", 5, 'Invalid object value 5 for field "it"'),
        ("RAW_JSON", "text", "Invalid object value 'text' for field \"it\""),
        ("POSITION", "middle", "Invalid position value 'middle' for field \"it\""),
        ("POSITION", True, 'Invalid number value true for field "it"'),
        ("FILES", "a.pdf", "Invalid object value 'a.pdf' for field \"it\""),
        ("LINKS", "example.com", "Invalid object value 'example.com' for field \"it\""),
        ("ADDRESS", {"addressNowhere": "x"}, 'Invalid subfield addressNowhere for address field "it"'),
        ("ADDRESS", {"addressCity": 5}, 'Invalid string value 5 for text field "it.addressCity"'),
        ("EMAILS", {"primaryEmail": "not one"}, "Invalid string value 'not one' for email field \"it.primaryEmail\""),
        ("EMAILS", {"additionalEmails": ["bad mail"]}, "Invalid string value 'bad mail' for email field \"it.additionalEmails\""),
        ("RICH_TEXT_V2", {"blocknote": "{}"}, 'Invalid blocknote value for field "it.blocknote" - must contain valid JSON'),
    ],
)
def test_a_value_of_another_json_type_is_refused_in_the_words_of_2_19(type_name: str, value: Any, legacy: str) -> None:
    assert refusal(type_name, value).legacy == legacy


def test_files_are_as_many_as_the_field_holds() -> None:
    files = [{"fileId": ID, "label": "a"}, {"fileId": ID, "label": "b"}]
    assert check("FILES", files)[""] == files
    assert "at most 1" in refusal("FILES", files, most=1).message


@pytest.mark.parametrize("value", [5, {"label": "a"}, {"fileId": "nope"}, {"fileId": ID, "path": "/"}, {"fileId": ID, "label": 5}])
def test_a_file_is_an_id_with_a_label(value: Any) -> None:
    assert refusal("FILES", [value]).path.startswith("it[0]")


def test_a_secret_is_not_shown_where_it_is_refused() -> None:
    assert "hunter2" not in refusal("TEXT", ["hunter2"], secret=True).message


# ---- several parts


@pytest.mark.parametrize("name", [name for name, each in TYPES.items() if each.composite and name not in ("LINKS", "RICH_TEXT_V2")])
def test_parts_that_are_not_sent_stay_as_they_are(name: str) -> None:
    part = TYPES[name].parts[0]
    values = {"PHONES": "+33612345678", "EMAILS": "a@example.com", "ACTOR": "API"}
    value = values.get(name, "1" if part.kind is Kind.NUMERIC else "text")
    assert part.name in check(name, {part.name: value})
    assert check(name, {}) == {}


def test_links_are_written_whole() -> None:
    assert check("LINKS", {"primaryLinkUrl": "HTTPS://Example.COM/Path/"}) == {
        "primaryLinkUrl": "https://example.com/Path",
        "primaryLinkLabel": None,
        "secondaryLinks": None,
    }
    assert check("LINKS", {"primaryLinkLabel": "No address"}) == dict.fromkeys(("primaryLinkUrl", "primaryLinkLabel", "secondaryLinks"))
    moved = check("LINKS", {"secondaryLinks": [{"url": "https://a.example.com", "label": "A"}, {"url": "b.example.com"}]})
    assert (moved["primaryLinkUrl"], moved["primaryLinkLabel"]) == ("https://a.example.com", "A")
    assert moved["secondaryLinks"] == [{"url": "b.example.com", "label": None}]


@pytest.mark.parametrize(
    "value",
    [
        {"primaryLinkUrl": "not a url"},
        {"primaryLinkUrl": 5},
        {"secondaryLinks": [5]},
        {"secondaryLinks": "x"},
        {"secondaryLinks": [{"url": 5}]},
        {"secondaryLinks": [{"url": "https://example.com", "label": 5}]},
    ],
)
def test_links_lead_somewhere(value: Any) -> None:
    assert refusal("LINKS", value).path.startswith("it.")


def test_addresses_are_kept_in_lower_case() -> None:
    found = check("EMAILS", {"primaryEmail": " Ada@Example.COM ", "additionalEmails": ["B@example.com", ""]})
    assert found == {"primaryEmail": "ada@example.com", "additionalEmails": ["b@example.com"]}
    assert check("EMAILS", {"primaryEmail": "", "additionalEmails": []}) == {"primaryEmail": None, "additionalEmails": None}


@pytest.mark.parametrize("value", ["a@b", "a b@example.com", "@example.com", "a@-example.com", "a@example..com", f"a@{'b' * 330}.com", 5])
def test_an_address_has_a_name_and_a_domain(value: Any) -> None:
    assert refusal("EMAILS", {"primaryEmail": value}).path == "it.primaryEmail"


@pytest.mark.parametrize("value", [5, "b@example.com", {"a": 1}, [5], [None], [["b@example.com"]], ["a@b"]])
def test_further_addresses_are_a_list_of_such(value: Any) -> None:
    error = refusal("EMAILS", {"primaryEmail": "a@example.com", "additionalEmails": value})
    assert error.path == "it.additionalEmails"
    assert 'for email field "it.additionalEmails"' in (error.legacy or "")


def test_a_phone_number_is_split_and_its_contradictions_have_codes() -> None:
    assert check("PHONES", {"primaryPhoneNumber": "+33612345678"}) == {
        "primaryPhoneNumber": "612345678",
        "primaryPhoneCountryCode": "FR",
        "primaryPhoneCallingCode": "+33",
    }
    assert refusal("PHONES", {"primaryPhoneNumber": "612345678", "primaryPhoneCountryCode": "XX"}).fault == "INVALID_PHONE_COUNTRY_CODE"
    conflicting = {"primaryPhoneNumber": "+49301234567", "primaryPhoneCountryCode": "FR"}
    assert refusal("PHONES", conflicting).fault == "CONFLICTING_PHONE_COUNTRY_CODE"


@pytest.mark.parametrize(("sent", "kept"), [(12.5, "12"), (-0.5, "0"), ("-12.9", "-12"), (7, "7")])
def test_an_amount_has_no_fraction_of_a_micro(sent: Any, kept: str) -> None:
    assert check("CURRENCY", {"amountMicros": sent}) == {"amountMicros": kept}


def test_a_rich_text_is_made_whole() -> None:
    made = check("RICH_TEXT_V2", {"markdown": "**a**"})
    assert made["markdown"] == "**a**"
    assert '"styles":{"bold":true}' in made["blocknote"]
    assert check("RICH_TEXT_V2", {"blocknote": made["blocknote"]}) == {"blocknote": made["blocknote"], "markdown": "**a**\n"}
    assert check("RICH_TEXT_V2", {"blocknote": "[]", "markdown": "b"}) == {"blocknote": "[]", "markdown": "b"}
    assert check("RICH_TEXT_V2", {"blocknote": None, "markdown": "**a**"}) == made
    assert check("RICH_TEXT_V2", {"markdown": ""}) == {"blocknote": None, "markdown": None}
    assert check("RICH_TEXT_V2", {}) == {}


def test_the_wire_calls_a_rich_text_by_its_new_name() -> None:
    assert {name: each.name for name, each in TYPES.items() if name != each.name} == {"RICH_TEXT_V2": "RICH_TEXT"}


# ---- what all types hold to


@pytest.mark.parametrize("name", [name for name in TYPES if name not in ("ACTOR", "POSITION")])
def test_nothing_is_stored_of_a_field_that_nothing_was_said_of(name: str) -> None:
    for column in columns_of_field(Object("thing", "things", "A thing.", (field(name),), generation=2), "it"):
        assert column.default is None
        assert column.nullable
        assert column.absent in ("", [], None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(TYPES)), JSON.filter(lambda value: value is not None))
def test_any_json_is_taken_or_refused_with_its_path(name: str, value: Any) -> None:
    try:
        found = check(name, value)
    except InvalidValue as error:
        assert error.path.startswith("it")  # noqa: PT017 - either will do
        return
    parts = {part.name: part for part in TYPES[name].parts}
    assert found.keys() <= parts.keys()
    assert all(each is None or each not in ("", []) for each in found.values()) or name == "ACTOR"


def test_every_type_that_is_not_retired_has_a_second_generation() -> None:
    assert TYPES.keys() == {name for name, each in FIELD_TYPES.items() if not each.retired} | {"FILES"}
