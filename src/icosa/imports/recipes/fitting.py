"""Whether what stands in a column can be read where its heading says that it goes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from icosa.call.targets import Target, find_target
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidInput
from icosa.imports.column_map import MappedColumn
from icosa.imports.recipes.stages import usual_option
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.phones import NUMBER, completed
from icosa.imports.values.reading import reader


@dataclass(frozen=True, slots=True)
class Fit:
    """`read` are the values that are read as they are, `words` those that usually mean one of the options, with it, and
    `unread` the others; `options` is empty where the place has none."""

    options: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    reason: str = ""
    """Why the first of the unread is not read."""

    @property
    def share(self) -> float:
        known = len(self.read) + len(self.words)
        return known / (known + len(self.unread)) if known or self.unread else 1.0


def fit(catalogue: Catalogue, of: Object, mapped: MappedColumn, values: Iterable[str], conventions: Conventions) -> Fit:
    """How the values of a column suit its place."""
    target = find_target(catalogue, of, mapped.path)
    if target.field is None or target.field.secret:
        return Fit()
    options = _options(target)
    read, words, unread, reason = [], {}, [], ""
    takes = _reader(target, conventions)
    for each in values:
        try:
            takes(each)
        except InvalidInput as error:
            if option := usual_option(each, options):
                words[each] = option
            else:
                unread.append(each)
                reason = reason or error.message
        else:
            read.append(each)
    return Fit(options, tuple(read), words, tuple(unread), reason)


def options_at(catalogue: Catalogue, of: Object, path: str) -> tuple[str, ...]:
    """The options of a place, none where it takes other values too."""
    return _options(find_target(catalogue, of, path))


def _options(target: Target) -> tuple[str, ...]:
    if target.field is None or (target.field.type.composite and not target.part):
        return ()
    part = target.field.type.part(target.part)
    return (part.options or target.field.options) if part else ()


def _reader(target: Target, conventions: Conventions) -> Callable[[str], Any]:
    assert target.field is not None
    if (target.field.type_name, target.part) == ("PHONES", NUMBER):
        return lambda value: completed({NUMBER: value}, target.path, conventions)
    return reader(target.field, target.part, target.path, conventions)
