"""What is typed into the boxes of a property is what is sent, and what is sent stands in them again."""

import json
from typing import Any

import pytest
from hypothesis import given as searched
from hypothesis import strategies as st
from starlette.datastructures import FormData, UploadFile

from icosa.catalogue.examples import ID, example
from icosa.catalogue.field_types import UNSENT
from icosa.catalogue.model import Field
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidValue
from icosa.surfaces.console.controls.checking import checked, placed, sent_values
from icosa.surfaces.console.controls.control import Control, control_of
from icosa.surfaces.console.controls.entry import Entry, states
from icosa.surfaces.console.controls.reading import entries, entry
from icosa.surfaces.console.controls.values import micros, picked, typed_name, value
from icosa.surfaces.console.controls.writing import units, written
from icosa.wire.actions import Action, Property, actions, find_action

ALL = actions(STANDARD)
BY_TYPE = {each.field.type_name: each for act in ALL for each in act.properties if isinstance(each.field, Field)}
BODY = [(action, each) for action in ALL for each in action.properties if isinstance(each.field, Field)]


def action(resource: str, operation: str) -> Action:
    return find_action(STANDARD, resource, operation)


def of(action: Action, name: str) -> Property:
    return next(each for each in action.properties if each.name == name)


UPDATE_COMPANY = action("Companies", "Update One Company")
UPDATE_PERSON = action("People", "Update One Person")


def filled(action: Action, **boxes: str | list[str]) -> dict[str, Entry]:
    """The entries of a form in which these boxes are filled in; `_` stands for what no name in Python can have."""
    pairs: list[tuple[str, str | UploadFile]] = [
        (name, text) for name, texts in boxes.items() for text in ([texts] if isinstance(texts, str) else texts)
    ]
    return {each.name: each for each in entries(action, FormData(pairs))}


def typed(action: Action, name: str, boxes: dict[str, str]) -> Any:
    return value(entry(of(action, name), {suffix: [text] for suffix, text in boxes.items()}))


def test_nothing_that_is_left_blank_is_sent() -> None:
    for each in ALL:
        blank = FormData([(one.name, "") for one in each.properties])
        assert sent_values([one for one in entries(each, blank) if one.state != "unsent"]) == {}


@pytest.mark.parametrize("of", BY_TYPE.values(), ids=BY_TYPE)
def test_the_example_of_every_type_is_sent_as_it_is(of: Property) -> None:
    assert isinstance(of.field, Field)
    sent = example(of.field)
    if control_of(of) is Control.SHOWN:
        with pytest.raises(InvalidValue):
            value(entry(of, {"": ["anything"]}))
        return
    again = value(written(of, sent))
    read = json.loads(again) if isinstance(again, str) and of.field.type.control == "json" else again
    assert of.field.type.check(of.field, read, "it") == of.field.type.check(of.field, sent, "it")


TEXT = st.text(max_size=20).map(lambda text: text.replace("\r", ""))


@searched(
    st.fixed_dictionaries({}, optional={"firstName": TEXT, "lastName": TEXT}),
)
def test_parts_are_sent_as_they_were(name: dict[str, str]) -> None:
    found = written(of(UPDATE_PERSON, "name"), name)
    again = value(found)
    if found.as_json:
        assert again == written(of(UPDATE_PERSON, "name"), name).box(".json")
    else:
        assert again == name


@searched(st.integers(-(10**17), 10**17))
def test_an_amount_is_typed_in_units_and_kept_to_the_millionth(amount: int) -> None:
    assert micros(units(amount), "it") == amount


@pytest.mark.parametrize("text", ["1,250", "1.250,50", "€ 5", "1 000", "0.0000001", "NaN", "1e400000"])
def test_an_amount_that_could_be_meant_otherwise_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        micros(text, "Annual Recurring Revenue.amountMicros")


def test_states_are_told_apart() -> None:
    person = filled(UPDATE_PERSON, **{"city": "Paris", "jobTitle~": "null", "intro~": "empty", "avatarUrl": "", "phones~": "unsent"})
    assert value(person["city"]) == "Paris"
    assert value(person["jobTitle"]) is None
    assert person["avatarUrl"].state == person["phones"].state == "unsent"
    assert value(person["phones"]) is UNSENT


def test_what_is_to_be_sent_and_stands_nowhere_is_told() -> None:
    with pytest.raises(InvalidValue, match=r"City.*send it as an empty text"):
        value(filled(UPDATE_PERSON, **{"city~": "sent"})["city"])


def test_a_json_list_among_lines_is_that_list_and_a_broken_one_says_where() -> None:
    account = action("Connected Accounts", "Update One Connected Account")
    assert typed(account, "scopes", {"": '["mail.read", "mail.send"]'}) == ["mail.read", "mail.send"]
    assert typed(account, "scopes", {"": "mail.read\n[draft]"}) == ["mail.read", "[draft]"]
    assert typed(account, "scopes", {"": "[draft]"}) == ["[draft]"]
    with pytest.raises(InvalidValue, match=r"Scopes: not JSON: line 1, column 13: there is a comma too many"):
        typed(account, "scopes", {"": '["mail.read",]'})
    with pytest.raises(InvalidValue, match="one on each line"):
        typed(account, "scopes", {"": '["mail.read", 1]'})
    for held in (['["mail.read"]'], ["[]"]):  # a text that reads like a list comes back as the text it is
        assert json.loads(value(written(of(account, "scopes"), held))) == held


def test_an_id_counts_as_long_as_the_name_that_it_was_picked_by_is_there() -> None:
    by_script = entry(of(UPDATE_PERSON, "companyId"), {"": [ID], "?": ["Engines"]})
    without = entry(of(UPDATE_PERSON, "companyId"), {"": [f"{ID} Analytical Engines"], "?": ["Analytical Engines"]})
    changed = entry(of(UPDATE_PERSON, "companyId"), {"": [f"{ID} Analytical Engines"], "?": ["Lovelace Notes"]})
    assert value(by_script) == value(without) == ID
    assert (picked(changed), typed_name(changed)) == ("", "Lovelace Notes")


def test_a_pasted_id_is_the_record() -> None:
    assert value(entry(of(UPDATE_PERSON, "companyId"), {"": [""], "?": [ID]})) == ID


def test_a_moment_that_a_zone_cannot_tell_is_told_in_utc() -> None:
    close_date = of(action("Opportunities", "Update One Opportunity"), "closeDate")
    entry = written(close_date, "0001-01-01T00:00:00.000Z", "America/St_Johns")
    assert (entry.box(), entry.box(".zone")) == ("0001-01-01T00:00", "UTC")


def test_the_time_of_day_is_that_of_its_zone() -> None:
    where, name = action("Opportunities", "Update One Opportunity"), "closeDate"
    assert typed(where, name, {"": "2026-07-01T12:00", ".zone": "Europe/Berlin"}) == "2026-07-01T10:00:00.000Z"
    assert typed(where, name, {"": "2026-07-01T12:00", ".zone": ""}) == "2026-07-01T12:00:00.000Z"
    assert typed(where, name, {"": "2026-07-01T12:00+05:30", ".zone": "Europe/Berlin"}) == "2026-07-01T06:30:00.000Z"


@pytest.mark.parametrize(
    ("time", "told"), [("2026-03-29T02:30", "never showed"), ("2026-10-25T02:30", r"\+02:00 or 2026-10-25T02:30\+01:00")]
)
def test_a_time_that_clocks_skip_or_show_twice_is_not_guessed(time: str, told: str) -> None:
    with pytest.raises(InvalidValue, match=told):
        typed(action("Opportunities", "Update One Opportunity"), "closeDate", {"": time, ".zone": "Europe/Berlin"})


@pytest.mark.parametrize(("time", "zone", "told"), [("soon", "UTC", "soon"), ("2026-07-01T12:00", "Mars/Olympus", "is no time zone")])
def test_what_is_no_time_and_what_is_no_zone_is_refused(time: str, zone: str, told: str) -> None:
    with pytest.raises(InvalidValue, match=told):
        typed(action("Opportunities", "Update One Opportunity"), "closeDate", {"": time, ".zone": zone})


def test_every_mistake_is_told_where_it_is() -> None:
    account = action("Connected Accounts", "Update One Connected Account")
    found = entries(account, FormData({"id": "none", "scopes.as": "json", "scopes.json": '[\n  "a",\n]', "depth": "7", "handle": "x"}))
    wrong = {each.name: each.problem for each in checked(STANDARD, account, found) if each.problem}
    assert wrong.keys() == {"id", "scopes", "depth"}
    assert "line 2, column 6" in wrong["scopes"]
    assert not any(text.startswith(("Id", "Scopes", "Depth")) for text in wrong.values())


def test_no_mistake_says_the_name_of_its_property_again() -> None:
    people = action("People", "Find Many People")
    filters = checked(STANDARD, people, entries(people, FormData({"filter": "city[eq"})))
    emails = placed(entries(UPDATE_PERSON, FormData({"city": "x"})), InvalidValue("Emails.primaryEmail", "is no address"))
    wrong = [(each.name, each.problem.split(" ")[0]) for each in (*filters, *emails) if each.problem]
    assert wrong == [("filter", "character"), ("emails", "primaryEmail:")]


def test_what_is_required_and_missing_is_told() -> None:
    made = action("Api Keys", "Create One Api Key")
    missing = [each.of.label for each in checked(STANDARD, made, entries(made, FormData({}))) if each.problem]
    assert missing == [each.label for each in made.properties if each.required]


def test_an_error_of_the_server_goes_to_its_property() -> None:
    found = placed(entries(UPDATE_PERSON, FormData({"city": "x"})), InvalidValue("Company Id", "no company has this id"))
    assert [(each.name, each.problem) for each in found if each.problem] == [("companyId", "no company has this id")]


def test_what_no_box_can_say_stands_there_as_json() -> None:
    for sent in ({"firstName": ""}, {"firstName": None}, {"unheard": 1}, "text"):
        assert written(of(UPDATE_PERSON, "name"), sent).as_json
    assert written(of(action("Connected Accounts", "Update One Connected Account"), "scopes"), ["a\nb"]).as_json


def test_null_is_offered_where_it_is_taken() -> None:
    for act, each in BODY:
        assert isinstance(each.field, Field)
        if "null" in states(act, each):
            assert not (each.required and "Create One" in act.label)
            assert checked(STANDARD, act, [Entry(each, "null")])[0].problem == ""


def test_what_a_query_takes_is_checked_by_itself() -> None:
    made = action("Api Keys", "Create One Api Key")
    assert checked(STANDARD, made, entries(made, FormData({"depth": "2"})))[0].problem == ""
