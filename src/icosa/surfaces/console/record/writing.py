"""What every page that writes has: who may, and what is said of it after."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

import icosa
from icosa.surfaces.console.rendering import Toast
from icosa.surfaces.console.written_run import run_of


def refuse_reader(request: Request) -> None:
    """Raises HTTPException 403 for a visitor who may only read."""
    if not request.state.visitor.may_write:
        raise HTTPException(403, "This key only reads. Sign in with one that may write, or ask whoever makes the keys.")


def toast(crm: icosa.Client, text: str) -> Toast:
    """What was done, with the way back of all that the client wrote."""
    run = run_of(crm)
    return Toast(text, f"/runs/{run}/undo" if run else "")
