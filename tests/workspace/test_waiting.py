"""The answer to a write on an event loop is awaited, or taken by a call once it is there."""

import asyncio
from collections.abc import Callable

import pytest

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.wire.message import Answer, Request
from icosa.workspace import Workspace
from icosa.workspace.access.keys import IN_PROCESS
from icosa.workspace.waiting import WaitingAnswer
from tests.workspace.conftest import Caller

pytestmark = pytest.mark.sqlite

WRITE = Request("POST", "/rest/companies", "depth=0", b'{"name":"Works"}')
MISSING = Request("DELETE", "/rest/companies/20202020-1c25-4d02-bf25-6aeccf7ea419", "depth=0")


@pytest.fixture
def workspace(open_caller: Callable[[Catalogue], Caller]) -> Workspace:
    return open_caller(STANDARD).workspace


async def taken(workspace: Workspace, request: Request) -> tuple[WaitingAnswer, Answer | None]:
    begun, took = workspace.begin(request, IN_PROCESS), asyncio.get_running_loop().create_future()
    assert isinstance(begun, WaitingAnswer)
    begun.when_done(took.set_result)
    return begun, await took


def test_an_answer_is_taken_once_it_is_there(workspace: Workspace) -> None:
    _, answer = asyncio.run(taken(workspace, WRITE))
    assert answer is not None
    assert answer.status == 201
    assert workspace.answer(Request("GET", "/rest/companies"), IN_PROCESS).body.count(b'"name":"Works"') == 1


def test_of_what_was_refused_there_is_none_to_take_and_it_is_awaited(workspace: Workspace) -> None:
    async def both() -> tuple[Answer | None, Answer]:
        begun, answer = await taken(workspace, MISSING)
        return answer, await begun

    none, awaited = asyncio.run(both())
    assert none is None
    assert awaited == workspace.answer(MISSING, IN_PROCESS)
    assert awaited.status == 400


def test_a_write_is_done_whether_its_answer_is_awaited_or_not(workspace: Workspace) -> None:
    async def forgotten() -> None:
        workspace.begin(WRITE, IN_PROCESS)
        await workspace.check_writable()  # which has its turn after it

    asyncio.run(forgotten())
    assert workspace.answer(Request("GET", "/rest/companies"), IN_PROCESS).body.count(b'"name":"Works"') == 1


def test_who_fails_when_it_is_told_takes_no_other_along(workspace: Workspace) -> None:
    failures: list[str] = []

    async def both() -> Answer | None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: failures.append(str(context["exception"])))

        def fail(_: Answer | None) -> None:
            raise RuntimeError("It went away")

        for take in (fail, fail):
            begun = workspace.begin(WRITE, IN_PROCESS)
            assert isinstance(begun, WaitingAnswer)
            begun.when_done(take)
        return (await taken(workspace, WRITE))[1]

    answer = asyncio.run(both())
    assert answer is not None
    assert answer.status == 201
    assert failures == ["It went away"] * 2


def test_who_is_called_off_leaves_the_write_and_the_others_alone(workspace: Workspace) -> None:
    async def both() -> Answer:
        off, on = (asyncio.ensure_future(workspace.answer_soon(WRITE, IN_PROCESS)) for _ in range(2))
        await asyncio.sleep(0)
        off.cancel()
        return await on

    assert asyncio.run(both()).status == 201
    assert workspace.answer(Request("GET", "/rest/companies"), IN_PROCESS).body.count(b'"name":"Works"') == 2


def test_an_answer_that_is_there_already_is_taken_too(workspace: Workspace) -> None:
    async def late() -> Answer | None:
        begun, took = workspace.begin(WRITE, IN_PROCESS), asyncio.get_running_loop().create_future()
        await workspace.check_writable()  # which is done after it
        assert isinstance(begun, WaitingAnswer)
        begun.when_done(took.set_result)
        answer: Answer | None = await took
        return answer

    answer = asyncio.run(late())
    assert answer is not None
    assert answer.status == 201
