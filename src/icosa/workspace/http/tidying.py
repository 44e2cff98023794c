"""A server tidies up after its workspace: in one of its processes, a little at a time."""

import asyncio
from contextlib import suppress

from icosa.errors import IcosaError
from icosa.workspace.workspace import Workspace

EVERY_SECONDS = 30.0


async def tidying(workspace: Workspace) -> None:
    """Goes on until it is cancelled.  What cannot be done now is done another time."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        with suppress(IcosaError):
            while await loop.run_in_executor(None, workspace.tidy):
                pass
