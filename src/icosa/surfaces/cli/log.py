"""What the client tells its logger, on standard error: warnings always, everything with --verbose.

What logs takes longer to load than a page to read, and a read of a workspace in this process has nothing to say: so that command
listens only when it is told to.
"""

import os

import click

from icosa.errors import InvalidValue

VARIABLE = "ICOSA_LOG"
LEVELS = ("debug", "info", "warning", "error")
_LOGGER = "icosa.client"


def is_asked_for() -> bool:
    """Whether the environment says how much is to be heard."""
    return bool(os.environ.get(VARIABLE, "").strip())


def listen(ctx: click.Context, level: str | None = None) -> None:
    """Say what the client logs until the command has ended: at this level, else at that of ICOSA_LOG, else warnings.
    Raises InvalidValue for a level that is none."""
    import logging  # here, with the next: see above

    from icosa.surfaces.cli.aloud import Aloud

    logger, chosen = logging.getLogger(_LOGGER), level or _from_environment()
    heard = any(isinstance(each, Aloud) for each in logger.handlers)
    if heard and level is None:
        return
    logger.setLevel(chosen.upper())
    if heard:
        return
    aloud = Aloud()
    logger.addHandler(aloud)

    def end() -> None:
        logger.removeHandler(aloud)
        logger.setLevel(logging.NOTSET)

    ctx.find_root().call_on_close(end)


def _from_environment() -> str:
    level = os.environ.get(VARIABLE, "").strip().lower()
    if level and level not in LEVELS:
        raise InvalidValue(VARIABLE, f"{level!r} is no level; give {', '.join(LEVELS[:-1])} or {LEVELS[-1]}")
    return level or "warning"
