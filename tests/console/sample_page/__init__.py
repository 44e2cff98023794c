"""One page with every part of the look on it, as a room of the console would have it: for tests, and to copy from."""

from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from icosa.surfaces.console.rendering import TEMPLATES, Toast, page
from icosa.surfaces.console.showing import called, columns_of, facts, looking, rows_of

SHOWN = ("name", "domainName", "employees", "address", "annualRecurringRevenue", "accountOwner", "idealCustomerProfile", "createdAt")

if TEMPLATES.loader is not None:
    TEMPLATES.loader = ChoiceLoader([TEMPLATES.loader, FileSystemLoader(Path(__file__).parent)])


def show(request: Request) -> Response:
    with request.app.state.site.client(request.state.visitor) as crm:
        catalogue = crm.catalogue
        companies = crm.companies.find_many(limit=12, depth=1, order_by="name")
        first = companies[0] if companies else {"id": "20202020-0000-4000-8000-000000000001", "name": "Nobody yet"}
        of, look = catalogue.by_plural["companies"], looking(request)
        return page(
            request,
            "page.html",
            status=422,
            name=called(of, first),
            id=first["id"],
            record=list(facts(catalogue, of, first, look, changed=("employees",))),
            columns=columns_of(of, SHOWN),
            rows=rows_of(catalogue, of, companies, SHOWN, look),
            toasts=[Toast("Employees of Lovelace Notes: 96 → 101", undo="/runs/x/undo")],
        )


ROUTES: list[BaseRoute] = [Route("/parts", show)]
