"""A workspace in every test suite.

    import icosa.testing

    with icosa.testing.workspace(seed="sample") as crm: ...
    with icosa.testing.server(faults=[icosa.testing.RateLimited(share=0.2)]) as server: ...

With pytest, the fixtures `icosa_workspace`, `icosa_server`, `icosa_clock` and `icosa_faults` are there without
any import, and `@pytest.mark.icosa(seed=…, catalogue=…, api=…, faults=…, now=…)` says what a test begins with.
"""

from icosa.surfaces.testing.app import FaultyApp
from icosa.surfaces.testing.clock import Clock
from icosa.surfaces.testing.faults import Faults, Struck
from icosa.surfaces.testing.keys import Keys
from icosa.surfaces.testing.rules import (
    CutAnswer,
    ExpiredKey,
    LostAnswer,
    RateLimited,
    RenamedField,
    Rule,
    ServerError,
    Slow,
)
from icosa.surfaces.testing.rules_of_2_19 import LostNulls, UntoldWrite
from icosa.surfaces.testing.server import Server, server
from icosa.surfaces.testing.transport import FaultyTransport
from icosa.surfaces.testing.workspace import Workspace, workspace

__all__ = [
    "Clock",
    "CutAnswer",
    "ExpiredKey",
    "Faults",
    "FaultyApp",
    "FaultyTransport",
    "Keys",
    "LostAnswer",
    "LostNulls",
    "RateLimited",
    "RenamedField",
    "Rule",
    "Server",
    "ServerError",
    "Slow",
    "Struck",
    "UntoldWrite",
    "Workspace",
    "server",
    "workspace",
]
