"""What is measured: requests to a workspace, what the floor does for the same answer, and what is aimed at."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from bench.data import Size, insert_text, moment, pattern_row, record_id
from bench.floor.plan import Step
from bench.load import NotMeasured, find
from icosa.catalogue.columns import columns
from icosa.catalogue.model import Catalogue, Object
from icosa.wire.actions import Operation as Action
from icosa.wire.rest import envelope
from icosa.wire.version import TWENTY_1_0_3
from icosa.workspace.store import select
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.names import quoted

PAGE, BATCH, RECENT = 60, 60, 500
_MARK = b"\0"


@dataclass(frozen=True, slots=True)
class Floors:
    """Makes the floor's steps for one catalogue on one kind of database."""

    catalogue: Catalogue
    dialect: Dialect

    def one(self, of: str, depth: int = 0) -> Step:
        """One record by its id."""
        live = f" AND {self.dialect.deleted_at('t')} IS NULL"
        return Step(self.dialect.one(self._record(of, depth), self._object(of), live, whole=depth > 0), "", "", by_id=True)

    def page(
        self, of: str, depth: int = 0, where: str = "TRUE", bound: str = "", order: str = 't."id"', limit: int = PAGE, counted: bool = False
    ) -> Step:
        """Records of a condition, in an order, with their relations; `bound` is the value of its `?`.  None was deleted, so that
        it need not be asked; `counted`: more match than the page holds, so that their number has to be found out too."""
        table = quoted(self._object(of).table)
        source = self.dialect.source(self._object(of), "t")
        rows = f"SELECT {self._record(of, depth)} d FROM {source} WHERE {where} ORDER BY {order} LIMIT {limit}"
        count = f", (SELECT count(*) FROM {table} t WHERE {where})" if counted else ""
        text = f"SELECT {self.dialect.encoded(self.dialect.page('d'))}{count} FROM ({rows}) p"
        return Step(text, "", "", values=[bound] * text.count("?"))

    def create(self, records: int = 1) -> Step:
        """New people: the row that a workspace writes, with an id and an e-mail of its own."""
        of = self._object("person")
        names = [column.name for column in columns(of)]
        row = list(pattern_row(self.catalogue, self.dialect, of).values())
        many = records > 1
        made = (b"{" + _MARK,)
        around = envelope.several(Action.CREATE_MANY, of, made) if many else envelope.one(Action.CREATE_ONE, of, made)
        head, _, tail = (part.decode() for part in around.partition(_MARK))
        fresh = [names.index("id"), names.index("emailsPrimaryEmail")]
        return Step(f"{insert_text(of)} RETURNING doc", head, tail, writes=True, records=records, row=row, fresh=fresh)

    def update(self) -> Step:
        """A new job title for a person."""
        of = self._object("person")
        head, _, tail = (part.decode() for part in envelope.one(Action.UPDATE_ONE, of, (b"{" + _MARK,)).partition(_MARK))
        text = f'UPDATE {quoted(of.table)} SET "jobTitle" = ?, "updatedAt" = ? WHERE "id" = ? RETURNING doc'
        return Step(text, head, tail, by_id=True, writes=True, row=["Engineer", moment(0)], fresh=[0])

    def _object(self, singular: str) -> Object:
        return self.catalogue.by_singular[singular]

    def _record(self, of: str, depth: int) -> str:
        return select.record(self.dialect, self.catalogue, TWENTY_1_0_3, self._object(of), depth)


@dataclass(frozen=True, slots=True)
class Operation:
    """A request to measure.  `ids` names the object whose ids fill {id}; `at_least` is a share of the floor's
    rate, `rate` a number a second, both what is aimed at; `before` is what Twenty 1.0.3 reached on two cores
    with a few hundred records."""

    name: str
    path: str
    floor: Callable[[Floors], Step] | None = None
    method: str = "GET"
    body: str = ""
    batch: int = 0
    ids: str = ""
    at_least: float | None = None
    rate: float | None = None
    before: float | None = None


PERSON = json.dumps(
    {
        "name": {"firstName": "Ada", "lastName": "{unique}"},
        "emails": {"primaryEmail": "{unique}@example.com"},
        "jobTitle": "Engineer",
        "city": "Lyon",
    }
)
LOOKED_FOR = json.dumps(
    {"data": [{"name": {"firstName": "Ada", "lastName": "Lovelace"}, "emails": {"primaryEmail": "{unique}@example.com"}}]}
)


def operations(size: Size, *, embedded: bool) -> tuple[Operation, ...]:
    """All that `make bench` measures, reads before writes.  What is aimed at in writes is for an embedded database."""
    writes = _writes() if embedded else (replace(each, at_least=None, rate=None) for each in _writes())
    return (*_finds(), *_filters(size), *writes)


class Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)


def named(of: Sequence[N], word: str) -> list[N]:
    """Those that have a word in their name.  Raises NotMeasured where none has."""
    found = [each for each in of if word in each.name]
    if not found:
        raise NotMeasured(f"no operation has {word!r} in its name; these are measured: {', '.join(each.name for each in of)}")
    return found


def _finds() -> tuple[Operation, ...]:
    companies = partial(find, "companies", limit=PAGE)
    return (
        Operation("find one", "/rest/people/{id}?depth=0", lambda to: to.one("person"), ids="person", at_least=0.7, before=31),
        Operation("find one, depth 1", "/rest/people/{id}?depth=1", lambda to: to.one("person", 1), ids="person"),
        Operation("find one deal, depth 2", "/rest/opportunities/{id}?depth=2", lambda to: to.one("opportunity", 2), ids="opportunity"),
        Operation("page of 60 companies", companies(depth=0), lambda to: to.page("company"), at_least=0.7, before=12),
        Operation("page of 60 companies, depth 1", companies(depth=1), lambda to: to.page("company", 1), at_least=0.7, before=4.2),
        Operation(
            "page of 60 deals, depth 2", find("opportunities", limit=PAGE, depth=2), lambda to: to.page("opportunity", 2), before=0.08
        ),
        Operation("page of 1, totalCount", find("people", limit=1, depth=0), lambda to: to.page("person", limit=1)),
    )


def _filters(size: Size) -> tuple[Operation, ...]:
    people = partial(find, "people", limit=PAGE, depth=0)
    recent, company = moment(size.people - RECENT), record_id("company", size.of("company") // 2)
    return (
        Operation(
            "filter + order on an index",
            people(filter=f'createdAt[gte]:"{recent}"', order_by="createdAt[DescNullsLast]"),
            lambda to: to.page(
                "person", 0, 't."createdAt" >= ? AND t."deletedAt" IS NULL', recent, 't."createdAt" DESC, t."id"', counted=True
            ),
            at_least=0.6,
            before=8.3,
        ),
        Operation(
            "filter on a relation",
            people(filter=f"companyId[eq]:{company}"),
            lambda to: to.page("person", 0, 't."companyId" = ?', company),
        ),
        Operation("ilike '%…%' on names", people(filter='name.lastName[ilike]:"%bado%"')),
        Operation("duplicates of one", "/rest/people/duplicates?depth=0", method="POST", body=LOOKED_FOR, before=4.0),
    )


def _writes() -> tuple[Operation, ...]:
    title = json.dumps({"jobTitle": "Engineer {unique}"})
    return (
        Operation("create one", "/rest/people?depth=0", Floors.create, "POST", PERSON, at_least=0.6, rate=1200, before=15.6),
        Operation("update one", "/rest/people/{id}?depth=0", Floors.update, "PATCH", title, 0, "person", 0.6, rate=1200, before=11.8),
        Operation(
            "create many, 60 each",
            "/rest/batch/people?depth=0",
            lambda to: to.create(BATCH),
            "POST",
            PERSON,
            BATCH,
            at_least=0.6,
            rate=100,
            before=2.8,
        ),
    )


def around(step: Step, text: bytes, answer: bytes, name: str) -> Step:
    """The step with the bytes that a workspace sends around the text that it yields.

    Raises ValueError where the text is not in the answer: then the floor would not hand out the same bytes.
    """
    head, found, tail = answer.partition(text or b"\0")
    if not found:
        raise ValueError(f"{name}: the floor's statement yields other bytes than the workspace answers; mend it in bench/operations.py")
    return replace(step, head=head.decode(), tail=tail.decode())
