"""The key that seals: where it is missing or another one, nothing is read, and nothing is sealed with a new one."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidInput
from icosa.wire.message import Request
from icosa.workspace import IN_PROCESS, Workspace, open_workspace
from icosa.workspace.access.sealing import write_key
from icosa.workspace.moving.copy import copy_workspace
from icosa.workspace.moving.databases import Database
from icosa.workspace.moving.mirror import Mirror
from icosa.workspace.moving.sealed_values import check, empty_unopened
from icosa.workspace.opening import open_store
from icosa.workspace.store.statement import Statement, Statements

SECRET = "whsec-made-up"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ICOSA_SECRET_KEY", raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")


@pytest.fixture
def database(new_database: Callable[[Catalogue], str]) -> str:
    return new_database(STANDARD)


@contextmanager
def opened(url: str) -> Iterator[Workspace]:
    workspace = open_workspace(url)
    try:
        yield workspace
    finally:
        workspace.close()


def key_file(url: str) -> Path:
    store, file, _ = open_store(url)
    store.close()
    return file.absolute()


def another_key(file: Path) -> None:
    file.unlink(missing_ok=True)
    write_key(file, os.urandom(32))


def create(workspace: Workspace, secret: str = SECRET) -> int:
    body = orjson.dumps({"targetUrl": "https://hook.example.com", "secret": secret})
    return workspace.answer(Request("POST", "/rest/webhooks", "", body), IN_PROCESS).status


def secrets(url: str) -> list[str]:
    with opened(url) as workspace:
        answer = workspace.answer(Request("GET", "/rest/webhooks"), IN_PROCESS)
        return [each["secret"] for each in orjson.loads(answer.body)["data"]["webhooks"]]


@pytest.fixture
def sealed(database: str) -> str:
    """A workspace that holds a secret."""
    with opened(database) as workspace:
        assert create(workspace) == 201
    return database


def run(url: str, text: str) -> None:
    def steps() -> Statements[None]:
        yield Statement(text)

    store = open_store(url).store
    store.write(steps)
    store.close()


def test_a_missing_key_is_asked_for_and_none_is_made(sealed: str) -> None:
    file = key_file(sealed)
    kept = file.rename(file.with_suffix(".kept"))
    for _ in range(2):
        with pytest.raises(InvalidInput) as refused:
            open_workspace(sealed)
        assert f"missing: it was kept in {file}, unless in ICOSA_SECRET_KEY" in refused.value.message
        assert "icosa keys forget-secrets" in refused.value.message
        assert not file.exists()
    kept.rename(file)
    assert secrets(sealed) == [SECRET]


def test_another_key_is_told_from_a_missing_one(sealed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = key_file(sealed)
    another_key(file)
    with pytest.raises(InvalidInput, match="is not the key that they were sealed with") as refused:
        open_workspace(sealed)
    assert f"the file {file}" in refused.value.message
    monkeypatch.setenv("ICOSA_SECRET_KEY", "A" * 43 + "=")
    with pytest.raises(InvalidInput, match="the variable ICOSA_SECRET_KEY is not the key"):
        open_workspace(sealed)


def test_where_nothing_is_sealed_a_new_key_is_made(sealed: str) -> None:
    with opened(sealed) as workspace:
        (hook,) = orjson.loads(workspace.answer(Request("GET", "/rest/webhooks"), IN_PROCESS).body)["data"]["webhooks"]
        workspace.answer(Request("DELETE", f"/rest/webhooks/{hook['id']}", "permanent=true"), IN_PROCESS)
    file = key_file(sealed)
    file.unlink()
    with opened(sealed) as workspace:
        assert create(workspace, "new") == 201
    assert file.exists()
    assert secrets(sealed) == ["new"]


def test_a_server_with_another_key_writes_no_secret_beside_those_of_the_first(database: str) -> None:
    file = key_file(database)
    with opened(database) as first:
        another_key(file)
        with opened(database) as second:
            assert create(first) == 201
            assert create(second) == 400
            assert create(second, "") == 400
            assert second.answer(Request("POST", "/rest/companies", "", b"{}"), IN_PROCESS).status == 201
        assert create(first) == 201


def test_a_workspace_of_an_older_icosa_left_no_marker_and_its_secrets_tell(sealed: str) -> None:
    run(sealed, "DELETE FROM icosa_sealing")
    assert secrets(sealed) == [SECRET]
    run(sealed, "DELETE FROM icosa_sealing")
    another_key(key_file(sealed))
    with pytest.raises(InvalidInput, match="is not the key"):
        open_workspace(sealed)


def test_secrets_of_two_keys_are_told_apart(sealed: str) -> None:
    run(sealed, "DELETE FROM icosa_sealing")
    with opened(sealed) as workspace:
        assert create(workspace, "second") == 201
    run(sealed, "DELETE FROM icosa_sealing")
    store = open_store(sealed).store
    (first, *_) = store.read(_ids)
    store.close()
    run(sealed, f"UPDATE webhook SET \"secret\" = 'sealed:bm90aGluZyB0aGF0IG9wZW5zLCBhdCBhbnkgcGxhY2U=' WHERE id = '{first}'")
    with opened(sealed) as workspace:  # the key opens some of them
        assert create(workspace, "third") == 201
    found = check(Database(sealed))
    assert [(each.object, each.path, each.sealed, each.unopened) for each in found.fields] == [("webhooks", "secret", 3, [first])]
    assert empty_unopened(Database(sealed)) == 1
    assert secrets(sealed) == ["", "second", "third"]


def _ids() -> Statements[list[str]]:
    return [str(row[0]) for row in (yield Statement('SELECT "id" FROM webhook ORDER BY "id"'))]


@pytest.mark.parametrize("lost", ["missing", "another"])
def test_going_on_without_empties_what_is_lost_and_nothing_else(sealed: str, lost: str, tmp_path: Path) -> None:
    file = key_file(sealed)
    if lost == "missing":
        file.unlink()
    else:
        another_key(file)
    found = check(Database(sealed))
    assert (found.there, found.unopened) == (lost == "another", 1)
    assert empty_unopened(Database(sealed)) == 1
    with opened(sealed) as workspace:
        (hook,) = orjson.loads(workspace.answer(Request("GET", "/rest/webhooks"), IN_PROCESS).body)["data"]["webhooks"]
        assert (hook["secret"], hook["targetUrl"]) == ("", "https://hook.example.com")
        assert create(workspace, "new") == 201
    copy_workspace(Database(sealed), Database(f"sqlite:///{tmp_path}/copy.db"), lambda what, done, total: None)
    assert secrets(f"sqlite:///{tmp_path}/copy.db") == ["", "new"]


def test_a_key_that_fits_is_said_to_fit_and_nothing_is_forgotten(sealed: str) -> None:
    found = check(Database(sealed))
    assert (found.there, found.unopened, found.fields[0].sealed) == (True, 0, 1)
    assert empty_unopened(Database(sealed)) == 0
    assert secrets(sealed) == [SECRET]


def test_a_mirror_is_not_written_to_with_another_key(sealed: str) -> None:
    file = key_file(sealed)
    file.unlink()
    with pytest.raises(InvalidInput, match="is missing"):
        Mirror(sealed, None, lambda of, values: "")
    assert not file.exists()
