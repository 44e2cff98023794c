"""What a server does beside answering: it tidies up after its workspace, in one of its processes, a little at a time; and each
of them writes down when keys were used."""

import asyncio
import logging

from icosa.errors import IcosaError
from icosa.workspace.workspace import Workspace

EVERY_SECONDS = 30.0
NOTED_EVERY_SECONDS = 60.0

REST = 10
"""How many times as long as it took it then rests: what is destroyed has a whole search index merged, and a large one would
otherwise be merged over and over."""

_log = logging.getLogger("icosa")


async def keeping(workspace: Workspace, *, tidies: bool) -> None:
    """Goes on until it is cancelled; one process of a server `tidies`."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(noting(workspace))
        if tidies:
            tasks.create_task(tidying(workspace))


async def noting(workspace: Workspace) -> None:
    """Goes on until it is cancelled."""
    while True:
        await asyncio.sleep(NOTED_EVERY_SECONDS)
        try:
            await asyncio.get_running_loop().run_in_executor(None, workspace.note_use)
        except Exception as error:  # who serves goes on serving
            _log.error("what keys were used was not written down: %s", type(error).__name__)


async def tidying(workspace: Workspace) -> None:
    """Goes on until it is cancelled.  What cannot be done now is done another time."""
    loop = asyncio.get_running_loop()
    took = 0.0
    while True:
        await asyncio.sleep(max(EVERY_SECONDS, REST * took))
        begun = loop.time()
        try:
            while await loop.run_in_executor(None, workspace.tidy):
                pass
        except IcosaError:
            pass
        except Exception as error:  # who serves goes on serving, and tries this again
            _log.error("tidying up failed, and is tried again: %s", type(error).__name__)
        took = loop.time() - begun
