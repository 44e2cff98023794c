"""The pane beside a form: what came of it, what it sends, and what was run before."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from starlette.requests import Request

import icosa
from icosa.journal.journal_file import Run
from icosa.surfaces.console.run.filled_form import FilledForm, reads
from icosa.surfaces.console.run.form_page import address_of
from icosa.surfaces.console.run.running import ActionRun, history
from icosa.surfaces.console.run.shown_groups import group_table
from icosa.surfaces.console.run.shown_run import (
    WORDS,
    ShownGroup,
    ShownRecord,
    View,
    first_view,
    headline,
    json_of,
    shown_record,
    tables,
)  # fmt: skip
from icosa.surfaces.console.showing import looking
from icosa.surfaces.console.showing.moments import ago, read_moment


class PastRun(NamedTuple):
    id: str
    when: str
    href: str
    by: str


@dataclass(frozen=True, slots=True)
class ResultPane:
    """`view` is the tab that is open, with what it shows: `groups`, `record`, `text` (with `cut` where there is more) or `past`.
    `dry` where somebody asked just that; `sure` where they have to say so."""

    view: View
    tabs: Sequence[tuple[str, str, Any]]
    run: str = ""
    headline: str = ""
    repeated: bool = False
    groups: Sequence[ShownGroup] = ()
    record: ShownRecord | None = None
    text: str = field(default="", repr=False)
    cut: bool = False
    download: str = ""
    dry: bool = False
    past: Sequence[PastRun] = ()


def result_pane(
    request: Request, crm: icosa.Client, form: FilledForm, view: View | None, run: ActionRun | None, *, dry: bool = False
) -> ResultPane:
    """The pane for what came of a form; without a run, what it sends."""
    past = [] if reads(form.action) else history(crm, request.state.visitor, form.action)
    shown: View = view or (first_view(run) if run else "request")
    if shown in ("table", "record", "json") and run is None:
        shown = "request"
    tabs = _tabs(form, run, len(past))
    look, catalogue = looking(request), crm.catalogue
    pane = ResultPane(shown, tabs, download=_download(form), dry=dry, past=[_past(form, each, look.now) for each in past])
    if run is None:
        return pane
    grouped = None
    if run.groupings and shown == "table":
        grouped = group_table(crm, run, form.call.properties if form.call else {}, look)
        shown = "table" if grouped else "json"
    text, whole = json_of(catalogue, run) if shown == "json" else ("", True)
    return replace(
        pane,
        run=run.run,
        headline=headline(run),
        repeated=run.repeated,
        view=shown,
        groups=[grouped] if grouped else list(tables(catalogue, run, look)) if shown == "table" else (),
        record=shown_record(catalogue, run, look) if shown == "record" else None,
        text=text,
        cut=not whole,
    )


def _tabs(form: FilledForm, run: ActionRun | None, past: int) -> list[tuple[str, str, Any]]:
    """The tabs that have something to show, each with its address."""
    views: list[tuple[View, Any]] = []
    if run is not None and run.groupings:
        views.append(("table", len(run.groupings)))
    if run is not None and run.groups:
        views += [("table", len(run.records)), ("record", "")]
    if run is not None:
        views.append(("json", ""))
    views.append(("request", ""))
    if not reads(form.action):
        views.append(("history", past))
    name = run.run if run else ""
    return [(WORDS[each], address_of(form, show=each, run=name), count) for each, count in views]


def _download(form: FilledForm) -> str:
    if not reads(form.action) or form.call is None:
        return ""
    at, mark, query = address_of(form).partition("?")
    return f"{at}/download{mark}{query}"


def _past(form: FilledForm, run: Run, now: Any) -> PastRun:
    at = read_moment(run.made_at)
    return PastRun(run.id, ago(at, now) if at else run.made_at, address_of(form, show="record", run=run.id), run.by or "")
