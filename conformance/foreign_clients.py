"""Which calls of public clients of Twenty work against Icosa.

    python -m conformance.foreign_clients [--keep FOLDER] [CLIENT …]

Installs each client in a folder of its own, at the version below, serves a workspace of 1.0.3 and one of 2.19 on this
machine alone, drives the client's calls against both, and prints a table.  Exits with 1 where a call fails for a reason
that is not known here.  Needs the network for the packages, npm for three of them, and a few minutes.
"""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import click

from bench import servers
from conformance import tools_of_others
from conformance.outcomes import UNEXPLAINED, Outcome, row
from conformance.reasons import REASONS
from conformance.stdio_tools import Tools, tools

VERSIONS = ("1.0.3", "2.19")
DRIVERS = Path(__file__).parent / "drivers"


@dataclass(frozen=True, slots=True)
class Served:
    """A workspace that answers at `url` as `version`; its OpenAPI document lies in the file `document`."""

    version: str
    url: str
    token: str
    document: Path


class Drive(Protocol):
    """Drives what is installed in a folder against a workspace."""

    def __call__(self, folder: Path, served: Served) -> list[Outcome]: ...


@dataclass(frozen=True, slots=True)
class Package:
    """A client: its name and the version of it, with what is installed besides (`extra`); of npm, else of PyPI."""

    name: str
    version: str
    drive: Drive
    npm: bool = False
    extra: str = ""

    def install(self, folder: Path) -> None:
        """Installs it in the folder, where it is not there yet."""
        if (folder / "installed").exists():
            return
        folder.mkdir(parents=True, exist_ok=True)
        if self.npm:
            _run(["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(folder), f"{self.name}@{self.version}"])
        else:
            venv.create(folder, with_pip=True)
            _run([str(folder / "bin" / "pip"), "install", "--quiet", f"{self.name}{self.extra}=={self.version}"])
        (folder / "installed").touch()


def _api_client(folder: Path, served: Served) -> list[Outcome]:
    return _printed([str(folder / "bin" / "python"), str(DRIVERS / "twentycrm_api_client.py"), served.url], served)


def _client_sdk(folder: Path, served: Served) -> list[Outcome]:
    return _printed(["node", str(DRIVERS / "twenty_client_sdk.mjs"), str(folder), served.url], served)


def _twenty_mcp(folder: Path, served: Served) -> list[Outcome]:
    environment = {"TWENTY_URL": served.url, "TWENTY_TOKEN": served.token}
    with tools([str(folder / "bin" / "twenty-mcp")], environment, folder / "log") as running:
        return tools_of_others.twenty_mcp(running)


def _twenty_crm_mcp_server(folder: Path, served: Served) -> list[Outcome]:
    environment = {"TWENTY_BASE_URL": served.url, "TWENTY_API_KEY": served.token}
    with _node_tools(folder, "twenty-crm-mcp-server/dist/index.js", environment) as running:
        return tools_of_others.twenty_crm_mcp_server(running)


def _openapi_mcp_server(folder: Path, served: Served) -> list[Outcome]:
    environment = {
        "API_BASE_URL": f"{served.url}/rest",
        "API_HEADERS": f"Authorization:Bearer {served.token}",
        "OPENAPI_SPEC_PATH": str(served.document),
        "DISABLE_ABBREVIATION": "true",
    }
    with _node_tools(folder, "@ivotoby/openapi-mcp-server/bin/mcp-server.js", environment) as running:
        return tools_of_others.openapi_mcp_server(running)


CLIENTS = (
    Package("twentycrm-api-client", "1.18.1", _api_client),
    Package("twenty-client-sdk", "2.43.0", _client_sdk, npm=True),
    Package("twenty-mcp", "1.0.1", _twenty_mcp, extra="[mcp]"),
    Package("twenty-crm-mcp-server", "0.6.2", _twenty_crm_mcp_server, npm=True),
    Package("@ivotoby/openapi-mcp-server", "1.16.1", _openapi_mcp_server, npm=True),
)


@click.command()
@click.option("--keep", type=click.Path(path_type=Path), help="Install into this folder and leave it there; else into one that is deleted.")
@click.argument("names", nargs=-1, metavar="[CLIENT]...")
def main(keep: Path | None, names: Sequence[str]) -> None:
    """Drive public clients of Twenty against Icosa."""
    with TemporaryDirectory(prefix="icosa-clients-") as temporary:
        lines = ["| Client | Version | Workspace | By REST | Not, and why |", "|---|---|---|---|---|"]
        for client in CLIENTS:
            if names and client.name not in names:
                continue
            folder = (keep or Path(temporary)).absolute() / client.name.replace("/", "-")
            click.echo(f"{client.name} {client.version}", err=True)
            client.install(folder)
            for version in VERSIONS:
                with _served(version) as served:
                    outcomes = client.drive(folder, served)
                lines += row(client.name, client.version, version, outcomes, REASONS)
    click.echo("\n".join(lines))
    if any(UNEXPLAINED in line for line in lines):
        sys.exit(1)


@contextmanager
def _served(version: str) -> Iterator[Served]:
    with TemporaryDirectory(prefix="icosa-served-") as name:
        folder = Path(name)
        database = f"sqlite:///{folder / 'crm.db'}"
        path = os.pathsep.join(filter(None, (str(servers.ROOT / "src"), os.environ.get("PYTHONPATH"))))
        create = [sys.executable, "-m", "icosa", "keys", "create", "Foreign client", "--api", version, "--database", database]
        token = _run(create, {"PYTHONPATH": path}).strip()
        with servers.icosa(database, folder / "log", "--no-console") as server:
            document = folder / "openapi.json"
            document.write_bytes(servers.answer(f"{server.url}/rest/open-api/core", token))
            yield Served(version, server.url, token, document)


def _printed(command: Sequence[str], served: Served) -> list[Outcome]:
    return [Outcome.read(json.loads(line)) for line in _run(command, {"TOKEN": served.token}).splitlines() if line.startswith("{")]


@contextmanager
def _node_tools(folder: Path, script: str, environment: Mapping[str, str]) -> Iterator[Tools]:
    with tools(["node", str(folder / "node_modules" / script)], environment, folder / "log") as running:
        yield running


def _run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """What a command prints.  Ends the program, with what it wrote to standard error, where the command fails."""
    done = subprocess.run(command, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise click.ClickException(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    main()
