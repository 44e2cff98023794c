"""What a caller in the same process may ask for beside requests: many records at once, past their JSON.

Each asks as a request does, with its key, its filter and its order, and is checked like one.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, NamedTuple

from icosa.catalogue.model import Catalogue, Object
from icosa.wire.language.filter_tree import Filter
from icosa.wire.language.grammar import grammar_of
from icosa.wire.language.place import Located, place_at
from icosa.wire.message import Answer, Request
from icosa.wire.rest.body import read_records
from icosa.wire.rest.body_columns import Sheet, read_sheet
from icosa.workspace.access.keys import Principal, check_may_write
from icosa.workspace.begun import Begun
from icosa.workspace.footing import TRIES, Footing
from icosa.workspace.performing import create, create_sheet, writing_by
from icosa.workspace.planning.rest import plan_read
from icosa.workspace.rules import effects, permitted
from icosa.workspace.store.labels import labels
from icosa.workspace.store.plan import FindMany, FoundPage, Keyset
from icosa.workspace.store.rows import LinePage, RowPage, all_values_of, lines_of, values_of
from icosa.workspace.store.sheets import takes_sheets
from icosa.workspace.store.statement import Outdated, Row, Statements, T
from icosa.workspace.store.stored_catalogue import check_edition, held_to
from icosa.workspace.store.write_plan import Create
from icosa.workspace.workspace import CHANGING, Workspace

Json = dict[str, Any]

_PAGE: Final = 500
"""Records that are read together."""


class _Sheet(NamedTuple):
    """New records that are written by their columns."""

    of: Object
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class InProcess:
    """A workspace, and who asks it; without a principal the key counts."""

    workspace: Workspace
    principal: Principal | None
    token: str | None = None

    def rows(self, request: Request, paths: Sequence[str], limit: int, after: Keyset | None) -> RowPage | None:
        """The values at these paths, which may lead along a relation, of up to `limit` records that a find many asks for, behind a
        place in their order.  None where the records cannot be read by rows."""

        def begin() -> Statements[RowPage | None]:
            catalogue, plan = yield from self._planned(request, limit, after)
            if plan is None:
                return None
            places = [place for path in paths if isinstance(place := place_at(plan.of, path, catalogue), Located)]
            if len(places) < len(paths) or (self.workspace.version.hides_deleted and any(each.hop is not None for each in places)):
                return None
            return (yield from values_of(self.workspace.store.dialect, plan, places))

        return self._read(begin)

    def lines(self, request: Request, paths: Sequence[str], mask: str, limit: int, after: Keyset | None) -> LinePage | None:
        """The same as lines of JSON, what is secret masked."""

        def begin() -> Statements[LinePage | None]:
            _, plan = yield from self._planned(request, limit, after)
            return None if plan is None else (yield from lines_of(self.workspace.store.dialect, plan, paths, mask))

        return self._read(begin)

    def labels(self, of: Object, ids: Sequence[str], *, at_once: bool = False) -> list[Row]:
        """The id of each live record among these, and the columns of what it is called by, as they are stored.  Raises Outdated where the
        objects are others by now; `at_once` is for an event loop, and raises NotAtOnce where that would be held."""

        def begin() -> Statements[list[Row]]:
            _, footing = yield from self._known()
            if footing.catalogue.by_singular.get(of.singular) is not of:
                raise Outdated(f"{of.plural} were changed meanwhile")
            return (yield from labels(self.workspace.store.dialect, of, ids))

        store = self.workspace.store
        return store.read_at_once(begin) if at_once else store.read(begin)

    def found(self, plural: str, tree: Filter) -> bytes:
        """The live records that a filter finds, as one JSON list; any number of them."""
        pages: list[bytes] = []
        after: Keyset | None = None
        while True:
            page, opened = self._read(partial(self._page, plural, tree, after))
            pages += [b"".join(opened)] if opened else []
            if not page.has_next:
                return b"[" + b",".join(pages) + b"]"
            after = page.last

    def columns(self, plural: str, tree: Filter, paths: Sequence[str]) -> list[Sequence[Any]] | None:
        """The values at these paths of the live records that a filter finds, by path, in no order; of any number of them.  None where
        a path is none of the object's own, or its records cannot be read by rows."""

        def begin() -> Statements[list[Sequence[Any]] | None]:
            _, footing = yield from self._known()
            of = footing.catalogue.named(plural)
            places = [place for path in paths if isinstance(place := place_at(of, path, footing.catalogue), Located) and place.hop is None]
            if of.listed_by or len(places) < len(paths):
                return None
            condition = grammar_of(self.workspace.version.spelling).bind(tree, of, footing.catalogue)
            return (yield from all_values_of(self.workspace.store.dialect, of, condition, places))

        return self._read(begin)

    def create(self, plural: str, records: Sequence[Json]) -> list[bytes]:
        """Creates any number of records in one transaction, all or none, each as one of a create many; their JSON, in order, in which
        secrets are as they are stored.  Raises what a create many raises."""

        def planned(principal: Principal, footing: Footing) -> Callable[[], Statements[list[bytes]]]:
            return partial(self._created, principal, footing, self._creations(principal, footing, plural, records))

        return self._write(planned)

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to writes of single records, done one after the other in one transaction, all or none.  Raises what the first
        that is refused is refused with."""

        def planned(principal: Principal, footing: Footing) -> Callable[[], Statements[list[Answer]]]:
            begun = [self.workspace.planned(each, principal, footing) for each in requests]
            return partial(self._written, [each for each in begun if isinstance(each, Begun)])

        return self._write(planned)

    def _written(self, writes: Sequence[Begun]) -> Statements[list[Answer]]:
        found = []
        for each in writes:
            found.append((yield from self.workspace.written(each)))
        return found

    def _creations(self, principal: Principal, footing: Footing, plural: str, records: Sequence[Json]) -> Sequence[Create | _Sheet]:
        check_may_write(principal)
        version, of = self.workspace.version, footing.catalogue.named(plural)
        batches = [list(records[at : at + version.batch]) for at in range(0, len(records), version.batch)]
        if principal.id is not None:
            permitted.check(Create(of, (), 0), version)
        sheets = takes_sheets(of) and effects.adds_nothing(of, version)
        read = ((batch, read_sheet(of, batch, version) if sheets else None) for batch in batches)
        return [
            Create(of, tuple(read_records(footing.catalogue, of, batch, version)), 0) if sheet is None else _Sheet(of, sheet)
            for batch, sheet in read
        ]

    def _created(self, principal: Principal, footing: Footing, plans: Sequence[Create | _Sheet]) -> Statements[list[bytes]]:
        found: list[bytes] = []
        version, dialect = self.workspace.version, self.workspace.store.dialect
        for plan in plans:
            writing = writing_by(principal, footing, dialect, self.workspace.now(), version)
            if isinstance(plan, _Sheet):
                found += [b"{" + doc.encode() for _, doc in (yield from create_sheet(writing, plan.of, plan.sheet))]
                continue
            found += [each.record for each in (yield from create(writing, footing.reads, footing.secrets, plan))]
        return found

    def _known(self) -> Statements[tuple[Principal, Footing]]:
        return (yield from self.workspace.known(Request("GET", "", token=self.token), self.principal))

    def _page(self, plural: str, tree: Filter, after: Keyset | None) -> Statements[tuple[FoundPage, Sequence[bytes | memoryview]]]:
        _, footing = yield from self._known()
        of, grammar = footing.catalogue.named(plural), grammar_of(self.workspace.version.spelling)
        condition = grammar.bind(tree, of, footing.catalogue)
        plan = FindMany(of, condition, grammar.order(None, of, footing.catalogue), _PAGE, 0, after)
        page = yield from footing.reads.find_many(footing.reads.prepare(plan))
        return page, footing.secrets.open_records(of, 0, page.records)

    def _planned(self, request: Request, limit: int, after: Keyset | None) -> Statements[tuple[Catalogue, FindMany | None]]:
        _, footing = yield from self._known()
        route = footing.router.match(request.method, request.path)
        plan = plan_read(footing.catalogue, route, request, self.workspace.version) if route else None
        if not isinstance(plan, FindMany) or plan.of.listed_by or any(key.hop is not None for key in plan.order):
            return footing.catalogue, None
        return footing.catalogue, plan._replace(limit=limit, cursor=after)

    def _read(self, begin: Callable[[], Statements[T]]) -> T:
        for _ in range(TRIES):
            with suppress(Outdated):
                return self.workspace.store.read(begin)
        raise CHANGING

    def _write(self, planned: Callable[[Principal, Footing], Callable[[], Statements[T]]]) -> T:
        """Plans a write and does it, anew where the objects were changed between the two."""
        for _ in range(TRIES):
            with suppress(Outdated):
                principal, footing = self.workspace.store.read(self._known)
                return self.workspace.store.write(partial(held_to, partial(check_edition, footing.edition), planned(principal, footing)))
        raise CHANGING
