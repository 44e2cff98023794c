"""Who may write: pages that change something say at once that somebody may not."""

from starlette.requests import Request

from icosa.errors import Forbidden


def refuse_readers(request: Request) -> None:
    """Raises Forbidden where the visitor may only read."""
    if not request.state.visitor.may_write:
        raise Forbidden(f"{request.state.visitor.name} may read and not write. Sign in with a key that may write, and do it again.")
