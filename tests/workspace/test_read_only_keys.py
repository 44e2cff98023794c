"""A key that may only read: every read answers, every write is refused before anything of it is looked at."""

import asyncio
from collections.abc import Callable, Iterator

import orjson
import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.errors import ReadOnlyKey
from icosa.wire.message import Answer, Request
from icosa.workspace import IN_PROCESS, open_workspace
from icosa.workspace.access.issue import create_key, list_keys, revoke_key
from icosa.workspace.access.keys import Principal
from icosa.workspace.access.sessions import session, sign_in
from icosa.workspace.store.statement import Statement, Statements
from tests.store.scripts import EVERYTHING
from tests.workspace.conftest import Caller, loop_beside

FAR = "2999-01-01T00:00:00.000Z"
SOME = "20202020-1c25-4d02-bf25-6aeccf7ea419"
LONG = b'{"name": "' + b"x" * 100_000 + b'"}'
REFUSED = (403, "read_only_key")


@pytest.fixture
def token(crm: Caller) -> str:
    return create_key(crm.workspace, "Watcher", FAR, read_only=True)[1]


@pytest.fixture
def runner(crm: Caller) -> Iterator[asyncio.Runner]:
    with loop_beside(crm.workspace) as running:
        yield running


def told(answer: Answer) -> tuple[int, str]:
    return answer.status, dict(answer.headers).get("Icosa-Error", "")


def events(crm: Caller) -> int:
    def steps() -> Statements[int]:
        return int((yield Statement("SELECT count(*) FROM icosa_outbox"))[0][0])

    return crm.workspace.store.read(steps)


def test_every_write_is_refused_and_every_read_answered(crm: Caller, token: str) -> None:
    before = events(crm)
    for of in STANDARD:
        writes = [
            ("POST", of.plural), ("POST", f"batch/{of.plural}"), ("PATCH", f"{of.plural}/{SOME}"), ("PUT", f"{of.plural}/{SOME}"),
            ("DELETE", f"{of.plural}/{SOME}"), ("PATCH", f"restore/{of.plural}/{SOME}"), ("PATCH", f"{of.plural}/{SOME}/restore"),
        ]  # fmt: skip
        for method, path in writes:
            for query in ("", "upsert=true", "permanent=true"):
                assert told(crm.workspace.answer(Request(method, f"/rest/{path}", query, b"{}", token))) == REFUSED, path
        assert crm.workspace.answer(Request("GET", f"/rest/{of.plural}", "", b"", token)).status == 200
        assert told(crm.workspace.answer(Request("GET", f"/rest/{of.plural}/{SOME}", "", b"", token))) == (400, "record_not_found")
        asked = Request("POST", f"/rest/{of.plural}/duplicates", "", orjson.dumps({"ids": [SOME]}), token)
        assert told(crm.workspace.answer(asked))[1] != "read_only_key"
    assert events(crm) == before


def test_duplicates_are_a_read(crm: Caller, token: str) -> None:
    made = crm.good("POST", "/rest/companies", {"name": "Acme"})
    crm.good("POST", "/rest/companies", {"name": "Acme"})
    answer = crm.workspace.answer(Request("POST", "/rest/companies/duplicates", "", orjson.dumps({"ids": [made["id"]]}), token))
    assert answer.status == 200


@pytest.mark.parametrize("body", [b"no JSON", b'{"unknown": 1}', LONG], ids=["no JSON", "unknown", "long"])
def test_what_is_sent_is_not_looked_at(crm: Caller, token: str, runner: asyncio.Runner, body: bytes) -> None:
    asked = Request("POST", "/rest/companies", "", body, token)
    for answer in (crm.workspace.answer(asked), runner.run(crm.workspace.answer_soon(asked))):
        assert told(answer) == REFUSED
        told_ = orjson.loads(answer.body)
        assert (told_["statusCode"], told_["error"]) == (403, "FORBIDDEN_EXCEPTION")
        assert told_["messages"] == [told_["message"]]
        assert told_["message"].startswith('Entity performing the request does not have permission. the API key "Watcher" may only read')


def test_a_body_is_not_read_for_it(crm: Caller, token: str, runner: asyncio.Runner) -> None:
    def refused(method: str, path: str, sent: str) -> str:
        answer = runner.run(crm.workspace.refuses(Request(method, path, "", b"", sent)))
        return "" if answer is None else told(answer)[1]

    other = create_key(crm.workspace, "Writer", FAR)[1]
    assert refused("POST", "/rest/companies", token) == "read_only_key"
    assert refused("PATCH", f"/rest/companies/{SOME}", token) == "read_only_key"
    assert refused("POST", "/rest/companies/duplicates", token) == ""
    assert refused("POST", "/rest/companies", other) == ""


def test_it_makes_and_revokes_no_key(crm: Caller, token: str) -> None:
    principal = Principal(None, "Watcher", may_write=False)
    with pytest.raises(ReadOnlyKey):
        create_key(crm.workspace, "Another", FAR, by=principal)
    with pytest.raises(ReadOnlyKey):
        revoke_key(crm.workspace, "Watcher", by=principal)
    id_ = list_keys(crm.workspace)[0].id
    asked = Request("PATCH", f"/rest/apiKeys/{id_}", "", b'{"revokedAt": "2026-01-01"}', token)
    assert told(crm.workspace.answer(asked)) == REFUSED
    assert [(each.name, each.state) for each in list_keys(crm.workspace)] == [("Watcher", "active")]


def test_keys_are_listed_with_what_they_may(crm: Caller, token: str) -> None:
    create_key(crm.workspace, "Writer", FAR)
    crm.good("POST", "/rest/apiKeys", {"name": "Made by hand", "expiresAt": FAR})
    assert {each.name: (each.state, each.may_write) for each in list_keys(crm.workspace)} == {
        "Watcher": ("active", False), "Writer": ("active", True), "Made by hand": ("no token", False),
    }  # fmt: skip


def test_who_signed_in_with_it_may_only_read_too(crm: Caller, token: str, runner: asyncio.Runner) -> None:
    found = session(crm.workspace, sign_in(crm.workspace, token, "a browser"))
    assert found is not None
    assert not found.principal.may_write
    asked = Request("POST", "/rest/companies", "", b"{}")
    assert told(crm.workspace.answer(asked, found.principal)) == REFUSED
    assert told(runner.run(crm.workspace.answer_soon(asked, found.principal))) == REFUSED
    large = asked._replace(body=LONG)
    assert told(runner.run(crm.workspace.answer_soon(large, found.principal))) == REFUSED
    assert crm.workspace.answer(Request("GET", "/rest/companies"), found.principal).status == 200


def test_a_trusted_caller_is_answered_beside_an_event_loop_too(crm: Caller, runner: asyncio.Runner) -> None:
    for body in (b"{}", LONG):
        assert runner.run(crm.workspace.answer_soon(Request("POST", "/rest/companies", "", body), IN_PROCESS)).status == 201
    assert runner.run(crm.workspace.answer_soon(Request("GET", "/rest/companies", "depth=2"), IN_PROCESS)).status == 200
    document = runner.run(crm.workspace.answer_soon(Request("GET", "/open-api/core"), IN_PROCESS))
    assert document == crm.workspace.answer(Request("GET", "/open-api/core"), IN_PROCESS)


def test_it_stays_so_when_the_catalogue_gains_or_loses_the_object_for_keys(open_caller: Callable[[Catalogue], Caller]) -> None:
    narrow = open_caller(EVERYTHING)
    _, token = create_key(narrow.workspace, "Watcher", FAR, read_only=True)
    for catalogue, plural in ((STANDARD, "companies"), (EVERYTHING, "things"), (STANDARD, "companies")):
        workspace = open_workspace(narrow.database, catalogue)
        answers = [told(workspace.answer(Request(method, f"/rest/{plural}", "", b"{}", token))) for method in ("GET", "POST")]
        workspace.close()
        assert answers == [(200, ""), REFUSED]
