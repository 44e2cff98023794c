"""The workspaces of one run of tests: one for each catalogue, with a server where a test asked for one."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.surfaces.testing.stage import Stage

if TYPE_CHECKING:
    from icosa.surfaces.testing.server import Server


class Session:
    def __init__(self) -> None:
        self._stages: dict[Catalogue, Stage] = {}
        self._servers: dict[Stage, Server] = {}

    def stage(self, catalogue: Catalogue | None = None) -> Stage:
        """The stage of a catalogue, made when it is first asked for."""
        catalogue = catalogue or STANDARD
        if catalogue not in self._stages:
            self._stages[catalogue] = Stage(catalogue)
        return self._stages[catalogue]

    def server(self, stage: Stage) -> Server:
        """The server of a stage that was prepared, started when it is first asked for."""
        from icosa.surfaces.testing.server import Server  # here: most suites need none

        if stage not in self._servers:
            self._servers[stage] = Server(stage)
        self._servers[stage].prepare()
        return self._servers[stage]

    def settle(self, stage: Stage) -> None:
        """Ends what a test has left open on a stage."""
        if stage in self._servers:
            self._servers[stage].settle()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for server in self._servers.values():
            server.close()
        for stage in self._stages.values():
            stage.close()
