"""GET /runs: who wrote what and when, the newest first."""

from collections.abc import Iterator
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from icosa.journal.journal_file import Run
from icosa.journal.reading import runs
from icosa.surfaces.console.rendering import page
from icosa.surfaces.console.runs.accounts import account
from icosa.surfaces.console.runs.own import is_seen
from icosa.surfaces.console.runs.show import when
from icosa.surfaces.console.runs.titles import title_of
from icosa.surfaces.console.showing import looking

SIZE: Final = 60
_LONGEST: Final = 200


def listing(request: Request) -> Response:
    """With `q`, those whose title or person has these words; `after` is the run behind which a page begins."""
    asked = {name: request.query_params.get(name, "")[:_LONGEST] for name in ("q", "after")}
    visitor, look = request.state.visitor, looking(request)
    with request.app.state.site.client(visitor) as crm:
        known = runs(workspace=crm.address)
        by_name = {each.id: each for each in known}
        seen = [each for each in known if is_seen(each, visitor)]
        found = list(islice(_found(seen, by_name, asked["q"], asked["after"]), SIZE + 1))
        shown = [(account(each, known, crm.catalogue), title_of(each, by_name), when(each, look)) for each in found[:SIZE]]
    following = f"?{urlencode({'q': asked['q'], 'after': found[SIZE - 1].id})}" if len(found) > SIZE else ""
    return page(request, "runs/list.html", shown=shown, q=asked["q"], after=asked["after"], following=following, any=bool(seen), size=SIZE)


def _found(seen: list[Run], by_name: dict[str, Run], words: str, after: str) -> Iterator[Run]:
    wanted = words.casefold().split()
    for each in seen:
        if after and each.id >= after:
            continue
        if wanted:
            text = f"{title_of(each, by_name)} {each.by or ''} {each.id}".casefold()
            if not all(word in text for word in wanted):
                continue
        yield each
