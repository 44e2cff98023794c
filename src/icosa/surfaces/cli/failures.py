"""What a failure says on standard error, and the exit code that tells programs of it: `tree.EPILOG` lists them."""

import os
import re
import sys

import click

from icosa import errors
from icosa.errors import IcosaError
from icosa.surfaces.cli.terminal import remark
from icosa.unwritten import NO_ROOM

INTERRUPTED = 130
UNHEARD = 1
OF_THE_SYSTEM = 1

_HINTS: dict[type[IcosaError], str] = {
    errors.MissingKey: "icosa login keeps an address and a key, so that no command has to name them",
    errors.AccessDenied: "icosa status shows which key and which workspace commands go to",
    errors.UnknownAction: "icosa actions WORDS finds an action",
    errors.UnknownObject: "icosa actions WORDS finds an action",
    errors.NetworkFailure: "icosa status shows which workspace commands go to",
    errors.UnreadableAnswer: "icosa status shows which workspace commands go to",
}


def report(error: IcosaError) -> int:
    """Says what is wrong and how to mend it."""
    _say("error", str(error))
    for note in getattr(error, "__notes__", ()):
        _say("note", note)
    hint = next((_HINTS[kind] for kind in type(error).__mro__ if kind in _HINTS), None)
    if hint:
        _say("hint", hint)
    return error.exit_code


def misused(error: click.ClickException) -> int:
    """Says what is wrong with the command line; of one that ends before its command, what may follow."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        remark(error.format_message())
        return error.exit_code
    _say("error", re.sub(r"\s*\n\t", " ", error.format_message()))
    line = getattr(error, "line", "")
    if line:
        _say("hint", line)
        return error.exit_code
    context = getattr(error, "ctx", None)
    if isinstance(context, click.Context):
        click.echo(context.get_usage(), err=True)
        _say("hint", f"{context.command_path} --help shows what it takes")
    return error.exit_code if isinstance(error, click.UsageError) else 2


def unwritable(error: OSError) -> int:
    """A file or folder that could not be made, read or written, of which no command says more; standard output where
    none is named."""
    where = "standard output" if error.filename is None else repr(os.fspath(error.filename))
    mend = "free some space, and run it again" if error.errno in NO_ROOM else "name a file in a folder that can be written to"
    _say("error", f"{where}: {error.strerror}; {mend}")
    if error.filename is None:
        _drop_output()
    return OF_THE_SYSTEM


def interrupted() -> int:
    click.echo("interrupted", err=True)
    return INTERRUPTED


def unheard() -> int:
    """Whoever read the output has gone away, as `head` does: nobody is left to tell."""
    _drop_output()
    return UNHEARD


def _drop_output() -> None:
    """What is buffered would fail again when the interpreter closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(kind: str, text: str) -> None:
    remark(f"{kind}: {text}")
