"""The command of the shell that does what the pages of an import do."""

from collections.abc import Iterator
from typing import Any

from icosa.catalogue.model import Catalogue
from icosa.imports.column_map import guess
from icosa.surfaces.console.imports.choices import CHOICES, KEY
from icosa.surfaces.console.imports.upload import Upload

_OPTIONS = (*(each.name for each in CHOICES), KEY)


def same_command(verb: str, upload: Upload, catalogue: Catalogue | None = None) -> list[str]:
    """The words of `icosa plan` or `icosa import` for an upload, with all that was chosen for it; of the columns, where the
    `catalogue` is at hand, those that somebody sent elsewhere than their names say."""
    words = ["icosa", verb, upload.name]
    if not upload.resource:
        return [*words, "--recipe", "recipe.toml"]
    words += ["--to", upload.resource, *(_mapped(upload, catalogue) if catalogue else ())]
    for name in _OPTIONS:
        words += _option(f"--{name.replace('_', '-')}", upload.settings.get(name))
    return words


def _option(option: str, value: Any) -> Iterator[str]:
    if value is True:
        yield option
    elif isinstance(value, list | tuple):
        for each in value:
            yield from (option, str(each))
    elif value not in (None, "", False):
        yield from (option, str(value))


def _mapped(upload: Upload, catalogue: Catalogue) -> Iterator[str]:
    of = catalogue.by_plural.get(upload.resource)
    if of is None or not upload.columns:
        return
    by_name = {each.column: each.path for each in guess(catalogue, of, list(upload.columns)).columns}
    for column, path in upload.columns.items():
        if by_name.get(column, "") != path:
            yield from ("--map", f"{column}={path}")
