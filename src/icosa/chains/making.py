"""A chain made of calls, and references made of values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from icosa.call.extensions import PLAIN
from icosa.catalogue import naming
from icosa.catalogue.model import Catalogue
from icosa.chains.chain import ENV, ITEM, RESERVED, Chain, Step
from icosa.chains.references import Reference, escaped
from icosa.chains.samples import tree
from icosa.forms.call import Call, action_named, method_name
from icosa.forms.text import STANDS_FOR, veiled
from icosa.wire.openapi.reading import Offers

LEAST: Final = 8
"""Characters of a text that is taken for the same as another, rather than for a word that both happen to have."""


def chain_of(catalogue: Catalogue, calls: Iterable[Call], name: str = "Chain", *, offers: Offers = PLAIN) -> Chain:
    """The chain that runs these calls in order, each step called after its resource.

    Values stand as they are; those of secrets as variables of the environment.  Raises UnknownObject or UnknownAction for a
    call of none.
    """
    steps: list[Step] = []
    for call in calls:
        action = action_named(catalogue, call.resource, call.operation, offers)
        resource = naming.snake_case(action.object.plural) if action.object else naming.snake_case(action.resource.lower())
        properties = _literal(veiled(action.object, dict(call.properties)))
        steps.append(Step(_free(resource, [each.name for each in steps]), f"{resource}.{method_name(action)}", properties))
    return Chain(name, tuple(steps))


def inferred(properties: Mapping[str, Any], item: Any, source: str = ITEM) -> dict[str, Any]:
    """The properties with a reference for each value that stands at one path of an item, and at no other: ids, and texts of
    some length.  What may be a coincidence is left as it is; so is what holds a reference already."""
    paths: dict[str, list[tuple[str, ...]]] = {}
    for each in tree([item]):
        if isinstance(each.value, str) and len(each.value) >= LEAST:
            paths.setdefault(each.value, []).append(each.path)

    def of(value: Any) -> Any:
        match value:
            case str():
                at = _nearest(paths.get(value, ()))
                return value if at is None else str(Reference(source, at))
            case Mapping():
                return {name: of(each) for name, each in value.items()}
            case list():
                return [of(each) for each in value]
            case _:
                return value

    return {name: of(value) for name, value in properties.items()}


def _nearest(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The one path; of several the one that is shorter than all others, such as the item's own id."""
    ordered = sorted(paths, key=len)
    return ordered[0] if len(ordered) == 1 or (ordered and len(ordered[0]) < len(ordered[1])) else None


def _free(name: str, taken: Sequence[str]) -> str:
    name = re.sub(r"[^A-Za-z0-9_-]", "_", name)
    name = f"{name}_step" if name in RESERVED else name
    at = next(number for number in range(1, len(taken) + 2) if (name if number == 1 else f"{name}_{number}") not in taken)
    return name if at == 1 else f"{name}_{at}"


def _literal(value: Any) -> Any:
    """Values as a chain has them: braces that are none of a reference, and variables."""
    match value:
        case str():
            variable = STANDS_FOR.fullmatch(value)
            return str(Reference(ENV, (variable[1],))) if variable else escaped(value)
        case Mapping():
            return {name: _literal(each) for name, each in value.items()}
        case list():
            return [_literal(each) for each in value]
        case _:
            return value
