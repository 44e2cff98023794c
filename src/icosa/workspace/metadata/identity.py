"""The ids of what nobody gave one: made of names, so that they are the same whenever and wherever they are asked for."""

from typing import Final
from uuid import UUID, uuid5

from icosa.workspace.store.statement import Statements
from icosa.workspace.store.workspace_id import known_workspace_id

_NAMESPACE = UUID("6f1d3c52-0b0e-4a4b-9a53-1c05a0000219")


def derived(*names: str) -> str:
    """The id of what these names lead to."""
    return str(uuid5(_NAMESPACE, " ".join(names)))


STANDARD_APPLICATION: Final = derived("application", "standard")
CUSTOM_APPLICATION: Final = derived("application", "custom")


def workspace() -> Statements[str]:
    """The id of the workspace: its own, once anybody needed one."""
    return (yield from known_workspace_id()) or derived("workspace")
