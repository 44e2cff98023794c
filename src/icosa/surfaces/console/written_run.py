"""The run that a client writes: what it is called, and its name for the toast that offers to undo it."""

from dataclasses import replace

import icosa
from icosa.journal.recording import Recorder


def run_of(crm: icosa.Client) -> str:
    """The name of the run that holds what the client wrote; "" where it wrote nothing that could be put back."""
    journal = crm.journal
    return journal.journal.run.id if isinstance(journal, Recorder) and journal.journal.path.exists() else ""


def call_run(crm: icosa.Client, title: str) -> None:
    """Says in words what the client is about to write, before it writes anything."""
    journal = crm.journal
    if isinstance(journal, Recorder):
        journal.journal.run = replace(journal.journal.run, title=title)
