"""/chains/new and /chains/{name}: a chain, step by step; every button saves what stands there first."""

import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import icosa
from icosa import chains
from icosa.call.finding import find_actions
from icosa.chains import ChainItem, chain_text, read_items
from icosa.chains.running import columns_of
from icosa.errors import InvalidInput, InvalidValue
from icosa.surfaces.console.chains.beginning import begun, step_of
from icosa.surfaces.console.chains.form import (
    ChainForm,
    StepForm,
    action_for,
    chain_in_form,
    form_in,
    form_of,
    moved,
    with_step,
    without_step,
)
from icosa.surfaces.console.chains.ran import ChainRun, begin, last_run, run_called, runs_of
from icosa.surfaces.console.chains.shelf import ChainChanged, Shelved, folder_of, put, taken_down, variables_in
from icosa.surfaces.console.chains.view import stops_saving, view
from icosa.surfaces.console.chains.working import start
from icosa.surfaces.console.controls.moments import zones
from icosa.surfaces.console.rendering import Toast, fragment, go_to, page
from icosa.surfaces.console.showing import looking
from icosa.surfaces.console.site import Visitor
from icosa.surfaces.console.submitted import submitted

RUNS: Final = "runs"
_SHOWN_RUNS: Final = 6
_MOVES: Final = {"up": -1, "down": 1}
_SUFFIX: Final = re.compile(r"\.\w{1,8}")
Problems = Sequence[tuple[str, str]]


def address_of(name: str) -> str:
    return f"/chains/{quote(name, safe='')}"


def runs_folder(crm: icosa.Client) -> Path:
    """Where the runs of a workspace's chains lie."""
    return folder_of(crm) / RUNS


def new_chain(request: Request) -> Response:
    """GET /chains/new"""
    with _client(request) as crm:
        return _page(request, crm, begun(request, crm), "")


def show_chain(request: Request) -> Response:
    """GET /chains/{name}"""
    with _client(request) as crm:
        kept = taken_down(crm, request.path_params["name"])
        if kept.chain is None or request.query_params.get("as") == "toml":
            return toml_page(request, crm, kept)
        return _page(request, crm, _form_of(request, crm, kept), kept.name)


def save_chain(request: Request) -> Response:
    """POST /chains/new and /chains/{name}: saves the form, and does what its button says."""
    visitor: Visitor = request.state.visitor
    if not visitor.may_write:
        raise HTTPException(403, READ_ONLY)
    sent, before = submitted(request), request.path_params.get("name", "")
    do, _, which = str(sent.get("do", "save")).partition(":")
    if do == "save" and str(sent.get("add?", "")).strip():
        do = "add"  # Enter in that box, or a step that somebody chose and did not add: it is not to be lost
    with _client(request) as crm:
        if do in ("run", "dry") and (there := run_called(runs_folder(crm), str(sent.get("once", "")))) is not None:
            return go_to(run_address(there))  # a second click
        form = form_in(sent, *crm.ready())
        try:
            form, at = _changed(crm, form, do, which, sent)
        except InvalidValue as error:
            return _page(request, crm, form, before, [("add", error.problem)], 422)
        if problems := stops_saving(form):
            return _page(request, crm, form, before, problems, 422)
        chain, _ = chain_in_form(form)
        try:
            put(crm, visitor, chain, before=before, version=_version(sent, form))
        except ChainChanged as error:
            return _page(request, crm, form, before, (), 409, now=error.now or GONE)
        except InvalidInput as error:
            return _page(request, crm, form, before, [("name" if error.message.startswith("name: ") else "", error.message)], 422)
        if do in ("run", "dry"):
            return run_saved(request, crm, chain.name, sent, dry=do == "dry")
    source = f"?{urlencode({'input': sent['input']})}" if sent.get("input") and at else ""
    return go_to(f"{address_of(chain.name)}{source}{at}", Toast("Saved") if do == "save" else None)


def dry_run_chain(request: Request) -> Response:
    """POST /chains/{name}/dry-run: what would be sent, for who may only read too."""
    with _client(request) as crm:
        return run_saved(request, crm, request.path_params["name"], submitted(request), dry=True)


def check_chain(request: Request) -> Response:
    """POST /chains/new/check: what is wrong with the form as it is, and what its steps would send; nothing is kept."""
    with _client(request) as crm:
        sent = submitted(request)
        form = form_in(sent, *crm.ready())
        folder = runs_folder(crm)
        last = last_run(runs_of(folder, request.query_params.get("of", "")))
        began = _last_items(run_called(folder, str(sent.get("input", ""))))
        return fragment(request, "chains/checked.html", of=view(crm, request.state.visitor, form, last, began))


def run_saved(request: Request, crm: icosa.Client, name: str, sent: FormData, *, dry: bool) -> Response:
    """Begins a run of a saved chain, and goes to its page; or says at once why it cannot be run."""
    visitor: Visitor = request.state.visitor
    kept = taken_down(crm, name)
    if kept.chain is None:
        return toml_page(request, crm, kept, status=422)
    form = _form_of(request, crm, kept)
    try:
        limit = _limit(sent)
        given = _given(crm, sent)
        folder = runs_folder(crm)
        id_ = str(sent.get("once", ""))
        if not re.fullmatch(r"[0-9a-f]{16}", id_):
            id_ = secrets.token_hex(8)
        if (there := run_called(folder, id_)) is not None:  # a second click
            return go_to(run_address(there))
        faults = [*variables_in(kept.chain, visitor), *chains.check(kept.chain, crm.catalogue, crm.offers)]
        if faults:
            return _page(request, crm, form, name, (), 422, runs=True)
        if given is None and chains.needs_items(kept.chain):
            return _page(request, crm, form, name, [("items", NEEDS_ITEMS)], 422)
        run = begin(folder, id_, kept.chain, visitor, dry=dry, items=given, limit=limit)
        if run is None:
            return go_to(f"{address_of(name)}/runs/{id_}")
        _check_items(crm, run)
    except InvalidValue as error:
        return _page(request, crm, form, name, [("items", f"{error.path}: {error.problem}")], 422)
    start(request.app.state, visitor, run)
    return go_to(run_address(run))


def run_address(run: ChainRun) -> str:
    return f"{address_of(run.chain)}/runs/{run.id}"


def toml_page(
    request: Request, crm: icosa.Client, kept: Shelved, text: str | None = None, problem: str = "", status: int = 200, now: str = ""
) -> Response:
    """The chain as its file has it, beside what that says."""
    form = form_of(kept.chain, *crm.ready(), "UTC") if kept.chain else None
    of = view(crm, request.state.visitor, form, last_run(runs_of(runs_folder(crm), kept.name))) if form else None
    shown = kept.text if text is None else text
    about: dict[str, Any] = {"kept": kept, "of": of, "text": shown, "problem": problem or kept.problem, "now": now}
    return page(request, "chains/toml.html", status=status, **about, address=address_of(kept.name))


def _page(
    request: Request,
    crm: icosa.Client,
    form: ChainForm,
    name: str,
    problems: Problems = (),
    status: int = 200,
    now: str = "",
    runs: bool = False,
) -> Response:
    """The page of a form.  `name` is that of the saved chain, "" for none; `now` the version that somebody else saved."""
    known = runs_of(runs_folder(crm), name) if name else []
    input_ = str((submitted(request) if request.method == "POST" else request.query_params).get("input", ""))
    source = run_called(runs_folder(crm), input_)
    of = view(crm, request.state.visitor, form, last_run(known), _last_items(source))
    address = address_of(name) if name else "/chains/new"
    return page(
        request, "chains/edit.html", status=status, of=of, name=name, address=address, problems=problems,
        refused=runs, now=now, runs=[(each, each.progress()) for each in known[:_SHOWN_RUNS]], once=secrets.token_hex(8), source=source,
        zones=zones(), zone=str(looking(request).zone), text=_text(form),
    )  # fmt: skip


def _version(sent: FormData, form: ChainForm) -> str:
    """The version that may be written over: the one that was shown, or the newer one that somebody chose to write over."""
    over = sent.get("do") == "over"
    return form.version if not over else "" if sent.get("now") == GONE else str(sent.get("now", ""))


def _last_items(run: ChainRun | None) -> Sequence[ChainItem]:
    """What the last step of a run gave; nothing of a dry run."""
    if run is None or run.dry or not run.lines.exists():
        return ()
    try:
        return read_items(run.lines)
    except InvalidInput:
        return ()


def _text(form: ChainForm) -> str:
    """The file that the form makes; "" where it makes none yet."""
    try:
        return "" if stops_saving(form) else chain_text(chain_in_form(form)[0])
    except InvalidInput:
        return ""


def _form_of(request: Request, crm: icosa.Client, kept: Shelved) -> ChainForm:
    assert kept.chain is not None, "who cannot be read has no form"
    return form_of(kept.chain, *crm.ready(), str(looking(request).zone), kept.version)


def _changed(crm: icosa.Client, form: ChainForm, do: str, which: str, sent: FormData) -> tuple[ChainForm, str]:
    """The form as a button changes it, and the place on the page to go to.  Raises InvalidValue for an action that is none."""
    at = int(which) if which.isdecimal() and len(which) < 3 else 0
    match do:
        case "add":
            step = _found(crm, which or str(sent.get("add", "")), str(sent.get("add?", "")))
            return with_step(form, step), f"#s{len(form.steps)}"
        case "remove":
            return without_step(form, at), ""
        case "up" | "down":
            return moved(form, at, at + _MOVES[do]), f"#s{at + _MOVES[do]}"
        case _:
            return form, ""


def _found(crm: icosa.Client, picked: str, typed: str) -> StepForm:
    """The step of the action that was picked, or is meant by what was typed."""
    run, _, called = picked.partition(" ")
    action = action_for(run if called.strip() == typed.strip() or not typed else typed.strip(), crm.catalogue, crm.offers)
    if action is None and typed.strip():
        near = find_actions(crm.catalogue, typed, crm.offers)[:2]
        action = (
            near[0]
            if near and (len(near) == 1 or near[0].label.casefold() == typed.strip().casefold() or _is_nearest(near, typed))
            else None
        )
    if action is None:
        text = f"no action is meant by “{typed.strip()[:60]}” alone; " if typed.strip() else ""
        raise InvalidValue("add", f"{text}say what it does and to what, such as: create task")
    return step_of(action)


def _is_nearest(near: Sequence[object], typed: str) -> bool:
    """Whether the first is what the words say in full: "create one task" rather than "create one task target"."""
    first, second = (set(getattr(each, "label", "").lower().split()) for each in near)
    wanted = set(typed.lower().split())
    return wanted <= first and len(first) < len(second)


def _limit(sent: FormData) -> int | None:
    text = str(sent.get("limit", "")).strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 7 or int(text) < 1:
        raise InvalidValue("At most", "is to be a whole number from 1 on")
    return int(text)


def _given(crm: icosa.Client, sent: FormData) -> tuple[str, bytes] | None:
    """The file that a run begins with: what was pasted, uploaded, or comes from an earlier run."""
    file, text, earlier = sent.get("file"), str(sent.get("items", "")), str(sent.get("input", ""))
    if isinstance(file, UploadFile) and file.size:
        suffix = Path(file.filename or "").suffix.lower()
        return f"input{suffix if _SUFFIX.fullmatch(suffix) else '.csv'}", file.file.read()
    if text.strip():
        return f"input.{'jsonl' if text.lstrip()[:1] in '{[' else 'csv'}", text.encode("utf-8", "replace")
    if earlier and (run := run_called(runs_folder(crm), earlier)) is not None and run.lines.exists():
        return "input.jsonl", run.lines.read_bytes()
    return None


def _check_items(crm: icosa.Client, run: ChainRun) -> None:
    """Raises InvalidValue for items that cannot be read, or do not have what the chain takes out of them."""
    try:
        began: list[ChainItem] | None = run.began()
        chains.refuse(run.as_it_was(), chains.check(run.as_it_was(), crm.catalogue, crm.offers, columns_of(began)))
    except InvalidInput:
        run.forget()
        raise


def _client(request: Request) -> icosa.Client:
    return request.app.state.site.client(request.state.visitor)  # type: ignore[no-any-return]


GONE: Final = "gone"
READ_ONLY: Final = "You signed in with a key that only reads. Chains may be looked at and dry run; nothing was saved."
NEEDS_ITEMS: Final = "this chain begins with items, which its steps name; paste some, choose a file, or take those of an earlier run"
