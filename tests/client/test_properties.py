"""Values are checked before anything is sent; an error names the property by its label and says how to mend it."""

from datetime import datetime
from typing import Any

import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Answer, Request

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"


class Nobody:
    """A way to a workspace that must not be taken."""

    def send(self, request: Request) -> Answer:
        raise AssertionError(f"{request.method} {request.path} was sent")

    def close(self) -> None:
        pass


@pytest.fixture
def crm() -> icosa.Client:
    return icosa.connect("http://crm.example.com", token="key", catalogue=STANDARD, transport=Nobody())


def refusal(crm: icosa.Client, resource: str, operation: str, properties: dict[str, Any]) -> icosa.IcosaError:
    with pytest.raises(icosa.InvalidInput) as caught:
        crm.run(resource, operation, properties)
    return caught.value


UPDATE = ("Connected Accounts", "Update One Connected Account")


@pytest.mark.parametrize("id_", ["abc", "20202020", ID + "0", ID.replace("-", ""), 7, "../people"])
@pytest.mark.parametrize("operation", ["Find One Person", "Delete One Person", "Update One Person"])
def test_an_id_that_is_no_uuid(crm: icosa.Client, operation: str, id_: object) -> None:
    error = refusal(crm, "People", operation, {"Id": id_})
    assert type(error) is icosa.InvalidId
    assert str(error).startswith("Id: ")
    assert "is not a UUID" in str(error)
    assert "such as 20202020-1c25-4d02-bf25-6aeccf7ea419" in str(error)


@pytest.mark.parametrize("properties", [{}, {"Id": ""}, {"Id": None}])
def test_an_id_that_is_missing(crm: icosa.Client, properties: dict[str, Any]) -> None:
    error = refusal(crm, *UPDATE, properties)
    assert type(error) is icosa.InvalidId
    assert str(error).startswith("Id: is missing; give the id of the record")


@pytest.mark.parametrize("depth", [3, -1, "deep", "01", 1.5, True, [1]])
def test_a_depth_that_is_not_0_1_or_2(crm: icosa.Client, depth: object) -> None:
    error = refusal(crm, *UPDATE, {"Id": ID, "Depth": depth})
    assert type(error) is icosa.UnsupportedDepth
    assert str(error).startswith("Depth: ")
    assert "send 0 for the record alone, 1 with its relations, or 2" in str(error)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('["mail.read", ]', "line 1, column 13: there is a comma too many"),
        ('["mail.read"', "line 1, column 13: the text ends"),
        ('[\n  "mail.read"\n  "x"\n]', "line 3, column 3"),
        ("mail.read", "line 1, column 1"),
        ("[NaN]", "NaN is no JSON number"),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 5000, "a number has too many digits"),
    ],
)
def test_json_that_is_none_is_told_with_line_and_column(crm: icosa.Client, text: str, where: str) -> None:
    error = refusal(crm, *UPDATE, {"Id": ID, "Scopes": text})
    assert type(error) is icosa.MalformedJson
    assert str(error).startswith("Scopes: not JSON")
    assert where in str(error)
    assert 'Send JSON such as ["mail.read"]' in str(error)


@pytest.mark.parametrize(
    ("resource", "operation", "properties", "says"),
    [
        ("Opportunities", "create_one", {"Stage": "LOST"}, 'Stage: "LOST" is none of its options; send one of NEW, SCREENING'),
        (
            "Connected Accounts",
            "create_one",
            {"Auth Failed At": "yesterday"},
            'Auth Failed At: "yesterday" is not a date and time; send ISO 8601',
        ),
        ("Connected Accounts", "create_one", {"Auth Failed At": "2026-02-30"}, 'Auth Failed At: "2026-02-30" is not a date'),
        ("Opportunities", "create_one", {"Close Date": datetime(2026, 1, 1)}, "Close Date: 2026-01-01T00:00:00 has no time zone"),
        ("Companies", "create_one", {"Employees": "many"}, 'Employees: "many" is not a number; send digits'),
        ("Companies", "create_one", {"Employees": float("nan")}, "Employees: nan is not a number"),
        ("Companies", "create_one", {"Ideal Customer Profile": "perhaps"}, "Ideal Customer Profile: "),
        ("Companies", "create_one", {"Address": "[]"}, "Address: [] is not an object; send one with any of addressStreet1"),
        ("Companies", "create_one", {"Address": {"city": "Paris"}}, "Address.city: is no part of ADDRESS; its parts are addressStreet1"),
        ("Companies", "create_one", {"Domain Name": {"primaryLinkUrl": "not a host"}}, "Domain Name.primaryLinkUrl: "),
        ("People", "create_one", {"Phones": {"primaryPhoneNumber": "12"}}, "Phones"),
        ("People", "create_one", {"Company Id": "acme"}, 'Company Id: "acme" is not a UUID'),
        ("People", "create_one", {"company": "acme"}, 'Company: "acme" is no related record'),
        ("People", "create_one", {"City": object()}, "City: a value of type object is nothing JSON can say"),
        ("People", "create_one", {"City": "a", "city": "b"}, "City: is given twice"),
        ("People", "find_one", {"Id": ID, "id": ID}, "Id: is given twice"),
        ("Api Keys", "create_one", {"Name": "x"}, "Expires At: is required by Create One Api Key"),
        ("Api Keys", "create_one", {"Name": "x", "Expires At": ""}, "Expires At: is required by Create One Api Key"),
        ("Api Keys", "create_many", {"Body": [{"expiresAt": "2030-01-01"}, {}]}, "Body[1].Expires At: is required by Api Key"),
        ("People", "create_many", {"Body": [{"city": "x"}, {"emails": {"foo": 1}}]}, "Body[1].Emails.foo: is no part of EMAILS"),
        ("People", "create_many", {"Body": [{"city": "x"}, "y"]}, 'Body[1]: "y" is not a record'),
        ("People", "create_many", {"Body": 7}, "Body: 7 is not a list of records"),
        ("People", "create_many", {}, "Body: there is no record in it"),
        ("People", "find_duplicates", {"Ids": [ID, "x"]}, 'Ids[1]: "x" is not a UUID'),
        ("People", "find_duplicates", {"Ids": [ID], "Data": [{"city": "x"}]}, "Data and Ids are both given"),
        ("People", "find_duplicates", {}, "neither Data nor Ids is given"),
        ("People", "find_many", {"Filter": "foo[eq]:1"}, "Filter: 'person' has no field \"foo\""),
        ("People", "find_many", {"Filter": "createdAt[gt]:soon"}, 'Filter: createdAt: "soon" is not a date and time'),
        ("People", "find_many", {"Filter": "and(city[eq]:x"}, "Filter"),
        ("People", "find_many", {"Order By": "city[Up]"}, 'Order By: "Up" is no direction'),
        ("People", "find_many", {"Limit": "many"}, 'Limit: "many" is no count of records'),
        ("People", "find_many", {"Limit": -1}, "Limit: -1 is no count of records"),
        ("People", "find_many", {"Starting After": "a", "Ending Before": "b"}, "Starting After and Ending Before are both given"),
    ],
)
def test_a_value_that_cannot_be(crm: icosa.Client, resource: str, operation: str, properties: dict[str, Any], says: str) -> None:
    assert str(refusal(crm, resource, operation, properties)).startswith(says)


@pytest.mark.parametrize(
    ("properties", "says"),
    [
        ({"Id": ID, "Scopez": []}, "Update One Connected Account has no property 'Scopez'. Did you mean 'Scopes'?"),
        (
            {"Id": ID, "acces_token": "t"},
            "Update One Connected Account has no property 'acces_token'. Did you mean 'Access Token' or 'Refresh Token'?",
        ),
    ],
)
def test_a_property_that_the_action_does_not_have(crm: icosa.Client, properties: dict[str, Any], says: str) -> None:
    error = refusal(crm, *UPDATE, properties)
    assert type(error) is icosa.UnknownField
    assert str(error) == says


def test_an_action_that_is_not_there(crm: icosa.Client) -> None:
    with pytest.raises(icosa.UnknownObject, match=r"There is no resource 'Peeple'\. Did you mean 'People'"):
        crm.run("Peeple", "Find Many People", {})
    with pytest.raises(icosa.UnknownAction, match="People has no operation 'Find Persons'"):
        crm.run("People", "Find Persons", {})
    with pytest.raises(icosa.UnknownField, match="It has none at all"):
        crm.run("General", "Get Open Api Schema", {"Depth": 1})


def test_a_resource_that_is_not_there(crm: icosa.Client) -> None:
    with pytest.raises(AttributeError, match="no resource 'poeple'; did you mean 'people'"):
        crm.poeple  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(icosa.UnknownObject, match="Did you mean 'Connected Accounts'"):
        crm["connectedAcounts"]


@pytest.mark.parametrize("value", [{"k": "s3cret"}, ["s3cret"], "s3cret\0"])
def test_the_value_of_a_secret_property_is_in_no_error(crm: icosa.Client, value: object) -> None:
    error = refusal(crm, *UPDATE, {"Id": ID, "Access Token": value})
    assert str(error).startswith("Access Token: ")
    assert "s3cret" not in str(error)
    assert error.__cause__ is None
    assert error.__suppress_context__


def test_a_list_with_one_wrong_entry_sends_nothing(crm: icosa.Client) -> None:
    with pytest.raises(icosa.InvalidId) as caught:
        crm.run("People", "Delete One Person", [{"Id": ID}, {"Id": ID}, {"Id": "no"}])
    assert caught.value.__notes__ == ["It is item 2 of 3, counted from 0; nothing was sent."]


@pytest.mark.parametrize("properties", ["Id", 7, ["Id"], [{"Id": ID}, 7]])
def test_what_is_no_set_of_properties(crm: icosa.Client, properties: Any) -> None:
    with pytest.raises(icosa.InvalidBody, match="no set of properties"):
        crm.run("People", "Delete One Person", properties)


def test_on_error_is_stop_or_continue(crm: icosa.Client) -> None:
    with pytest.raises(icosa.InvalidValue, match="on_error"):
        crm.run("People", "Delete One Person", {"Id": ID}, on_error="ignore")  # type: ignore[arg-type]
