"""Further names of columns: what newer versions of Twenty call them, as their clients do to servers of any version."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from icosa.catalogue.model import Object

_TARGETS: Final = {"targetCompanyId": "companyId", "targetOpportunityId": "opportunityId", "targetPersonId": "personId"}

SYNONYMS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({"noteTarget": _TARGETS, "taskTarget": _TARGETS})
"""By object, the foreign key that each stands for.  An object that has a column of such a name itself means that one."""


def own_name(of: Object, name: str) -> str:
    """The name of the foreign key that a name stands for, or the name itself."""
    key = SYNONYMS.get(of.singular, {}).get(name, name)
    return key if key in of.relation_by_key and name not in of.relation_by_key else name
