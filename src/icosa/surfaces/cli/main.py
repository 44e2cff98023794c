"""Where `icosa` begins: runs the command that was called and turns what went wrong into an exit code."""

import gc
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import NoReturn

GARBAGE_OBJECTS = 50_000


def main() -> NoReturn:
    """The entry point."""
    # What is loaded stays: a start makes fewer objects than this, and looking for circles among them is a tenth of it.
    gc.set_threshold(GARBAGE_OBJECTS)
    # A stream of few letters, such as ASCII, gets the others as escapes rather than an error.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    code = run(sys.argv[1:])
    # All that is left ends with the process, and holds nothing that is not written: to look through it for circles once more,
    # as Python does at its end, would be a fifth of a short command.
    gc.freeze()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Runs a command line and gives its exit code; what went wrong is told on standard error."""
    # Here, because these load much, and Python is to look for no circles meanwhile: see above.
    import click

    from icosa.errors import IcosaError
    from icosa.surfaces.cli import failures
    from icosa.surfaces.cli.tree import ROOT
    from icosa.unwritten import NO_ROOM

    try:
        outcome = ROOT.main(list(arguments), prog_name="icosa", standalone_mode=False)
        sys.stdout.flush()
    except IcosaError as error:
        return failures.report(error)
    except click.ClickException as error:
        return failures.misused(error)
    except (click.Abort, KeyboardInterrupt):
        return failures.interrupted()
    except BrokenPipeError:
        return failures.unheard()
    except OSError as error:
        if error.filename is None and error.errno not in NO_ROOM:  # of no file that somebody named: a fault of Icosa
            raise
        return failures.unwritable(error)
    return outcome if isinstance(outcome, int) else 0
