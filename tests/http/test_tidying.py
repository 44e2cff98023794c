"""A server tidies up until it stops, whatever goes wrong meanwhile."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from typing import cast

import pytest

from icosa.errors import Overloaded
from icosa.workspace import Workspace
from icosa.workspace.http import tidying


class Untidy:
    """A workspace whose tidying goes as it is told: whether there is more to do, or what is raised."""

    def __init__(self, *turns: bool | Exception) -> None:
        self.turns: Iterator[bool | Exception] = iter(turns)
        self.through = asyncio.Event()

    def tidy(self) -> bool:
        turn = next(self.turns, None)
        if turn is None:
            self.loop.call_soon_threadsafe(self.through.set)
            return False
        if isinstance(turn, Exception):
            raise turn
        return turn

    async def until_through(self) -> None:
        self.loop = asyncio.get_running_loop()
        task = asyncio.create_task(tidying.tidying(cast(Workspace, self)))
        await asyncio.wait_for(self.through.wait(), 60)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def tidied(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    monkeypatch.setattr(tidying, "EVERY_SECONDS", 0.0)
    monkeypatch.setattr(tidying, "REST", 0)

    def run(*turns: bool | Exception) -> None:
        async def main() -> None:
            await Untidy(*turns).until_through()

        asyncio.run(main())

    return run


def test_what_cannot_be_done_now_is_done_another_time(tidied: Callable[..., None], caplog: pytest.LogCaptureFixture) -> None:
    tidied(True, True, False, Overloaded("the disk is full"), True, False)
    assert [record for record in caplog.records if record.name == "icosa"] == []


def test_a_mistake_is_logged_by_its_kind_alone_and_it_is_tried_again(tidied: Callable[..., None], caplog: pytest.LogCaptureFixture) -> None:
    tidied(RuntimeError("ada@example.com"), True, False)
    said = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert said == ["tidying up failed, and is tried again: RuntimeError"]
