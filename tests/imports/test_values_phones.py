"""A phone number is read out of the words around it, and letters are digits only where they make it whole."""

import pytest

import icosa
from icosa.catalogue.field_types.phones import national
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.phones import completed

BERLIN = ("301234567", "DE", "+49")


def read(text: str, region: str | None = None) -> tuple[str, str, str]:
    parts = completed({"primaryPhoneNumber": text}, "phones.primaryPhoneNumber", Conventions(region=region))
    return parts["primaryPhoneNumber"], parts["primaryPhoneCountryCode"], parts["primaryPhoneCallingCode"]


@pytest.mark.parametrize(
    "text",
    [
        "+49 30 1234567 (work)",
        "+49 30 1234567 home",
        "+49 30 1234567 FAX",
        "+49 30 1234567 (until 5pm)",
        "+49 30 1234567, ask for Ann",
        "+49 30 1234567 – Büro",
        "+49 30 1234567.0",
        "49 30 1234567.0",
        "Tel.: +49 30 1234567",
        "M: +49 30 1234567",
        "work +49 30 1234567",
        "(+49) 30 1234567",
        "+49 (0)30 1234567",
        "0049 30 1234567 mobile",
        "tel:+49-30-1234567",
        "＋４９ ３０ １２３４５６７",
        "+49\u00ad30\u200b1234567\u202c",
    ],
)
def test_words_beside_a_number_are_left_out(text: str) -> None:
    if text.startswith("49"):  # a number of a spreadsheet, which has no plus
        assert read(f"+{text}") == BERLIN
        return
    assert read(text) == BERLIN
    if not text.startswith("00"):
        assert national(text, "", "", "phones") == BERLIN


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("+1 800 FLOWERS", None, "8003569377"),
        ("1-800-FLOWERS", "US", "8003569377"),
        ("+1 (800) GO-FEDEX", None, "8004633339"),
        ("0800 REIMANN", "DE", "8007346266"),
        ("0171 / 1234567", "DE", "1711234567"),
        ("030/1234567", "DE", "301234567"),
        ("+43 1 2345 fax", None, "12345"),
    ],
)
def test_letters_are_digits_in_a_whole_number_alone(text: str, region: str | None, number: str) -> None:
    assert read(text, region)[0] == number
    assert national(text, region or "", "", "phones")[0] == number


@pytest.mark.parametrize(
    ("text", "region", "reason"),
    [
        ("+49 30 123456 DW 12", None, "has an extension"),
        ("+33 6 12 34 56 78 poste 12", None, "has an extension"),
        ("+33 6 12 34 56 78 ext. 5", None, "has an extension"),
        ("+49 30 1234567x12", None, "has an extension"),
        ("+49 30 1234567 (12)", None, "has an extension"),
        ("tel:+49-30-1234567;ext=5", None, "has an extension"),
        ("+49 30 1234 TAXI", None, "ends in letters to be dialled, or in a word"),
        ("+33 6 12 34 56 78 ou +33 6 12 34 56 79", None, "holds 2 numbers"),
        ("030 123456 / 234567", "DE", "holds 2 numbers"),
        ("030 1234567, 0171 1234567", "DE", "holds 2 numbers"),
        ("+44 20 7946 0958 (mobile 07700 900123)", None, "holds more than a phone number"),
        ("+49 30 12345 until 5pm", None, "holds more than a phone number"),
        ("+49 3O 123456", None, "holds more than a phone number"),
        ("+49 30 123456l", None, "holds more than a phone number"),
        ("06xx xx xx xx", "FR", "holds more than a phone number"),
        ("4.93012E+12", None, "holds more than a phone number"),
    ],
)
def test_what_may_be_something_else_is_refused(text: str, region: str | None, reason: str) -> None:
    with pytest.raises(icosa.InvalidValue, match=reason):
        read(text, region)


def test_an_extension_is_refused_beside_a_country_too() -> None:
    parts = {"primaryPhoneNumber": "030 1234567 ext 5", "primaryPhoneCountryCode": "DE"}
    with pytest.raises(icosa.InvalidValue, match="has an extension"):
        completed(parts, "phones.primaryPhoneNumber", Conventions())


def test_the_server_keeps_the_number_and_leaves_an_extension_out_as_before(crm: icosa.Client) -> None:
    for written in ("+49 30 1234567 (work)", "+49 30 1234567 ext. 5"):
        phones = crm.people.create_one(phones={"primaryPhoneNumber": written, "additionalPhones": ["+33 6 12 34 56 78 home"]})["phones"]
        assert phones["primaryPhoneNumber"] == "301234567"
        assert phones["additionalPhones"] == [{"number": "612345678", "countryCode": "FR", "callingCode": "+33"}]
    with pytest.raises(icosa.InvalidValue, match="holds more than a phone number"):
        crm.people.create_one(phones={"primaryPhoneNumber": "+49 30 12345 until 5pm"})


def test_a_number_of_no_country_leaves_none_behind(crm: icosa.Client) -> None:
    made = crm.people.create_one(phones={"primaryPhoneNumber": "+33612345678"})
    phones = crm.people.update_one(made["id"], phones={"primaryPhoneNumber": "+800 1234 5678"})["phones"]
    assert (phones["primaryPhoneCountryCode"], phones["primaryPhoneCallingCode"]) == ("", "+800")


@pytest.mark.parametrize("region", ["de", "De", " DE "])
def test_a_country_is_read_in_small_letters_too(region: str) -> None:
    assert read("030 1234567", region) == BERLIN


def test_a_currency_and_an_order_of_dates_are_read_in_letters_of_either_size() -> None:
    assert Conventions(currency="eur", date_order="DMY") == Conventions(currency="EUR", date_order="dmy")
    with pytest.raises(icosa.InvalidValue, match="'ddm' is none"):
        Conventions(date_order="DDM")


@pytest.mark.parametrize(
    ("text", "number"), [("+1-555-555-0100", ("5555550100", "", "+1")), ("+49 30 1234567", BERLIN), ("030 1234567", BERLIN)]
)
def test_the_region_that_is_told_is_that_of_numbers_with_its_calling_code_alone(text: str, number: tuple[str, str, str]) -> None:
    assert read(text, "DE") == number


@pytest.mark.parametrize("text", ["+49 30 123 45 67 / 68", "030 1234567/8", "+1 415 555 2671 / 72"])
def test_the_last_digits_of_a_second_number_are_not_put_behind_the_first(text: str) -> None:
    with pytest.raises(icosa.InvalidValue, match="ends in what may be a second number; keep one here"):
        read(text, "DE")


@pytest.mark.parametrize(("text", "number"), [("0171 / 123 45 67", "1711234567"), ("030/123", "30123"), ("+43 1 58858 / 0", "1588580")])
def test_a_slash_within_one_number_is_no_second_one(text: str, number: str) -> None:
    assert read(text, "DE")[0] == number
