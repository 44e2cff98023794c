"""The pages of chains."""

from typing import Final

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from icosa.surfaces.console.chains.all_chains import (
    copy_chain,
    delete_chain,
    download_chain,
    import_chain,
    list_chains,
    offer_actions,
    save_toml,
)  # fmt: skip
from icosa.surfaces.console.chains.editor import check_chain, dry_run_chain, new_chain, save_chain, show_chain
from icosa.surfaces.console.chains.results import download_items, show_run, stop_run
from icosa.surfaces.console.longest_body import LongestBody
from icosa.surfaces.console.submitted import FormRoute

ITEMS_BYTES: Final = 20 * 1024 * 1024
"""How long a form may be with the items that a run begins with."""
_LONG: Final = [Middleware(LongestBody, size=ITEMS_BYTES)]

ROUTES: list[BaseRoute] = [
    Route("/chains", list_chains),
    Route("/chains/new", new_chain, methods=["GET"]),
    FormRoute("/chains/new", save_chain, middleware=_LONG),
    FormRoute("/chains/new/check", check_chain, middleware=_LONG),
    Route("/chains/new/actions", offer_actions),
    FormRoute("/chains/new/import", import_chain),
    Route("/chains/{name}", show_chain, methods=["GET"]),
    FormRoute("/chains/{name}", save_chain, middleware=_LONG),
    FormRoute("/chains/{name}/dry-run", dry_run_chain, middleware=_LONG),
    Route("/chains/{name}/file", download_chain, methods=["GET"]),
    FormRoute("/chains/{name}/file", save_toml),
    FormRoute("/chains/{name}/copy", copy_chain),
    Route("/chains/{name}/delete", delete_chain, methods=["GET", "POST"]),
    Route("/chains/{name}/runs/{id}", show_run),
    FormRoute("/chains/{name}/runs/{id}/stop", stop_run),
    Route("/chains/{name}/runs/{id}/items", download_items),
]
