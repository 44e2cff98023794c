"""What `find-many` takes beside the properties of its action: what to look for, what to show of it, and how much."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from icosa.catalogue.model import Catalogue, Object
from icosa.client.credentials.resolving import Destination

if TYPE_CHECKING:
    from icosa.surfaces.cli.columns import ChosenColumn

_PAGED: Final = ("limit", "starting_after", "ending_before")
_ALL: Final = "--all shows every record there is, or that a filter finds"


class View(NamedTuple):
    """How records are shown: by which columns, and whether all of them.  `columns` is how they were named; `goes_on`
    where the page is the next one after what the terminal showed."""

    chosen: "tuple[ChosenColumn, ...]" = ()
    columns: str | None = None
    every: bool = False
    goes_on: bool = False


PLAIN: Final = View()


def looking(
    catalogue: Catalogue, of: Object, given: Mapping[str, Any], values: Mapping[str, Any], target: Callable[[], Destination]
) -> tuple[dict[str, Any], View]:
    """What is asked for, and how it is shown; `values` are those of the command's parameters, `target`
    gives the workspace.  Raises UsageError for
    options that contradict each other, InvalidQuery for --search, UnknownField for --columns."""
    search, columns, every = values.get("search"), values.get("columns"), bool(values.get("every"))
    query = dict(given)
    if values.get("next"):
        _stands_alone(query, search, every, bool(values.get("deleted")))
        from icosa.surfaces.cli import last_page  # here, as all that only one of the options needs

        query = last_page.kept(target(), of)
        columns = columns or query.pop("columns", None)
    if every:
        _refuse_pages(query, values)
    if search is not None:
        from icosa.call.searching import with_search  # here: as above

        query["filter"] = with_search(of, query.get("filter"), search)
    if values.get("deleted"):
        from icosa.call.where import DELETED, both  # here: as above

        query["filter"] = str(both(query.get("filter"), DELETED))
    chosen: tuple[ChosenColumn, ...] = ()
    if columns is not None:
        from icosa.surfaces.cli.columns import columns_named, depth_of  # here: as above

        chosen = columns_named(catalogue, of, columns)
        query["depth"] = str(max(depth_of(chosen), _depth(query)))
    return query, View(chosen, columns, every, bool(values.get("next")))


def _depth(query: Mapping[str, Any]) -> int:
    """How deep records are read in any case."""
    given = query.get("depth")
    return int(given) if given in ("1", "2") else 0


def _stands_alone(query: Mapping[str, Any], search: str | None, every: bool, deleted: bool) -> None:
    filters = [*query, *(["search"] if search is not None else []), *(["all"] if every else []), *(["deleted"] if deleted else [])]
    if filters:
        raise click.UsageError(f"--next goes on with what was asked for before; leave out --{filters[0].replace('_', '-')}")


def _refuse_pages(query: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    paged = next((name for name in _PAGED if name in query), None)
    if paged:
        raise click.UsageError(f"{_ALL}; leave out --{paged.replace('_', '-')}, or leave out --all")
    if values.get("dry_run") or values.get("as_form"):
        raise click.UsageError(f"{_ALL}, by as many requests as that takes; leave it out to see the first of them")
