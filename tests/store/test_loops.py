"""What event loops have of a store on SQLite."""

import asyncio
import gc
from weakref import ref

from icosa.workspace.store.sqlite.loops import Loops


def test_a_loop_that_was_closed_is_not_kept() -> None:
    """Whoever calls from a program without a loop has one for each call."""
    loops, seen = Loops(), list[ref[asyncio.AbstractEventLoop]]()

    async def writes() -> str:
        seen.append(ref(asyncio.get_running_loop()))
        written = loops.expect()
        asyncio.get_running_loop().run_in_executor(None, written.set_result, "written")
        return str(await written)

    assert [asyncio.run(writes()) for _ in range(5)] == ["written"] * 5
    gc.collect()
    assert [each() is None for each in seen[:-1]] == [True] * 4
