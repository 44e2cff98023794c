"""Chains, run: several in and several out, in order, with their lineage; what fails is kept, and all is one run."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import icosa
from icosa import bulk, chains
from icosa.catalogue.standard import STANDARD
from icosa.chains import Chain, ChainItem, Step, chain_in
from icosa.chains.filling import fill
from icosa.chains.planned_json import planned_json
from icosa.errors import InvalidKey, InvalidValue, NotFound, Unreachable
from icosa.journal.journal_file import Run
from icosa.journal.recording import Recorder
from icosa.wire.actions import actions_of
from icosa.wire.language.filter import parse
from icosa.wire.language.filter_tree import Comparison
from icosa.wire.message import Answer, Request

NOBODY = "20202020-1c25-4d02-bf25-6aeccf7ea419"
COMPANIES = Step("companies", "companies.find_many", {"order_by": "name", "depth": 0})
TASKS = Step("tasks", "tasks.create_one", {"title": "Call {{item.name}}", "depth": 0})


@pytest.fixture(autouse=True)
def three(crm: icosa.Client) -> list[str]:
    """Three companies: their ids by name."""
    return [crm.companies.create_one(name=name, employees=size)["id"] for name, size in (("Able", 10), ("Baker", 20), ("Charlie", 30))]


def ran(crm: icosa.Client, *steps: Step, items: list[Any] | None = None, **more: Any) -> list[ChainItem]:
    return list(chains.run(crm, Chain("A", steps), items, **more))


def values(items: list[ChainItem], step: str, name: str) -> list[Any]:
    return [each.value[name] for each in items if each.step == step and each.error is None]


def titles(crm: icosa.Client) -> list[str]:
    return sorted(each["title"] for each in crm.tasks.iterate(depth=0))


def test_a_step_runs_for_every_item_of_the_one_before_in_order(crm: icosa.Client) -> None:
    found = ran(crm, COMPANIES, TASKS)
    assert [(each.step, each.at) for each in found] == [
        ("companies", 0),
        ("companies", 1),
        ("companies", 2),
        ("tasks", 0),
        ("tasks", 1),
        ("tasks", 2),
    ]
    assert values(found, "tasks", "title") == ["Call Able", "Call Baker", "Call Charlie"]


def test_items_come_as_they_are_made(crm: icosa.Client) -> None:
    coming = chains.run(crm, Chain("A", (COMPANIES, TASKS)))
    assert [next(coming).step for _ in range(4)] == ["companies", "companies", "companies", "tasks"]
    assert titles(crm) == ["Call Able"]


def test_a_step_may_run_for_the_items_of_an_earlier_one(crm: icosa.Client, three: list[str]) -> None:
    people = Step("people", "people.create_one", {"companyId": "{{item.id}}", "depth": 0})
    beside = Step("notes", "notes.create_one", {"title": "{{item.name}}", "depth": 0}, over="companies")
    below = Step("tasks", "tasks.create_one", {"title": "{{companies.name}} {{people.companyId}}", "depth": 0}, over="people")
    found = ran(crm, COMPANIES, people, beside, below)
    assert values(found, "notes", "title") == ["Able", "Baker", "Charlie"]
    assert values(found, "tasks", "title") == [f"{name} {id_}" for name, id_ in zip(("Able", "Baker", "Charlie"), three, strict=True)]


def test_an_item_knows_what_it_descends_from(crm: icosa.Client) -> None:
    last = ran(crm, COMPANIES, TASKS, items=[{"x": 1}])[-1]
    assert [last.of(name) and last.of(name).at for name in ("tasks", "companies", "input", "nothing")] == [2, 2, 0, None]  # type: ignore[union-attr]


def test_a_value_alone_keeps_its_type_and_null_clears(crm: icosa.Client, three: list[str]) -> None:
    change = Step(
        "change", "companies.update_one", {"id": "{{item.id}}", "employees": "{{item.size}}", "address": "{{item.address}}", "depth": 0}
    )
    address = {"addressCity": "London"}
    (item,) = ran(crm, change, items=[{"id": three[0], "size": 11, "address": address}])
    assert (item.value["employees"], item.value["address"]["addressCity"]) == (11, "London")
    (item,) = ran(crm, change, items=[{"id": three[0], "size": None, "address": address}])
    assert item.value["employees"] is None


def test_many_records_go_in_one_request(crm: icosa.Client) -> None:
    many = Step("people", "people.create_many", {"body": [{"companyId": "{{item.id}}"}, {"city": "{{item.name}}"}], "depth": 0})
    assert values(ran(crm, COMPANIES, many), "people", "city") == ["", "Able", "", "Baker", "", "Charlie"]


def test_an_item_that_fails_is_kept_and_the_others_go_on(crm: icosa.Client, three: list[str]) -> None:
    change = Step("change", "companies.update_one", {"id": "{{item.id}}", "employees": 5, "depth": 0})
    after = Step("tasks", "tasks.create_one", {"title": "{{item.name}}", "depth": 0})
    found = ran(crm, change, after, items=[{"id": three[0]}, {"id": NOBODY}, {"name": "no id"}, {"id": three[2]}])
    failed = [each for each in found if each.error]
    assert [(each.step, each.at, each.parent and each.parent.at, type(each.error).__name__) for each in failed] == [
        ("change", 1, 1, "NotFound"),
        ("change", 2, 2, "NoValue"),
    ]
    assert "{{item.id}}: there is no 'id' in {{item}}" in str(failed[1].error)
    assert values(found, "tasks", "title") == ["Able", "Charlie"]


def test_a_step_may_stop_at_the_first_that_fails(crm: icosa.Client, three: list[str]) -> None:
    change = Step("change", "companies.update_one", {"id": "{{item.id}}", "employees": 5}, on_error="stop")
    coming = chains.run(crm, Chain("A", (change,)), [{"id": three[0]}, {"id": NOBODY}, {"id": three[2]}])
    assert next(coming).error is None
    with pytest.raises(NotFound) as raised:
        next(coming)
    assert raised.value.__notes__ == [
        "It is step change, for item 1 of input, counted from 0; what was done before it stays done, and what comes after it was not sent."
    ]
    assert [each["employees"] for each in crm.companies.find_many(order_by="name")] == [5, 20, 30]


class Broken:
    """A server that nothing can be had from any more."""

    def __init__(self, error: icosa.IcosaError) -> None:
        self.error, self.asked = error, 0

    def send(self, request: Request) -> Answer:
        self.asked += 1
        raise self.error

    def close(self) -> None:
        pass


@pytest.mark.parametrize("error", [Unreachable("nobody answers", sent=False, lasting=True), InvalidKey("no such key")])
def test_what_every_item_would_meet_ends_the_run(error: icosa.IcosaError) -> None:
    server = Broken(error)
    crm = icosa.connect("https://crm.example.com", "key", transport=server, catalogue=STANDARD, retries=0)
    with crm, pytest.raises(type(error)):
        ran(crm, Step("people", "people.find_one", {"id": "{{item}}"}), items=[NOBODY] * 5)
    assert server.asked == 1


def test_all_reads_every_page(crm: icosa.Client) -> None:
    for first in range(0, 150, 50):
        crm.people.create_many([{"city": f"City {at:03}"} for at in range(first, first + 50)])
    page, every = (
        Step("people", "people.find_many", {"depth": 0}),
        Step("people", "people.find_many", {"order_by": "city", "depth": "0"}, all=True),
    )
    assert len(ran(crm, page)) == 60
    assert values(ran(crm, every), "people", "city") == [f"City {at:03}" for at in range(150)]
    assert len(ran(crm, every, limit=70)) == 70


def test_a_limit_takes_the_first_items(crm: icosa.Client) -> None:
    assert values(ran(crm, COMPANIES, TASKS, limit=2), "tasks", "title") == ["Call Able", "Call Baker"]
    assert values(ran(crm, TASKS, items=[{"name": "x"}, {"name": "y"}], limit=1), "tasks", "title") == ["Call x"]


def test_items_of_an_earlier_run_are_what_another_begins_with(crm: icosa.Client) -> None:
    found = [each for each in ran(crm, COMPANIES) if each.value["name"] != "Baker"]
    assert values(ran(crm, TASKS, items=found), "tasks", "title") == ["Call Able", "Call Charlie"]
    assert ran(crm, TASKS, items=[]) == []


def test_a_chain_that_begins_with_items_asks_for_them(crm: icosa.Client) -> None:
    assert chains.needs_items(Chain("A", (TASKS,)))
    assert not chains.needs_items(Chain("A", (COMPANIES, TASKS)))
    with pytest.raises(InvalidValue, match="begins with items"):
        ran(crm, TASKS)


def test_duplicates_and_documents_give_items_too(crm: icosa.Client) -> None:
    crm.companies.create_one(name="Able")
    alike = Step("alike", "companies.find_duplicates", {"data": [{"name": "{{item.name}}"}], "depth": 0})
    assert values(ran(crm, COMPANIES, alike, limit=1), "alike", "name") == ["Able", "Able"]
    assert "openapi" in ran(crm, Step("document", "general.get_open_api_schema"))[0].value


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.integers() | st.none())
def test_a_value_in_json_text_is_one_value_whatever_stands_in_it(value: Any) -> None:
    action = actions_of(STANDARD.by_plural["people"])[2]
    assert action.label == "Create Many People"
    filled = fill(action, {"Body": '[{"city": "{{item.x}}"}, {"jobTitle": "the {{item.x}}"}]'}, lambda _: value)
    assert filled == {"Body": [{"city": value}, {"jobTitle": f"the {'' if value is None else value}"}]}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), st.sampled_from(["{}", '"{}"', "'{}'"]))
def test_a_value_in_a_filter_is_one_value_whatever_stands_in_it(name: str, written: str) -> None:
    action = actions_of(STANDARD.by_plural["companies"])[0]
    text = f"or(name[eq]:{written.format('{{item.name}}')},employees[gte]:3)"
    filled = fill(action, {"filter": text}, lambda _: name)["filter"]
    first = parse(filled).children[0]  # type: ignore[union-attr]
    assert isinstance(first, Comparison)
    assert first.value == name


@pytest.mark.parametrize("name", ['A "B" & Co, Ltd', "x),or(employees[gte]:0", "it's", "[a]", "", " "])
def test_an_awkward_name_finds_itself_alone(crm: icosa.Client, name: str) -> None:
    crm.companies.create_one(name=name)
    same = Step("same", "companies.find_many", {"filter": "name[eq]:{{item.name}}", "depth": 0})
    assert values(ran(crm, same, items=[{"name": name}]), "same", "name") == [name]


def test_a_list_stands_in_a_list_of_a_filter(crm: icosa.Client) -> None:
    several = Step("several", "companies.find_many", {"filter": "name[in]:[{{item.names}},Able]", "order_by": "name", "depth": 0})
    found = ran(crm, several, items=[{"names": ["Charlie", "x,y"]}, {"names": []}, {"names": None}])
    assert values(found, "several", "name") == ["Able", "Charlie", "Able"]
    assert [str(each.error)[:20] for each in found if each.error] == ["Filter: value: a fil"]


def test_all_that_was_written_is_one_run_that_is_put_back(crm: icosa.Client, database: str, three: list[str]) -> None:
    steps = (
        COMPANIES,
        TASKS,
        Step("change", "companies.update_one", {"id": "{{companies.id}}", "name": "{{item.title}}"}),
        Step("gone", "companies.delete_one", {"id": "{{item.id}}"}),
    )
    journal = Recorder(Run(database, "a chain"))
    with icosa.connect(database, journal=journal) as writing:
        assert [each for each in chains.run(writing, Chain("A", steps)) if each.error] == []
    assert len(crm.companies.find_many()) == 0
    assert [each.id for each in bulk.runs()] == [journal.journal.run.id]
    bulk.undo(crm, journal.journal.run.id)
    assert [(each["id"], each["name"]) for each in crm.companies.find_many(order_by="name")] == list(
        zip(three, ("Able", "Baker", "Charlie"), strict=True)
    )
    assert titles(crm) == []


def test_the_awaited_run_gives_the_same(crm: icosa.Client, database: str) -> None:
    chain = Chain(
        "A",
        (
            Step("companies", "companies.find_many", {"order_by": "name", "depth": 0}, all=True),
            Step("one", "people.find_one", {"id": "{{item.id}}"}),
        ),
    )

    async def awaited() -> list[ChainItem]:
        async with icosa.aconnect(database) as other:
            return [each async for each in chains.arun(other, chain, limit=2)]

    def told(items: list[ChainItem]) -> list[Any]:
        return [(each.step, each.at, each.value, str(each.error), each.parent and each.parent.at) for each in items]

    assert told(asyncio.run(awaited())) == told(list(chains.run(crm, chain, limit=2)))


def test_a_dry_run_asks_what_only_reads_and_writes_nothing(crm: icosa.Client) -> None:
    after = Step("change", "tasks.update_one", {"id": "{{item.id}}", "title": "{{companies.name}}"})
    planned = list(chains.dry_run(crm, Chain("A", (COMPANIES, TASKS, after)), each=2))
    assert [(each.step, each.sent, each.request and each.request.method) for each in planned] == [
        ("companies", True, "GET"),
        ("tasks", False, "POST"),
        ("tasks", False, "POST"),
        ("change", False, None),
        ("change", False, None),
    ]
    assert planned[1].properties["title"] == "Call Able"
    assert planned[4].properties == {"id": "{{item.id}}", "title": "Baker"}
    assert titles(crm) == []


def test_a_dry_run_shows_what_would_fail(crm: icosa.Client) -> None:
    due = Step("tasks", "tasks.create_one", {"title": "x", "dueAt": "{{item.day}}"})
    found = Step("person", "people.find_one", {"id": "{{item.id}}"})
    planned = list(chains.dry_run(crm, Chain("A", (due,)), [{"day": "2026-02-03"}, {"day": "soon"}, {}]))
    assert [each.error and type(each.error).__name__ for each in planned] == [None, "InvalidValue", "NoValue"]
    assert [type(each.error).__name__ for each in chains.dry_run(crm, Chain("A", (found,)), [{"id": NOBODY}]) if each.error] == ["NotFound"]


def test_what_is_planned_is_shown_as_json_without_secrets(crm: icosa.Client) -> None:
    hook = Step("hook", "webhooks.create_one", {"targetUrl": "https://hooks.example.com", "secret": "{{item.secret}}"})
    after = Step("after", "tasks.create_one", {"title": "{{item.id}}", "body": "Call"})
    chain, items = Chain("A", (hook, after)), [{"secret": "hush"}, {}]
    shown = [planned_json(crm.catalogue, each) for each in chains.dry_run(crm, chain, items)]
    assert [each["step"] for each in shown] == ["hook", "hook", "after"]
    assert (shown[0]["method"], shown[0]["url"], shown[0]["from"]["at"]) == ("POST", "/rest/webhooks?depth=1", 0)
    assert shown[1]["error"]["code"] == "no_value"
    assert shown[2]["properties"]["title"] == "{{item.id}}"
    assert "hush" not in str(shown)
    assert "hush" in str([planned_json(crm.catalogue, each, show_secrets=True) for each in chains.dry_run(crm, chain, items)])


def test_a_preview_fills_a_step_for_each_item_and_asks_nothing(crm: icosa.Client) -> None:
    chain = chain_in(
        'version = 1\n[step.a]\nrun = "people.find_many"\n[step.b]\nrun = "tasks.create_one"\nwith.title = "Call {{item.city}}"'
    )
    planned = chains.preview(crm, chain, "b", [ChainItem("a", 0, {"city": "London"}), ChainItem("a", 1, {})])
    assert [(each.properties["title"], each.error is None) for each in planned] == [("Call London", True), ("Call {{item.city}}", False)]
    assert planned[0].request is not None
    with pytest.raises(InvalidValue, match="none of this chain; it has a, b"):
        chains.preview(crm, chain, "c", [])


def test_a_secret_comes_from_the_environment(crm: icosa.Client) -> None:
    hook = Step("hook", "webhooks.create_one", {"targetUrl": "https://hooks.example.com", "secret": "{{env.ICOSA_HOOK}}", "depth": 0})
    (item,) = ran(crm, hook, environ={"ICOSA_HOOK": "made-up-for-this"})
    assert item.value["secret"] == "made-up-for-this"
    (item,) = ran(crm, hook, environ={})
    assert "the variable ICOSA_HOOK is not set" in str(item.error)


def test_somebody_hears_how_far_it_is(crm: icosa.Client) -> None:
    heard: list[tuple[str, int, int]] = []
    ran(crm, COMPANIES, TASKS, progress=lambda *counts: heard.append(counts))
    assert heard == [("companies", 0, 1), ("companies", 1, 1), *(("tasks", at, 3) for at in range(4))]
