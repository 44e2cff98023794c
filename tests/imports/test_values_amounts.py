"""Amounts and numbers as every country writes them, and whole millionths."""

from decimal import Decimal
from typing import Any

import pytest

import icosa
from icosa import bulk
from icosa.imports.values.amounts import read_amount
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.numbers import read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,34,567.50", "1234567.5"),
        ("1,23,456", "123456"),
        ("1'234.50", "1234.5"),
        ("1’234’567", "1234567"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("12-", "-12"),
        ("(1.234,50)", "-1234.5"),
        ("１２３４．５", "1234.5"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("1.5E+06", "1500000"),
        ("0,125", "0.125"),
        ("1\u200b2", "12"),
    ],
)
def test_numbers_of_everywhere(text: str, number: str) -> None:
    assert Decimal(str(read_number(text, "p", Conventions()))) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "units", "currency"),
    [
        ("500,– €", "500", "EUR"),
        ("CHF 500.–", "500", "CHF"),
        ("(USD 5.00)", "-5", "USD"),
        ("$5-", "-5", "USD"),
        ("$-5", "-5", "USD"),
        ("US$ 5", "5", "USD"),
        ("5 US dollars", "5", "USD"),
        ("₹12,34,567.50", "1234567.5", "INR"),
        ("1 234,50 Kč", "1234.5", "CZK"),
        ("12,50 zł", "12.5", "PLN"),
        ("1\u200b2 EUR", "12", "EUR"),
        ("1.2345678 EUR", "1.234568", "EUR"),
    ],
)
def test_amounts_of_everywhere(text: str, units: str, currency: str) -> None:
    amount = read_amount(text, "p", Conventions())
    assert (amount["amountMicros"], amount["currencyCode"]) == (int(Decimal(units) * 1_000_000), currency)


@pytest.mark.parametrize("text", ["Rs.500", "€.50", "5 kr", "EUR 5 USD", "--5", "5 %", "1,2,3 €", "EUR", "€5 (net)"])
def test_what_is_no_amount_or_of_several_currencies_is_refused(text: str) -> None:
    with pytest.raises(icosa.InvalidValue):
        read_amount(text, "p", Conventions())


@pytest.mark.parametrize("repeated", ["+", "(", " ", "1", "1,", "- ", "€"])
def test_a_text_that_is_as_long_as_no_number_is_refused_and_not_searched_again_and_again(repeated: str) -> None:
    text = "1" + repeated * 1_000_000 + "1"
    with pytest.raises(icosa.InvalidValue):
        read_number(text, "employees", Conventions())
    with pytest.raises(icosa.InvalidValue):
        read_amount(text, "amount", Conventions())


@pytest.mark.parametrize(
    "row", [{"amount": 11.899999999999999}, {"amount.amountMicros": 11899999.999999999}, {"amount.amountMicros": "11899999.9"}]
)
def test_a_computed_amount_is_whole_millionths(row: dict[str, Any], crm: icosa.Client) -> None:
    bulk.import_rows(crm, "opportunities", [{"name": "A", **row}], key="none")
    assert crm.opportunities.find_many()[0]["amount"]["amountMicros"] == "11900000"
