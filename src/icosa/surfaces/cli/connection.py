"""The workspace that a command's options name, to work with."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

import icosa
from icosa.client.credentials.resolving import resolve
from icosa.client.sending.retries import Retries
from icosa.client.transport.limit import TIMEOUT_SECONDS
from icosa.surfaces.cli import log, target_workspace
from icosa.surfaces.cli.options import Common
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.terminal import remark

if TYPE_CHECKING:
    from icosa.client.credentials.resolving import Destination
    from icosa.journal.recording import Recorder


@contextmanager
def connected(
    common: Common,
    sources: Sources,
    journalled_as: str | None = None,
    *,
    otherwise: str | None = None,
    retries: Retries | None = None,
) -> Iterator[icosa.Client]:
    """A client of it, until the end of the block; `otherwise` is the address where the options name none, in place of the
    usual one.  Where its writes are kept in a journal, under that title, it is said how they are put back, if there were
    any.  Raises UsageError where the options name two workspaces."""
    log.listen(click.get_current_context())
    address, token = target_workspace.address(common.url, common.database) or otherwise, target_workspace.token(common.token_file, sources)
    timeout = TIMEOUT_SECONDS if common.timeout is None else common.timeout
    journal = None if journalled_as is None else begun(resolve(address, token), journalled_as)
    with icosa.connect(address, token, timeout=timeout, retries=retries, journal=journal) as crm:
        yield crm
    if journal:
        tell_undo(journal)


def begun(target: "Destination", title: str) -> "Recorder":
    """A journal of what a command writes."""
    from icosa.journal.journal_file import Run  # here, with the next: what only reads keeps none
    from icosa.journal.recording import Recorder

    return Recorder(Run(target.url, title))


def tell_undo(journal: "Recorder") -> None:
    """Says how what a journal holds is put back, if it holds anything."""
    if journal.journal.path.exists():
        remark(f"To put it back: icosa undo {journal.journal.run.id}")
