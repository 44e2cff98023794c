"""A server tidies up after its workspace: in one of its processes, a little at a time."""

import asyncio
import logging

from icosa.errors import IcosaError
from icosa.workspace.workspace import Workspace

EVERY_SECONDS = 30.0

REST = 10
"""How many times as long as it took it then rests: what is destroyed has a whole search index merged, and a large one would
otherwise be merged over and over."""

_log = logging.getLogger("icosa")


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
