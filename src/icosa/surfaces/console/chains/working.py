"""A run of a chain in a thread of its own."""

import json
import logging
import traceback
from threading import Thread
from typing import Any

import icosa
from icosa import chains
from icosa.call.masking import masked
from icosa.chains.inputs import as_line
from icosa.chains.planned_json import planned_json
from icosa.errors import IcosaError
from icosa.journal.recording import Recorder
from icosa.surfaces.console.chains.ran import ChainRun, RunFile
from icosa.surfaces.console.chains.shelf import environment
from icosa.surfaces.console.navigation import forget
from icosa.surfaces.console.site import Site, Visitor

_log = logging.getLogger("icosa")


def start(state: Any, visitor: Visitor, run: ChainRun) -> None:
    """Begins a run, and comes back at once.  `state` is that of the console's application."""
    Thread(target=_work, args=(state, visitor, run), name=f"chain {run.id}", daemon=True).start()


def _work(state: Any, visitor: Visitor, run: ChainRun) -> None:
    site: Site = state.site
    writing = RunFile(run)
    problem, code, journal = "", "", ""
    try:
        with site.client(visitor, f"Chain {run.chain}") as crm:
            try:
                stopped = (_dry if run.dry else _run)(crm, visitor, run, writing)
            finally:
                journal = _journal_of(crm)
        if stopped:
            problem, code = "Somebody stopped it; what was done before stays done.", "stopped"
    except IcosaError as error:
        notes = getattr(error, "__notes__", ())
        problem, code = " ".join((error.message, *notes)), error.code
    except Exception as error:  # nobody waits for it but the page, which would wait for ever
        _log.error("a run of a chain failed with %s at\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        problem, code = "This is a mistake in Icosa, and nothing that you did wrong. The server's log tells where it is.", "console_failed"
    finally:
        writing.end(problem, code, journal)
        forget(state)


def _run(crm: icosa.Client, visitor: Visitor, run: ChainRun, writing: RunFile) -> bool:
    """Runs all of it; whether somebody stopped it before its end."""
    chain = run.as_it_was()
    for item in chains.run(crm, chain, run.began(), limit=run.limit, environ=environment(visitor), progress=writing.step):
        writing.line(as_line(item, masked(crm.catalogue, item.value)), item.step, item.error is not None)
        if run.is_stopped():
            return True
    return False


def _dry(crm: icosa.Client, visitor: Visitor, run: ChainRun, writing: RunFile) -> bool:
    chain = run.as_it_was()
    for each in chains.dry_run(crm, chain, run.began(), limit=run.limit, environ=environment(visitor)):
        text = json.dumps(planned_json(crm.catalogue, each), ensure_ascii=False)
        writing.line(text, each.step, each.error is not None)
    return False


def _journal_of(crm: icosa.Client) -> str:
    """The id of the run in the journal; "" where nothing was written."""
    journal = crm.journal
    if not isinstance(journal, Recorder):
        return ""
    journal.close()
    return journal.journal.run.id if journal.journal.path.exists() else ""
