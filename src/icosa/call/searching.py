"""Looking for a text, wherever people would expect it: as a filter that every server takes."""

import re
from functools import reduce
from operator import and_, or_
from typing import Final

from icosa.call.where import F, Where
from icosa.catalogue.columns import Column, columns, searched
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Object
from icosa.errors import InvalidQuery

_UNSAYABLE: Final = r"[\"'()\[\]]"


def search(of: Object, text: str) -> Where:
    """The filter for records in which each word of a text is found, in upper or lower case, each in any of the fields
    that people look in: names, addresses, titles.  Raises InvalidQuery where there is no word, or nothing to look in."""
    paths = searched_paths(of)
    if not paths:
        raise InvalidQuery(f"search: {of.resource} have no texts to look in; a filter finds them by their other values")
    words = text.split()
    if not words:
        raise InvalidQuery("search: there is no word to look for; say what a record has in it, such as Lovelace")
    return reduce(and_, (reduce(or_, (F[path].ilike(f"%{literal(word)}%") for path in paths)) for word in words))


def searched_paths(of: Object) -> list[str]:
    """Where a text is looked for; in what its types have for it, where an object does not say what people search in."""
    return [each.path for each in searched(of) or filter(lambda each: _is_text(of, each), columns(of))]


def _is_text(of: Object, column: Column) -> bool:
    field = of.field_by_name.get(column.field)
    return field is not None and column.kind is Kind.TEXT and not field.secret and column.part in field.type.about.searched


def literal(text: str) -> str:
    """A word as a pattern that it fits: any character may stand for a quote, a bracket or a parenthesis, which no filter can say to
    some servers, so that O'Brien is found on all of them."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return re.sub(_UNSAYABLE, "_", escaped) if any(map(str.isalnum, text)) else escaped


def with_search(of: Object, given: str | None, text: str) -> str:
    """A filter, where there is one, that holds for records with a text in them as well.  A filter that cannot be read is
    left to those who say what is wrong with it."""
    looked_for = search(of, text)
    if not given or not given.strip():
        return str(looked_for)
    try:
        return str(Where.of(given) & looked_for)
    except InvalidQuery:
        return given
