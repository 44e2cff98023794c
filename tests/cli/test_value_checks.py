"""Addresses in options are read as an import reads them; what is none is refused by its part, and says how it is sent all the same."""

import json
from typing import Any

import pytest

from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidValue
from icosa.surfaces.cli.value_checks import checked
from icosa.wire.actions.action import actions_of
from icosa.wire.actions.operation import Operation

CREATE_PERSON = next(each for each in actions_of(STANDARD.by_singular["person"]) if each.operation is Operation.CREATE_ONE)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"primaryEmail": "Ada <Ada@Example.com>"}, {"primaryEmail": "ada@example.com"}),
        ({"additionalEmails": ["Ada@Example.com", ""]}, {"additionalEmails": ["ada@example.com", ""]}),
        ({"additionalEmails": '["Ada@Example.com"]'}, {"additionalEmails": ["ada@example.com"]}),
        ({"additionalEmails": "no list", "primaryEmail": ""}, {"additionalEmails": "no list", "primaryEmail": ""}),
        ({"primaryEmail": 7, "other": "x@"}, {"primaryEmail": 7, "other": "x@"}),
    ],
)
@pytest.mark.parametrize("as_text", [False, True])
def test_addresses_are_read_wherever_they_stand_and_nothing_else_is_touched(given: Any, wanted: Any, as_text: bool) -> None:
    city = "Ada <Ada@Example.com>"
    found = checked(CREATE_PERSON, {"emails": json.dumps(given) if as_text else given, "city": city})
    assert found == {"emails": wanted, "city": city}


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("emails", {"primaryEmail": "ada"}, "primaryEmail"),
        ("emails", {"additionalEmails": ["ada@example.com", "bo"]}, "additionalEmails"),
        ("linkedinLink", {"primaryLinkUrl": "ada@example.com"}, "primaryLinkUrl"),
    ],
)
def test_what_is_no_address_is_refused_by_its_part(name: str, value: Any, part: str) -> None:
    with pytest.raises(InvalidValue, match=r"What --data holds is sent as it is") as caught:
        checked(CREATE_PERSON, {name: value})
    assert caught.value.path.endswith(part)


@pytest.mark.parametrize("value", ["no JSON", "7", "[]", None, 7, ["x"]])
def test_what_holds_no_parts_is_left_to_who_says_it_better(value: Any) -> None:
    assert checked(CREATE_PERSON, {"emails": value}) == {"emails": value}
    assert checked(CREATE_PERSON, {"linkedinLink": {"primaryLinkUrl": 7}}) == {"linkedinLink": {"primaryLinkUrl": 7}}
