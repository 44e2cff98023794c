"""GET /health: whether it can be written to, how fast it answers, how big it is, how it grows."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from icosa.errors import IcosaError
from icosa.surfaces.console.health.measured import Answered, answered, milliseconds
from icosa.surfaces.console.health.pictures import Picture, bars
from icosa.surfaces.console.health.weeks import Weeks, weeks
from icosa.surfaces.console.objects.pages import label_of
from icosa.surfaces.console.rendering import page

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def health(request: Request) -> Response:
    """With `count`, the weeks of a server elsewhere too: each is a request to it."""
    site = request.app.state.site
    vitals = site.vitals()
    measured = answered(vitals.metrics) if vitals and vitals.metrics is not None else None
    grown, why = _grown(request) if not site.remote or request.query_params.get("count") else (None, "")
    sizes = [(what, size, in_bytes(size)) for what, size in vitals.sizes] if vitals else []
    return page(
        request, "health/page.html", vitals=vitals, measured=measured, why=why, grown=grown,
        speed=_speed(measured) if measured and measured.total else None, size=_size(sizes) if sizes else None, sizes=sizes,
        growth=_growth(grown) if grown and any(grown.totals()) else None, milliseconds=milliseconds, label_of=label_of, day=_day,
    )  # fmt: skip


def in_bytes(size: float) -> str:
    """A size as people read it: 5242880 -> "5.2 MB"."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:,.1f} TB"


def _grown(request: Request) -> tuple[Weeks | None, str]:
    try:
        return weeks(request), ""
    except IcosaError as error:
        return None, error.message


def _speed(of: Answered) -> Picture:
    description = f"{of.total:,} requests" + (f", 95 of 100 within {milliseconds(of.p95)}" if of.p95 else "")
    return bars("Requests by how long they took", description, [(milliseconds(bound), count, f"{count:,}") for bound, count in of.by_time])


def _size(sizes: Sequence[tuple[str, int, str]]) -> Picture:
    return bars("Size on disk", ", ".join(f"{what} {text}" for what, _, text in sizes), [(what, size, text) for what, size, text in sizes])


def _growth(of: Weeks) -> Picture:
    totals = of.totals()
    description = f"{sum(totals):,} records in {len(totals)} weeks, {totals[-1]:,} in this one"
    values = [(_day(start), count, f"{count:,}") for start, count in zip(of.starts, totals, strict=True)]
    return bars("Records made in each week", description, values)


def _day(of: object) -> str:
    return f"{of.day} {_MONTHS[of.month - 1]}"  # type: ignore[attr-defined]


ROUTES: list[BaseRoute] = [Route("/health", health)]
