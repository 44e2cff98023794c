"""Every one of the seven operations, on every one of the 36 objects, through the shell."""

import json
from pathlib import Path
from typing import Any

import pytest

from icosa.catalogue.model import Object
from icosa.catalogue.naming import kebab_case
from icosa.catalogue.standard import STANDARD
from tests.cli.conftest import Ran, Shell
from tests.serving import Server
from tests.values import body_of


def options(values: dict[str, Any]) -> list[str]:
    """A body as the options of its properties."""
    words = []
    for name, value in values.items():
        words += [f"--{kebab_case(name)}", value if isinstance(value, str) else json.dumps(value)]
    return words


def same(of: Object, record: dict[str, Any], sent: dict[str, Any]) -> bool:
    """Whether the record holds what was sent, as far as the wire does not write it in another way."""
    plain = [
        each.name for each in of.fields if not (each.type.composite or each.secret or each.type_name == "NUMERIC") and each.name in sent
    ]
    return [record[name] for name in plain] == [sent[name] for name in plain]


def life_of_a_record(shell: Shell, of: Object, folder: Path) -> None:
    def run(operation: str, *arguments: str) -> Any:
        ran: Ran = shell(kebab_case(of.plural), operation, *arguments)
        beside = [line for line in ran.err.splitlines() if "nothing is delivered to it yet" not in line]
        assert (ran.code, beside) == (0, []), operation
        return ran.json

    first = body_of(of, 1)
    made = run("create-one", *options(first), "--depth", "0")
    assert same(of, made, first)

    several = folder / "several.json"
    several.write_text(json.dumps([body_of(of, 2), body_of(of, 3)]), "utf-8")
    batch = run("create-many", "--data", f"@{several}", "--depth", "0")
    assert [same(of, record, body_of(of, at)) for at, record in enumerate(batch, 2)] == [True, True]

    page = run("find-many", "--order-by", "createdAt", "--limit", "2", "--depth", "0")
    assert page["totalCount"] == 3
    assert [record["id"] for record in page["data"][of.plural]] == [made["id"], batch[0]["id"]]
    assert page["pageInfo"]["hasNextPage"] is True

    assert run("find-one", made["id"], "--depth", "0") == made
    assert run("find-one", made["id"])["id"] == made["id"]

    other = body_of(of, 0)  # of earlier moments than the first: those of a key move no other way
    changed = run("update-one", made["id"], *options(other), "--depth", "0")
    assert changed["id"] == made["id"]
    assert same(of, changed, other)

    (group,) = run("find-duplicates", "--ids", json.dumps([made["id"]]), "--depth", "0")["data"]
    assert isinstance(group[f"{of.singular}Duplicates"], list)

    assert run("delete-one", made["id"]) == {"id": made["id"]}
    gone = shell(kebab_case(of.plural), "find-one", made["id"])
    assert gone.code == 4
    assert made["id"] in gone.err


@pytest.mark.parametrize("of", STANDARD.objects, ids=lambda each: each.plural)
def test_on_the_embedded_workspace(shell: Shell, of: Object, tmp_path: Path, embedded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ICOSA_DATABASE", embedded)
    life_of_a_record(shell, of, tmp_path)


@pytest.mark.parametrize("plural", ["connectedAccounts", "people", "notes"])
def test_on_a_server(shell: Shell, on_server: Server, plural: str, tmp_path: Path) -> None:
    life_of_a_record(shell, STANDARD.named(plural), tmp_path)


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One workspace for all objects: what they share is their database."""
    return f"sqlite:///{tmp_path_factory.mktemp('embedded')}/crm.db"


def test_the_document_of_the_workspace(shell: Shell) -> None:
    document = shell("open-api").json
    assert document["openapi"].startswith("3.1")
    assert document["paths"]
