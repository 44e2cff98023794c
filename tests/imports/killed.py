"""`icosa import`, run as its user does, in a process that kills itself (kill -9) at one of its weak moments.

python tests/imports/killed.py SEAM NUMBER ARGUMENT…
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

from icosa.client.sending.retries import Retries
from icosa.imports import planning
from icosa.journal.journal_file import JournalFile
from icosa.plans import apply as applying
from icosa.plans.checkpoint import Checkpoint
from icosa.plans.plan import PlanWriter
from icosa.surfaces.cli.bulk import options
from icosa.surfaces.cli.main import run

SEAMS: dict[str, tuple[type, str, bool]] = {
    "planning": (PlanWriter, "put", False),
    "before it is sent": (JournalFile, "begin", True),
    "before the journal has the answer": (JournalFile, "end", False),
    "before the journal has the records": (JournalFile, "end_with", False),
    "before the checkpoint has it": (Checkpoint, "add", False),
    "after the checkpoint has it": (Checkpoint, "add", True),
    "never": (Checkpoint, "__str__", True),
}
"""Where it is killed: before or after so many calls of a method."""


def deadly(method: Callable[..., Any], number: int, *, after: bool) -> Callable[..., Any]:
    calls = count(1)

    def called(*given: Any, **named: Any) -> Any:
        last = next(calls) == number
        if last and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = method(*given, **named)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return called


if __name__ == "__main__":
    vars(applying)["TOGETHER"] = 60  # so that an embedded workspace is killed between transactions, too
    vars(planning)["BLOCK"] = 200  # bytes of a plan that are written together, so that it is killed between its lines, and in them
    options.PATIENCE = Retries(first_wait=0.002, longest_wait=0.02)  # tests wait for nobody
    owner, name, after = SEAMS[sys.argv[1]]
    setattr(owner, name, deadly(getattr(owner, name), int(sys.argv[2]), after=after))
    sys.exit(run(sys.argv[3:]))
