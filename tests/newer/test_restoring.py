"""A deleted record comes back, whichever way a server has for it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa.errors import NotFound, UnknownAction
from icosa.forms import FORMS
from icosa.wire.openapi.reading import Offers
from tests.cli.conftest import Shell
from tests.client.scripted import Asked, Reply, scripted
from tests.newer_server import NewerServer

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
Restore = Callable[[icosa.Client, Shell, str], Any]


def _form(form: str) -> Restore:
    return lambda crm, shell, id_: crm.run(shell("companies", "restore-one", id_, "--as", form).out)


WAYS: dict[str, Restore] = {
    "method": lambda crm, shell, id_: crm.companies.restore_one(id_),
    "labels": lambda crm, shell, id_: crm.run("Companies", "Restore One Company", {"Id": id_}),
    "many": lambda crm, shell, id_: crm.run("Companies", "Restore Many Companies", {"Filter": f"id[eq]:{id_}"}),
    "shell": lambda crm, shell, id_: shell("companies", "restore-one", id_),
    **{f"--as {form}": _form(form) for form in FORMS},
}


@pytest.mark.parametrize("way", WAYS)
def test_a_deleted_record_comes_back(way: str, server: NewerServer, crm: icosa.Client, shell: Shell) -> None:
    made = crm.companies.create_one(name="Analytical Engines", depth=0)
    crm.companies.delete_one(made["id"])
    WAYS[way](crm, shell, made["id"])
    assert crm.companies.find_one(made["id"], depth=0)["name"] == "Analytical Engines"


def test_it_is_given_as_it_is_then_and_what_is_not_there_is_not_found(crm: icosa.Client) -> None:
    made = crm.companies.create_one(name="Analytical Engines", depth=0)
    crm.companies.delete_one(made["id"])
    back = crm.companies.restore_one(made["id"], depth=0)
    assert (back["name"], back["deletedAt"]) == ("Analytical Engines", None)
    with pytest.raises(NotFound, match=f"no deleted Company with the id {ID}"):
        crm.companies.restore_one(ID)


def test_an_undo_brings_back_what_was_deleted(server: NewerServer, shell: Shell, crm: icosa.Client) -> None:
    made = crm.people.create_one(name={"firstName": "Ada"}, emails={"primaryEmail": "ada@example.com"}, depth=0)
    assert shell("people", "delete-one", made["id"], "--journal").code == 0
    assert crm.people.find_many(depth=0).total_count == 0
    undone = shell("undo", "last", "--yes")
    assert (undone.code, undone.json["restored"]) == (0, 1), undone.err
    assert crm.people.find_one(made["id"], depth=0)["name"]["firstName"] == "Ada"
    assert [each.path for each in server.asked if each.method == "POST"] == ["/rest/people"]


LAYOUTS = (f"/rest/restore/companies/{ID}", f"/rest/companies/{ID}/restore", f"/rest/restore/companies?filter=id%5Beq%5D%3A{ID}")


@pytest.mark.parametrize("taken", LAYOUTS)
@pytest.mark.parametrize("status", [400, 404])
def test_any_layout_of_the_path_is_found_and_then_known(taken: str, status: int, home: Path) -> None:
    words = "Query path 'x' invalid. Valid examples: /rest/companies/id" if status == 400 else "Cannot PATCH"

    def reply(asked: Asked) -> Reply:
        if asked.method == "GET":
            return Reply({"message": "Cannot GET", "statusCode": 404}, 404)
        if not asked.target.startswith(taken):
            return Reply({"statusCode": status, "messages": [words], "message": words}, status)
        record = {"id": ID, "name": "Back"}
        return Reply({"data": {"restoreCompanies": [record]} if "filter" in taken else {"restoreCompany": record}})

    with scripted(reply) as server, icosa.connect(server.url, "key") as crm:
        assert crm.companies.restore_one(ID, depth=0)["name"] == "Back"
        first = len(server.asked)
        assert crm.companies.restore_one(ID, depth=0)["name"] == "Back"
        assert len(server.asked) - first == 1


def test_a_server_that_cannot_says_so_in_a_sentence(home: Path) -> None:
    def reply(asked: Asked) -> Reply:
        if asked.method == "GET":
            return Reply({"message": "Cannot GET", "statusCode": 404}, 404)
        text = "object 'restore' not found. eg: companies"
        return Reply({"statusCode": 400, "error": "BadRequestException", "messages": [text]}, 400)

    no_such = pytest.raises(UnknownAction, match="this server has no Restore One Company")
    with scripted(reply) as server, icosa.connect(server.url, "key") as crm, no_such:
        crm.companies.restore_one(ID)


def test_what_a_server_offers_is_kept_and_read_back() -> None:
    offers = Offers(restore=True, restore_at=("{plural}/{id}/restore",))
    assert Offers.from_json(offers.as_json()) == offers
