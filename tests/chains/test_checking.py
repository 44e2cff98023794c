"""A chain is checked whole before anything of it is sent: every fault, with its step, its property and its line."""

import pytest

import icosa
from icosa import chains
from icosa.catalogue.standard import STANDARD
from icosa.chains import Chain, Fault, Step, chain_in, check
from icosa.errors import InvalidValue

COMPANIES = Step("companies", "companies.find_many")
ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"


def faults(*steps: Step, columns: list[str] | None = None) -> list[str]:
    found = check(Chain("A", (COMPANIES, *steps)), STANDARD, columns=columns)
    return [f"{each.step}.{each.key}.{each.property}: {each.problem}" for each in found]


@pytest.mark.parametrize(
    "step",
    [
        Step("a", "tasks.create_one", {"title": "Call {{item.name}} of {{companies.address.addressCity}}"}),
        Step("a", "Tasks.Create One Task", {"Title": "{{item.accountOwner.name.firstName}}", "due_at": "{{item.createdAt}}"}),
        Step("a", "tasks.create_one", {"title": "{{item.people.0.jobTitle}}", "bodyV2": {"markdown": "{{item.name}}"}}),
        Step("a", "people.create_one", {"name": {"firstName": "{{item.name}}"}, "company": {"id": "{{item.id}}"}}),
        Step("a", "companies.update_one", {"id": "{{item.id}}", "employees": "{{item.employees}}", "accountOwnerId": None}),
        Step("a", "people.find_many", {"filter": 'companyId[eq]:{{item.id}},name.firstName[like]:"%{{input.x}}%"', "limit": "{{input.n}}"}),
        Step(
            "a", "opportunities.find_many", {"filter": "stage[eq]:{{input.stage}},closeDate[gte]:{{item.createdAt}}", "depth": 0}, all=True
        ),
        Step("a", "people.create_many", {"body": [{"companyId": "{{item.id}}"}, {"jobTitle": "{{item.name}}"}]}),
        Step("a", "people.create_many", {"body": "{{input.people}}"}),
        Step("a", "people.create_many", {"body": '[{"city": "{{item.name}}"}]'}),
        Step("a", "people.create_one", {"name": '{"firstName": "{{item.name}}"}'}),
        Step("a", "companies.find_duplicates", {"ids": ["{{item.id}}"]}),
        Step("a", "companies.find_duplicates", {"data": [{"name": "{{item.name}}"}]}),
        Step("a", "webhooks.create_one", {"targetUrl": "https://hooks.example.com", "secret": "{{env.ICOSA_WEBHOOK_SECRET}}"}),
        Step("a", "webhooks.create_one", {"targetUrl": "https://hooks.example.com", "secret": "{{input.secret}}"}),
        Step("a", "companies.delete_one", {"id": "{{item.id}}"}),
        Step("a", "companies.restore_one", {"id": "{{item.id}}"}),
        Step("a", "tasks.create_one", {"title": "{{item.domainName.secondaryLinks.0.url}}"}),
        Step("a", "general.get_open_api_schema"),
    ],
)
def test_what_can_be_run_has_no_faults(step: Step) -> None:
    assert faults(step) == []


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step("a", "companys.find_many"), "a.run.: There is no resource 'companys'. Did you mean 'Companies'?"),
        (Step("a", "companies.find_mnay"), "a.run.: there is no operation of Companies called 'find_mnay'; did you mean find_many?"),
        (Step("a", "companies"), 'a.run.: "companies" is no action'),
        (Step("a", "tasks.create_one", {"titel": "x"}), "a.with.titel: Create One Task has no property 'titel'. Did you mean 'Title'"),
        (Step("a", "people.find_many", {"filtr": "x"}), "a.with.filtr: Find Many People has no property 'filtr'"),
        (Step("a", "people.update_one", {"jobTitle": "x"}), "a.with.: Id: is missing"),
        (Step("a", "people.update_one", {"id": "{{item.id}}", "emails": 7}), "a.with.emails: "),
        (Step("a", "people.find_one", {"id": "7"}), "a.with.id: "),
        (
            Step("a", "webhooks.create_one", {"secret": "hush"}),
            "a.with.secret: is secret, and stands in no chain; write {{env.ICOSA_WEBHOOK_SECRET}}",
        ),
        (Step("a", "webhooks.create_many", {"body": [{"secret": "hush"}]}), "a.with.body: is secret"),
        (Step("a", "webhooks.create_one", {"secret": "{{env.HOME}}"}), "a.with.secret: a variable of a secret is called ICOSA_"),
        (Step("a", "people.create_many", {"body": ["{{env.HOME}}"]}), "a.with.body: {{env.HOME}} is a variable of the environment"),
        (Step("a", "people.create_many", {"body": "{{env.HOME}}"}), "a.with.body: {{env.HOME}} is a variable of the environment"),
        (Step("a", "people.create_many", {"body": '[{"city": "{{env.HOME}}"}]'}), "a.with.body: {{env.HOME}} is a variable"),
        (Step("a", "webhooks.create_many", {"body": '[{"secret": "x{{item.name}}"}]'}), "a.with.body: is secret"),
        (Step("a", "people.create_many", {"body": '[{"city": {{item.name}}}]'}), "a.with.body: not JSON: line 1, column 12"),
        (Step("a", "people.create_many", {"body": ["x{{item.name}}"]}), "a.with.body: "),
        (Step("a", "people.create_one", {"city": "in {{env.ICOSA_X}}"}), "a.with.city: {{env.ICOSA_X}} is a variable of the environment"),
        (Step("a", "tasks.create_one", {"title": "{{item.nam}}"}), "there is no value of Companies called 'nam'; did you mean name?"),
        (Step("a", "tasks.create_one", {"title": "{{item.name.first}}"}), "{{item.name.first}}: name is a single value"),
        (Step("a", "tasks.create_one", {"title": "{{item.address.city}}"}), "there is no part of address called 'city'"),
        (
            Step("a", "tasks.create_one", {"title": "{{item.address.addressCity.x}}"}),
            "address.addressCity is a single value, and nothing is in it",
        ),
        (Step("a", "tasks.create_one", {"title": "{{item.people.jobTitle}}"}), "people is a list, whose items go by their place"),
        (Step("a", "tasks.create_one", {"title": "{{item.people.0.company.name}}"}), "company comes along where Depth says so"),
        (Step("a", "tasks.create_one", {"title": "{{tasks.name}}"}), "{{tasks.name}}: there is no earlier step 'tasks'"),
        (Step("a", "tasks.create_one", {"title": "{{a.name}}"}), "{{a.name}}: step a is not before this one"),
        (Step("a", "tasks.create_one", {"title": "{{item.name"}), "a.with.title: "),
        (Step("a", "tasks.create_one", {"name": {"first": "{{item.name}}"}}), "a.with.name: "),
        (Step("a", "people.create_one", {"name": {"first": "{{item.name}}"}}), "a.with.name: "),
        (Step("a", "people.find_many", {"filter": "emploees[gte]:{{input.x}}"}), "has no field"),
        (Step("a", "people.find_many", {"filter": "city[eq]{{input.x}}"}), "is no comparison"),
        (Step("a", "people.find_many", {"filter": "{{input.field}}[eq]:3"}), "a reference stands for a value here"),
        (Step("a", "people.find_many", {"filter": "city[eq]:x,emploees[gte]:{{input.x}}"}), "has no field"),
        (Step("a", "people.find_one", {"id": ID}, all=True), "a.all.: Find One Person gives no pages"),
        (Step("a", "people.find_many", {"limit": 3}, all=True), "a.with.limit: all reads every page by itself"),
        (Step("a", "people.find_many", over="b"), "a.for.: there is no earlier step 'b'"),
        (Step("a", "people.find_many", over="a"), "a.for.: step a is not before this one"),
        (Step("companies", "people.find_many"), "companies..: is the name of two steps"),
        (Step("item", "people.find_many"), "item..: is what references begin with"),
        (Step("a b", "people.find_many"), "a b..: is no name of a step"),
    ],
)
def test_what_is_wrong_is_found(step: Step, said: str) -> None:
    found = faults(step)
    assert len(found) == 1
    assert said in found[0]


def test_a_step_takes_from_those_its_items_descend_from_alone() -> None:
    people = Step("people", "people.find_many", {"filter": "companyId[eq]:{{item.id}}"})
    beside = Step("tasks", "tasks.create_one", {"title": "{{people.city}}"}, over="companies")
    assert faults(people, beside) == [
        "tasks.with.title: {{people.city}}: step people is earlier, and this step's items do not descend from it; it runs for the items "
        "of companies"
    ]


def test_a_deletion_gives_ids_alone() -> None:
    gone = Step("gone", "companies.delete_one", {"id": "{{item.id}}"})
    assert faults(gone, Step("a", "companies.restore_one", {"id": "{{item.id}}"})) == []
    (fault,) = faults(gone, Step("a", "tasks.create_one", {"title": "{{item.name}}"}))
    assert "a deletion gives the id of the record alone" in fault


def test_depth_says_which_relations_come_along() -> None:
    deep = Step("deep", "companies.find_many", {"depth": 2})
    assert faults(deep, Step("a", "tasks.create_one", {"title": "{{item.people.0.company.name}}"})) == []
    flat = Step("flat", "companies.find_many", {"depth": 0})
    (fault,) = faults(flat, Step("a", "tasks.create_one", {"title": "{{item.accountOwner.userEmail}}"}))
    assert "accountOwner comes along where Depth says so" in fault


def test_columns_of_the_items_it_begins_with_are_known() -> None:
    step = Step("a", "tasks.create_one", {"title": "{{input.Titel}}"})
    assert faults(step) == []
    assert faults(step, columns=["Title"]) == [
        "a.with.title: {{input.Titel}}: there is no value of the items it begins with called 'Titel'; did you mean Title? There is Title"
    ]


def test_all_faults_are_told_at_once_with_their_lines(crm: icosa.Client) -> None:
    text = """version = 1
[step.companies]
run = "companies.find_mnay"

[step.tasks]
run = "tasks.create_one"
with.titel = "x"
"""
    with pytest.raises(InvalidValue, match=r"(?s)chain.toml: has 2 faults:\n  line 3: step companies: .*\n  line 7: step tasks, Titel: "):
        chains.run(crm, chain_in(text))


def test_a_chain_without_steps_is_none() -> None:
    assert check(Chain("A", ()), STANDARD) == (Fault("", "", "", "there is no step"),)


@pytest.mark.parametrize(
    "source",
    [
        Step("source", "general.get_open_api_schema"),
        Step("source", "companies.find_many", {"depth": "{{input.depth}}"}),
        Step("source", "companies.find_many", {"fields": "name"}),
    ],
    ids=["no records", "a depth that is not known yet", "records in part"],
)
def test_of_items_that_are_not_known_before_any_path_may_be_taken(source: Step) -> None:
    found = check(Chain("A", (source, Step("a", "tasks.create_one", {"title": "{{item.whatever.there}}"}))), STANDARD)
    assert [each for each in found if each.step == "a"] == []


def test_a_whole_item_and_what_stands_in_a_list_of_values_may_be_taken() -> None:
    assert faults(Step("a", "companies.create_many", {"body": ["{{item}}"]})) == []
    flows = Step("flows", "workflows.find_many")
    assert faults(flows, Step("a", "tasks.create_one", {"title": "{{item.statuses.0}}"})) == []
    (fault,) = faults(flows, Step("a", "tasks.create_one", {"title": "{{item.statuses.first}}"}))
    assert "statuses is a list of values, which go by their place, from 0" in fault
