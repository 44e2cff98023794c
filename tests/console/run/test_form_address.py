"""The address of a form says what it is filled with, but for secrets and for more than an address can hold, and knows where it does not."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from icosa.catalogue.standard import STANDARD
from icosa.surfaces.console.form_address import LONGEST, form_address, is_whole
from icosa.wire.actions.action import Action, actions_of
from icosa.wire.actions.operation import Operation

SECRET = "s3cret"


def action(singular: str, operation: Operation) -> Action:
    return next(each for each in actions_of(STANDARD.by_singular[singular]) if each.operation is operation)


UPDATE = action("company", Operation.UPDATE_ONE)
ACCOUNT = action("connectedAccount", Operation.CREATE_ONE)
ACCOUNTS = action("connectedAccount", Operation.CREATE_MANY)


def said(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def test_a_form_that_holds_nothing_has_the_address_of_its_action() -> None:
    assert form_address(UPDATE) == form_address(UPDATE, {}) == "/run/companies/update-one"


@pytest.mark.parametrize(
    ("value", "pair"),
    [
        ("Acme & Co", ("name", "Acme & Co")),
        (None, ("name~", "null")),
        ("", ("name~", "empty")),
        (13, ("name", "13")),
        ([1], ("name", "[1]")),
    ],
)
def test_a_value_stands_as_text_or_as_json_and_nothing_is_told_from_no_text(value: Any, pair: tuple[str, str]) -> None:
    assert said(form_address(UPDATE, {"name": value})) == dict([pair])
    assert is_whole(UPDATE, {"name": value})


@pytest.mark.parametrize("name", ["body", "data"])
@pytest.mark.parametrize("action_", [ACCOUNT, ACCOUNTS], ids=["one", "many"])
def test_no_secret_is_in_an_address_however_it_is_given(action_: Action, name: str) -> None:
    for given in (
        {"accessToken": SECRET},
        {name: [{"accessToken": SECRET}]},
        {name: '[{"accessToken": "' + SECRET + '"}]'},
        {name: '{"accessToken": not JSON yet ' + SECRET},
    ):
        held = {"handle": "ada@example.com", **given}
        address = form_address(action_, held)
        assert SECRET not in address
        assert said(address) == {"handle": "ada@example.com"}
        assert not is_whole(action_, held)


def test_the_longest_values_go_where_the_whole_would_be_too_long() -> None:
    held = {"name": "x" * 4000, "tagline": "y" * 3000, "employees": 13}
    assert said(form_address(UPDATE, held)) == {"tagline": "y" * 3000, "employees": "13"}
    assert not is_whole(UPDATE, held)
    assert is_whole(UPDATE, {"name": "x" * (LONGEST - len("name"))})


def test_an_action_of_no_object_has_no_secrets() -> None:
    general = Action(None, UPDATE.operation, "General", "Search", "GET", "/rest/search")
    address = form_address(general, {"accessToken": "shown"})
    assert address.startswith("/run/general/")
    assert said(address) == {"accessToken": "shown"}
