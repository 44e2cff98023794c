"""What can be done with a workspace is said by its catalogue: 253 actions, found under any of their names."""

import pytest

from icosa.catalogue.examples import example
from icosa.catalogue.field_types import FIELD_TYPES, UNSENT
from icosa.catalogue.fields import Rating, Text
from icosa.catalogue.model import BelongsTo, Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.errors import UnknownAction, UnknownField, UnknownObject
from icosa.wire.actions import (
    OPERATIONS,
    Operation,
    actions,
    actions_of,
    as_json,
    find_action,
    find_object,
    find_property,
)
from tests.shared import needs_shared, reference


@needs_shared
def test_all_253_actions_have_the_labels_names_places_types_and_choices_of_the_reference() -> None:
    expected = [
        {**action, "parameters": [{key: each[key] for key in each if key != "nodeDefault"} for each in action["parameters"]]}
        for action in reference("actions.json")
    ]
    ours = [as_json(action) for action in actions(STANDARD)]
    equal = sum(one == other for one, other in zip(ours, expected, strict=True))
    print(f"{equal} of {len(expected)} actions equal")
    assert equal == len(expected) == 253


def test_an_object_has_seven_actions_made_once() -> None:
    company = STANDARD.by_singular["company"]
    assert [action.operation for action in actions_of(company)] == list(OPERATIONS)
    assert len(OPERATIONS) == 7
    assert actions_of(company) is actions_of(company)


@pytest.mark.parametrize(
    "resource",
    ["Connected Accounts", "connectedAccounts", "connected_accounts", "connected-accounts", "connectedAccount", "Connected Account"],
)
@pytest.mark.parametrize(
    "operation", ["Update One Connected Account", "update_one", "update-one", "updateOne", "Update One", "UpdateOneConnectedAccount"]
)
def test_an_action_is_found_under_every_spelling(resource: str, operation: str) -> None:
    action = find_action(STANDARD, resource, operation)
    assert (action.resource, action.label) == ("Connected Accounts", "Update One Connected Account")
    assert (action.method, action.path) == ("PATCH", "/rest/connectedAccounts/{id}")


def test_every_action_is_found_under_its_own_names() -> None:
    for action in actions(STANDARD):
        assert find_action(STANDARD, action.resource, action.label) is action
        assert find_action(STANDARD, action.resource, action.operation) is action


def test_the_labels_of_a_custom_object_find_it_too() -> None:
    catalogue = STANDARD.with_objects(Object("rocket", "rockets", "What flies.", label="Launcher", label_plural="Launchers", custom=True))
    assert find_object(catalogue, "Launchers").singular == "rocket"
    assert find_action(catalogue, "rockets", "create_many").path == "/rest/batch/rockets"


def test_a_misspelt_resource_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownObject, match=r"no resource 'Conected Acounts'. Did you mean 'Connected Accounts'"):
        find_action(STANDARD, "Conected Acounts", "find_one")


def test_a_misspelt_operation_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownAction, match=r"Companies has no operation 'Updte One'\. Did you mean 'Update One Company'"):
        find_action(STANDARD, "companies", "Updte One")
    with pytest.raises(UnknownAction, match=r"It has 'Find Many Companies', .*'Find Company Duplicates'\."):
        find_action(STANDARD, "companies", "banana")


def test_an_operation_of_another_resource_is_none_of_this_one() -> None:
    with pytest.raises(UnknownAction, match="'Update One Person'"):
        find_action(STANDARD, "people", "Update One Company")


def test_restore_is_an_operation_of_the_wire_and_no_action() -> None:
    with pytest.raises(UnknownAction):
        find_action(STANDARD, "people", Operation.RESTORE)


@pytest.mark.parametrize("name", ["Access Token", "accessToken", "access_token", "access-token", "ACCESS_TOKEN"])
def test_a_property_is_found_under_every_spelling(name: str) -> None:
    found = find_property(find_action(STANDARD, "connectedAccounts", "create_one"), name)
    assert (found.label, found.name, found.secret) == ("Access Token", "accessToken", True)


def test_a_misspelt_property_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownField, match=r"Create One Company has no property 'Employes'\. Did you mean 'Employees'"):
        find_property(find_action(STANDARD, "companies", "create_one"), "Employes")


def test_a_property_knows_the_field_it_sets() -> None:
    create = find_action(STANDARD, "companies", "create_one")
    assert isinstance(find_property(create, "employees").field, Field)
    assert isinstance(find_property(create, "Account Owner Id").field, BelongsTo)
    assert find_property(create, "depth").field is None


def test_what_a_new_record_needs_an_update_may_leave_out() -> None:
    assert find_property(find_action(STANDARD, "apiKeys", "create_one"), "expiresAt").required
    assert not find_property(find_action(STANDARD, "apiKeys", "update_one"), "expiresAt").required


def test_every_property_says_what_it_is_for_and_what_it_looks_like() -> None:
    for action in actions(STANDARD):
        for each in action.properties:
            assert len(each.description) > 20, f"{action.label}: {each.label}"
            assert each.description.endswith((".", "?")), f"{action.label}: {each.label}"
            for choice in each.choices:
                assert str(choice) in each.description, f"{action.label}: {each.label} does not name {choice}"
            if each.type == "json" and each.field is not None:
                assert "JSON" in each.description, f"{action.label}: {each.label}"


@pytest.mark.parametrize("type_name", FIELD_TYPES)
def test_the_example_of_every_field_type_is_a_value_that_it_accepts(type_name: str) -> None:
    field = Field("some", type_name, "Something.", options=("ONE", "TWO"))
    if field.type.retired:
        assert example(field) is None
    else:
        accepted = field.type.check(field, example(field), field.name)
        assert accepted
        assert UNSENT not in accepted.values()


def test_an_object_that_is_not_of_the_36_has_the_same_actions() -> None:
    rocket = Object(
        "rocket", "rockets", "What flies.", (Text("name", "What it is called."), Rating("score", "How good it is.")), custom=True
    )
    create = find_action(STANDARD.with_objects(rocket), "Rockets", "Create One Rocket")
    assert find_property(create, "Score").choices == ("RATING_1", "RATING_2", "RATING_3", "RATING_4", "RATING_5")
