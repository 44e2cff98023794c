"""SQLite plans by the values of some parameters, and then prepares a statement at each run, which takes longer than to run it: no
statement of a single write is such a one."""

from pathlib import Path

import apsw
import pytest

from icosa.wire.message import Request
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import create_key
from icosa.workspace.store.sqlite import indexing, writer
from icosa.workspace.store.sqlite.connect import connect as connect_file

PLACE = "/rest/people"


def test_writes_that_are_alike_prepare_nothing_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[object] = []

    def allowed(*what: object) -> int:
        prepared.append(what)
        return apsw.SQLITE_OK

    def connect(path: str, *, named: bool) -> apsw.Connection:
        connection = connect_file(path, named=named)
        connection.authorizer = allowed
        return connection

    monkeypatch.setattr(writer, "connect", connect)
    monkeypatch.setattr(indexing, "LAG_SECONDS", 3600)  # nobody asks for what the search indexes lack meanwhile
    workspace = open_workspace(f"sqlite:///{tmp_path / 'crm.db'}")
    _, token = create_key(workspace, "A writer", "2999-01-01T00:00:00.000Z")

    def write(method: str, path: str, body: str = "") -> bytes:
        answer = workspace.answer(Request(method, path, "depth=0", body.encode(), token))
        assert answer.status in (200, 201), answer.body
        return answer.body

    def made(path: str, body: str) -> str:
        return write("POST", path, body).partition(b'"id":"')[2][:36].decode()

    company = made("/rest/companies", "{}")

    def life() -> None:
        id_ = made(PLACE, f'{{"city":"York","companyId":"{company}"}}')
        write("PATCH", f"{PLACE}/{id_}", '{"city":"Ely"}')
        write("DELETE", f"{PLACE}/{id_}")

    try:
        life()
        assert prepared
        prepared.clear()
        life()
        assert not prepared
    finally:
        workspace.close()
