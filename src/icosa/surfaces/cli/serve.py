"""`icosa serve`: a workspace over HTTP."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from icosa.surfaces.cli.input_files import ExistingFile
from icosa.surfaces.cli.target_workspace import api_option, database_url, version_named

if TYPE_CHECKING:
    from icosa.workspace.http.tls import Certificate
    from icosa.workspace.rate_limit import Allowance


def _run(
    database: str | None,
    api: str | None,
    host: str,
    port: int,
    socket: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    workers: int,
    access_log: str | None,
    metrics: bool,
    rate_limit: str | None,
    console: bool,
    public_url: str | None,
) -> None:
    try:
        from icosa.surfaces.console.serving import missing, mounted
        from icosa.workspace.http.listening import Address
        from icosa.workspace.http.serve import Serving, serve
    except ModuleNotFoundError as error:
        if error.name not in ("httptools", "uvloop"):
            raise
        raise click.ClickException("the server is not installed; install it with: pip install 'icosa[server]'") from None
    if (tls_cert is None) != (tls_key is None):
        raise click.UsageError("--tls-cert and --tls-key go together; give both")
    if socket is not None and any(_given(name) for name in ("host", "port")):
        raise click.UsageError("--socket stands in the place of --host and --port; give one or the other")
    certificate = _certificate(tls_cert, tls_key) if tls_cert and tls_key else None
    address = Address(host, port, socket, secure=certificate is not None)

    url, lacking = database_url(database), missing() if console else ""
    pages = mounted(url, str(address), public_url, owner=sys.stdout.isatty()) if console and not lacking else None

    def listening(greeting: str) -> None:
        click.echo(f"Icosa listens on {address}{f' with {workers} workers' if workers > 1 else ''}")
        if greeting or lacking:
            click.echo(greeting or lacking)

    serve(
        Serving(url, address, workers, certificate, access_log, metrics, pages, version_named(api), _rate(rate_limit), public_url),
        listening,
    )


def _certificate(chain: Path, key: Path) -> "Certificate":
    from icosa.workspace.http.tls import Certificate  # here: most servers leave TLS to a proxy

    return Certificate(chain, key)


def _rate(text: str | None) -> "Allowance | None":
    """Raises BadParameter for a text that says none."""
    if text is None:
        return None
    from icosa.workspace.rate_limit import read_rate  # here: most servers have none

    rate = read_rate(text)
    if rate is None:
        raise click.BadParameter(f"{text!r} is none; give one such as 100/min, 20/s or 5000/h", param_hint="--rate-limit")
    return rate


def _public(_: click.Context, __: click.Parameter, url: str | None) -> str | None:
    """The address that people type, without the slash that browsers add.  Raises BadParameter."""
    if url is None:
        return None
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise click.BadParameter(f"{url!r} is no address of a whole host; give one such as https://crm.example.com")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _given(name: str) -> bool:
    """Whether somebody said it, on the command line or in the file of --config."""
    explicit = (ParameterSource.COMMANDLINE, ParameterSource.DEFAULT_MAP)
    return click.get_current_context().get_parameter_source(name) in explicit


def _configure(context: click.Context, _: click.Parameter, file: Path | None) -> None:
    """Has the options of a file count where the command line does not say otherwise."""
    if file is None:
        return
    import tomllib  # here, because most servers have no file of settings

    try:
        settings = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise click.BadParameter(f"{file} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{file} is no TOML: {error}") from None
    options = {each.opts[0].removeprefix("--"): each for each in context.command.params if isinstance(each, click.Option)}
    context.default_map = dict(_setting(context, options, file, name, value) for name, value in settings.items())


def _setting(context: click.Context, options: Mapping[str, click.Option], file: Path, name: str, value: object) -> tuple[str, object]:
    """The option that is meant, and its value."""
    option = options.get(name)
    if option is None or not option.expose_value:
        from difflib import get_close_matches  # here: most options are spelt right

        near = get_close_matches(name, options, 1)
        suggestion = f"{near[0]} is one" if near and near[0] != name else f"there are {', '.join(sorted(options.keys() - {'config'}))}"
        raise click.BadParameter(f"{file}: {name} is no option of icosa serve that a file can have; {suggestion}")
    if isinstance(value, bool) is not option.is_flag or not isinstance(value, str | int):
        expected = "true or false" if option.is_flag else "a text or a number, as on the command line"
        raise click.BadParameter(f"{file}: {name} is not {expected}")
    try:
        option.process_value(context, value)
    except click.BadParameter as error:  # else it would be told of the command line, where nobody wrote it
        raise click.BadParameter(f"{file}: {name}: {error.message}") from None
    return str(option.name), value


def _path(name: str, help_: str) -> click.Option:
    return click.Option([name], type=click.Path(path_type=Path), metavar="FILE", help=help_)


COMMAND = click.Command(
    "serve",
    callback=_run,
    params=[
        click.Option(
            ["--database"], metavar="URL", help="sqlite:///path, or the path alone; else ICOSA_DATABASE, else the user's own workspace."
        ),
        api_option(),
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
        _path("--socket", "Listen at a socket in the file system instead, for a proxy on this machine."),
        _path("--tls-cert", "Speak TLS with this certificate, its chain included (PEM); SIGHUP reads it again."),
        _path("--tls-key", "The key to the certificate (PEM, without a password)."),
        click.Option(
            ["--workers"],
            type=click.IntRange(1, 64),
            default=1,
            show_default=True,
            metavar="N",
            help="How many processes answer; on SQLite they write one after the other.",
        ),
        click.Option(
            ["--access-log"],
            type=click.Choice(["text", "json"]),
            help="Write a line for each request to standard error; none holds a value of a record or of a filter.",
        ),
        click.Option(
            ["--metrics/--no-metrics"], default=False, help="Keep numbers, and tell them at /metrics as Prometheus reads them, to anybody."
        ),
        click.Option(
            ["--rate-limit"],
            metavar="RATE",
            help="How often all keys together may ask for records, such as 100/min, as Twenty has it; what is more is refused with 429, "
            "and Retry-After says when to come back.",
        ),
        click.Option(
            ["--console/--no-console"],
            default=True,
            show_default=True,
            help="Show the workspace as pages, to who signs in with a key or by the link that is printed.",
        ),
        click.Option(
            ["--public-url"],
            metavar="URL",
            callback=_public,
            help="Under which address people reach it, where a proxy stands before it, such as https://crm.example.com.",
        ),
        click.Option(
            ["--config"],
            type=ExistingFile(empty=True),
            metavar="FILE",
            is_eager=True,
            expose_value=False,
            callback=_configure,
            help="A TOML file with these options, as in port = 8080; the command line wins over it.",
        ),
    ],
    help="Serve a workspace over HTTP until SIGTERM or Ctrl-C; what is missing in the database is made.",
    epilog="\b\nExample:\n  icosa serve --database sqlite:///crm.db --port 3000",
)
