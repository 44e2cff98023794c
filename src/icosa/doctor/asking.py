"""What Twenty 2.19 does otherwise with what is asked of it: deletions, pages, batches, filters, values.

Each rule is one of its own, from how a 2.19 answered; what is gone or of another type is seen by comparing catalogues.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qsl

from icosa.call.spelling import incomplete, nothing
from icosa.catalogue.folding import folded
from icosa.catalogue.model import Catalogue, Object
from icosa.doctor.filters import of_filter
from icosa.doctor.finding import Finding, FindingKind, Severity
from icosa.doctor.names import member_meant, object_called
from icosa.doctor.requests import is_known
from icosa.doctor.uses import Found, Misuse, RawRequest, Spot, Use, records_of
from icosa.forms.text import unread
from icosa.wire.version import TWENTY_2_19

BREAKS, DANGEROUS = Severity.BREAKS, Severity.DANGEROUS

_ID: Final = re.compile(r"[0-9a-fA-F-]{36}")
_RESTORES: Final = re.compile(r"/rest/(?:restore/(?P<plural>\w+)/[^/]+|(?P<behind>\w+)/[^/]+/restore)/?")
_NUMBERS_NOW: Final = frozenset({"amountMicros", "addressLat", "addressLng"})
"""Parts that 1.0.3 answers with as texts, and 2.19 as numbers."""


def asked_otherwise(new: Catalogue, found: Found) -> Iterator[Finding]:
    """What becomes dangerous, or is refused, at a place whose objects and fields are all there in `new`."""
    at = Finding(BREAKS, FindingKind.REQUEST, found.object, "", "", file=found.file, line=found.line)
    match found:
        case Misuse():
            return
        case RawRequest():
            yield from _of_request(at, found)
        case Use():
            yield from _of_read(at, new, found)
        case Spot():
            of = object_called(new, found.object)
            at = replace(at, object=of.plural if of else found.object)
            yield from _of_page(at, found)
            if of is not None:
                yield from _of_call(at, new, of, found)


def _of_request(at: Finding, sent: RawRequest) -> Iterator[Finding]:
    request = sent.request
    query = dict(parse_qsl(request.query, keep_blank_values=True))
    if request.method == "DELETE" and query.get(TWENTY_2_19.keeps) != "true":
        word = next((f" with {name}={query[name]}" for name in ("permanent", TWENTY_2_19.keeps) if name in query), "")
        unless = "" if all(map(is_known, query)) else f", unless its query, which is not in the text, says {TWENTY_2_19.keeps}=true"
        what = f"DELETE{word} destroys the record there for good, and what lives and dies with it{unless}"
        yield replace(at, severity=DANGEROUS, what=what, mend="add ?soft_delete=true, spelt just so, to keep it in the bin")
    if "token" in query:
        yield replace(at, what="?token= is not read there: the request is refused with 403", mend="send -H 'Authorization: Bearer …'")
    if request.method == "PATCH" and (found := _RESTORES.fullmatch(request.path)):
        plural = found["plural"] or found["behind"]
        what = f"PATCH /rest/restore/{plural}/ID" if found["plural"] else f"PATCH /rest/{plural}/ID/restore"
        mend = f"PATCH /rest/restore/{plural}?filter=id[eq]:ID, never without the filter, which would bring back all"
        yield replace(at, what=f"{what} is refused there with 400", mend=mend)
    if "starting_after" in query and "ending_before" in query:
        yield replace(at, what="starting_after and ending_before at once are refused there with 400", mend="send one of them")
    if request.path.endswith("/duplicates") and (beside := sorted(query.keys() & {"filter", "limit", "order_by"})):
        what = f"what {', '.join(beside)} says counts for nothing there when duplicates are looked for"
        yield replace(at, what=what, mend="choose among what is answered")


def _of_read(at: Finding, new: Catalogue, use: Use) -> Iterator[Finding]:
    part = use.path.rpartition(".")[2]
    of = object_called(new, use.object)
    if use.read and part in _NUMBERS_NOW and of is not None and member_meant(new, of, use.path):
        what = f"{use.path} is read as a number there, where it was a text"
        mend = f"take both: {'int' if part == 'amountMicros' else 'float'}(…)"
        yield replace(at, object=of.plural, member=use.path, what=what, mend=mend)


def _of_page(at: Finding, spot: Spot) -> Iterator[Finding]:
    """What holds of any object: how far relations are opened, and how long pages and batches are."""
    given = {folded(name): value for name, value in spot.given.items()}
    depth, limit = _whole(given.get("depth")), _whole(given.get("limit"))
    most = TWENTY_2_19.max_page
    if depth is not None and depth > max(TWENTY_2_19.depths):
        mend = "depth 1, and what lies behind it in requests of its own"
        yield replace(at, what=f"depth {depth} is refused there with 400; there are 0 and 1", mend=mend)
    if limit == 0:
        mend = "leave limit out for 60 records, or go through the pages"
        yield replace(at, severity=DANGEROUS, what="limit 0 finds no records there, where it found all", mend=mend)
    elif limit is not None and limit > most:
        mend = (
            "go through the pages by endCursor and starting_after; in Python, iterate does"
            if spot.raw
            else "iterate goes through all pages"
        )
        yield replace(at, severity=DANGEROUS, what=f"limit {limit} is cut to {most} there, without a word", mend=mend)
    if folded(spot.operation).startswith("createmany"):
        count = len(records_of(given.get("body")))
        if count > TWENTY_2_19.batch:
            what = f"a batch of {count} records is refused there with 400, and nothing is made"
            yield replace(at, what=what, mend=f"send at most {TWENTY_2_19.batch} at once")


def _of_call(at: Finding, new: Catalogue, of: Object, spot: Spot) -> Iterator[Finding]:
    operation = folded(spot.operation)
    if operation.endswith("duplicates") and not of.duplicate_criteria:
        what = f"duplicates of {of.plural} are none there, whatever is sent: 1.0.3 answered with every record"
        yield replace(at, severity=DANGEROUS, what=what, mend="compare what a filter finds")
    for name, value in spot.given.items():
        if folded(name) in ("filter", "where") and isinstance(value, str):
            yield from of_filter(at, new, of, value)
    if operation.startswith(("createone", "updateone", "upsert")):
        yield from _of_record(at, new, of, spot, spot.given)
    elif operation.startswith("createmany"):
        bodies = (value for name, value in spot.given.items() if folded(name) == "body")
        for record in (each for body in bodies for each in records_of(body)):
            yield from _of_record(at, new, of, spot, record)


def _of_record(at: Finding, new: Catalogue, of: Object, spot: Spot, record: Mapping[str, Any]) -> Iterator[Finding]:
    updates = folded(spot.operation).startswith("updateone")
    yield from _of_id(at, spot, record)
    values: dict[str, Any] = {}
    for name, value in record.items():
        known = member_meant(new, of, name) if name and "." not in name else None
        if known is None or known[0] != of:
            continue
        values[known[1]] = value
        inside = replace(at, member=known[1])
        relation = of.relation_by_name.get(known[1])
        if relation is not None and isinstance(value, Mapping) and not value.keys() & {"connect", "disconnect"}:
            what = f"{relation.name} as {{{', '.join(value)}}} is refused there with 400"
            connect = f'{{"{relation.name}": {{"connect": {{"where": {{"id": …}}}}}}}}'
            yield replace(inside, what=what, mend=f"send {relation.foreign_key} with the id, or {connect}")
        if spot.raw and value is None and relation is None:
            yield from _of_null(inside, of, known[1], updates)
    if spot.raw and updates:
        yield from _of_parts(at, of, values)


def _of_id(at: Finding, spot: Spot, record: Mapping[str, Any]) -> Iterator[Finding]:
    """An id that stands in a script is the same each time that it runs.  A plan makes its ids anew, and has no lines."""
    given = {folded(name): value for name, value in record.items()}
    upserts = folded(spot.operation).startswith("upsert") or spot.given.get("upsert") in (True, "true")
    held = given.get("id")
    if folded(spot.operation).startswith("create") and not upserts and spot.line and isinstance(held, str) and _ID.fullmatch(held):
        what = f"a creation with the id {held} is refused there with 400 as long as a deleted record has it"
        yield replace(at, member="id", what=what, mend="bring that one back, create with upsert, or leave the id out")


def _of_null(at: Finding, of: Object, name: str, updates: bool) -> Iterator[Finding]:
    field = of.field_by_name[name]
    if not field.type.composite:
        return
    mend = f"send each part: {json.dumps({name: nothing(of, name, lenient=False)}, ensure_ascii=False)}"
    if field.type.name.startswith("RICH_TEXT"):
        yield replace(at, what=f"null for {name}, a rich text, is refused there with 400", mend=mend)
    elif updates:
        yield replace(at, severity=DANGEROUS, what=f"null for {name} is ignored there: what is to be cleared stays", mend=mend)


def _of_parts(at: Finding, of: Object, values: Mapping[str, Any]) -> Iterator[Finding]:
    for name in incomplete(of, {name: value for name, value in values.items() if not unread(value)}):
        whole = ", ".join(of.field_by_name[name].type.about.written_whole)
        yield replace(
            at, severity=DANGEROUS, member=name, what=f"{name} without all of {whole} empties there those that are left out",
            mend="send them all, as they are in the record",
        )  # fmt: skip


def _whole(value: Any) -> int | None:
    """A number as Python, JSON or a command line says it; None where it is not known."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
