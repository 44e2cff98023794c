"""Reads: find one, find many, duplicates, groups; the statements of a page are in pages.py."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import orjson

from icosa.catalogue.columns import column_by_name, column_by_path, columns
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import NotFound
from icosa.wire.language.condition import All, Condition, Either, Negation, Test
from icosa.wire.language.filter_tree import Comparator
from icosa.wire.language.order import OrderKey
from icosa.wire.version import Version
from icosa.workspace.store import select
from icosa.workspace.store.answer_length import LONGEST_ANSWER, Length, too_long
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.doc import RECORD_BREAK
from icosa.workspace.store.names import quoted
from icosa.workspace.store.pages import GAVE_UP, PageStatements, PreparedPage
from icosa.workspace.store.plan import FindDuplicates, FindMany, FoundPage, GroupBy, Keyset
from icosa.workspace.store.records import Columns, changed_columns
from icosa.workspace.store.statement import Row, Statement, Statements

_BREAK = RECORD_BREAK.encode()

DUPLICATE_MIN_LENGTH = 3

STATEMENTS_KEPT = 2000


class Reads:
    """The reads of one catalogue on one kind of database, told as a version has it.  Keeps the text of statements by the
    shape of the request; values are always bound."""

    def __init__(self, catalogue: Catalogue, dialect: Dialect, version: Version) -> None:
        self.catalogue = catalogue
        self.dialect = dialect
        self.version = version
        self._texts: dict[Hashable, str] = {}
        self._pages = PageStatements(catalogue, dialect, version, self._kept)

    def find_one(self, of: Object, id_: str, depth: int, *, deleted: bool | None = False) -> Statements[bytes]:
        """The JSON of a live record, of a `deleted` one, or of either for None.  Raises NotFound, and InvalidQuery where it
        is too long for an answer."""
        return found_one(of, id_, (yield Statement(self.one_text(of, depth, deleted), (id_,))))

    def prepare(self, plan: FindMany) -> PreparedPage:
        """The statements of a page.  They depend on nothing but the plan, so they may be kept and used again."""
        return self._pages.prepare(plan)

    def find_many(self, prepared: PreparedPage) -> Statements[FoundPage]:
        """A page, and how many records match in all.  Raises InvalidQuery where it is too long for an answer."""
        plan = prepared.plan
        (row,) = yield prepared.first
        later = prepared.later() if row[2] == GAVE_UP else ()
        for statement in later:
            (row,) = yield statement
            if row[2] != GAVE_UP:
                break
        docs, lines, total, beside = row
        ids = [] if lines is None else lines.split("\n")
        if total is None:
            total = len(ids)
        if not ids:
            return FoundPage((), False, False, None, None, total)
        if not plan.limit:
            return FoundPage((), True, False, None, None, total)
        if docs is None:
            raise too_long()
        more = len(ids) > plan.limit
        end = docs.rindex(_BREAK) if more else len(docs)
        if more:
            ids.pop()
        if plan.backward:
            docs = _BREAK.join(reversed(docs[:end].split(_BREAK)))
            end = len(docs)
            ids.reverse()
        if len(plan.order) == 1:
            first, last = (ids[0],), (ids[-1],)
        else:
            first, last = self._ends(plan, docs, end, _beside_ends(beside, len(ids), backward=plan.backward))
        records: tuple[bytes | memoryview, ...] = (b"{", memoryview(docs)[:end])
        if plan.of.listed_by:
            records = yield from self._listed(plan.of, ids, docs[:end].split(_BREAK))
        return FoundPage(records, more or plan.backward, more and plan.backward, first, last, total)

    def _listed(self, of: Object, ids: list[str], docs: list[bytes]) -> Statements[tuple[bytes, ...]]:
        """The records of a page that have any of what they are listed by; one that is deleted took it along."""
        many = next(each for each in self.catalogue.has_many(of) if each.name == of.listed_by)
        key, table = f"its.{quoted(many.foreign_key)}", quoted(self.catalogue.by_singular[many.source].table)
        text = (
            f'SELECT DISTINCT {key} FROM {table} AS its JOIN {quoted(of.table)} AS record ON record."id" = {key} '
            f'WHERE {self.dialect.among(key)} AND (its."deletedAt" IS NULL OR record."deletedAt" IS NOT NULL)'
        )
        rows = yield Statement(text, (self.dialect.ids(ids),))
        shown = {str(row[0]) for row in rows}
        kept = [doc for id_, doc in zip(ids, docs, strict=True) if id_ in shown]
        return (b"{", _BREAK.join(kept)) if kept else ()

    def find_duplicates(self, plan: FindDuplicates) -> Statements[list[FoundPage]]:
        """The duplicates of each record that was asked for, in that order; ids that no record has are left out."""
        of = plan.page.of
        probes: list[Columns] = [changed_columns(of, sent) for sent in plan.data]
        if plan.ids:
            names = ", ".join(quoted(column.name) for column in columns(of))
            rows = yield Statement(
                f'SELECT {names} FROM {quoted(of.table)} WHERE {self.dialect.among(quoted("id"))} AND "deletedAt" IS NULL',
                (self.dialect.ids(list(plan.ids)),),
            )
            by_id = {probe["id"]: probe for probe in (self.read_columns(of, row) for row in rows)}
            probes = [by_id[id_] for id_ in plan.ids if id_ in by_id]
        pages, length = [], Length()
        for probe in probes:
            condition = duplicate_condition(of, probe)
            if condition is None:
                pages.append(FoundPage((), False, False, None, None, 0))
                continue
            both = All((condition, plan.page.condition)) if plan.page.condition else condition
            page = FindMany(of, both, plan.page.order, plan.page.limit, plan.page.depth, plan.page.cursor, plan.page.backward)
            pages.append((yield from self.find_many(self.prepare(page))))
            length.add(*pages[-1].records)
        return pages

    def group_by(self, plan: GroupBy) -> Statements[bytes]:
        """The JSON of the groups, joined by commas.  Raises InvalidQuery where it is too long for an answer."""
        from icosa.workspace.store import grouping  # here: most reads group nothing

        rows = yield grouping.statement(self.dialect, plan)
        found, count = rows[0]
        if not count:
            return b""
        if found is None:
            raise too_long()
        groups: bytes = found
        return groups

    def read_columns(self, of: Object, row: Row) -> Columns:
        """The canonical values of a row that was read with all columns in order."""
        return {column.name: self.dialect.canonical(column, stored) for column, stored in zip(columns(of), row, strict=False)}

    def one_text(self, of: Object, depth: int, deleted: bool | None = False) -> str:
        """The text that finds a record by its id, as `find_one` has it; `found_one` makes something of the rows."""
        key = (of.singular, depth, deleted)
        text = self._texts.get(key)
        if text is None:
            body = "'{'||" + select.record(self.dialect, self.catalogue, self.version, of, depth)
            state = "" if deleted is None else f" AND {self.dialect.deleted_at('t')} IS {'NOT ' if deleted else ''}NULL"
            text = self._kept(key, lambda: self.dialect.one(body, of, state, whole=depth > 0))
        return text

    def _ends(self, plan: FindMany, docs: bytes, end: int, beside: "_Beside") -> tuple[Keyset, Keyset]:
        """The places of the first and the last of joined records, which go as far as `end`."""
        untold, order = self._pages.untold(plan, plan.order), plan.order
        after_first, before_last = docs.find(_BREAK, 0, end), docs.rfind(_BREAK, 0, end)
        if after_first < 0:
            only = _place(order, docs[:end], untold, beside[0])
            return only, only
        return (
            _place(order, docs[:after_first], untold, beside[0]),
            _place(order, docs[before_last + len(_BREAK) : end], untold, beside[1]),
        )

    def _kept(self, key: Hashable, made: Callable[[], str]) -> str:
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) >= STATEMENTS_KEPT:
                self._texts.clear()
            text = self._texts[key] = made()
        return text


def found_one(of: Object, id_: str, rows: list[Row]) -> bytes:
    """The JSON of the record that `one_text` found.  Raises NotFound, and InvalidQuery where it is too long for an answer."""
    if not rows:
        raise NotFound(f"no {of.singular} has the id {id_}, or it was deleted; check the id", legacy="Record not found")
    found: bytes | None = rows[0][0]
    if found is None or len(found) > LONGEST_ANSWER:
        raise too_long()
    return found


_Beside = tuple[list[Any], list[Any]]
"""The values that are told beside the first and the last record of a page."""


def _beside_ends(lines: str | None, count: int, *, backward: bool) -> _Beside:
    """Those of a page of `count` records, of lines that one record more may have."""
    if lines is None:
        return [], []
    each = lines.split("\n", count)
    first, last = orjson.loads(each[0]), orjson.loads(each[count - 1])
    return (last, first) if backward else (first, last)


def _place(order: Sequence[OrderKey], doc: bytes, untold: Sequence[OrderKey], beside: Sequence[Any]) -> Keyset:
    """What a record has for each key; None where nothing is stored, whatever an answer has for it."""
    record, found = orjson.loads(b"{" + doc), dict(zip((key.path for key in untold), beside, strict=True))
    for key in order:
        if key.path not in found:
            held = record[key.column.field]
            found[key.path] = held[key.column.part] if key.column.part else held
    return tuple(None if found[key.path] == key.column.absent else found[key.path] for key in order)


def duplicate_condition(of: Object, probe: Columns) -> Condition | None:
    """What the duplicates of a record have in common with it; None where it has nothing to compare by."""
    by_name = column_by_name(of)
    # Being alive stands in each criterion, because indexes over unique texts hold the living alone.
    alive = Test(by_name["deletedAt"], Comparator.IS, None)
    criteria: list[Condition] = []
    for names in of.duplicate_criteria:
        values = [probe.get(name) for name in names]
        if all(isinstance(value, str) and len(value) >= DUPLICATE_MIN_LENGTH for value in values):
            equal = (Test(by_name[name], Comparator.EQ, value) for name, value in zip(names, values, strict=True))
            criteria.append(All((*equal, alive)))
    if not criteria:
        return None
    condition: Condition = Either(tuple(criteria))
    if probe.get("id"):
        condition = All((condition, Negation(Test(column_by_path(of)["id"], Comparator.EQ, probe["id"]))))
    return condition
