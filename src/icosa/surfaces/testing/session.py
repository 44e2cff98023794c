"""The workspaces of one run of tests: one for each catalogue and version, with a server where a test asked for one."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from icosa.catalogue.model import Catalogue
from icosa.surfaces.testing.stage import Stage, version_named
from icosa.wire.version import TWENTY_1_0_3

if TYPE_CHECKING:
    from icosa.surfaces.testing.server import Server


class Session:
    def __init__(self) -> None:
        self._stages: dict[tuple[Catalogue, str], Stage] = {}
        self._servers: dict[Stage, Server] = {}

    def stage(self, catalogue: Catalogue | None = None, api: str = TWENTY_1_0_3.name) -> Stage:
        """The stage of a catalogue, or of the standard objects of a version, made when it is first asked for."""
        catalogue = catalogue or version_named(api).standard
        if (catalogue, api) not in self._stages:
            self._stages[catalogue, api] = Stage(catalogue, api)
        return self._stages[catalogue, api]

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
