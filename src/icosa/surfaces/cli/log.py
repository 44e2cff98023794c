"""What the client tells its logger, on standard error: warnings always, everything with --verbose."""

import logging
import os

import click

from icosa.errors import InvalidValue
from icosa.surfaces.cli.terminal import remark

VARIABLE = "ICOSA_LOG"
LEVELS = ("debug", "info", "warning", "error")
LOGGER = logging.getLogger("icosa.client")


class Aloud(logging.Handler):
    """Says each line as the shell says all that stands beside the data: above a bar, and without what a terminal obeys."""

    def emit(self, record: logging.LogRecord) -> None:
        remark(f"{record.levelname.lower()}: {record.getMessage()}")


def listen(ctx: click.Context, level: str | None = None) -> None:
    """Say what the client logs until the command has ended: at this level, else at that of ICOSA_LOG, else warnings.
    Raises InvalidValue for a level that is none."""
    chosen = level or _from_environment()
    LOGGER.setLevel(chosen.upper())
    if any(isinstance(each, Aloud) for each in LOGGER.handlers):
        return
    aloud = Aloud()
    LOGGER.addHandler(aloud)
    ctx.find_root().call_on_close(lambda: _end(aloud))


def _from_environment() -> str:
    level = os.environ.get(VARIABLE, "").strip().lower()
    if level and level not in LEVELS:
        raise InvalidValue(VARIABLE, f"{level!r} is no level; give {', '.join(LEVELS[:-1])} or {LEVELS[-1]}")
    return level or "warning"


def _end(aloud: Aloud) -> None:
    LOGGER.removeHandler(aloud)
    LOGGER.setLevel(logging.NOTSET)
