"""Which runs a visitor sees: the owner all of the workspace, who came with an API key those that were done with it."""

import re
from pathlib import Path
from typing import Final

from starlette.requests import Request

from icosa.errors import InvalidValue
from icosa.journal.journal_file import Run, journal_path
from icosa.journal.reading import read_run
from icosa.surfaces.console.problems import NotThere
from icosa.surfaces.console.site import Visitor

_NAME: Final = re.compile(r"[0-9A-Za-z-]{1,64}")
_GONE: Final = "There is no run of that name, its journal was cleared, or it is somebody else's. The list of runs has those that you see."


def run_of(request: Request, workspace: str) -> tuple[Run, Path]:
    """The run that a path names, and its journal.  Raises NotThere for one that the visitor does not see."""
    name = request.path_params["id"]
    path = journal_path(name) if _NAME.fullmatch(name) else None
    try:
        run = read_run(path) if path else None
    except InvalidValue:
        run = None
    if path is None or run is None or run.workspace != workspace or not is_seen(run, request.state.visitor):
        raise NotThere("run", _GONE)
    return run, path


def is_seen(run: Run, visitor: Visitor) -> bool:
    """Whether a run of the workspace is one that the visitor sees."""
    return visitor.key_id in (None, run.key_id)
