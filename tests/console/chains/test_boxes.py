"""What a step of a chain holds stands in its boxes, and what stands there is what it holds."""

from typing import Any

import pytest

from icosa.call.extensions import PLAIN
from icosa.catalogue.examples import example
from icosa.catalogue.model import Field
from icosa.catalogue.standard import STANDARD
from icosa.chains import Chain, Step, chain_in, chain_text
from icosa.errors import InvalidInput
from icosa.surfaces.console.chains.boxes import entry_of, given_by, read
from icosa.surfaces.console.chains.form import chain_in_form, form_of
from icosa.surfaces.console.controls.control import Control, control_of
from icosa.wire.actions import Action, Property, actions, find_action

FIELDS = {each.field.type_name: (act, each) for act in actions(STANDARD) for each in act.properties if isinstance(each.field, Field)}
TASK = find_action(STANDARD, "Tasks", "Create One Task")
COMPANY = find_action(STANDARD, "Companies", "Update One Company")
WEBHOOK = find_action(STANDARD, "Webhooks", "Create One Webhook")


def of(action: Action, name: str) -> Property:
    return next(each for each in action.properties if each.name == name)


def typed(action: Action, **boxes: str) -> Any:
    """What the first property that is named makes of its boxes; `_` stands for a dot."""
    name = next(iter(boxes))
    pairs = [(each.replace("_", "."), text) for each, text in boxes.items()]
    return given_by(next(each for each in read(action, pairs) if each.name == name.partition("_")[0]))


@pytest.mark.parametrize("name", FIELDS)
def test_a_value_and_a_reference_of_every_type_come_back_as_they_are(name: str) -> None:
    _, each = FIELDS[name]
    assert isinstance(each.field, Field)
    if control_of(each) in (Control.SHOWN, Control.SECRET):
        return
    sent = example(each.field)
    assert given_by(entry_of(each, sent, "Europe/Berlin")) == sent
    assert given_by(entry_of(each, "{{item.some.path}}", "UTC")) == "{{item.some.path}}"
    assert given_by(entry_of(each, None, "UTC")) is None


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("name", "Call {{item.name}}, {{companies.id}}"),
        ("address", {"addressCity": "{{item.city}}", "addressStreet1": "1 High Street"}),
        ("annualRecurringRevenue", {"amountMicros": "{{item.amount}}", "currencyCode": "EUR"}),
        ("domainName", {"primaryLinkUrl": "https://{{item.domain}}", "secondaryLinks": ["{{item.other}}"]}),
        ("domainName", {"primaryLinkUrl": "{{item.domain}}"}),
        ("employees", "{{item.count}}"),
        ("idealCustomerProfile", "{{item.flag}}"),
        ("accountOwnerId", "{{item.owner.id}}"),
        ("depth", 2),
        ("name", '{{"{{"}}no reference'),
    ],
)
def test_references_within_values_come_back(name: str, held: Any) -> None:
    assert given_by(entry_of(of(COMPANY, name), held, "UTC")) == held


def test_what_is_typed_is_taken_for_what_it_says() -> None:
    assert typed(TASK, title="Call {{item.name}}") == "Call {{item.name}}"
    assert typed(TASK, title_item="{{item.name}}") == "{{item.name}}"  # without script: a box beside
    assert typed(COMPANY, employees="{{item.count}}") == "{{item.count}}"
    assert typed(COMPANY, employees="12") == 12
    assert typed(COMPANY, name_item="{{item.x}}", **{"name~": "null"}) is None
    body = typed(find_action(STANDARD, "Notes", "Create Many Notes"), body='[{"title": "{{item.name}}"}]')
    assert body == [{"title": "{{item.name}}"}]


def test_a_property_from_an_item_without_a_path_says_what_is_missing() -> None:
    with pytest.raises(InvalidInput, match="no path is there"):
        typed(TASK, title="", **{"title~": "item"})


def test_a_chain_is_the_same_when_its_form_is_saved_untouched() -> None:
    text = """version = 1
name = "All that there is"
description = "Odd but right"

[step.companies]
run = "companies.find_many"
all = true
[step.companies.with]
filter = 'name[eq]:"{{input.Firm}}"'

[step.people]
run = "People.Find Many People"
for = "input"
on-error = "stop"
[step.people.with]
Filter = "city[eq]:London"
Limit = 5

[step.new]
run = "companies.update_one"
[step.new.with]
id = "{{item.companyId}}"
employees = "{{null}}"
address = { addressCity = "{{item.city}}", addressLat = "51.5" }
made_up = { a = [1, "{{item.id}}"] }

[step.odd]
run = "companies.no_such"
[step.odd.with]
anything = "goes"
"""
    chain = chain_in(text)
    again, faults = chain_in_form(form_of(chain, STANDARD, PLAIN, "UTC"))
    assert faults == ()
    assert chain_in(chain_text(again)) == chain_in(text.replace("Filter =", "filter =").replace("Limit =", "limit ="))


def test_a_secret_that_is_typed_is_given_and_refused_later_but_never_shown() -> None:
    (secret,) = [each for each in read(WEBHOOK, [("secret.item", "hunter2-hunter2")]) if each.name == "secret"]
    assert secret.box(".item") == ""
    with pytest.raises(InvalidInput, match="stands in no chain"):
        given_by(secret)
    named = Chain("x", (Step("hooks", "webhooks.create_one", {"secret": "{{env.ICOSA_WEBHOOK_SECRET}}"}),))
    assert chain_in_form(form_of(named, STANDARD, PLAIN, "UTC"))[0] == named
