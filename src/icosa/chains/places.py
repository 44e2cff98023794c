"""Which paths the items of an action can have, by the catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Catalogue, Object
from icosa.chains.references import references
from icosa.toml.faults import not_there
from icosa.wire.actions import ACTION_DEFAULT_DEPTH, Action, Operation


@dataclass(frozen=True, slots=True)
class Shape:
    """What the items of an action are: records of an object with relations followed so far, or their id alone."""

    object: Object
    depth: int
    id_alone: bool = False


def shape_of(action: Action, properties: Mapping[str, Any]) -> Shape | None:
    """What an action gives when it is run with these; None where that is not known before."""
    if action.object is None or action.operation is Operation.OTHER:
        return None
    values = {"".join(filter(str.isalnum, name)).lower(): value for name, value in properties.items()}
    if values.get("fields"):
        return None
    if action.operation is Operation.DELETE_ONE:
        return Shape(action.object, 0, id_alone=True)
    depth = values.get("depth")
    if next(references(depth), None) is not None:
        return None
    known = ACTION_DEFAULT_DEPTH if depth in (None, "") else depth
    return Shape(action.object, int(known)) if str(known).isdigit() else None


def problem_at(catalogue: Catalogue, shape: Shape, path: Sequence[str]) -> str:
    """Why there can be nothing at a path of such items; "" where there can be."""
    if not path:
        return ""
    if shape.id_alone:
        return "" if path == ("id",) else "a deletion gives the id of the record alone"
    return _in_record(catalogue, shape.object, shape.depth, path)


def _in_record(catalogue: Catalogue, of: Object, depth: int, path: Sequence[str]) -> str:
    name, *rest = path
    if (field := of.field_by_name.get(name)) is not None:
        if not rest:
            return ""
        if field.type.composite:
            return _in_parts(name, {each.name: each.kind for each in field.type.parts}, rest)
        return _in_value(name, field.type.parts[0].kind, rest)
    if name in of.relation_by_key:
        return f"{name} is a single value, and nothing is in it" if rest else ""
    many = {each.name: each for each in catalogue.has_many(of)}
    if name not in of.relation_by_name and name not in many:
        return not_there(f"value of {of.resource} called", name, [*of.field_by_name, *of.relation_by_key, *of.relation_by_name, *many])
    if depth < 1:
        return f"{name} comes along where Depth says so, and the step does not ask for it so deep"
    if name in of.relation_by_name:
        return _in_record(catalogue, catalogue.by_singular[of.relation_by_name[name].target], depth - 1, rest) if rest else ""
    if rest and not rest[0].isdigit():
        return f"{name} is a list, whose items go by their place, from 0: {name}.0.{rest[0]}"
    return _in_record(catalogue, catalogue.by_singular[many[name].source], depth - 1, rest[1:]) if rest[1:] else ""


def _in_parts(name: str, parts: Mapping[str, Kind], rest: Sequence[str]) -> str:
    if rest[0] not in parts:
        return not_there(f"part of {name} called", rest[0], _named(parts))
    return _in_value(f"{name}.{rest[0]}", parts[rest[0]], rest[1:]) if rest[1:] else ""


def _in_value(name: str, kind: Kind, rest: Sequence[str]) -> str:
    if kind is Kind.JSON:
        return ""
    if kind in (Kind.OPTIONS, Kind.TEXTS):
        return "" if len(rest) == 1 and rest[0].isdigit() else f"{name} is a list of values, which go by their place, from 0"
    return f"{name} is a single value, and nothing is in it"


def _named(names: Iterable[str]) -> list[str]:
    return [each for each in names if each]
