"""A saved answer of an API, and the records in it.

The records of Twenty's REST API stand under `data` and the name of what was asked for, those of GraphQL as nodes of
edges, those of other programs under a name of their own, beside what says how many there are and where the next page
is.  An object is an answer only where it can be nothing else.
"""

from collections.abc import Mapping
from typing import Any, Final

_WORDS: Final = (
    "totalcount total count size pageinfo paging pagination page pages perpage limit offset meta metadata links next previous prev "
    "first last nextcursor cursor hasmore hasnextpage errors extensions typename status success message"
)
_BESIDE: Final = frozenset(_WORDS.split())
"""What stands beside records in an answer, and is none of them."""


def records_of(answer: Mapping[str, Any]) -> list[Any] | None:
    """The records of an answer, None for what is an object of its own."""
    if "data" in answer and _is_beside(answer, "data"):
        data = answer["data"]
        if isinstance(data, list):
            return _of_list(data)
        return _of_data(data) if isinstance(data, Mapping) else None
    lists = [name for name, value in answer.items() if isinstance(value, list) and any(isinstance(each, Mapping) for each in value)]
    if len(lists) == 1 and _is_beside(answer, lists[0]):
        return _of_list(answer[lists[0]])
    return None


def _of_data(data: Mapping[str, Any]) -> list[Any] | None:
    """What stands under `data`: records by the name of what was asked for, once or several times, or one record."""
    members = list(data.values())
    if members and all(isinstance(each, list) or _is_connection(each) for each in members):
        return [record for each in members for record in _of_list(each["edges"] if isinstance(each, Mapping) else each)]
    if len(members) == 1 and isinstance(members[0], Mapping):
        return members
    return [data] if any(isinstance(each, str | int | float) for each in members) else None


def _of_list(items: list[Any]) -> list[Any]:
    found: list[Any] = []
    for each in items:
        if isinstance(each, Mapping) and "node" in each and each.keys() <= {"node", "cursor", "__typename"}:
            found.append(each["node"])
        elif isinstance(each, Mapping) and (held := _of_duplicates(each)) is not None:
            found += held
        else:
            found.append(each)
    return found


def _of_duplicates(item: Mapping[str, Any]) -> list[Any] | None:
    """The records of one of several answers in a list, as to a question for duplicates."""
    lists = [name for name, value in item.items() if isinstance(value, list)]
    if len(lists) != 1 or len(item) < 2 or not lists[0].endswith("Duplicates") or not _is_beside(item, lists[0]):
        return None
    return _of_list(item[lists[0]])


def _is_connection(value: Any) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("edges"), list) and _is_beside(value, "edges")


def _is_beside(answer: Mapping[str, Any], but: str) -> bool:
    """Whether all other members are what stands beside records."""
    return all(name == but or name.replace("_", "").lower() in _BESIDE for name in answer)
