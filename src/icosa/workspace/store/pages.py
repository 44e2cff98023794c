"""The statements of a page and of how many records match in all.

Where there is a filter, a page and its total are found in one go over the rows: the numbers of those that match are held, and
counted, and the page is sorted out of them.  That pays where few match, and needs memory where many do.  So it is tried first
and gives up early, and what then answers goes over the rows once for the page and once for the total, and holds nothing.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, NamedTuple

from icosa.catalogue.model import Catalogue
from icosa.wire.language.condition import All, Condition, Test, mentions
from icosa.wire.language.filter_tree import Comparator
from icosa.wire.language.order import OrderKey
from icosa.wire.version import Version
from icosa.workspace.store import select
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.names import indexed, literal, quoted, search_columns, unique_keys
from icosa.workspace.store.plan import FindMany
from icosa.workspace.store.select import Lists
from icosa.workspace.store.statement import Statement

GAVE_UP = -1
"""The total of a statement that did not look to the end; the next one is to be asked."""

SORTED_AT_MOST = 100
"""Up to this many records SQLite goes along the index of ids; for more it may read all there are and sort them whole."""

_MATCHES, _COUNT = "icosa_matches", "icosa_count"
"""Names of what a statement holds, which no object has."""

_TESTS_AT_MOST = 200
"""What is held is written into a statement for each time that it is named, and SQLite takes some 450 tests with lists of their own
so before they are "nested too deep"."""

_LISTS_AT_MOST = _PARTS = 16
_IN_ORDER = frozenset({Comparator.EQ, Comparator.GT, Comparator.GTE, Comparator.LT, Comparator.LTE})

Keep = Callable[[Hashable, Callable[[], str]], str]
"""The text that is kept under a key, made where there is none."""


class PreparedPage(NamedTuple):
    """A page and its statements: the first whose total is not GAVE_UP has found it.  Those after the first are written when
    they are asked for.  Each gives one row: the records joined, and one more where there is one; their ids, a line each; the
    total, None for as many as there are ids; and what stands beside each, a line each."""

    plan: FindMany
    first: Statement
    later: Callable[[], Iterator[Statement]]


class PageStatements(NamedTuple):
    """Writes the statements of pages for one catalogue on one kind of database."""

    catalogue: Catalogue
    dialect: Dialect
    version: Version
    keep: Keep

    def prepare(self, plan: FindMany) -> PreparedPage:
        """The statements of a page.  They depend on nothing but the plan, so they may be kept and used again."""
        order = select.reversed_order(plan.order) if plan.backward else plan.order
        if plan.condition is None:
            return PreparedPage(plan, self._of_all(plan, order), _nothing)
        lists, unused = Lists(), Lists(used=False)
        if _along_an_index(plan) or (self.dialect.WEIGHS_INDEXES and _may_go_by_an_index(plan)):
            return PreparedPage(plan, self._in_two(plan, order, unused, broad=False), _nothing)
        first = self._at_once(plan, order, lists)
        if len(first.values) > _TESTS_AT_MOST:
            return PreparedPage(plan, self._in_two(plan, order, unused, broad=False), _nothing)
        listed = bool(lists.found)
        if len(lists.found) > _LISTS_AT_MOST:
            first, listed = self._at_once(plan, order, None), False

        def later() -> Iterator[Statement]:
            if listed:
                yield self._at_once(plan, order, unused)
            yield self._in_two(plan, order, unused, broad=True)

        return PreparedPage(plan, first, later)

    def untold(self, plan: FindMany, order: Sequence[OrderKey]) -> list[OrderKey]:
        """The keys of an order whose values do not stand in the JSON of a record as they are stored: those of related
        records, and foreign keys where an answer hides some."""
        hides = plan.depth > 0 and self.version.hides_deleted
        return [key for key in order if key.hop is not None or (hides and key.column.target is not None)]

    def _of_all(self, plan: FindMany, order: tuple[OrderKey, ...]) -> Statement:
        """The total is kept."""
        values: list[Any] = []
        deleted_at = 't."deletedAt"' if self._picks(plan, order) else self.dialect.deleted_at("t")
        condition = " AND ".join([f"{deleted_at} IS NULL", *self._after(plan, order, values)])
        total = f"(SELECT live FROM icosa_tally WHERE object = {literal(plan.of.singular)})"
        return self._whole(plan, order, condition, total, values)

    def _in_two(self, plan: FindMany, order: tuple[OrderKey, ...], lists: Lists, *, broad: bool) -> Statement:
        """`broad`: so many match that a page is soon full for who goes along an index of its order."""
        values: list[Any] = []
        matches = self._matches(plan, values, lists)
        total = f"(SELECT count(*) FROM {quoted(plan.of.table)} t WHERE {matches})"
        if broad:
            matches = self._matches(plan, [], Lists(used=False, broad=True))
        values *= 2  # they stand in the total first, and then in the condition
        if plan.cursor is None:  # a page that is not full tells the number itself; a CASE counts only where it must
            total = f"CASE WHEN count(*) > {plan.limit} THEN {total} END"
        return self._whole(plan, order, " AND ".join([matches, *self._after(plan, order, values)]), total, values)

    def _whole(self, plan: FindMany, order: tuple[OrderKey, ...], condition: str, total: str, values: list[Any]) -> Statement:
        by, limit = select.order_by(self.dialect, order), plan.limit + 1

        def text() -> str:
            if not self._picks(plan, order):
                source = f"{self.dialect.source(plan.of, 't')} WHERE {condition} ORDER BY {by} LIMIT {limit}"
            else:
                # The limit is in the text: SQLite plans worse for one that it does not know.  Sorting comes first and alone,
                # so that relations are read for the rows of the page only, and not held.
                row = f"t.{self.dialect.ROW}"
                picked = f"SELECT {row} r FROM {quoted(plan.of.table)} t WHERE {condition} ORDER BY {by} LIMIT {limit}"
                source = f"({picked}) p CROSS JOIN {self.dialect.source(plan.of, 't')} WHERE {row} = p.r"
            return self._page(plan, order, source, total)

        return Statement(self.keep((plan.of.singular, plan.depth, by, condition, limit, total), text), tuple(values))

    def _at_once(self, plan: FindMany, order: tuple[OrderKey, ...], lists: Lists | None) -> Statement:
        matched: list[Any] = []
        after: list[Any] = []
        matches = self._matches(plan, matched, lists)
        later = self._after(plan, order, after)
        by, limit = select.order_by(self.dialect, order), plan.limit + 1
        found = lists.found if lists else []
        key = (plan.of.singular, plan.depth, by, matches, limit, *later, len(found))
        text = self.keep(key, lambda: self._text_at_once(plan, order, matches, later, [text for _, text, _ in found]))
        return Statement(text, (*(value for _, _, value in found), *matched, *after))

    def _text_at_once(self, plan: FindMany, order: tuple[OrderKey, ...], matches: str, later: list[str], lists: list[str]) -> str:
        """Lists of an index, the rows that match, and how many, and whether neither is too long."""
        dialect, of, row = self.dialect, plan.of, f"t.{self.dialect.ROW}"
        by, limit, few = select.order_by(dialect, order), plan.limit + 1, dialect.few(of)
        most = dialect.most_held(of, walked=_sorted_by_an_index(plan))
        named = [f"{select.LIST}{at}({select.NUMBER}) AS MATERIALIZED ({text} LIMIT {few} + 1)" for at, text in enumerate(lists)]
        short = [f"(SELECT count(*) FROM {select.LIST}{at}) <= {few}" for at in range(len(lists))]
        held = f"CASE WHEN {' AND '.join(short)} THEN {most} + 1 ELSE 0 END" if short else f"{most} + 1"
        keys = "" if dialect.PICKS_BY else "".join(f", t.{quoted(name)}" for name in _read(order))
        named.append(
            f"{_MATCHES} AS MATERIALIZED (SELECT {row} {select.NUMBER}{keys} FROM {quoted(of.table)} t WHERE {matches} LIMIT {held})"
        )
        fits = " AND ".join([*short, f"c <= {most}"])
        named.append(f"{_COUNT}(c, fits) AS MATERIALIZED (SELECT c, {fits} FROM (SELECT count(*) c FROM {_MATCHES}) n)")
        kept = " AND ".join([f"{_COUNT}.fits", *later])
        rows = f"{_MATCHES} CROSS JOIN {quoted(of.table)} t" if dialect.PICKS_BY else f"{_MATCHES} t"
        kept += f" AND {row} = {select.NUMBER}" if dialect.PICKS_BY else ""
        picked = f"SELECT {select.NUMBER} FROM {_COUNT} CROSS JOIN {rows} WHERE {kept} ORDER BY {by} LIMIT {limit}"
        source = f"({picked}) p CROSS JOIN {dialect.source(of, 't')} WHERE {row} = p.{select.NUMBER}"
        if not dialect.PICKS_BY:
            source += f" ORDER BY {by}"
        total = f"(SELECT CASE WHEN fits THEN c ELSE {GAVE_UP} END FROM {_COUNT})"
        return f"WITH {', '.join(named)} {self._page(plan, order, source, total)}"

    def _page(self, plan: FindMany, order: tuple[OrderKey, ...], source: str, total: str) -> str:
        """The records of a source that are the page's, and what goes with them."""
        dialect, untold = self.dialect, self.untold(plan, order)
        body = select.record(dialect, self.catalogue, self.version, plan.of, plan.depth) + " d"
        body += f", {select.beside(dialect, untold)} k" if untold else ""
        beside = dialect.lines("k") if untold else "NULL"
        rows = f'SELECT {body}, CAST(t."id" AS text) i FROM {source}'
        return f"SELECT {dialect.encoded(dialect.page('d'))}, {dialect.lines('i')}, {total}, {beside} FROM ({rows}) page"

    def _matches(self, plan: FindMany, values: list[Any], lists: Lists | None) -> str:
        """The filter, and that nobody deleted the record unless the filter speaks of that."""
        matches = [select.where(self.dialect, plan.of, each, values, lists=lists) for each in _parts(plan)]
        if plan.condition is None or not mentions(plan.condition, "deletedAt"):
            matches.append('t."deletedAt" IS NULL')
        return " AND ".join(matches)

    def _after(self, plan: FindMany, order: tuple[OrderKey, ...], values: list[Any]) -> list[str]:
        return [] if plan.cursor is None else [select.after(self.dialect, order, plan.cursor, values)]

    def _picks(self, plan: FindMany, order: Sequence[OrderKey]) -> bool:
        """Whether rows are picked before anything is read about them."""
        return bool(self.dialect.PICKS_BY) and (plan.condition is not None or len(order) > 1 or plan.limit > SORTED_AT_MOST)


def _nothing() -> Iterator[Statement]:
    return iter(())


def _parts(plan: FindMany) -> Sequence[Condition]:
    """Conditions that all have to hold.  Of very many it is one that they do, because it is written another way."""
    if plan.condition is None:
        return ()
    return plan.condition.children if isinstance(plan.condition, All) and len(plan.condition.children) <= _PARTS else (plan.condition,)


def _sorted_by_an_index(plan: FindMany) -> bool:
    first = plan.order[0]
    return first.hop is None and (first.column.name == "id" or first.column.name in indexed(plan.of))


def _along_an_index(plan: FindMany) -> bool:
    """Whether one index answers the filter and the order both, so that no row is read but those of the page."""
    first = plan.order[0].column
    asked = all(isinstance(each, Test) and each.column == first and each.comparator in _IN_ORDER for each in _parts(plan))
    return asked and first.name != "id" and _sorted_by_an_index(plan)


def _may_go_by_an_index(plan: FindMany) -> bool:
    """Whether there is an index over a column that the filter asks about, whatever it asks."""
    named = {"id", *indexed(plan.of), *plan.of.relation_by_key, *(key[0].name for key in unique_keys(plan.of))}
    named |= {column.name for column in search_columns(plan.of)}
    return any(isinstance(each, Test) and each.column.name in named for each in _parts(plan))


def _read(order: Sequence[OrderKey]) -> list[str]:
    """The columns of a row that an order goes by."""
    return list(dict.fromkeys(key.column.name if key.hop is None else key.hop.key.name for key in order))
