"""What machines ask of a server without a key: whether it can do its work, and its numbers.  (Whether it is alive,
/healthz, the workspace says itself.)"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from icosa.errors import IcosaError
from icosa.wire.message import Answer
from icosa.workspace.http.watch import Watch
from icosa.workspace.workspace import Workspace

if TYPE_CHECKING:
    from icosa.workspace.http.metrics import Metrics

READY_PATH, METRICS_PATH = "/readyz", "/metrics"
_LASTING_SECONDS = 1.0
"""How long the word stands that it is ready, or is not: whoever asks sets a write off."""

_log = logging.getLogger("icosa")
_READY = Answer(200, b'{"status":"ready"}')
_NOT_READY = Answer(503, b'{"status":"unavailable"}', (("Retry-After", "1"),))

Probe = Callable[[], Awaitable[Answer]]


def probes(workspace: Workspace, watch: Watch | None) -> Mapping[str, Probe]:
    """What is answered at which path; numbers only where they are kept."""
    found: dict[str, Probe] = {READY_PATH: _Readiness(workspace).answer}
    if watch is not None and watch.metrics is not None:
        found[METRICS_PATH] = partial(_numbers, workspace, watch, watch.metrics)
    return found


class _Readiness:
    """Whether the workspace can be written to.  Strangers are told no more than that; the log has the reason."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._answer = _READY
        self._until = 0.0
        self._asking = asyncio.Lock()

    async def answer(self) -> Answer:
        async with self._asking:
            if time.monotonic() > self._until:
                self._answer = await self._look()
                self._until = time.monotonic() + _LASTING_SECONDS
            return self._answer

    async def _look(self) -> Answer:
        try:
            await self._workspace.check_writable()
        except IcosaError as error:
            if self._answer is _READY:
                _log.error("the workspace is not ready: %s", error)
            return _NOT_READY
        if self._answer is not _READY:
            _log.warning("the workspace is ready again")
        return _READY


async def _numbers(workspace: Workspace, watch: Watch, metrics: "Metrics") -> Answer:
    from icosa.workspace.http.metrics import CONTENT_TYPE  # here: loaded already, as there are some

    facts = await workspace.facts()
    watch.hand_on()
    return Answer(200, metrics.text(facts).encode(), (("Content-Type", CONTENT_TYPE),))
