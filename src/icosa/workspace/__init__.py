"""A workspace of one's own: it answers the REST API from a database.

    workspace = open_workspace("sqlite:///crm.db")
    answer = workspace.answer(Request("GET", "/rest/people", "limit=1"), IN_PROCESS)

What opens one is loaded when it is first used: the process that starts a server never opens a workspace itself.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from icosa.workspace.access.keys import IN_PROCESS
    from icosa.workspace.in_process import InProcess
    from icosa.workspace.opening import open_workspace
    from icosa.workspace.workspace import Workspace

__all__ = ["IN_PROCESS", "InProcess", "Workspace", "open_workspace"]

_LATER = {
    "IN_PROCESS": "icosa.workspace.access.keys",
    "InProcess": "icosa.workspace.in_process",
    "Workspace": "icosa.workspace.workspace",
    "open_workspace": "icosa.workspace.opening",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'icosa.workspace' has no attribute '{name}'", name=name, obj=None)
    value = globals()[name] = getattr(import_module(_LATER[name]), name)
    return value
