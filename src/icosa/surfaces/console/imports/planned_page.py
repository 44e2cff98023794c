"""What an import would change, before anything is written: the third page; and the rows that do not go in, as a file."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

import icosa
from icosa.catalogue import naming
from icosa.durations import in_words
from icosa.imports.problems import problems, write_bad_rows
from icosa.imports.reasons import reasons
from icosa.plans.accounts import accounts
from icosa.plans.apply import CONCURRENCY, requests
from icosa.plans.plan import PlanFile
from icosa.surfaces.console.downloading import attachment
from icosa.surfaces.console.imports.looking_in import contents_of
from icosa.surfaces.console.imports.mends import mends
from icosa.surfaces.console.imports.same_command import same_command
from icosa.surfaces.console.imports.stages import ImportStage, ImportStanding, plan_of, standing
from icosa.surfaces.console.imports.steps import PAGE, StepsView, object_of
from icosa.surfaces.console.imports.upload import Upload
from icosa.surfaces.console.imports.visiting import about, for_writers, to_its_page
from icosa.surfaces.console.rendering import page
from icosa.surfaces.console.showing.looking import looking

KINDS: Final = {
    "create": "New", "change": "Changed", "skip": "As they should be", "bad": "Do not go in", "left": "Left out",
}  # fmt: skip
_BLOCK_BYTES: Final = 256 * 1024
_MOST_PAGES: Final = 100_000


@for_writers
def shown(request: Request) -> Response:
    """GET /imports/{id}/plan?kind=&object=&page="""
    upload = about(request)
    stands = standing(upload)
    if stands.stage is ImportStage.PLANNING:
        return page(
            request,
            "imports/planning.html",
            upload=upload,
            stands=stands,
            words=planning_words(stands),
            n=1,
            command=same_command("plan", upload),
        )
    if stands.plan is None:
        return to_its_page(upload, stands)
    with request.app.state.site.client(request.state.visitor) as crm:
        return _page(request, crm, upload, stands, stands.plan)


@for_writers
def bad_rows(request: Request) -> Response:
    """GET /imports/{id}/bad: the rows that did not go in, as they stood, with the reason beside each."""
    upload = about(request)
    plan = plan_of(upload)
    with TemporaryDirectory(prefix="icosa-") as folder:
        name = f"{upload.source.stem.partition('.')[0]}.bad.csv"
        path = write_bad_rows(plan, Path(folder) / "bad.csv") if plan else None
        if path is None:
            raise HTTPException(404, "All rows of this file go in, or it was not planned yet.")
        file = path.open("rb")  # which stays readable when its folder is gone

    def blocks() -> Iterator[bytes]:
        with file:
            while block := file.read(_BLOCK_BYTES):
                yield block

    return StreamingResponse(blocks(), headers=attachment(name), media_type="text/csv; charset=utf-8")


def planning_words(stands: ImportStanding) -> str:
    """How far a plan is, in a sentence."""
    job = stands.job
    if job is None or not job.done:
        return "Reading the file"
    of = f" of {job.total:,}" if job.total else ""
    left = f", {in_words(job.left)} left" if job.left is not None else ""
    return f"{job.done:,}{of} rows compared with what is there{left}"


def _page(request: Request, crm: icosa.Client, upload: Upload, stands: ImportStanding, plan: PlanFile) -> Response:
    counted = {kind: count for kind in KINDS if (count := _count(plan, kind))}
    asked = request.query_params
    kind = asked.get("kind", "") if asked.get("kind", "") in counted else next(iter(counted), "create")
    objects = [plural for plural, each in plan.by_object.items() if each.get(kind)]
    plural = asked.get("object", "") if asked.get("object", "") in objects else _main(objects, upload)
    number = min(max(int(asked["page"]), 1), _MOST_PAGES) if asked.get("page", "").isdecimal() else 1
    view = StepsView(crm, plan, looking(request))
    steps = view.page(kind, plural, number) if plural and kind != "bad" else []
    of = object_of(crm.catalogue, plural) if plural and kind in ("create", "change") else None
    found = reasons(problems(plan)) if kind == "bad" else []
    seconds = crm.estimate(requests(plan), at_once=CONCURRENCY)
    return page(
        request,
        "imports/plan.html",
        upload=upload,
        command=same_command("import", upload, crm.catalogue),
        stands=stands,
        plan=plan,
        kind=kind,
        tabs=[(KINDS[each], f"?{urlencode({'kind': each})}", f"{count:,}") for each, count in counted.items()],
        tab=KINDS[kind],
        objects=[(each, naming.label(each), f"?{urlencode({'kind': kind, 'object': each})}") for each in objects] if kind != "bad" else [],
        plural=plural,
        table=view.creations(of, steps) if of and kind == "create" else None,
        differences=view.differences(of, steps) if of and kind == "change" else [],
        notes=view.notes(steps) if kind in ("skip", "left") else [],
        reasons=[(each, mends(upload, contents_of(upload), each)) for each in found],
        left=accounts(plan).left if kind == "left" else {},
        pages=_pages(plan.by_object.get(plural, {}).get(kind, 0), number, kind, plural),
        estimate=in_words(seconds) if seconds >= 2 else "",
        writes=_writes(plan),
        bad=_count(plan, "bad"),
    )


def _count(plan: PlanFile, kind: str) -> int:
    """How many rows a kind has; a row that is in conflict with another, or with what is there, does not go in either."""
    return plan.counts.get(kind, 0) + (plan.counts.get("conflict", 0) if kind == "bad" else 0)


def _main(objects: Sequence[str], upload: Upload) -> str:
    """The object that is shown first: that of the rows, rather than what they are linked to."""
    return upload.resource if upload.resource in objects else next(iter(objects), "")


def _pages(count: int, number: int, kind: str, plural: str) -> tuple[str, str, str]:
    """What a page of steps says of itself, and the addresses of the one before and the next, "" for none."""
    last = -(-count // PAGE)

    def at(wanted: int) -> str:
        return f"?{urlencode({'kind': kind, 'object': plural, 'page': wanted})}" if 1 <= wanted <= last else ""

    first = (number - 1) * PAGE + 1
    return f"{first:,} to {min(number * PAGE, count):,} of {count:,}", at(number - 1), at(number + 1)


def _writes(plan: PlanFile) -> str:
    """What is to be written, in words: "create 120 and change 14 records"."""
    parts = [f"{word} {plan.counts[kind]:,}" for kind, word in (("create", "create"), ("change", "change")) if plan.counts[kind]]
    return f"{' and '.join(parts)} record{'' if plan.writes == 1 else 's'}" if parts else ""
