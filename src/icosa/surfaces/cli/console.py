"""`icosa console`: a workspace as pages, for who uses this machine."""

import os
import sys
import threading
from pathlib import Path

import click

from icosa.surfaces.cli import target_workspace
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.terminal import remark


def _run(url: str | None, database: str | None, token_file: Path | None, port: int, browser: bool) -> None:
    try:
        from icosa.surfaces.console.opening import open_console
    except ModuleNotFoundError as error:
        if error.name not in ("httptools", "uvloop", "starlette", "jinja2"):
            raise
        raise click.ClickException("the console is not installed; install it with: pip install 'icosa[server]'") from None
    address, token = target_workspace.address(url, database), target_workspace.token(token_file, Sources())

    def listening(name: str, link: str) -> None:
        remark(f"{name}, until Ctrl-C. This signs you in, once, within ten minutes:")
        click.echo(link)
        if browser and sys.stdout.isatty() and _has_screen():
            threading.Thread(target=_show, args=(link,), name="icosa-browser", daemon=True).start()

    open_console(address, token, port, listening)


def _has_screen() -> bool:
    """Whether a browser would open beside the terminal, and not in it."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _show(link: str) -> None:
    import webbrowser

    webbrowser.open(link)


COMMAND = click.Command(
    "console",
    callback=_run,
    params=[
        click.Option(["--url"], metavar="URL", help="The server; else the one that every command goes to."),
        click.Option(["--database"], metavar="URL", help="An embedded workspace instead: sqlite:///path, or the path alone."),
        click.Option(
            ["--token-file"], type=click.Path(path_type=Path), metavar="FILE", help="A file with the API key; - for standard input."
        ),
        click.Option(
            ["--port"],
            type=click.IntRange(0, 65535),
            default=0,
            metavar="N",
            help="The port of this machine to listen at; one that is free, if none is given.",
        ),
        click.Option(["--browser/--no-browser"], default=True, show_default=True, help="Open a browser, where there is a screen."),
    ],
    help="Show a workspace as pages, in the browser of this machine. The key stays in this process: the browser gets a link that is "
    "good once, and never the key.",
    epilog="\b\nExample:\n  icosa console --url https://crm.example.com",
)
