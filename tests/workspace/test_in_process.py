"""Many records at once for a caller in this process: held to the same rules as requests, and never to a page of them."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.errors import IcosaError, Overloaded, ReadOnlyKey
from icosa.wire.language.filter_tree import Comparator, Comparison
from icosa.wire.message import Request
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import IN_PROCESS, InProcess
from icosa.workspace.access.issue import create_key
from icosa.workspace.footing import TRIES
from tests.workspace.conftest import Caller
from tests.workspace.test_reshaping import OTHER_KIND, WIDGET, with_objects

MANY = 1_203
"""Records, more than are read or written together."""

NAMED = Comparison("name", Comparator.STARTS_WITH, "Mill")
ID = "20202020-0000-4000-8000-000000000001"


def asking(crm: Caller) -> InProcess:
    return InProcess(crm.workspace, IN_PROCESS)


def test_any_number_of_records_is_created_and_found_each_once(crm: Caller) -> None:
    made = asking(crm).create("companies", [{"name": f"Mill {at}"} for at in range(MANY)])
    crm.good("POST", "/rest/companies", {"name": "Loom"})
    assert [orjson.loads(each)["name"] for each in made] == [f"Mill {at}" for at in range(MANY)]
    found = orjson.loads(asking(crm).found("companies", NAMED))
    assert sorted(each["id"] for each in found) == sorted(orjson.loads(each)["id"] for each in made)


def test_one_that_is_refused_among_them_leaves_none_of_them(crm: Caller) -> None:
    with pytest.raises(IcosaError, match="employees"):
        asking(crm).create("companies", [*({"name": f"Mill {at}"} for at in range(MANY)), {"employees": "many"}])
    assert crm.ids("companies") == []


def test_a_key_creates_nothing_that_a_request_with_it_could_not(open_caller: Callable[..., Caller]) -> None:
    crm = open_caller(STANDARD_2_19, TWENTY_2_19)
    _, writes = create_key(crm.workspace, "writer", "2100-01-01")
    _, reads = create_key(crm.workspace, "reader", "2100-01-01", read_only=True)
    record = {"handle": "spam.example.com"}
    writer = InProcess(crm.workspace, None, writes)
    assert crm.workspace.answer(Request("POST", "/rest/blocklists", token=writes, body=orjson.dumps(record))).status != 201
    with pytest.raises(IcosaError) as caught:
        writer.create("blocklists", [record])
    assert type(caught.value) is not ReadOnlyKey
    with pytest.raises(ReadOnlyKey):
        InProcess(crm.workspace, None, reads).create("companies", [{"name": "Mill"}])
    assert len(writer.create("companies", [{"name": "Mill"}])) == 1


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/rest/people", "order_by=company.name"),
        (f"/rest/people/{ID}", ""),
        ("/rest/people/groupBy", 'group_by=[{"jobTitle":true}]'),
        ("/elsewhere", ""),
    ],
)
def test_what_is_no_list_of_records_in_an_order_of_their_own_is_left_to_requests(
    open_caller: Callable[..., Caller], path: str, query: str
) -> None:
    crm = open_caller(STANDARD_2_19, TWENTY_2_19)
    crm.good("POST", "/rest/people", {"jobTitle": "Engineer"})
    own = asking(crm)
    assert own.rows(Request("GET", "/rest/people"), ["jobTitle"], 5, None) is not None
    assert own.rows(Request("GET", path, query), ["id"], 5, None) is None
    assert own.lines(Request("GET", path, query), ["id"], "••••", 5, None) is None


def test_the_columns_of_what_a_filter_finds_are_what_its_records_say(crm: Caller) -> None:
    own = asking(crm)
    own.create("companies", [{"name": f"Mill {at}", "employees": at if at % 3 else None} for at in range(MANY)])
    crm.good("DELETE", f"/rest/companies/{orjson.loads(own.found('companies', NAMED))[0]['id']}")
    crm.good("POST", "/rest/companies", {"name": "Loom"})
    paths = ["id", "name", "employees", "domainName.primaryLinkUrl", "accountOwnerId", "idealCustomerProfile", "createdAt", "position"]
    columns = own.columns("companies", NAMED, paths)
    assert columns is not None
    found = {row[0]: row[1:] for row in zip(*columns, strict=True)}
    expected = {
        each["id"]: (*(each[name] for name in paths[1:3]), each["domainName"]["primaryLinkUrl"], *(each[name] for name in paths[4:]))
        for each in orjson.loads(own.found("companies", NAMED))
    }
    assert len(found) == MANY - 1
    assert found == expected
    assert own.columns("companies", Comparison("name", Comparator.EQ, "nobody's"), ["id", "name"]) == [(), ()]


@pytest.mark.parametrize("path", ["accountOwner.name.firstName", "domainName", "nothing"])
def test_what_is_no_value_of_its_own_is_no_column(crm: Caller, path: str) -> None:
    assert asking(crm).columns("companies", NAMED, ["id", path]) is None


WAYS: dict[str, Callable[[InProcess], object]] = {
    "create": lambda own: own.create("widgets", [{"name": "Cog"}]),
    "together": lambda own: own.together([Request("POST", "/rest/widgets", body=b'{"name": "Cog"}')]),
}


@pytest.fixture
def change_objects_before_each_write(crm: Caller, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """So many writes from now on find other objects than they were planned for: a value that they have to have, or no such
    field any more."""
    store = crm.workspace.store
    store.reshape(with_objects(WIDGET))
    write = store.write

    def begin(times: int) -> None:
        kinds = iter(([OTHER_KIND, WIDGET] * times)[:times])

        def meddling(_: object, begin: Any) -> Any:
            if (kind := next(kinds, None)) is not None:
                store.reshape(with_objects(kind))
            return write(begin)

        monkeypatch.setattr(type(store), "write", meddling)

    return begin


@pytest.mark.parametrize("way", WAYS)
def test_a_write_is_planned_anew_where_objects_were_changed_meanwhile(
    crm: Caller, change_objects_before_each_write: Callable[[int], None], way: str
) -> None:
    change_objects_before_each_write(1)
    WAYS[way](asking(crm))
    assert [each["size"] for each in crm.good("GET", "/rest/widgets")] == [7]


@pytest.mark.parametrize("way", WAYS)
def test_where_they_change_at_every_try_it_gives_up_and_leaves_nothing(
    crm: Caller, change_objects_before_each_write: Callable[[int], None], way: str
) -> None:
    change_objects_before_each_write(TRIES)
    with pytest.raises(Overloaded, match="being changed all the while; nothing was written"):
        WAYS[way](asking(crm))
    assert crm.ids("widgets") == []
    WAYS[way](asking(crm))
    assert len(crm.ids("widgets")) == 1
