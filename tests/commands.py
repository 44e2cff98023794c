"""The command line in this process, for tests of what it does rather than of a process: a start takes longer than most commands."""

import io
from contextlib import redirect_stderr, redirect_stdout
from subprocess import CalledProcessError, CompletedProcess

from icosa.surfaces.cli.main import run


def icosa(*arguments: str, check: bool = True) -> "CompletedProcess[str]":
    """As `tests.serving.icosa`, whose process has no terminal either."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
    done = CompletedProcess(["icosa", *arguments], code, *(_written(stream) for stream in (out, err)))
    if check and code:
        raise CalledProcessError(code, done.args, done.stdout, done.stderr)
    return done


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
