"""What files use of a workspace: scripts, saved calls, plans."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from icosa.catalogue.model import Catalogue
from icosa.doctor.scripts import in_python
from icosa.doctor.shells import in_shell
from icosa.doctor.uses import Found, Misuse, Spot, uses_of
from icosa.errors import InvalidInput, InvalidValue
from icosa.forms.json_form import read_json
from icosa.plans.plan import read_plan
from icosa.plans.step import Change, Creation

SUFFIXES: Final = (".py", ".sh", ".bash", ".zsh", ".json", ".jsonl", ".plan")
"""Of files that are read where a folder is named."""


def in_files(paths: Iterable[Path], old: Catalogue, new: Catalogue) -> Iterator[Found]:
    """What each file uses; a folder stands for the scripts and saved calls in it.

    Raises InvalidValue, naming the file, for one that cannot be read.
    """
    for path in paths:
        for each in _files(path):
            try:
                yield from _in_file(each, old, new)
            except InvalidValue:
                raise
            except InvalidInput as error:
                raise InvalidValue(str(each), error.message) from None


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = (each for each in path.rglob("*") if each.suffix in SUFFIXES and each.is_file())
    return sorted(each for each in found if not any(part.startswith(".") for part in each.relative_to(path).parts))


def _in_file(path: Path, old: Catalogue, new: Catalogue) -> Iterator[Found]:
    file = str(path)
    first = _beginning(path)
    if re.match(r'\{\s*"icosa":\s*"plan"', first):
        yield from _in_plan(path)
        return
    text = _text(path)
    if path.suffix == ".jsonl" or (path.suffix != ".py" and first.lstrip().startswith(("{", "["))):
        yield from _in_calls(file, text)
    elif path.suffix == ".py" or re.match(r"#!.*python", first):
        yield from in_python(file, text, old, new)
    else:
        yield from in_shell(file, text, old, new)


def _beginning(path: Path) -> str:
    try:
        with path.open("rb") as opened:
            return opened.read(200).decode("utf-8", "replace")
    except OSError as error:
        raise InvalidValue(str(path), f"cannot be read: {error.strerror}") from None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise InvalidValue(str(path), "is not UTF-8 text; give scripts, saved calls or plans") from None


def _in_plan(path: Path) -> Iterator[Found]:
    for step in read_plan(path).steps():
        given: Mapping[str, Any] = step.record if isinstance(step, Creation) else step.after if isinstance(step, Change) else {}
        # Without a line: a plan is one thing, and is made again as a whole.
        yield from uses_of(Spot(str(path), 0, step.object, "create_one" if isinstance(step, Creation) else "update_one", given))


def _in_calls(file: str, text: str) -> Iterator[Found]:
    """Saved calls: one, a list of them, or one a line."""
    for line, held in _values(file, text):
        for each in held if isinstance(held, list) else [held]:
            if not isinstance(each, Mapping) or "resource" not in each:
                continue  # JSON of another kind
            try:
                resource, operation, properties = read_json(each)
            except InvalidInput as error:
                yield Misuse(file, line, "", error.message)
            else:
                yield from uses_of(Spot(file, line, resource, operation, properties))


def _values(file: str, text: str) -> Iterator[tuple[int, Any]]:
    try:
        yield 1, json.loads(text)
        return
    except ValueError:
        pass
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError:
                raise InvalidValue(file, f"line {number} is no JSON; a file of calls holds one, a list of them, or one a line") from None
