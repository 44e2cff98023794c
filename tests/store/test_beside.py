"""What takes long is done beside the event loop: whoever asks for one record meanwhile is answered as if nothing were.

Each case is harmless input of a kind that held up everybody.  Quick requests are counted that were answered, one after the
other on the same event loop, while the long one was still going on: no clock is looked at.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import orjson
import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Answer, Request
from icosa.workspace import IN_PROCESS, Workspace, open_workspace
from icosa.workspace.access.issue import create_key

MEANWHILE = 2
SEVERAL = 4
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Scene:
    workspace: Workspace
    token: str
    person: str

    def make(self, plural: str, body: object) -> str:
        answer = self.workspace.answer(Request("POST", f"/rest/{plural}", "", orjson.dumps(body)), IN_PROCESS)
        assert answer.status == 201, answer.body[:500]
        made = next(iter(orjson.loads(answer.body)["data"].values()))
        return str(made[0]["id"] if isinstance(made, list) else made["id"])

    def meanwhile(self, method: str, path: str, body: bytes = b"", /, **query: object) -> tuple[list[Answer], int]:
        """The answers to a few such requests at once, and how often a find one was answered before the last of them."""
        return asyncio.run(self._meanwhile(Request(method, f"/rest/{path}", urlencode(query), body, self.token)))

    async def _meanwhile(self, long: Request) -> tuple[list[Answer], int]:
        quick = Request("GET", f"/rest/people/{self.person}", token=self.token)
        assert (await self.workspace.answer_soon(quick)).status == 200
        tasks = [asyncio.create_task(self.workspace.answer_soon(long)) for _ in range(SEVERAL)]
        await asyncio.sleep(0)
        found = 0
        while not all(task.done() for task in tasks):
            assert (await self.workspace.answer_soon(quick)).status == 200
            found += 1
            await asyncio.sleep(0)
        answers = await asyncio.gather(*tasks)
        await asyncio.to_thread(self.workspace.close)
        await asyncio.sleep(0.01)
        return answers, found


@pytest.fixture
def scene(new_database: Callable[[Catalogue], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setenv("ICOSA_SECRET_KEY", "A" * 43 + "=")
    # Nothing here takes as long as a request may, but on a machine that does much else.
    monkeypatch.setattr("icosa.workspace.store.sqlite.readers.LIMIT_SECONDS", 300.0)
    workspace = open_workspace(new_database(STANDARD), STANDARD)
    made = Scene(workspace, create_key(workspace, "Test", "2999-01-01")[1], "")
    yield Scene(workspace, made.token, made.make("people", {"name": {"firstName": "Ada", "lastName": "Lovelace"}}))
    workspace.close()


@pytest.mark.parametrize(
    ("condition", "length"),
    [
        ("address.addressCity[ilike]:%ä%ä%ä%ä%ä%ä%ö%", MEGABYTE),
        ("address.addressCity[like]:%" + "ä_" * 100 + "x%", MEGABYTE // 4),
        ("address.addressCity[ilike]:" + "%Ä_" * 300 + "%x", MEGABYTE),
    ],
    ids=["seven letters", "a hundred letters", "three hundred letters"],
)
def test_a_pattern_over_a_long_text(scene: Scene, condition: str, length: int) -> None:
    """Each takes a second or so: far from the ten that a request may take, also on a machine that does much else."""
    scene.make("batch/companies", [{"address": {"addressCity": "ä" * length}}] * 4)
    answers, found = scene.meanwhile("GET", "companies", filter=condition)
    assert {each.status for each in answers} == {200}
    assert found >= MEANWHILE


def test_a_body_of_many_values(scene: Scene) -> None:
    workflow = scene.make("workflows", {"name": "Long"})
    steps = [[{"id": at, "name": "step", "tags": [1, 2]} for at in range(30)] for _ in range(400)]
    answers, found = scene.meanwhile("POST", "workflowVersions", orjson.dumps({"workflowId": workflow, "steps": steps}))
    assert {each.status for each in answers} == {201}
    assert found >= MEANWHILE


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("people", {"x" * 4 * MEGABYTE: 1}),
        ("people", {"name": {"x" * 4 * MEGABYTE: 1}}),
        ("people", {"position": ["x"] * 400_000}),
        ("people", {"companyId": "x" * 4 * MEGABYTE}),
        ("people/duplicates", {"ids": ["20202020-1c25-4d02-bf25-6aeccf7ea419"] * 100_000}),
        ("batch/people", [{"phones": {"additionalPhones": ["+33612345678"] * 501}}]),
    ],
    ids=["unknown field", "unknown part", "a list for a number", "a text for an id", "ids", "phones"],
)
def test_a_long_body_that_is_refused_is_refused_in_few_words(scene: Scene, path: str, body: object) -> None:
    answers, _ = scene.meanwhile("POST", path, orjson.dumps(body))
    assert {each.status for each in answers} == {400}
    assert all(len(each.body) < 3000 for each in answers)


def test_an_answer_of_many_megabytes_is_made_beside_and_one_of_too_many_refused(scene: Scene) -> None:
    company = scene.make("companies", {"address": {"addressCity": "x" * MEGABYTE}})
    scene.make("batch/people", [{"companyId": company} for _ in range(30)])
    for limit, status in ((10, 200), (30, 400)):
        answers = [scene.workspace.answer(Request("GET", "/rest/people", f"depth=1&limit={limit}", token=scene.token))]
        assert {each.status for each in answers} == {status}
    assert b"the answer would be longer than 16 MB; ask for less" in answers[0].body
    twenty = orjson.dumps([{"companyId": company} for _ in range(20)])
    made = scene.workspace.answer(Request("POST", "/rest/batch/people", "depth=1", twenty, token=scene.token))
    assert (made.status, b"longer than 16 MB" in made.body) == (400, True)
    counted = scene.workspace.answer(Request("GET", "/rest/people", "limit=1", token=scene.token))
    assert b'"totalCount":31' in counted.body  # nothing was written
    answers, found = scene.meanwhile("GET", "people", depth=1, limit=10)
    assert {each.status for each in answers} == {200}
    assert found >= MEANWHILE


def test_a_record_with_too_much_around_it_is_refused_at_that_depth_alone(scene: Scene) -> None:
    company = scene.make("companies", {})
    scene.make("batch/people", [{"companyId": company, "city": "x" * 150_000} for _ in range(60)])
    scene.make("batch/people", [{"companyId": company, "city": "x" * 150_000} for _ in range(60)])
    for depth, status in ((0, 200), (1, 400)):
        answer = scene.workspace.answer(Request("GET", f"/rest/companies/{company}", f"depth={depth}", token=scene.token))
        assert answer.status == status


def test_a_record_that_was_wanted_hundreds_of_times(scene: Scene) -> None:
    answers, found = scene.meanwhile("POST", "people/duplicates", orjson.dumps({"ids": [scene.person] * 1000}))
    assert {each.status for each in answers} == {200}
    assert found >= MEANWHILE
