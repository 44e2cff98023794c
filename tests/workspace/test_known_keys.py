"""Who has written before is not asked for again until the write's own end, and yet no write is done by a key that is good no more."""

import asyncio
import json
from collections.abc import Callable, Iterator

import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Answer, Request
from icosa.wire.version import TWENTY_2_19, Version
from icosa.workspace import Workspace, open_workspace
from icosa.workspace.access.issue import create_key, revoke_key
from tests.workspace.conftest import loop_beside

FAR = "2999-01-01T00:00:00.000Z"
WRITE = Request("POST", "/rest/companies", "depth=0", b'{"name":"Works"}')


@pytest.fixture
def database(new_database: Callable[[Catalogue], str]) -> str:
    return new_database(STANDARD)


@pytest.fixture
def here(database: str) -> Iterator[Workspace]:
    workspace = open_workspace(database)
    yield workspace
    workspace.close()


@pytest.fixture
def elsewhere(database: str) -> Iterator[Workspace]:
    """Another process, as far as the first can tell."""
    workspace = open_workspace(database)
    yield workspace
    workspace.close()


@pytest.fixture
def runner(here: Workspace) -> Iterator[asyncio.Runner]:
    with loop_beside(here) as running:
        yield running


Way = Callable[[Workspace, Request], Answer]


@pytest.fixture(params=["blocking", "on an event loop"])
def way(request: pytest.FixtureRequest, runner: asyncio.Runner) -> Way:
    if request.param == "blocking":
        return lambda workspace, asked: workspace.answer(asked)
    return lambda workspace, asked: runner.run(workspace.answer_soon(asked))


def names(workspace: Workspace, token: str) -> list[str]:
    found = json.loads(workspace.answer(Request("GET", "/rest/companies", token=token)).body)
    return [each["name"] for each in found["data"]["companies"]]


def test_a_key_that_was_revoked_elsewhere_writes_no_more(here: Workspace, elsewhere: Workspace, way: Way) -> None:
    id_, token = create_key(here, "Nightly", FAR)
    _, reader = create_key(here, "Reader", FAR)
    assert [way(here, WRITE._replace(token=token)).status for _ in range(3)] == [201] * 3
    revoke_key(elsewhere, id_)
    assert [way(here, WRITE._replace(token=token)).status for _ in range(2)] == [403] * 2
    assert names(here, reader) == ["Works"] * 3


def test_a_write_that_is_refused_anyway_is_refused_for_its_key(here: Workspace, elsewhere: Workspace, way: Way) -> None:
    id_, token = create_key(here, "Nightly", FAR)
    assert way(here, WRITE._replace(token=token)).status == 201
    revoke_key(elsewhere, id_)
    nowhere = Request("DELETE", "/rest/companies/01900000-0000-7000-8000-000000000000", token=token)
    assert way(here, nowhere).status == 403
    assert way(here, WRITE._replace(token=token, body=b'{"name":1}')).status == 403


def test_who_shares_a_commit_with_such_a_key_writes_all_the_same(here: Workspace, elsewhere: Workspace, runner: asyncio.Runner) -> None:
    id_, gone = create_key(here, "Nightly", FAR)
    _, good = create_key(here, "Daily", FAR)
    for token in (gone, good):
        assert here.answer(WRITE._replace(token=token)).status == 201
    revoke_key(elsewhere, id_)

    async def together() -> list[int]:
        asked = [here.answer_soon(WRITE._replace(token=token)) for token in [good, gone] * 4]
        return [each.status for each in await asyncio.gather(*asked)]

    assert runner.run(together()) == [201, 403] * 4
    assert names(here, good) == ["Works"] * 6


def test_a_key_can_end_itself(here: Workspace, way: Way) -> None:
    id_, token = create_key(here, "Nightly", FAR)
    assert way(here, WRITE._replace(token=token)).status == 201
    own = Request("PATCH", f"/rest/apiKeys/{id_}", body=b'{"revokedAt":"2026-01-01T00:00:00.000Z"}', token=token)
    assert way(here, own).status == 200
    assert way(here, WRITE._replace(token=token)).status == 403


def test_a_renamed_key_signs_with_its_new_name(here: Workspace, elsewhere: Workspace, way: Way) -> None:
    id_, token = create_key(here, "Nightly", FAR)
    assert way(here, WRITE._replace(token=token)).status == 201
    rename = Request("PATCH", f"/rest/apiKeys/{id_}", body=b'{"name":"Daily"}', token=token)
    assert elsewhere.answer(rename).status == 200
    made = json.loads(way(here, WRITE._replace(token=token)).body)["data"]["createCompany"]
    assert made["createdBy"]["name"] == "Daily"


def test_who_has_written_before_writes_on_where_a_field_comes_and_goes_elsewhere(
    new_database: Callable[[Catalogue | None, Version], str],
) -> None:
    database = new_database(None, TWENTY_2_19)
    workspace, elsewhere = open_workspace(database), open_workspace(database)
    _, token = create_key(workspace, "Nightly", FAR)
    with loop_beside(workspace) as runner:
        assert workspace.answer(WRITE._replace(token=token)).status == 201
        for name, write in (("one", workspace.answer), ("two", lambda asked: runner.run(workspace.answer_soon(asked)))):
            known = json.loads(elsewhere.answer(Request("GET", "/rest/metadata/objects", token=token)).body)
            company = next(each["id"] for each in known["data"] if each["nameSingular"] == "company")
            made = {"type": "TEXT", "name": name, "label": name.title(), "objectMetadataId": company}
            field = Request("POST", "/rest/metadata/fields", body=json.dumps(made).encode(), token=token)
            added = elsewhere.answer(field)
            assert added.status == 201
            assert write(WRITE._replace(token=token)).status == 201
            assert write(WRITE._replace(token=token, body=f'{{"{name}":"Works"}}'.encode())).status == 201
            removal = Request("DELETE", f"/rest/metadata/fields/{json.loads(added.body)['id']}", token=token)
            assert elsewhere.answer(removal).status == 200
            assert write(WRITE._replace(token=token)).status == 201
        elsewhere.close()


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_where_bodies_come_first_one_that_is_none_is_refused_to_who_has_written_too(
    new_database: Callable[[Catalogue | None, Version], str], method: str
) -> None:
    workspace = open_workspace(new_database(None, TWENTY_2_19))
    _, token = create_key(workspace, "Nightly", FAR)
    with loop_beside(workspace) as runner:
        record = workspace.answer(WRITE._replace(token=token))
        one = f"/{json.loads(record.body)['data']['createCompany']['id']}" if method != "POST" else ""
        asked = Request(method, f"/rest/companies{one}", body=b'{"name":', token=token)
        known, unknown = workspace.answer(asked), workspace.answer(asked._replace(token="nobody's"))
        assert known.status == 400
        assert "not JSON" in known.body.decode()
        assert known == unknown == runner.run(workspace.answer_soon(asked))
        assert names(workspace, token) == ["Works"]
