"""One action is one request, in whatever form it is run: a deletion keeps the record unless `permanent` says otherwise."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.forms import FORMS
from tests.cli.conftest import Shell
from tests.client.scripted import Asked, Reply, scripted
from tests.newer_server import NewerServer

Delete = Callable[[icosa.Client, Shell, str, bool], Any]


def _options(permanent: bool) -> list[str]:
    return ["--permanent"] if permanent else []


def _as_form(form: str) -> Delete:
    def run(crm: icosa.Client, shell: Shell, id_: str, permanent: bool) -> None:
        said = shell("companies", "delete-one", id_, *_options(permanent), "--as", form)
        assert said.code == 0, said.err
        crm.run(said.out)

    return run


def _run_again(form: str) -> Delete:
    def run(crm: icosa.Client, shell: Shell, id_: str, permanent: bool) -> None:
        said = shell("companies", "delete-one", id_, *_options(permanent), "--as", form)
        assert shell("run", said.out).code == 0

    return run


def _by_label(crm: icosa.Client, shell: Shell, id_: str, permanent: bool) -> None:
    crm.run("Companies", "Delete One Company", {"Id": id_, **({"Permanent": True} if permanent else {})})


def _many(crm: icosa.Client, shell: Shell, id_: str, permanent: bool) -> None:
    crm.companies.call("delete_many", filter=f"id[eq]:{id_}", permanent=permanent)


def _many_in_shell(crm: icosa.Client, shell: Shell, id_: str, permanent: bool) -> None:
    assert shell("companies", "delete-many", "--filter", f"id[eq]:{id_}", *_options(permanent)).code == 0


def _without_asking(crm: icosa.Client, shell: Shell, id_: str, permanent: bool) -> None:
    with icosa.connect(catalogue=STANDARD) as unasked:
        unasked.companies.delete_one(id_, permanent=permanent)


WAYS: dict[str, Delete] = {
    "method": lambda crm, shell, id_, permanent: crm.companies.delete_one(id_, permanent=permanent),
    "labels": _by_label,
    "shell": lambda crm, shell, id_, permanent: shell("companies", "delete-one", id_, *_options(permanent)),
    "many": _many,
    "many in the shell": _many_in_shell,
    "a server that was not asked": _without_asking,
    **{f"--as {form}": _as_form(form) for form in FORMS},
    **{f"icosa run {form}": _run_again(form) for form in FORMS},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("permanent", [False, True])
def test_every_way_of_deleting_keeps_the_record_unless_told_not_to(
    way: str, permanent: bool, server: NewerServer, crm: icosa.Client, shell: Shell
) -> None:
    made = crm.companies.create_one(name="Analytical Engines", depth=0)
    WAYS[way](crm, shell, made["id"], permanent)
    kept = server.records.of["companies"].get(made["id"])
    assert (kept is None, bool(kept and kept["deletedAt"])) == (permanent, not permanent)


def test_a_dry_run_shows_what_is_sent(server: NewerServer, shell: Shell, crm: icosa.Client) -> None:
    id_ = crm.companies.create_one(name="Analytical Engines", depth=0)["id"]
    for options in ([], ["--permanent"]):
        shown = shell("companies", "delete-one", id_, *options, "--dry-run").json["url"]
        query = "" if options else "?soft_delete=true"
        assert shown == f"{server.url}/rest/companies/{id_}{query}"
    assert server.asked[-1].method == "POST"


@pytest.mark.parametrize("permanent", [False, True])
def test_curl_is_read_for_what_it_does_to_this_server(permanent: bool, server: NewerServer, crm: icosa.Client, shell: Shell) -> None:
    id_ = crm.companies.create_one(name="Analytical Engines", depth=0)["id"]
    query = "" if permanent else "?soft_delete=true"
    text = f'curl -X DELETE {server.url}/rest/companies/{id_}{query} -H "Authorization: Bearer $ICOSA_TOKEN"'
    call = shell("run", text, "--as", "json").json
    assert call["properties"] == {"id": id_, **({"permanent": True} if permanent else {})}
    assert shlex.split(shell("run", text, "--as", "curl").out)[3] == f"{server.url}/rest/companies/{id_}{query}"


def test_where_nobody_can_be_asked_it_is_said_in_every_way(home: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that is not meant to be destroyed is kept by whatever server it turns out to be."""
    id_ = "20202020-1c25-4d02-bf25-6aeccf7ea419"
    monkeypatch.setenv("ICOSA_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ICOSA_TOKEN", "key")
    for options, query in (([], "soft_delete=true"), (["--permanent"], "permanent=true")):
        shown = shell("companies", "delete-one", id_, *options, "--dry-run").json
        assert shown["url"] == f"http://127.0.0.1:9/rest/companies/{id_}?{query}"


def test_an_older_server_is_asked_as_ever(home: Path) -> None:
    id_ = "20202020-1c25-4d02-bf25-6aeccf7ea419"

    def reply(asked: Asked) -> Reply:
        is_deletion = asked.method == "DELETE"
        return Reply({"data": {"deleteCompany": {"id": id_}}}) if is_deletion else Reply({"message": "Cannot GET"}, 404)

    with scripted(reply) as older, icosa.connect(older.url, "key") as crm:
        crm.companies.delete_one(id_)
        assert older.asked[-1].target == f"/rest/companies/{id_}"
