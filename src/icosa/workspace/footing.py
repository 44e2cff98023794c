"""What a workspace answers from for as long as its objects are the same.

Objects are made and changed while requests are answered.  A request is planned, run and answered on one footing; the
edition that its key was read with says whether that is still the latest one, and a write looks again at its end.
"""

from typing import NamedTuple, TypeVar

from icosa.catalogue.model import Catalogue, Object
from icosa.wire.message import Request
from icosa.wire.rest.routes import Route, Router
from icosa.wire.version import Version
from icosa.workspace.access.sealing import Sealing
from icosa.workspace.access.secrets import Secrets
from icosa.workspace.planning.answers import OneAsked, PreparedOne, ReadPlan, prepared_one
from icosa.workspace.planning.rest import FIND_MANY, FIND_ONE, plan_read
from icosa.workspace.store.keys import key_object
from icosa.workspace.store.pages import PreparedPage
from icosa.workspace.store.plan import FindMany, FindOne
from icosa.workspace.store.reads import Reads
from icosa.workspace.store.stored_catalogue import Holding

TRIES = 4
"""How often a request is planned anew because the objects were changed under it."""

QUERIES_KEPT = 1000
QUERY_KEPT_LENGTH = 1000

_P = TypeVar("_P")


class Footing(NamedTuple):
    """All that is made of one catalogue.  `keys` is the object whose records are the API keys; `pages` and `ones` are plans that
    are kept by the plural of their object and their query."""

    edition: str
    catalogue: Catalogue
    reads: Reads
    router: Router
    secrets: Secrets
    keys: Object
    pages: dict[tuple[str, str], PreparedPage]
    ones: dict[tuple[str, str], PreparedOne]


def footing_on(holding: Holding, version: Version, sealing: Sealing) -> Footing:
    catalogue = holding.catalogue
    return Footing(
        holding.edition, catalogue, holding.reads, Router(catalogue, version), Secrets(catalogue, sealing), key_object(catalogue), {}, {}
    )


def plan_kept(footing: Footing, route: Route, request: Request, version: Version) -> ReadPlan:
    """The plan of a read.  Those of pages, and of a record but for its id, are kept by their query: who polls, or looks up one
    record after the other, asks the same again and again.  Raises InvalidInput of some kind."""
    of, operation, id_ = route
    key = of.plural, request.query
    if operation is FIND_ONE:
        one = footing.ones.get(key)
        if one is not None:
            return OneAsked(one, id_ or "")
    elif operation is FIND_MANY:
        page = footing.pages.get(key)
        if page is not None:
            return page
    plan = plan_read(footing.catalogue, route, request, version)
    if isinstance(plan, FindOne):
        return OneAsked(_keep(footing.ones, key, prepared_one(footing.reads, footing.secrets, plan)), plan.id)
    return _keep(footing.pages, key, footing.reads.prepare(plan)) if isinstance(plan, FindMany) else plan


def _keep(plans: dict[tuple[str, str], _P], key: tuple[str, str], plan: _P) -> _P:
    """Keeps a plan by the query that it was made for, unless that is long, or holds a key."""
    query = key[1]
    if len(query) <= QUERY_KEPT_LENGTH and "token=" not in query:
        if len(plans) >= QUERIES_KEPT:
            plans.clear()
        plans[key] = plan
    return plan
