"""Columns find their fields by the names that people give them."""

from typing import Any

import pytest

import icosa
from icosa.call.targets import find_target
from icosa.catalogue.columns import columns
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.standard import STANDARD
from icosa.imports.column_map import guess
from tests.workspace.test_custom_objects import ROCKET

WITH_ROCKETS = STANDARD.with_objects(ROCKET)


def paths(singular: str, *names: str, catalogue: Catalogue = STANDARD, **explicit: str) -> list[str]:
    return [each.path for each in guess(catalogue, catalogue.by_singular[singular], names, explicit).columns]


@pytest.mark.parametrize(
    ("singular", "column", "path"),
    [
        ("person", "Email", "emails.primaryEmail"),
        ("person", "E-Mail", "emails.primaryEmail"),
        ("person", "Email Address", "emails.primaryEmail"),
        ("person", "Emial", ""),
        ("person", "EmailAdress", "emails.primaryEmail"),
        ("person", "First Name", "name.firstName"),
        ("person", "given_name", "name.firstName"),
        ("person", "Surname", "name.lastName"),
        ("person", "Name", "name"),
        ("person", "Full Name", "name"),
        ("person", "job-title", "jobTitle"),
        ("person", "Role", "jobTitle"),
        ("person", "City", "city"),
        ("person", "Mobile", "phones.primaryPhoneNumber"),
        ("person", "LinkedIn", "linkedinLink.primaryLinkUrl"),
        ("person", "LinkedIn URL", "linkedinLink.primaryLinkUrl"),
        ("person", "Twitter", "xLink.primaryLinkUrl"),
        ("person", "Company", "company.name"),
        ("person", "Company Name", "company.name"),
        ("person", "Organisation", "company.name"),
        ("person", "company.domainName", "company.domainName.primaryLinkUrl"),
        ("person", "Company Website", "company.domainName.primaryLinkUrl"),
        ("person", "Company Id", "companyId"),
        ("person", "company.id", "companyId"),
        ("person", "nameFirstName", "name.firstName"),
        ("person", "updatedAt", ""),
        ("person", "Favourite colour", ""),
        ("person", "Business State", ""),
        ("person", "Person ID", ""),
        ("person", "Home Fax", ""),
        ("company", "Organization Owner", ""),
        ("company", "Name", "name"),
        ("company", "Company", "name"),
        ("company", "Website", "domainName.primaryLinkUrl"),
        ("company", "Domain", "domainName.primaryLinkUrl"),
        ("company", "Annual Revenue", "annualRecurringRevenue"),
        ("company", "Headcount", "employees"),
        ("company", "Country", "address.addressCountry"),
        ("company", "Zip", "address.addressPostcode"),
        ("company", "Account Owner", "accountOwner.name"),
        ("company", "Account Owner Email", "accountOwner.userEmail"),
        ("opportunity", "Amount", "amount"),
        ("opportunity", "Currency", "amount.currencyCode"),
        ("opportunity", "Close Date", "closeDate"),
        ("opportunity", "Point of Contact", "pointOfContact.name"),
        ("opportunity", "Contact Email", "pointOfContact.emails.primaryEmail"),
        ("task", "Due Date", "dueAt"),
        ("note", "Body", "bodyV2.markdown"),
    ],
)
def test_a_column_goes_where_its_name_says(singular: str, column: str, path: str) -> None:
    assert paths(singular, column) == [path]


@pytest.mark.parametrize(
    ("singular", "columns", "expected"),
    [
        (
            "person",
            "Vorname Nachname Firma Telefon E-Mail Ort Handy",
            "name.firstName name.lastName company.name phones.primaryPhoneNumber emails.primaryEmail city phones+",
        ),
        (
            "person",
            "Prénom Nom Société Téléphone Courriel Ville Fonction",
            "name.firstName name.lastName company.name phones.primaryPhoneNumber emails.primaryEmail city jobTitle",
        ),
        ("person", "PRENOM NOM", "name.firstName name.lastName"),
        ("person", "Nom Email", "name emails.primaryEmail"),
        ("person", "Vorname Name", "name.firstName name.lastName"),
        (
            "company",
            "Unternehmen Webseite Straße PLZ Stadt Land Mitarbeiter Umsatz",
            "name domainName.primaryLinkUrl address.addressStreet1 address.addressPostcode address.addressCity address.addressCountry "
            "employees annualRecurringRevenue",
        ),
        (
            "company",
            "Nom Site_web Adresse Code_postal Ville Pays Effectif",
            "name domainName.primaryLinkUrl address.addressStreet1 address.addressPostcode address.addressCity address.addressCountry "
            "employees",
        ),
        ("company", "Strasse Straße", "address.addressStreet1 "),
        ("opportunity", "Bezeichnung Betrag Waehrung Abschlussdatum Kunde", "name amount amount.currencyCode closeDate company.name"),
        ("opportunity", "Montant Devise Étape Interlocuteur", "amount amount.currencyCode stage pointOfContact.name"),
        ("task", "Titel Fällig_am", "title dueAt"),
    ],
)
def test_headings_in_german_and_french_are_read_too(singular: str, columns: str, expected: str) -> None:
    assert paths(singular, *(each.replace("_", " ") for each in columns.split(" "))) == expected.split(" ")


def test_a_last_name_beside_a_first_one_gives_way_to_a_column_that_says_it_is_one() -> None:
    assert paths("person", "Prénom", "Nom", "Nom de famille")[2] == "name.lastName"


@pytest.mark.parametrize("of", WITH_ROCKETS.objects, ids=lambda each: each.singular)
def test_what_an_export_calls_a_column_is_the_column(of: Object) -> None:
    mapping = guess(WITH_ROCKETS, of, [each.path for each in columns(of)])
    elsewhere = [each for each in mapping.columns if each.path != each.column]
    retired = {field.name for field in of.fields if field.type.retired}
    hidden = {f"{field.name}.context" for field in of.fields if field.type_name == "ACTOR"}
    assert {each.column for each in elsewhere} <= {"updatedAt", "deletedAt"} | retired | hidden


def test_of_two_columns_for_one_value_the_surer_counts_and_the_other_is_one_more_or_says_why_not() -> None:
    mapping = guess(STANDARD, STANDARD.by_singular["person"], ["Mail", "emails.primaryEmail", "Full Name", "First Name"])
    assert [(each.path, each.reason) for each in mapping.columns] == [
        ("emails+", "one more beside 'emails.primaryEmail'"),
        ("emails.primaryEmail", "the same name"),
        ("", "'First Name' says name already"),
        ("name.firstName", "the field's label and part"),
    ]


def test_a_relation_may_be_told_in_several_ways_and_each_of_them_once() -> None:
    explicit = ["company.name", "company.domainName.primaryLinkUrl", "companyId"]
    assert paths("person", "Company", "Company Website", "companyId") == explicit
    assert paths("person", "Organisation", "Company", "Company Website") == ["", "company.name", "company.domainName.primaryLinkUrl"]


def test_what_is_told_goes_first() -> None:
    explicit: Any = {"Spalte A": "Emails.Primary Email", "Spalte B": "phones+", "Spalte C": "phones+", "Company": ""}
    assert paths("person", "Mail", *explicit, **explicit) == ["emails+", "emails.primaryEmail", "phones+", "phones+", ""]


@pytest.mark.parametrize(
    ("explicit", "error", "text"),
    [
        ({"Mial": "city"}, icosa.InvalidValue, "there is no column 'Mial'; the columns are 'Mail', 'City'"),
        ({"Mail": "emails.primary"}, icosa.UnknownField, "Person has nothing at 'emails.primary' .* did you mean emails.primaryEmail"),
        ({"Mail": "city", "City": "city"}, icosa.InvalidValue, "'Mail' and 'City' both go to city"),
    ],
)
def test_what_is_told_wrong_says_what_would_be_right(explicit: dict[str, str], error: type[icosa.IcosaError], text: str) -> None:
    with pytest.raises(error, match=text):
        guess(STANDARD, STANDARD.by_singular["person"], ["Mail", "City"], explicit)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("company", "company.name"),
        ("company.domainName", "company.domainName.primaryLinkUrl"),
        ("company.domain_name", "company.domainName.primaryLinkUrl"),
        ("company.id", "companyId"),
        ("jobTitle", "jobTitle"),
        ("Job Title", "jobTitle"),
        ("emails", "emails"),
    ],
)
def test_a_target_goes_by_any_spelling(written: str, path: str) -> None:
    assert find_target(STANDARD, STANDARD.by_singular["person"], written).path == path


def test_columns_of_a_custom_object_find_their_fields() -> None:
    assert paths("rocket", "Name", "Field Rating", "field_multi_select", "Mother", "Company Domain", catalogue=WITH_ROCKETS) == [
        "name", "fieldRating", "fieldMultiSelect", "motherId", "company.domainName.primaryLinkUrl",
    ]  # fmt: skip


def test_secrets_of_related_records_are_no_way_to_find_them() -> None:
    account = STANDARD.by_singular["messageChannel"]
    with pytest.raises(icosa.UnknownField):
        find_target(STANDARD, account, "connectedAccount.accessToken")
