"""/chains/{name}/runs/{id}: how far a run is, and what came of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

import icosa
from icosa import chains
from icosa.call.masking import masked
from icosa.catalogue.model import Field, Object
from icosa.chains import Chain, ChainItem
from icosa.errors import IcosaError, InvalidInput
from icosa.surfaces.console.chains.beside import sending
from icosa.surfaces.console.chains.editor import READ_ONLY, address_of, run_address, runs_folder
from icosa.surfaces.console.chains.form import action_for
from icosa.surfaces.console.chains.ran import ChainRun, RunProgress, run_called
from icosa.surfaces.console.chains.shelf import environment, shelf
from icosa.surfaces.console.problems import NotThere
from icosa.surfaces.console.rendering import fragment, go_to, is_partial, page
from icosa.surfaces.console.showing import columns_of, looking, rows_of
from icosa.surfaces.console.site import Visitor

_SHOWN: Final = 60
_FAILURES: Final = 20
_COLUMNS: Final = 7
_LONGEST_JSON: Final = 200_000
_MOST_LINES: Final = 20_000


@dataclass(frozen=True, slots=True)
class FailedItem:
    """An item that failed: of which item, why, and what was, or would have been, sent."""

    step: str
    of: str
    message: str
    code: str
    sent: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StepSummary:
    name: str
    title: str
    well: int
    failed: int


def show_run(request: Request) -> Response:
    """GET /chains/{name}/runs/{id}"""
    with _client(request) as crm:
        run = _run(request, crm)
        progress = run.progress()
        if is_partial(request) and not progress.ended and "poll" in request.query_params:
            return fragment(
                request, "chains/progress.html", run=run, progress=progress, address=run_address(run), steps=_steps(crm, run, progress)
            )
        data = _data(request, crm, run, progress)
    if is_partial(request) and "poll" in request.query_params:
        return fragment(request, "chains/outcome.html", **data)
    return page(request, "chains/run.html", **data)


def stop_run(request: Request) -> Response:
    """POST /chains/{name}/runs/{id}/stop"""
    if not request.state.visitor.may_write:
        raise HTTPException(403, READ_ONLY)
    with _client(request) as crm:
        run = _run(request, crm)
        run.stop()
    return go_to(run_address(run))


def download_items(request: Request) -> Response:
    """GET /chains/{name}/runs/{id}/items: what `icosa run` prints, a line of JSON for each item."""
    with _client(request) as crm:
        run = _run(request, crm)
    if not run.lines.exists():
        return Response("", media_type="application/x-ndjson")
    name = quote(f"{run.chain}.jsonl", safe="")
    return FileResponse(
        run.lines, media_type="application/x-ndjson", headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    )


def _data(request: Request, crm: icosa.Client, run: ChainRun, progress: RunProgress) -> dict[str, Any]:
    about = {"run": run, "progress": progress, "address": run_address(run), "chain_address": address_of(run.chain)}
    if run.dry:
        return about | {"planned": [sending(line) for line in islice(run.read(), _SHOWN)], "steps": _steps(crm, run, progress)}
    others = [(each.name, f"{address_of(each.name)}?input={run.id}") for each in shelf(crm) if each.chain]
    found = {"steps": _steps(crm, run, progress), "failures": _failures(crm, request, run), "others": others}
    return about | found | _items(request, crm, run, progress)


def _items(request: Request, crm: icosa.Client, run: ChainRun, progress: RunProgress) -> dict[str, Any]:
    """The first items of the step that the address names, of the last where it names none."""
    chain, wanted = run.as_it_was(), request.query_params.get("step", "")
    step = wanted if any(each.name == wanted for each in chain.steps) else chain.steps[-1].name
    items = list(islice((line["item"] for line in run.read() if line["step"] == step and "item" in line), _SHOWN))
    columns, rows = _table(request, crm, chain, step, items)
    return {
        "step": step,
        "columns": columns,
        "rows": rows,
        "as_": request.query_params.get("as", "table" if rows else "json"),
        "text": json.dumps(items, ensure_ascii=False, indent=2)[:_LONGEST_JSON],
        "shown": len(items),
        "total": progress.counts.get(step, (0, 0))[0],
    }


def _steps(crm: icosa.Client, run: ChainRun, progress: RunProgress) -> list[StepSummary]:
    found = []
    for each in run.as_it_was().steps:
        action = action_for(each.run, crm.catalogue, crm.offers)
        well, failed = progress.counts.get(each.name, (0, 0))
        found.append(StepSummary(each.name, action.label if action else each.run, well, failed))
    well, failed = progress.counts.get("input", (0, 0))
    return [*([StepSummary("input", "What it began with", well, failed)] if failed else []), *found]


def _table(request: Request, crm: icosa.Client, chain: Chain, step: str, items: Sequence[Any]) -> tuple[Any, Any]:
    """Columns and rows, where the items are records."""
    run = next(each.run for each in chain.steps if each.name == step)
    action = action_for(run, crm.catalogue, crm.offers)
    if action is None or action.object is None or not items or not all(isinstance(each, Mapping) and len(each) > 1 for each in items):
        return [], []
    of = action.object
    names = _columns(of, items)
    return columns_of(of, names), rows_of(crm.catalogue, of, items, names, looking(request))


def _columns(of: Object, items: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the records are called, then what says something in them, in the order of their form."""
    members = [each.name for each in of.members if not (isinstance(each, Field) and each.type.about.look.worth == "never")]
    keys = {each.name: getattr(each, "foreign_key", each.name) for each in of.members}
    filled = [name for name in members if any(item.get(name) or item.get(keys[name]) for item in items)]
    return [of.label_identifier, *(name for name in filled if name != of.label_identifier)][:_COLUMNS]


def _failures(crm: icosa.Client, request: Request, run: ChainRun) -> list[FailedItem]:
    visitor: Visitor = request.state.visitor
    chain = run.as_it_was()
    held: dict[tuple[str, int], ChainItem] = {("input", each.at): each for each in _began(run)}
    found: list[FailedItem] = []
    for line in islice(run.read(), _MOST_LINES):
        above = line["from"]
        parent = held.get((above["step"], above["at"])) if above else None
        if "item" in line:
            held[line["step"], line["at"]] = ChainItem(line["step"], line["at"], line["item"], parent=parent)
        elif len(found) < _FAILURES:
            found.append(_failure(crm, visitor, chain, line, parent))
    return found


def _failure(crm: icosa.Client, visitor: Visitor, chain: Chain, line: Mapping[str, Any], parent: ChainItem | None) -> FailedItem:
    above, error = line["from"], line["error"]
    called = parent.value.get("name") or parent.value.get("title") if parent is not None and isinstance(parent.value, Mapping) else None
    name = f", “{called}”" if isinstance(called, str) else ""
    of = f"item {above['at']} of {above['step']}{name}" if above else ""
    sent = ""
    if line["step"] != "input":
        try:
            planned = chains.preview(crm, chain, line["step"], [parent], environ=environment(visitor))
            sent = json.dumps(masked(crm.catalogue, dict(planned[0].properties)), ensure_ascii=False)
        except (IcosaError, InvalidInput):  # the workspace has changed since
            sent = ""
    return FailedItem(line["step"], of, error["message"], error["code"], sent)


def _began(run: ChainRun) -> Sequence[ChainItem]:
    try:
        return [each for each in run.began() or () if each.error is None][:_MOST_LINES]
    except InvalidInput:
        return ()


def _run(request: Request, crm: icosa.Client) -> ChainRun:
    run = run_called(runs_folder(crm), request.path_params["id"])
    if run is None or run.chain != request.path_params["name"]:
        raise NotThere("run", "There is no such run of the chain. The last 30 are kept.")
    return run


def _client(request: Request) -> icosa.Client:
    return request.app.state.site.client(request.state.visitor)  # type: ignore[no-any-return]
