"""The options of an import that say how values are written, one by one; and that no option goes by unheard."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, Final, TypedDict

from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.imports.values.conventions import Conventions


class ConventionOptions(TypedDict, total=False):
    """What Conventions say, as options of their own: `plan_import(…, region="DE", date_order="dmy")`."""

    region: str | None
    date_order: str | None
    decimal: str | None
    zone: str
    locale: str | None
    currency: str | None
    clear: str | None
    separator: str
    unknown: tuple[str, ...]
    codes: bool
    exact: bool


class ImportSettings(ConventionOptions, total=False):
    """How rows are read and matched.

    `key` is the path by which rows and records are matched ("emails.primaryEmail"), "none" for rows that are all
    new records; left out, it is the object's own unique value.  `columns` says where a column goes whose name does
    not, "" for nowhere.  With `create_links` what a row links to is created where it is not there.
    `conventions` say what a value means that could be meant in two ways, and so does each of them by itself
    (`region="DE"`); the others are for files: `head` is the row that names the columns, where it is not found by itself;
    `errors_as_empty` takes cells that show an error of a spreadsheet for empty, `keep_totals` a last row that sums up those
    above it for a record.
    """

    key: str | None
    columns: Mapping[str, str]
    conventions: Conventions
    create_links: bool
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    head: int | None
    errors_as_empty: bool
    keep_totals: bool


_SPOKEN: Final = tuple(each.name for each in fields(Conventions))


def checked_settings(
    called: str, settings: Mapping[str, Any], known: Iterable[str], otherwise: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """The settings of a call, those of Conventions as Conventions; `otherwise` are conventions that count where the call
    says nothing.

    Raises TypeError for an option that does not exist, InvalidValue for one that is given twice or for a key that
    is no path.
    """
    options = (*known, *_SPOKEN)
    for name in settings:
        if name not in options:
            near = difflib.get_close_matches(name, options, 1)
            meant = f"did you mean {near[0]}? " if near else ""
            raise TypeError(f"{called}() has no option '{name}'; {meant}Its options are {', '.join(sorted(set(options)))}")
    key = settings.get("key")
    if key is not None and not isinstance(key, str):
        raise InvalidValue("key", f'{shown(key)} is no path; give the path of one value, such as "emails.primaryEmail"')
    conventions = {name: settings[name] for name in _SPOKEN if name in settings}
    if not conventions:
        return dict(settings)
    if settings.get("conventions") is not None:
        raise InvalidValue("conventions", f"are given, and {', '.join(conventions)} too; say all in one of the two ways")
    return {
        **{name: value for name, value in settings.items() if name not in conventions},
        "conventions": Conventions(**{**otherwise, **conventions}),
    }
