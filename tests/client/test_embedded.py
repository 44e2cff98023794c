"""The embedded workspace from Python: no server, no account, the same answers."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa.catalogue.examples import example
from icosa.catalogue.model import Object
from icosa.catalogue.naming import label
from icosa.catalogue.standard import STANDARD
from icosa.wire.actions import OPERATIONS, Operation, actions_of

NOWHERE = "20202020-1c25-4d02-bf25-6aeccf7ea419"


def test_connect_without_anything_is_the_embedded_workspace(home: Path) -> None:
    with icosa.connect() as crm:
        made = crm.companies.create_one(name="Analytical Engines")
    assert list(home.rglob("workspace.db"))
    with icosa.connect() as crm:
        assert crm.companies.find_one(made["id"])["name"] == "Analytical Engines"


@pytest.mark.parametrize("url", [False, True], ids=["path", "url"])
def test_icosa_database_says_where_it_is(url: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "100% mine" / "crm.db"
    file.parent.mkdir()
    monkeypatch.setenv("ICOSA_DATABASE", f"sqlite:///{file}".replace("%", "%25") if url else str(file))
    with icosa.connect() as crm:
        crm.people.create_one(city="Paris")
    assert file.exists()


def test_the_main_job(crm: icosa.Client) -> None:
    id_ = crm.connected_accounts.create_one(handle="ada@example.com")["id"]

    account = crm.connected_accounts.update_one(id_, access_token="opaque", scopes=["mail.read"], depth=0)
    assert account["id"] == id_
    assert account["scopes"] == ["mail.read"]
    assert "accountOwner" not in set(account)

    items = crm.run("Connected Accounts", "Update One Connected Account", {"Id": id_, "Access Token": "other", "Depth": 0})
    assert [each.input for each in items] == [0]
    assert items[0].error is None
    assert items[0].json["data"]["updateConnectedAccount"]["accessToken"] == "other"
    assert items[0].json["data"]["updateConnectedAccount"]["scopes"] == ["mail.read"]


def test_depth_left_out_gives_what_a_record_is_related_to(crm: icosa.Client) -> None:
    company = crm.companies.create_one(name="Analytical Engines", depth=0)
    assert "people" not in set(company)
    person = crm.people.create_one(name={"firstName": "Ada"}, company_id=company["id"])
    assert person["company"] is not None
    assert person["company"]["name"] == "Analytical Engines"
    assert [each["id"] for each in crm.companies.find_one(company["id"])["people"]] == [person["id"]]


def test_a_page_is_a_sequence_that_knows_its_place(crm: icosa.Client) -> None:
    made = crm.people.create_many([{"city": city} for city in ("Aarhus", "Bern", "Cork")], depth=0)
    first = crm.people.find_many(order_by="city", limit=2, depth=0)
    assert [each["city"] for each in first] == ["Aarhus", "Bern"]
    assert first[-1]["city"] == "Bern"
    assert [each["city"] for each in first[:1]] == ["Aarhus"]
    assert made[0] in first
    assert (len(first), first.total_count, first.has_next_page) == (2, 3, True)
    second = crm.people.find_many(order_by="city", limit=2, depth=0, starting_after=first.end_cursor)
    assert [each["city"] for each in second] == ["Cork"]
    assert not second.has_next_page
    back = crm.people.find_many(order_by="city", limit=2, depth=0, ending_before=second.start_cursor)
    assert list(back) == list(first)
    empty = crm.people.find_many(filter="city[eq]:Delft")
    assert (list(empty), empty.start_cursor, empty.end_cursor) == ([], None, None)


def test_duplicates_come_as_a_page_for_each(crm: icosa.Client) -> None:
    one, two = crm.companies.create_many([{"name": "Acme"}, {"name": "Acme"}])
    by_id, by_data = (
        crm.companies.find_duplicates(ids=[one["id"]]),
        crm.companies.find_duplicates(data=[{"name": "Acme"}, {"name": "None such"}]),
    )
    assert [[each["id"] for each in page] for page in by_id] == [[two["id"]]]
    assert [page.total_count for page in by_data] == [2, 0]


def test_items_come_in_order_and_a_failing_one_knows_its_input(crm: icosa.Client) -> None:
    ids = [each["id"] for each in crm.people.create_many([{"city": "a"}, {"city": "b"}])]
    given = [{"Id": ids[0]}, {"Id": "no"}, {"Id": NOWHERE}, {"Id": ids[1]}]
    items = crm.run("People", "Find One Person", given, on_error="continue")
    assert [each.input for each in items] == [0, 1, 2, 3]
    assert [each.properties for each in items] == given
    assert [type(each.error) for each in items] == [type(None), icosa.InvalidId, icosa.NotFound, type(None)]
    assert [each.json and each.json["data"]["person"]["city"] for each in items] == ["a", None, None, "b"]


def test_an_item_that_fails_stops_the_run_and_says_which_it_is(crm: icosa.Client) -> None:
    ids = [each["id"] for each in crm.people.create_many([{"city": "a"}, {"city": "b"}])]
    with pytest.raises(icosa.NotFound) as caught:
        crm.run("People", "Delete One Person", [{"Id": ids[0]}, {"Id": NOWHERE}, {"Id": ids[1]}])
    assert caught.value.__notes__ == ["It is item 1 of 3, counted from 0; those before it were done, those after it were not sent."]
    assert [each["id"] for each in crm.people.find_many()] == [ids[1]]


def test_no_properties_at_all_is_one_item_and_an_empty_list_is_none(crm: icosa.Client) -> None:
    assert crm.run("People", "Find Many People")[0].json["totalCount"] == 0
    assert crm.run("People", "Find Many People", []) == []


def test_a_uuid_that_is_not_there(crm: icosa.Client) -> None:
    for call in (crm.people.find_one, crm.people.delete_one, crm.people.update_one):
        with pytest.raises(icosa.NotFound, match=f"^Id: there is no Person with the id {NOWHERE}. Find Many People gives"):
            call(NOWHERE)


def test_a_conflict_names_the_property_by_its_label(crm: icosa.Client) -> None:
    made = crm.people.create_one(emails={"primaryEmail": "ada@example.com"})
    with pytest.raises(icosa.ValueTaken, match=r"^Emails\.primaryEmail: "):
        crm.people.create_one(emails={"primaryEmail": "Ada@example.com"})
    with pytest.raises(icosa.BrokenLink, match=r"^Company Id: "):
        crm.people.create_one(company_id=NOWHERE)
    with pytest.raises(icosa.RecordExists, match=r"^Id: "):
        crm.people.create_one(id=made["id"])
    with pytest.raises(icosa.InvalidValue, match=r"^Body: takes no value any more"):
        crm.notes.create_one(body="text")  # type: ignore[call-arg]


def test_a_record_may_come_as_a_mapping_for_names_that_python_or_the_action_uses(crm: icosa.Client) -> None:
    made = crm.people.create_one({"jobTitle": "Engineer", "City": "Turin"}, name={"firstName": "Ada"}, depth=0)  # type: ignore[arg-type]
    assert (made["jobTitle"], made["city"], made["name"]["firstName"]) == ("Engineer", "Turin", "Ada")
    assert crm.people.update_one(made["id"], {"city": "Rome"}, depth=0)["city"] == "Rome"
    assert crm.people.update_one(id=made["id"], city="Bari", depth=0)["city"] == "Bari"  # type: ignore[call-arg]


def test_the_open_api_document_is_an_action_too(crm: icosa.Client) -> None:
    assert crm.run("General", "Get Open Api Schema")[0].json["openapi"].startswith("3.")


def test_resources_are_attributes_and_items(crm: icosa.Client) -> None:
    accounts: Any = crm.connected_accounts
    assert accounts is crm["connectedAccounts"] is crm["Connected Accounts"]
    assert {"people", "companies", "connected_accounts", "run"} <= set(dir(crm))
    assert len([each for each in dir(crm) if isinstance(getattr(crm, each), icosa.Resource)]) == 36


def test_several_threads_may_use_one_client(crm: icosa.Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda at: crm.people.create_one(city=str(at), depth=0), range(64)))
    assert sorted(int(each["city"]) for each in made) == list(range(64))
    assert crm.people.find_many(limit=100, depth=0).total_count == 64


def test_a_key_acts_in_process_as_over_the_wire(crm: icosa.Client, database: str) -> None:
    with icosa.connect(database, token="icosa_not_a_key_of_this_workspace") as stranger, pytest.raises(icosa.InvalidKey) as caught:
        stranger.people.find_many()
    assert "not_a_key_of_this" not in str(caught.value)


def filled(of: Object) -> dict[str, Any]:
    """A value for each property of an object's create form, by label, but for relations."""
    values = {label(field.name): example(field) for field in of.fields if not field.type.retired}
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize("of", STANDARD.objects, ids=lambda each: each.plural)
def test_every_operation_of_every_object_runs_by_its_label(of: Object, crm: icosa.Client) -> None:
    labels = {each.operation: each.label for each in actions_of(of)}

    def run(operation: Operation, **properties: Any) -> Any:
        (item,) = crm.run(of.resource, labels[operation], {key.replace("_", " "): value for key, value in properties.items()})
        return item.json["data"]

    one = next(iter(run(Operation.CREATE_ONE, **filled(of), Depth=0).values()))
    required = {field.name: example(field) for field in of.fields if field.required}
    many = next(iter(run(Operation.CREATE_MANY, Body=[required, required], Depth=0).values()))
    page = run(Operation.FIND_MANY, Limit=10, Order_By="createdAt")
    assert {each["id"] for each in page[of.plural]} == {one["id"], *(each["id"] for each in many)}
    assert next(iter(run(Operation.FIND_ONE, Id=one["id"], Depth=2).values()))["id"] == one["id"]
    changed = next(iter(run(Operation.UPDATE_ONE, Id=many[0]["id"], **{key: filled(of)[key] for key in list(filled(of))[:1]}).values()))
    assert changed["id"] == many[0]["id"]
    assert len(run(Operation.FIND_DUPLICATES, Ids=[one["id"]])) == 1
    for each in (one, *many):
        assert next(iter(run(Operation.DELETE_ONE, Id=each["id"]).values())) == {"id": each["id"]}
    assert run(Operation.FIND_MANY)[of.plural] == []
    assert set(labels) == set(OPERATIONS)
