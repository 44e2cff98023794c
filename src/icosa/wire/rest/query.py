"""The query string of a request, and what each of its parameters may say."""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_plus

from icosa.catalogue.kinds import brief, shown
from icosa.errors import InvalidQuery, UnsupportedDepth
from icosa.wire.version import TWENTY_1_0_3, Version


class Params(NamedTuple):
    """What was given, as text; None is what was not.  A blank cursor counts as not given."""

    filter: str | None = None
    order_by: str | None = None
    limit: str | None = None
    depth: str | None = None
    starting_after: str | None = None
    ending_before: str | None = None
    upsert: str | None = None
    permanent: str | None = None
    soft_delete: str | None = None
    group_by: str | None = None
    aggregate: str | None = None
    include_records_sample: str | None = None
    order_by_for_records: str | None = None
    view_id: str | None = None
    token: str | None = None

    def __repr__(self) -> str:
        return f"Params{self[:-1]}"  # the token is nobody's to see


_KEPT_LENGTH = 100  # "depth=1", "limit=60&depth=0": most query strings are these few
NAMES = frozenset(Params._fields)
_ALSO = {"viewId": "view_id"}
"""What 2.19 reads, and what its document has."""

GROUPS, MOST_GROUPS = 50, 10_000
_CURSORS = ("starting_after", "ending_before")
_NUMBER = re.compile(r"[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?")
_HEXADECIMAL = re.compile(r"0[xX][0-9a-fA-F]{1,12}")
_DEPTHS = ("0 (the record)", "1 (its relations too)", "2 (theirs too)")
_EXACT: dict[str | None, bool] = {None: False, "false": False, "true": True}
_FLAGS = {**_EXACT, "": False, "0": False, "1": True}


def parse(raw: str, version: Version = TWENTY_1_0_3) -> Params:
    """The parameters of a query string as it stands in the URL.

    One that is there twice counts as not given, and in a version that lists parameters one with brackets after its name
    does too; one that nobody knows is passed over.
    """
    lists = version.requests.lists_parameters
    return _parse_kept(raw, lists) if len(raw) <= _KEPT_LENGTH else _parse(raw, lists)


def _parse(raw: str, lists: bool) -> Params:
    given: dict[str, str | None] = {}
    for pair in raw.split("&"):
        name, _, value = pair.partition("=")
        if name not in NAMES:
            name = unquote_plus(name) if "%" in name or "+" in name else name
            name = _ALSO.get(name, name)
            if name not in NAMES:
                listed = name.partition("[")[0]
                if lists and listed in NAMES:
                    given[listed] = None
                continue
        if name in given:
            given[name] = None
        else:
            given[name] = unquote_plus(value) if "%" in value or "+" in value else value
    for name in _CURSORS:
        if given.get(name) is not None and not str(given[name]).strip():
            given[name] = None
    return Params(**given)


_parse_kept = lru_cache(maxsize=2000)(_parse)


def depth(text: str | None, version: Version = TWENTY_1_0_3) -> int:
    """How deep relations are opened: 0, 1 or 2; 0 where none is given.  Raises UnsupportedDepth."""
    found = version.depth_by_text.get(text)
    if found is None:
        assert text is not None
        if not text.strip():
            return 0
        number = _number(text)
        if number is None or number not in version.depths:
            allowed = ", ".join(map(str, version.depths))
            raise UnsupportedDepth(
                "depth",
                f"{shown(text)} is no depth; send {_either(_DEPTHS[: len(version.depths)])}",
                legacy=f"'depth={brief(text)}' parameter invalid. Allowed values are {allowed}",
            )
        found = int(number)
    return found


def limit(text: str | None, version: Version = TWENTY_1_0_3) -> int:
    """How many records a page holds at most; the version's usual page where none is given, 0 asks for the most there is.
    Raises InvalidQuery for what is no whole number from 0 to that.  Where pages are cut, 0 asks for none, a longer page
    is as long as it can be, and a fraction does not count."""
    if text is None or not text.strip():
        return version.page
    number = _number(text)
    if version.requests.cuts_pages and number is not None and number >= 0:
        return int(min(number, version.max_page))
    if number is None or not number.is_integer() or not 0 <= number <= version.max_page:
        raise InvalidQuery(
            f"limit: {shown(text)} is no size of a page; send a whole number from 1 to {version.max_page}, "
            "and starting_after with the endCursor of a page for the next one",
            legacy=f"limit '{brief(text)}' is invalid. Should be an integer",
        )
    return int(number) or version.max_page


def group_limit(text: str | None) -> int:
    """How many groups there are at most; 50 where nothing is said.  Raises InvalidQuery for what is no whole number from 0 to
    the most there are."""
    if text is None or not text.strip():
        return GROUPS
    number = _number(text)
    if number is None or not 0 <= number <= MOST_GROUPS:
        raise InvalidQuery(
            f"limit: {shown(text)} is no number of groups; send a whole number from 0 to {MOST_GROUPS}",
            legacy=f"limit '{brief(text)}' is invalid. Should be an integer",
        )
    return int(number)


def flag(text: str | None, name: str, version: Version = TWENTY_1_0_3) -> bool:
    """Whether a switch is on.  Raises InvalidQuery, in the name of the parameter, for neither on nor off, and for another
    spelling than "true" and "false" where the version knows no other and would take it for off."""
    found = (_EXACT if version.writes.exact_switches else _FLAGS).get(text)
    if found is None:
        raise InvalidQuery(f"{name}: {shown(text)} is neither true nor false; send {name}=true, or leave it out")
    return found


def upserts(raw: str) -> bool:
    """Whether the query string of a creation says that it may find its record there, and changes it then."""
    return _FLAGS.get(parse(raw).upsert, False)


class Afterlife(Enum):
    """What a deletion is told to do with its record: keep it where it can be brought back, destroy it, or neither in so
    many words, and then what is usual."""

    KEEPS = "keeps"
    DESTROYS = "destroys"
    AS_USUAL = "as usual"


def deletion(params: Params, version: Version) -> Afterlife:
    """What a deletion is told.  Raises InvalidQuery as `flag`, and where it is told both."""
    if version.keeps:
        return Afterlife.KEEPS if flag(getattr(params, version.keeps), version.keeps, version) else Afterlife.DESTROYS
    destroys = flag(getattr(params, version.destroys), version.destroys, version)
    if not params.soft_delete:
        return Afterlife.DESTROYS if destroys else Afterlife.AS_USUAL
    keeps = flag(params.soft_delete, "soft_delete", version)
    if keeps and destroys:
        raise InvalidQuery(f"soft_delete=true keeps the record and {version.destroys}=true destroys it; send one of the two")
    return Afterlife.KEEPS if keeps else Afterlife.DESTROYS


def cursor(params: Params) -> tuple[str | None, bool]:
    """The cursor that a page is asked for by, and whether the page lies before it.  Raises InvalidQuery
    where both are given."""
    if params.starting_after is not None and params.ending_before is not None:
        raise InvalidQuery(
            "starting_after and ending_before are both given; send starting_after for the page after a record, "
            "or ending_before for the page before it",
            legacy="Invalid cursor",
        )
    return params.starting_after or params.ending_before, params.ending_before is not None


def _either(texts: Sequence[str]) -> str:
    """The texts as a choice: "0, 1 or 2"."""
    *most, last = texts
    return f"{', '.join(most)} or {last}" if most else last


def _number(text: str) -> float | None:
    text = text.strip()
    if _HEXADECIMAL.fullmatch(text):
        return float(int(text, 16))
    return float(text) if _NUMBER.fullmatch(text) else None
