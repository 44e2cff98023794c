"""A workspace in one file: pulled, compared, and pushed back as a plan.

from icosa import bulk, mirror

mirror.pull_into("sqlite:///crm.db", crm)
mirror.plan_push("sqlite:///crm.db", crm, Path("crm.plan"))
bulk.apply(crm, "crm.plan")
mirror.pull_back("sqlite:///crm.db", crm)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from icosa.mirror.compare import Difference, differences, objects_of
    from icosa.mirror.pull import Counts
    from icosa.mirror.pull_front import Pulled, pull_into
    from icosa.mirror.push_front import plan_push, pull_back, push_address
    from icosa.mirror.walking import Remote, remote

__all__ = [
    "Counts",
    "Difference",
    "Pulled",
    "Remote",
    "differences",
    "objects_of",
    "plan_push",
    "pull_back",
    "pull_into",
    "push_address",
    "remote",
]

_MODULES = {
    "compare": ("Difference", "differences", "objects_of"),
    "pull": ("Counts",),
    "pull_front": ("Pulled", "pull_into"),
    "push_front": ("plan_push", "pull_back", "push_address"),
    "walking": ("Remote", "remote"),
}


def __getattr__(name: str) -> Any:
    """Each is loaded when it is first used: a name here is that of no module beside it."""
    module = next((module for module, names in _MODULES.items() if name in names), None)
    if module is None:
        raise AttributeError(f"module 'icosa.mirror' has no attribute '{name}'", name=name, obj=None)
    return getattr(import_module(f"icosa.mirror.{module}"), name)
