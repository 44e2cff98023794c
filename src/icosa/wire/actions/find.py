"""From what somebody typed to an object, an action, a property: labels and names, in any of their spellings.

"Connected Accounts", connectedAccounts, connected_accounts and connected-accounts are the same name, and
so is its singular; an operation can be called by its label, "Update One Connected Account", or by itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from icosa.catalogue.folding import folded
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import UnknownAction, UnknownField, UnknownObject
from icosa.wire.actions.action import GENERAL, OPEN_API_SCHEMA, Action, actions_of
from icosa.wire.actions.properties import Property

_folded = lru_cache(maxsize=4096)(folded)  # a plan asks for the same few, a million times


def find_object(catalogue: Catalogue, resource: str) -> Object:
    """The object that a resource is about.  Raises UnknownObject with the nearest names."""
    found = _objects(catalogue).get(_folded(resource))
    if found is None:
        names = [each.resource for each in catalogue]
        raise UnknownObject(f"There is no resource '{resource}'. {_nearest(resource, names, 'Resources are')}")
    return found


def find_action(catalogue: Catalogue, resource: str, operation: str, actions: Callable[[Object], Iterable[Action]] = actions_of) -> Action:
    """The action of a resource; `actions` gives those that an object has.  Raises UnknownObject or UnknownAction
    with the nearest names."""
    candidates: Sequence[Action] = (OPEN_API_SCHEMA,)
    if _folded(resource) != _folded(GENERAL):
        candidates = tuple(actions(find_object(catalogue, resource)))
    wanted = _folded(operation)
    for action in candidates:
        if wanted in (_folded(action.label), _folded(action.verb)):
            return action
    names = [each.label for each in candidates]
    raise UnknownAction(f"{candidates[0].resource} has no operation '{operation}'. {_nearest(operation, names, 'It has')}")


def find_property(action: Action, name: str) -> Property:
    """The property of that label or name.  Raises UnknownField with the nearest labels."""
    wanted = _folded(name)
    for each in action.properties:
        if wanted == _folded(each.name):
            return each
    labels = [each.label for each in action.properties]
    raise UnknownField(f"{action.label} has no property '{name}'. {_nearest(name, labels, 'It has')}")


@lru_cache(maxsize=16)
def _objects(catalogue: Catalogue) -> Mapping[str, Object]:
    found: dict[str, Object] = {}
    for names in ("plural", "singular", "label_plural", "label"):
        for each in catalogue:
            found.setdefault(_folded(getattr(each, names)), each)
    found.pop("", None)
    return MappingProxyType(found)


def _nearest(name: str, names: Sequence[str], introduction: str) -> str:
    """A sentence that names the closest of `names`, or some of them where none is close."""
    by_fold = {_folded(each): each for each in names}
    from difflib import get_close_matches  # here: names are seldom wrong

    near = [by_fold[each] for each in get_close_matches(_folded(name), by_fold, n=3, cutoff=0.6)]
    if near:
        return f"Did you mean {_listed(near, ' or ')}?"
    if not names:
        return "It has none at all."
    return f"{introduction} {_listed(names[:7])}{' and more' if len(names) > 7 else ''}."


def _listed(names: Sequence[str], between: str = ", ") -> str:
    return between.join(f"'{each}'" for each in names)
