"""What a changed workspace does to what was made for it: catalogues compared, and the places that use what changed.

from icosa import doctor

doctor.compare(STANDARD, crm.catalogue)  # every difference, and whether it breaks something
doctor.examine(STANDARD, crm.catalogue, doctor.in_files([Path("scripts")], STANDARD, crm.catalogue))  # where scripts meet one
doctor.examine_move(crm.catalogue, doctor.in_files([Path("scripts")], crm.catalogue))  # where they meet Twenty 2.19
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from icosa.doctor.comparing import compare
    from icosa.doctor.examining import examine
    from icosa.doctor.files import in_files
    from icosa.doctor.finding import Finding, Severity
    from icosa.doctor.moving import examine_move
    from icosa.doctor.snapshots import read_reference, write_snapshot

__all__ = ["Finding", "Severity", "compare", "examine", "examine_move", "in_files", "read_reference", "write_snapshot"]

_MODULES = {
    "comparing": ("compare",),
    "examining": ("examine",),
    "files": ("in_files",),
    "finding": ("Finding", "Severity"),
    "moving": ("examine_move",),
    "snapshots": ("read_reference", "write_snapshot"),
}


def __getattr__(name: str) -> Any:
    """Each is loaded when it is first used: a name here is that of no module beside it."""
    module = next((module for module, names in _MODULES.items() if name in names), None)
    if module is None:
        raise AttributeError(f"module 'icosa.doctor' has no attribute '{name}'", name=name, obj=None)
    return getattr(import_module(f"icosa.doctor.{module}"), name)
