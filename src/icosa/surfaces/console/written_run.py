"""The run that a client wrote, for the toast that offers to undo it."""

import icosa
from icosa.journal.recording import Recorder


def run_of(crm: icosa.Client) -> str:
    """The name of the run that holds what the client wrote; "" where it wrote nothing that could be put back."""
    journal = crm.journal
    return journal.journal.run.id if isinstance(journal, Recorder) and journal.journal.path.exists() else ""
