"""How filters and orders name a value: `employees`, `address.addressCity`, `companyId`."""

from collections.abc import Sequence

from icosa.catalogue.columns import Column, column_by_path, columns
from icosa.catalogue.kinds import brief, shown
from icosa.catalogue.model import Object
from icosa.errors import InvalidQuery
from icosa.wire.language.synonyms import own_name

_LONGEST_GUESS = 64  # nobody mistypes a name into more than this, and comparing long texts is slow


def column_at(of: Object, path: str, parameter: str) -> Column:
    """The column of an object that a path names.

    Raises InvalidQuery, in the name of the query parameter, saying which path would be right.
    """
    column = column_by_path(of).get(path) or column_by_path(of).get(own_name(of, path))
    if column is None:
        raise _unknown(of, path, parameter)
    return column


def _unknown(of: Object, path: str, parameter: str) -> InvalidQuery:
    head, dot, part = path.partition(".")
    field = of.field_by_name.get(head)
    if field is not None and field.type.composite:
        parts = ", ".join(column.path for column in columns(of) if column.field == head)
        if not dot:
            legacy = f"Sub field metadata not found for composite type: {field.type_name}"
            return InvalidQuery(f"{parameter}: '{head}' has several parts; name one of {parts}", legacy=legacy)
        return _missing(of, part, f"{parameter}: '{head}' has no part {shown(part)}; its parts are {parts}")
    if head in of.relation_by_name:
        key = of.relation_by_name[head].foreign_key
        return _missing(of, head, f"{parameter}: '{head}' is a relation; use its foreign key '{key}', whose value is the id of a record")
    if dot and (field is not None or head in of.relation_by_key):
        return _missing(of, part, f"{parameter}: '{head}' has no parts; write '{head}' alone")
    whole = next((column.path for column in columns(of) if column.part == path != ""), None)
    if whole is not None:
        legacy = f"Field metadata not found for field: {path}"
        if parameter == "order_by":
            legacy = f'Field "{path}" does not exist or is not sortable'
        return InvalidQuery(f"{parameter}: '{path}' is a part of a field; write '{whole}'", legacy=legacy)
    return _missing(of, head, f"{parameter}: '{of.singular}' has no field {shown(path)}; {_guess(of, path)}")


def _missing(of: Object, name: str, message: str) -> InvalidQuery:
    return InvalidQuery(message, legacy=f"field '{brief(name)}' does not exist in '{of.table}' object")


def _guess(of: Object, path: str) -> str:
    return guess(path, [column.path for column in columns(of)])


def guess(name: str, known: Sequence[str]) -> str:
    """Which field may be meant by a name that none has, for the end of a sentence."""
    import difflib  # here: names are seldom wrong

    near = difflib.get_close_matches(name, known, 1) if len(name) <= _LONGEST_GUESS else []
    return f"did you mean '{near[0]}'?" if near else f"its fields are {', '.join(known)}"
