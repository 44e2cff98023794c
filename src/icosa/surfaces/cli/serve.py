"""`icosa serve`: a workspace over HTTP."""

import click

from icosa.surfaces.cli.where import database_url


def _run(database: str | None, host: str, port: int, workers: int) -> None:
    try:
        from icosa.workspace.http.serve import serve
    except ModuleNotFoundError as error:
        if error.name not in ("httptools", "uvloop"):
            raise
        raise click.ClickException("the server is not installed; install it with: pip install 'icosa[server]'") from None

    def listening(address: str) -> None:
        click.echo(f"Icosa listens on {address}{f' with {workers} workers' if workers > 1 else ''}")

    serve(database_url(database), host, port, listening, workers)


COMMAND = click.Command(
    "serve",
    callback=_run,
    params=[
        click.Option(
            ["--database"], metavar="URL", help="sqlite:///path, or the path alone; else ICOSA_DATABASE, else the user's own workspace."
        ),
        click.Option(
            ["--host"],
            default="127.0.0.1",
            show_default=True,
            metavar="H",
            help="The address to listen at; 0.0.0.0 lets other machines in.",
        ),
        click.Option(
            ["--port"], type=click.IntRange(1, 65535), default=3000, show_default=True, metavar="N", help="The port to listen at."
        ),
        click.Option(
            ["--workers"],
            type=click.IntRange(1, 64),
            default=1,
            show_default=True,
            metavar="N",
            help="How many processes answer; on SQLite they write one after the other.",
        ),
    ],
    help="Serve a workspace over HTTP until SIGTERM or Ctrl-C; what is missing in the database is made.",
    epilog="\b\nExample:\n  icosa serve --database sqlite:///crm.db --port 3000",
)
