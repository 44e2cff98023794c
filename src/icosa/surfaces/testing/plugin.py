"""The pytest plugin.  It is loaded in every project that Icosa is installed beside, so that it loads nothing
itself: what a fixture needs comes with the first test that asks for it.

    @pytest.mark.icosa(seed="sample", now="2026-02-03T09:00:00Z")
    def test_nightly_sync(icosa_workspace): ...
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from icosa.surfaces.testing.clock import Clock
    from icosa.surfaces.testing.faults import Faults
    from icosa.surfaces.testing.server import Server
    from icosa.surfaces.testing.session import Session
    from icosa.surfaces.testing.stage import Stage
    from icosa.surfaces.testing.workspace import Workspace

MARK = (
    "icosa(seed=None, catalogue=None, api='1.0.3', faults=(), now=None): what a workspace under test begins with: "
    '"sample", records by the name of their object, or a function of a client; its objects; the version of Twenty that it '
    "answers as; rules of what goes wrong; the time"
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARK)


@pytest.fixture(scope="session")
def _icosa_session() -> Iterator[Session]:
    from icosa.surfaces.testing.session import Session

    with Session() as session:
        yield session


@pytest.fixture
def _icosa_stage(request: pytest.FixtureRequest, _icosa_session: Session) -> Iterator[Stage]:
    """The workspace as this test begins with it, whichever fixtures show it."""
    marks = list(request.node.iter_markers("icosa"))
    given: dict[str, Any] = {}
    for mark in reversed(marks):  # a test's own word counts more than that of its class or module
        if mark.args:
            raise pytest.UsageError(f"{request.node.nodeid}: write pytest.mark.icosa(seed={mark.args[0]!r}); what it takes goes by name")
        given |= mark.kwargs
    unknown = given.keys() - {"seed", "catalogue", "api", "faults", "now"}
    if unknown:
        raise pytest.UsageError(f"{request.node.nodeid}: pytest.mark.icosa has no {', '.join(sorted(unknown))}; it is {MARK}")
    stage = _icosa_session.stage(**{each: given.pop(each) for each in ("catalogue", "api") if each in given})
    stage.prepare(**given)
    yield stage
    _icosa_session.settle(stage)


@pytest.fixture
def icosa_workspace(_icosa_stage: Stage) -> Workspace:
    """A client of a workspace in this process, put back as it was before each test."""
    from icosa.surfaces.testing.workspace import Workspace

    return Workspace(_icosa_stage)


@pytest.fixture
def icosa_server(_icosa_stage: Stage, _icosa_session: Session, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The workspace over HTTP, with .url and .token.  ICOSA_URL and ICOSA_TOKEN lead to it for the whole test."""
    server = _icosa_session.server(_icosa_stage)
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return server


@pytest.fixture
def icosa_clock(_icosa_stage: Stage) -> Clock:
    """The time by which the workspace goes."""
    return _icosa_stage.clock


@pytest.fixture
def icosa_faults(_icosa_stage: Stage) -> Faults:
    """What goes wrong in this test, and the log of what did."""
    return _icosa_stage.faults
