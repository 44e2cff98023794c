"""GET /exports: what to export and how; GET /exports/file: the file, sent as it is made."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

import icosa
from icosa.catalogue import naming
from icosa.errors import IcosaError, InvalidInput
from icosa.exports.streaming import stream
from icosa.exports.table import ExportColumn, table
from icosa.surfaces.console.downloading import attachment
from icosa.surfaces.console.exports.asked import FORMATS, AskedExport, asked
from icosa.surfaces.console.navigation import navigation
from icosa.surfaces.console.rendering import page
from icosa.surfaces.console.showing.record import label


def shown(request: Request) -> Response:
    """GET /exports?object=&format=&filter=&order_by=&columns=&id=&names=&deleted="""
    with request.app.state.site.client(request.state.visitor) as crm:
        wanted = asked(crm.catalogue, request.query_params)
        try:
            count, problem = _count(crm, wanted), None
        except IcosaError as error:
            count, problem = 0, error
        return _page(request, crm, wanted, count, problem)


def file(request: Request) -> Response:
    """GET /exports/file, with the same query.  What can be wrong is wrong before the first byte: then it is a page."""
    crm = request.app.state.site.client(request.state.visitor)
    try:
        wanted = asked(crm.catalogue, request.query_params)
        if wanted.format.missing:
            raise InvalidInput(
                f"{wanted.format.label} needs a library that the server lacks; whoever keeps it installs {wanted.format.missing}"
            )
        pieces = stream(crm, wanted.of.plural, wanted.selection(), wanted.format.name, safe_cells=wanted.format.name == "csv")
        first = next(pieces, b"")
    except BaseException:
        crm.close()
        raise
    name = f"{wanted.of.plural}.{wanted.format.name}"
    return StreamingResponse(_rest(crm, first, pieces), headers=attachment(name), media_type=wanted.format.media_type)


def _rest(crm: icosa.Client, first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The file to its end.  What goes wrong on the way cuts the answer off, so that a browser knows that it has not all."""
    with crm:
        yield first
        yield from pieces


def _page(request: Request, crm: icosa.Client, wanted: AskedExport, count: int, problem: IcosaError | None) -> Response:
    chosen = {each.name for each in _columns(crm, wanted, problem)}
    every = table(crm.catalogue, wanted.of, depth=int(wanted.names), deleted=wanted.deleted)
    return page(
        request,
        "exports/page.html",
        422 if problem else 200,
        wanted=wanted,
        count=count,
        problem=problem,
        formats=FORMATS,
        objects=navigation(request.app.state, request.state.visitor).counted,
        columns=[(each.name, _words(wanted, each.name), each.name in chosen) for each in every],
        all=len(chosen) == len(every),
    )


def _columns(crm: icosa.Client, wanted: AskedExport, problem: IcosaError | None) -> tuple[ExportColumn, ...]:
    """The columns of the file; all of them where one that is asked for is none."""
    chosen = None if problem else wanted.columns or None
    return table(crm.catalogue, wanted.of, depth=int(wanted.names), chosen=chosen, deleted=wanted.deleted)


def _words(wanted: AskedExport, name: str) -> str:
    field, _, part = name.partition(".")
    return f"{label(wanted.of, field)}, {naming.in_a_sentence(label(wanted.of, part))}" if part else label(wanted.of, field)


def _count(crm: icosa.Client, wanted: AskedExport) -> int:
    """How many records it is.  Raises what is wrong with the filter, the order or a column."""
    selection = wanted.selection()
    table(crm.catalogue, wanted.of, depth=selection.depth, chosen=selection.columns, deleted=selection.deleted)
    found = crm[wanted.of.plural].find_many(where=selection.filter, order_by=selection.order_by, limit=1, depth=0)
    return found.total_count


ROUTES: list[BaseRoute] = [Route("/exports", shown), Route("/exports/file", file)]
