"""`icosa stubs`: the objects of a workspace as types, for editors and type checkers."""

import json
import keyword
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import click

import icosa
from icosa.catalogue.model import Catalogue
from icosa.client.credentials.resolving import address_of, embedded_url, resolve
from icosa.client.schema import read_schema
from icosa.client.transport.flow import drive
from icosa.client.transport.limit import TIMEOUT_SECONDS
from icosa.client.transport.over_http import HttpTransport
from icosa.stubs import MARK, module, stub
from icosa.surfaces.cli import output, target_workspace
from icosa.surfaces.cli.options import Common, common_options
from icosa.surfaces.cli.sources import Sources
from icosa.surfaces.cli.terminal import is_person, remark
from icosa.wire.openapi.reading import read_document

OUTDATED = 1
_TAKEN_OPTIONS = ("url", "token_file", "database", "timeout", "as_json", "no_color", "verbose")


def _run(out: Path, name: str, from_: Path | None, check: bool, force: bool, dry_run: bool, **values: Any) -> int:
    if not name.isidentifier() or keyword.iskeyword(name):
        raise click.UsageError(f"--name: {name!r} is nothing that Python can import; give a name such as my_crm")
    common, sources = Common.of(values), Sources()
    catalogue = _read(common, sources) if from_ is None else _of_document(sources.file(from_, "--from"))
    address = _shown_address(common, from_ is not None)
    about = "A workspace, typed." if address is None else f"The workspace {address}, typed."
    files = {out / f"{name}.py": module(catalogue, about, address), out / f"{name}.pyi": stub(catalogue, about)}
    if check:
        return _compare(files, common)
    if not force:
        _refuse_what_is_not_ours(files)
    if not dry_run:
        out.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            path.write_bytes(_encoded(text))
    objects = len(catalogue.objects)
    if is_person(common.as_json):
        remark(f"{'Would write' if dry_run else 'Wrote'} {' and '.join(map(str, files))}: {objects} objects.")
        remark(f"Connect with: import {name}; crm = {name}.connect()")
    else:
        output.print_json({"files": [str(each) for each in files], "objects": objects, "address": address, "written": not dry_run})
    return 0


def _read(common: Common, sources: Sources) -> Catalogue:
    """The catalogue of the workspace that is meant, as it is now and not as it was read last."""
    target = resolve(target_workspace.address(common.url, common.database), target_workspace.token(common.token_file, sources))
    if target.token is None or target.embedded:
        with icosa.connect(target.url) as crm:
            return crm.catalogue
    transport = HttpTransport(target.url, target.token, TIMEOUT_SECONDS if common.timeout is None else common.timeout)
    try:
        return drive(read_schema(target.url, target.token, fresh_for=0), transport.send).catalogue
    finally:
        transport.close()


def _of_document(text: str) -> Catalogue:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise click.UsageError(f"--from: this is not JSON: {error}") from None
    return read_document(document)[0]


def _shown_address(common: Common, from_document: bool) -> str | None:
    """The address that the files may hold: not that of the user's own database, which is another one elsewhere, and
    none with a password in it."""
    named = target_workspace.address(common.url, common.database)
    if from_document and named is None:
        return None
    address = address_of(named)
    if address == embedded_url():
        return None
    parts = urlsplit(address)
    if parts.password or "password" in parse_qs(parts.query):
        remark("note: the address holds a password, so it is not written; name the workspace in ICOSA_DATABASE where the files are used.")
        return None
    return address


def _compare(files: dict[Path, str], common: Common) -> int:
    outdated = [str(path) for path, text in files.items() if not path.is_file() or path.read_bytes() != _encoded(text)]
    if not is_person(common.as_json):
        output.print_json({"outdated": outdated})
    for each in outdated:
        remark(f"{each} is not what the workspace says now; run icosa stubs again without --check")
    return OUTDATED if outdated else 0


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _refuse_what_is_not_ours(files: dict[Path, str]) -> None:
    for path in files:
        if path.exists() and not path.read_bytes().startswith(MARK.encode()):
            raise click.UsageError(f"{path} was not made by icosa stubs; choose another --name, or write over it with --force")


COMMAND = click.Command(
    "stubs",
    callback=_run,
    params=[
        click.Option(
            ["--out"], type=click.Path(file_okay=False, path_type=Path), default=Path(), metavar="FOLDER",
            help="Where to write; the folder that you are in, where nothing is said.",
        ),
        click.Option(["--name"], default="my_crm", show_default=True, metavar="NAME", help="What the module is called."),
        click.Option(
            ["--from", "from_"], type=click.Path(path_type=Path), metavar="FILE",
            help="An OpenAPI document of the workspace, as icosa open-api prints it; nobody is asked then. - for standard input.",
        ),
        click.Option(["--check"], is_flag=True, help="Write nothing, and fail where the files are not what they would be now."),
        click.Option(["--force"], is_flag=True, help="Write over files of that name that something else has made."),
        click.Option(["--dry-run"], is_flag=True, help="Say what would be written, and write nothing."),
        *(each for each in common_options() if each.name in _TAKEN_OPTIONS),
    ],
    help="Write the types of this workspace's objects: a module NAME.py to connect with, which holds the address and never a key, and "
    "NAME.pyi, from which editors complete fields and type checkers find wrong ones.",
    epilog="\b\nExample:\n  icosa stubs --name my_crm",
)  # fmt: skip
