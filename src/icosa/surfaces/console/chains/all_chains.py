"""/chains: the chains that are there, and what is done with one as a whole: brought in, copied, downloaded, deleted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import icosa
from icosa import chains
from icosa.call.finding import find_actions
from icosa.chains import chain_in
from icosa.chains.saved import SUFFIX, delete
from icosa.errors import InvalidInput
from icosa.forms.call import method_name
from icosa.surfaces.console.chains.beginning import step_of
from icosa.surfaces.console.chains.editor import READ_ONLY, address_of, runs_folder, toml_page
from icosa.surfaces.console.chains.form import action_for
from icosa.surfaces.console.chains.ran import ChainRun, runs_of
from icosa.surfaces.console.chains.shelf import ChainChanged, Shelved, folder_of, free_name, put, shelf, taken_down
from icosa.surfaces.console.rendering import Toast, fragment, go_to, page
from icosa.surfaces.console.showing import looking
from icosa.surfaces.console.showing.moments import ago, read_moment
from icosa.surfaces.console.submitted import submitted

_OFFERED = 12


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A chain among others: its steps in words, how much in it is wrong, and its last run."""

    name: str
    address: str
    steps: str
    description: str
    faults: int
    problem: str
    last: ChainRun | None
    when: str


class Offer:
    """An action among those that a box offers."""

    def __init__(self, id_: str, name: str, more: str) -> None:
        self.id, self.name, self.more = id_, name, more


def list_chains(request: Request) -> Response:
    """GET /chains"""
    with _client(request) as crm:
        return page(request, "chains/list.html", rows=list(_rows(request, crm)), problem="", text="")


def import_chain(request: Request) -> Response:
    """POST /chains/new/import: a chain that was pasted or uploaded is kept under its name, or one like it."""
    _refuse_reader(request)
    sent = submitted(request)
    file = sent.get("file")
    text, name = str(sent.get("text", "")), "chain.toml"
    if isinstance(file, UploadFile) and file.size:
        text, name = file.file.read().decode("utf-8-sig", "replace"), Path(file.filename or name).name
    with _client(request) as crm:
        try:
            found = chain_in(text, name)
            found = replace(found, name=free_name(crm, found.name))
            put(crm, request.state.visitor, found)
        except InvalidInput as error:
            return page(request, "chains/list.html", status=422, rows=list(_rows(request, crm)), problem=error.message, text=text)
    return go_to(address_of(found.name), Toast(f"Saved as {found.name}"))


def save_toml(request: Request) -> Response:
    """POST /chains/{name}/file: the chain as its file is to be."""
    _refuse_reader(request)
    sent = submitted(request)
    text, version = str(sent.get("text", "")).replace("\r\n", "\n"), str(sent.get("version", ""))
    with _client(request) as crm:
        kept = taken_down(crm, request.path_params["name"])
        try:
            found = replace(chain_in(text, f"{kept.name}{SUFFIX}"))
            put(crm, request.state.visitor, found, before=kept.name, version=kept.version if sent.get("do") == "over" else version)
        except ChainChanged as error:
            return toml_page(request, crm, replace(kept, version=version), text, status=409, now=error.now)
        except InvalidInput as error:
            return toml_page(request, crm, replace(kept, version=version), text, error.message, 422)
    return go_to(f"{address_of(found.name)}?as=toml", Toast("Saved"))


def copy_chain(request: Request) -> Response:
    """POST /chains/{name}/copy"""
    _refuse_reader(request)
    with _client(request) as crm:
        kept = _readable(taken_down(crm, request.path_params["name"]))
        made = replace(kept, name=free_name(crm, f"{kept.name} copy"))
        put(crm, request.state.visitor, made)
    return go_to(address_of(made.name), Toast(f"Copied to {made.name}"))


def download_chain(request: Request) -> Response:
    """GET /chains/{name}/file"""
    with _client(request) as crm:
        kept = taken_down(crm, request.path_params["name"])
    return Response(kept.text, media_type="application/toml", headers={"content-disposition": _attached(f"{kept.name}{SUFFIX}")})


def delete_chain(request: Request) -> Response:
    """GET and POST /chains/{name}/delete: asks, and deletes."""
    _refuse_reader(request)
    with _client(request) as crm:
        kept = taken_down(crm, request.path_params["name"])
        if request.method != "POST":
            return page(request, "chains/delete.html", kept=kept, address=address_of(kept.name))
        delete(folder_of(crm), kept.name)
    return go_to("/chains", Toast(f"Deleted {kept.name}"))


def offer_actions(request: Request) -> Response:
    """GET /chains/new/actions: the actions that words are about, for a box that adds a step."""
    sought = request.query_params.get("add?", request.query_params.get("q", "")).strip()[:200]
    with _client(request) as crm:
        found = find_actions(crm.catalogue, sought, crm.offers)[:_OFFERED] if sought else []
        offers = [Offer(f"{step_of(each).name}.{method_name(each)}", each.label, each.resource) for each in found]
    return fragment(request, "chains/offers.html", offers=offers)


def _rows(request: Request, crm: icosa.Client) -> Iterator[ChainRow]:
    now = looking(request).now
    last: dict[str, ChainRun] = {}
    for run in runs_of(runs_folder(crm)):
        if not run.dry:
            last.setdefault(run.chain, run)
    return (_row(crm, each, last.get(each.name), now) for each in shelf(crm))


def _row(crm: icosa.Client, kept: Shelved, last: ChainRun | None, now: datetime) -> ChainRow:
    chain = kept.chain
    at = read_moment(last.made_at) if last else None
    return ChainRow(
        kept.name,
        address_of(kept.name),
        " → ".join(_title(crm, step.run) for step in chain.steps) if chain else "",
        chain.description if chain else "",
        len(chains.check(chain, crm.catalogue, crm.offers)) if chain else 0,
        kept.problem,
        last,
        ago(at, now) if at else "",
    )


def _title(crm: icosa.Client, run: str) -> str:
    action = action_for(run, crm.catalogue, crm.offers)
    return action.label if action else run


def _readable(kept: Shelved) -> chains.Chain:
    if kept.chain is None:
        raise HTTPException(422, f"The chain cannot be read, and so not be copied. {kept.problem}")
    return kept.chain


def _refuse_reader(request: Request) -> None:
    if not request.state.visitor.may_write:
        raise HTTPException(403, READ_ONLY)


def _attached(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def _client(request: Request) -> icosa.Client:
    return request.app.state.site.client(request.state.visitor)  # type: ignore[no-any-return]
