"""A mirror answers as the version of Twenty that the workspace answers as which it was pulled from."""

from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import pytest

import icosa
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.mirror.pull_front import pull_into
from icosa.wire.message import Request
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19
from icosa.workspace import IN_PROCESS, open_workspace
from tests.mirror.conftest import diff, pull, source_of, steps
from tests.serving import Server, serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path, version=TWENTY_2_19) as running:
        with icosa.connect(running.url, running.token) as crm:
            company = crm.companies.create_one(name="Analytical Engines")
            crm.people.create_many([{"name": {"firstName": f"Ada {at}"}, "companyId": company["id"]} for at in range(5)])
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, new_url: Callable[[], str]) -> str:
    """The URL of a database in which nothing is."""
    if request.param == "sqlite":
        return new_url()
    postgres = request.getfixturevalue("postgres")
    return str(postgres.url(postgres.new()))


def answer(url: str, path: str, query: str) -> bytes:
    workspace = open_workspace(url)
    try:
        return workspace.answer(Request("GET", path, query, b""), IN_PROCESS).body
    finally:
        workspace.close()


def test_a_mirror_of_2_19_answers_as_2_19(server: Server, bare: str) -> None:
    with icosa.connect(server.url, server.token) as crm:
        assert pull_into(bare, crm).counts["people"].added == 5
        assert not any(each.any() for each in pull_into(bare, crm).counts.values())
        crm.people.update_one(crm.people.find_many(limit=1)[0]["id"], job_title="Countess")
        assert pull_into(bare, crm).counts["people"].changed == 1
    workspace = open_workspace(bare)
    workspace.close()
    assert (workspace.version, workspace.catalogue) == (TWENTY_2_19, STANDARD_2_19)
    for path, query in (("/rest/people", "depth=1"), ("/rest/companies", ""), ("/rest/people/groupBy", 'group_by=[{"jobTitle":true}]')):
        assert orjson.loads(answer(bare, path, query)) == orjson.loads(answer(server.database, path, query))


def test_what_a_server_counts_and_lists_for_nobody_is_said_as_that(server: Server, new_url: Callable[[], str]) -> None:
    """2.19 counts messages that are in no mailbox, and lists them for nobody."""
    into = new_url()
    with source_of(server.url, server.token) as there:
        there.crm["messages"].create_many([{"subject": "Hello"}, {"subject": "Again"}])
        for _ in range(2):
            remarks: list[str] = []
            pull(there, into, remarks=remarks)
            (remark,) = remarks
            assert remark.startswith("messages: the server counts 2 and lists 0; the others are in no list")


def test_what_is_changed_in_it_goes_back(server: Server, bare: str) -> None:
    with icosa.connect(server.url, server.token) as crm:
        pull_into(bare, crm)
    with source_of(server.url, server.token) as there, source_of(bare) as here:
        assert diff(here, there) == []
        id_ = here.crm["people"].find_many(limit=1)[0]["id"]
        here.crm["people"].update_one(id_, jobTitle="Countess")
        (step,) = steps(bare, there)
        assert (step.id, step.after) == (id_, {"jobTitle": "Countess"})


def test_one_that_was_made_before_answers_as_it_did(server: Server, bare: str) -> None:
    open_workspace(bare).close()
    with icosa.connect(server.url, server.token) as crm:
        assert pull_into(bare, crm).counts["people"].added == 5
        assert not any(each.any() for each in pull_into(bare, crm).counts.values())
    workspace = open_workspace(bare)
    workspace.close()
    assert workspace.version is TWENTY_1_0_3


def test_a_mirror_of_1_0_3_answers_as_1_0_3(tmp_path: Path, bare: str) -> None:
    with serving(tmp_path) as server, icosa.connect(server.url, server.token) as crm:
        pull_into(bare, crm)
    workspace = open_workspace(bare)
    workspace.close()
    assert workspace.version is TWENTY_1_0_3
