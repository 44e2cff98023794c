"""A version of the wire is one value: a workspace that is given a made-up one answers in it, and a client that reads its
document asks in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import orjson
import pytest

from icosa.catalogue.model import Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.client.blocking import Client
from icosa.client.calls import Calls
from icosa.client.schema import read_schema
from icosa.client.sending.retries import Retries
from icosa.client.sending.sender import Sender
from icosa.errors import InvalidId, InvalidQuery, NotFound, UnknownAction, Unreachable, UnsupportedDepth
from icosa.surfaces.testing.direct import Direct
from icosa.wire.actions import OPERATIONS, Operation
from icosa.wire.actions.operation import ON_SEVERAL
from icosa.wire.message import Answer, Request
from icosa.wire.openapi.document import document
from icosa.wire.openapi.reading import ICOSA, offers_of, read_document
from icosa.wire.refusals import Restriction
from icosa.wire.request_traits import RequestTraits
from icosa.wire.rest.routes import Route, Router
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19, Spelling, Version
from icosa.wire.write_traits import AS_2_19
from icosa.workspace import IN_PROCESS
from icosa.workspace.workspace import LARGE_BODY
from tests.workspace.conftest import Caller

ROCKET = Object("rocket", "rockets", "What flies.", (Field("name", "TEXT", "What it is called.", "Saturn"),))
OTHER = replace(
    TWENTY_1_0_3,
    name="9.9.9",
    standard=STANDARD.with_objects(ROCKET),
    prefix="/crm/v9",
    page=3,
    max_page=5,
    batch=4,
    depths=(0, 1),
    created=200,
    restores=("{plural}/{id}/restore",),
    destroys="",
    keeps="soft_delete",
    tells_deleted=True,
    two_ways=True,
    etags=True,
    fault=(422, "UnprocessableException"),
    faults=MappingProxyType({**TWENTY_1_0_3.faults, NotFound: (404, "NotFoundException")}),
    wording=MappingProxyType({NotFound: "No record"}),
    keeps_metadata=True,
    makes=TWENTY_1_0_3.makes._replace(system=(Field("rank", "NUMBER", "How far ahead it is.", default=3),)),
    agents="/crm/agents",
    codes=MappingProxyType({NotFound: "GONE"}),
    connects=True,
    unknown_field="{object} is without {name}",
    spelling=Spelling.UNESCAPED,
    collections=(2,),
    hides_deleted=True,
    requests=RequestTraits(
        cuts_pages=True,
        lists_parameters=False,
        reads_forms=True,
        bodies_first=True,
        bare_prefix=False,
        shown_below="all",
        key_in_query=False,
        jwt_keys=True,
    ),
    writes=AS_2_19._replace(moves_deleted_at=False, null_clears_parts=False),
    refusals=MappingProxyType({"note": Restriction()}),
)
"""Everything in it is otherwise than in 1.0.3."""

NOBODY = "20202020-0000-4000-8000-000000000000"
COMPANIES = "/crm/v9/companies"


@pytest.fixture
def other(open_caller: Callable[..., Caller]) -> Caller:
    """A workspace of the standard objects that speaks the made-up version."""
    return open_caller(STANDARD, OTHER)


def test_nothing_of_it_is_as_in_1_0_3() -> None:
    same = {name for name in vars(OTHER) if getattr(OTHER, name) == getattr(TWENTY_1_0_3, name)}
    assert same == {"operations"}


LATER = replace(OTHER, standard=STANDARD_2_19, makes=TWENTY_2_19.makes, writes=AS_2_19)


@pytest.mark.parametrize("version", [OTHER, LATER], ids=["objects as in 1.0.3", "objects of the second generation"])
def test_a_workspace_has_the_objects_that_it_says_every_workspace_has(open_caller: Callable[..., Caller], version: Version) -> None:
    made = open_caller(None, version)
    assert made.workspace.catalogue == version.standard
    again = open_caller(None, version, made.database)
    assert again.workspace.catalogue == version.standard


def test_what_is_made_in_it_is_of_its_generation(open_caller: Callable[..., Caller]) -> None:
    said = {"nameSingular": "probe", "namePlural": "probes", "labelSingular": "Probe", "labelPlural": "Probes"}
    for version, alike, value in ((OTHER, ROCKET, 3), (LATER, STANDARD_2_19.by_singular["company"], None)):
        crm = open_caller(None, version)
        status, made = crm.send("POST", "/crm/v9/metadata/objects", said)
        assert status == 201
        field = {"objectMetadataId": made["id"], "type": "TEXT", "name": "motto", "label": "Motto"}
        assert crm.send("POST", "/crm/v9/metadata/fields", field)[0] == 201
        (probe,) = (each for each in crm.workspace.catalogue if each.singular == "probe")
        assert {probe.generation, *(each.generation for each in probe.fields)} == {alike.generation}
        assert crm.good("POST", "/crm/v9/probes", {}).get("rank") == value


def test_the_generation_of_its_objects_is_read_from_its_document_and_not_its_name() -> None:
    written = orjson.loads(orjson.dumps(document(STANDARD_2_19, version=LATER)))
    assert written["info"]["version"] == "9.9.9"
    assert read_document(written)[0] == STANDARD_2_19
    del written["x-icosa"]["generation"]
    assert read_document(written)[0] != STANDARD_2_19


def test_the_seven_operations_and_restoring_are_answered_in_it(other: Caller) -> None:
    status, made = other.send("POST", COMPANIES, {"name": "Analytical Engines"})
    company = made["data"]["createCompany"]
    assert status == 200
    one = f"{COMPANIES}/{company['id']}"
    many = [{"name": f"Mill {each}"} for each in range(4)]
    assert len(other.good("POST", "/crm/v9/batch/companies", many)) == 4
    assert other.good("GET", one)["name"] == "Analytical Engines"
    assert len(other.ids_at(COMPANIES)) == 3
    assert other.send("GET", COMPANIES, limit=0)[1] == {
        "data": {"companies": []},
        "totalCount": 5,
        "pageInfo": {"startCursor": None, "endCursor": None, "hasNextPage": True, "hasPreviousPage": False},
    }
    assert other.good("PATCH", one, {"name": "Difference Engines"})["name"] == "Difference Engines"
    groups = other.good("POST", f"{COMPANIES}/duplicates", {"data": [{"name": "Mill 1"}]})
    assert [each["name"] for each in groups[0]["companyDuplicates"]] == ["Mill 1"]
    deleted = other.good("DELETE", one, soft_delete="true")
    assert (deleted["name"], deleted["deletedAt"] is None) == ("Difference Engines", False)
    assert other.good("PATCH", f"{one}/restore")["id"] == company["id"]


def test_a_deletion_destroys_where_it_does_not_say_to_keep(other: Caller) -> None:
    id_ = other.good("POST", COMPANIES, {"name": "Analytical Engines"})["id"]
    other.good("DELETE", f"{COMPANIES}/{id_}")
    assert other.send("PATCH", f"{COMPANIES}/{id_}/restore")[0] == 404


def test_its_caps_and_its_depths_hold_and_are_told(other: Caller) -> None:
    refusals = {
        "limit": other.send("GET", COMPANIES, limit=-1),
        "depth": other.send("GET", COMPANIES, depth=2),
        "batch": other.send("POST", "/crm/v9/batch/companies", [{}] * 5),
    }
    assert {name: status for name, (status, _) in refusals.items()} == dict.fromkeys(refusals, 422)
    assert {answer["error"] for _, answer in refusals.values()} == {"UnprocessableException"}
    assert all("code" not in answer for _, answer in refusals.values())
    assert "from 1 to 5" in refusals["limit"][1]["message"]
    assert "Allowed values are 0, 1." in refusals["depth"][1]["message"]
    assert "send 0 (the record) or 1 (its relations too)" in refusals["depth"][1]["message"]
    assert "send at most 4 a batch" in refusals["batch"][1]["message"]


def test_null_says_nothing_of_a_field_of_several_parts_where_it_does_not_clear_them(other: Caller) -> None:
    address = {"addressCity": "Paris"}
    made = other.good("POST", COMPANIES, {"name": "Engines", "address": address, "xLink": None})
    kept = other.good("PATCH", f"{COMPANIES}/{made['id']}", {"address": None, "employees": None})
    assert kept["address"]["addressCity"] == "Paris"
    status, answer = other.send("POST", "/crm/v9/tasks", {"bodyV2": None})
    assert (status, answer["message"]) == (422, 'bodyV2: cannot be null; send {"markdown": ""} to clear it')


def test_its_statuses_and_its_wording_are_those_of_faults(other: Caller) -> None:
    status, answer = other.send("GET", f"{COMPANIES}/{NOBODY}")
    assert (status, answer["error"], answer["code"]) == (404, "Error", "GONE")
    assert answer["message"].startswith("No record. no company has the id")


@pytest.mark.parametrize("path", ["/rest/companies", f"/rest/companies/{NOBODY}", "/rest/open-api/core", "/crm/companies"])
def test_nothing_is_served_where_1_0_3_has_it(other: Caller, path: str) -> None:
    status, answer = other.send("GET", path)
    assert (status, answer["message"]) == (404, f"Cannot GET {path}")


def test_its_words_show_its_own_paths(other: Caller) -> None:
    id_ = other.good("POST", COMPANIES, {"name": "Analytical Engines"})["id"]
    other.good("DELETE", f"{COMPANIES}/{id_}", soft_delete="true")
    told = [
        other.send("POST", COMPANIES, {"id": id_})[1]["message"],
        other.send("POST", COMPANIES, {"deletedAt": "2026-01-05"})[1]["message"],
        other.send("POST", COMPANIES, [])[1]["message"],
        other.send("GET", "/crm/v9/a/b/c/d")[1]["message"],
        other.send("POST", f"{COMPANIES}/{NOBODY}")[1]["message"],
    ]
    assert f"PATCH /crm/v9/companies/{id_}/restore" in told[0]
    assert "PATCH /crm/v9/{plural}/{id}/restore" in told[1]
    assert all("/crm/v9/" in each and "/rest/" not in each for each in told)


def test_what_is_read_comes_with_a_tag_that_changes_with_it(other: Caller) -> None:
    one = f"{COMPANIES}/{other.good('POST', COMPANIES, {'name': 'Analytical Engines'})['id']}"

    def tags() -> list[str]:
        answers = (other.workspace.answer(Request("GET", path), IN_PROCESS) for path in (one, COMPANIES))
        return [dict(answer.headers)["ETag"] for answer in answers]

    before = tags()
    assert tags() == before
    assert all(each.startswith('W/"') for each in before)
    other.good("PATCH", one, {"name": "Difference Engines"})
    assert not set(tags()) & set(before)


def test_parameters_forms_and_the_bare_prefix_are_read_as_it_says(other: Caller) -> None:
    for each in range(2):
        other.good("POST", COMPANIES, {"name": f"Mill {each}"})
    assert other.send("GET", COMPANIES, **{"limit": 1, "filter": 'name[eq]:"Mill 1"', "filter[name][eq]": "x"})[1]["totalCount"] == 1
    assert other.send("GET", COMPANIES, depth="0x1")[0] == 200
    assert other.send("GET", "/crm/v9/")[0] == 404
    assert other.send("GET", "/crm/v9/all")[0] == 422
    assert other.send("GET", "/crm/v9/all/companies", limit=0)[1]["totalCount"] == 2
    form = Request("POST", COMPANIES, body=b"name=Analytical+Engines&address[addressCity]=Paris", form=True)
    made = orjson.loads(other.workspace.answer(form, IN_PROCESS).body)["data"]["createCompany"]
    assert (made["name"], made["address"]["addressCity"]) == ("Analytical Engines", "Paris")


def test_a_body_that_is_no_json_is_refused_whoever_sends_it(other: Caller) -> None:
    assert other.workspace.answer(Request("POST", COMPANIES, body=b"{")).status == 400
    assert other.workspace.answer(Request("POST", COMPANIES, body=b"null")).status == 400
    assert other.workspace.answer(Request("POST", COMPANIES, body=b"{}")).status == 403
    assert other.workspace.answer(Request("POST", COMPANIES, body=b"[" + b" " * LARGE_BODY)).status == 403


def test_operations_on_several_records_are_at_their_paths() -> None:
    more = Router(STANDARD, replace(OTHER, operations=(*OPERATIONS, *ON_SEVERAL)))
    asked = {
        ("PATCH", COMPANIES): Operation.UPDATE_MANY,
        ("PUT", COMPANIES): Operation.UPDATE_MANY,
        ("DELETE", f"{COMPANIES}/"): Operation.DELETE_MANY,
        ("PATCH", "/crm/v9/restore/companies"): Operation.RESTORE_MANY,
        ("PUT", "/crm/v9/restore//companies"): Operation.RESTORE_MANY,
        ("PATCH", f"{COMPANIES}/merge"): Operation.MERGE,
        ("GET", f"{COMPANIES}/groupBy"): Operation.GROUP_BY,
    }
    assert {each: more.match(*each) for each in asked} == {
        each: Route(STANDARD.named("companies"), operation) for each, operation in asked.items()
    }
    for method, path in [*asked, ("DELETE", "/crm/v9/batch/companies"), ("PATCH", "/crm/v9/companies/duplicates")]:
        with pytest.raises(InvalidId):
            Router(STANDARD, OTHER).match(method, path)


def test_an_operation_that_a_version_has_not_is_not_served() -> None:
    fewer = tuple(each for each in OPERATIONS if each not in ("create_many", "update_one"))
    router = Router(STANDARD, replace(OTHER, operations=fewer))
    assert router.match("POST", "/crm/v9/batch/companies") is None
    assert router.match("POST", "/crm/v9//batch/companies") is None
    assert router.match("PATCH", f"{COMPANIES}/{NOBODY}") is None
    assert router.match("PATCH", f"{COMPANIES}//{NOBODY}") is None
    assert router.match("GET", f"{COMPANIES}/{NOBODY}") is not None
    described = document(STANDARD, "https://crm.example.com", replace(OTHER, operations=fewer))
    assert described["servers"][0]["url"] == "https://crm.example.com/crm/v9/"
    assert "/batch/companies" not in described["paths"]
    assert "/companies/{id}" in described["paths"]


def test_a_client_does_not_ask_for_an_operation_that_its_server_has_not(paths: list[str], open_caller: Callable[..., Caller]) -> None:
    fewer = tuple(each for each in OPERATIONS if each not in ("create_many", "update_one"))
    other = open_caller(STANDARD, replace(OTHER, operations=fewer))
    schema = read_document(other.send("GET", "/open-api/core")[1])
    assert schema[1].operations == fewer
    assert type(schema[1]).from_json(orjson.loads(orjson.dumps(schema[1].as_json()))) == schema[1]
    calls = Calls(Sender(None), lambda: iter(()), schema, None, identify=True)  # type: ignore[arg-type,return-value]
    with Client(Overheard(Direct(lambda: other.workspace), paths), calls) as client:
        companies = client["companies"]
        company = companies.create_one(name="Analytical Engines")
        for refused in (
            lambda: companies.create_many([{"name": "Mill"}]),
            lambda: companies.update_one(company["id"], name="Mill"),
            lambda: companies.upsert({"name": "Analytical Engines", "employees": 12}, key="name"),
            lambda: companies.call("create_many"),
            lambda: client.run("Companies", "Update One Company", {"Id": company["id"]}),
        ):
            asked = len(paths)
            with pytest.raises(UnknownAction, match=r"^Companies (of this server have no operation '|has no operation ')"):
                refused()
            assert all(" " not in each and "/batch/" not in each for each in paths[asked:])
        assert companies.find_one(company["id"])["name"] == "Analytical Engines"


@pytest.mark.parametrize("version", [TWENTY_1_0_3, OTHER], ids=["1.0.3", "made up"])
def test_a_document_whose_paths_begin_with_the_prefix_says_the_same(version: Version) -> None:
    """Those that Icosa wrote before its paths stood without it."""
    written = orjson.loads(orjson.dumps(document(STANDARD, version=version)))
    del written["servers"]
    older = written | {"paths": {path if "open-api" in path else version.prefix + path: each for path, each in written["paths"].items()}}
    assert read_document(older) == read_document(written)


def test_a_document_of_another_server_is_not_believed_to_leave_anything_out() -> None:
    written = orjson.loads(orjson.dumps(document(STANDARD)))
    del written["x-icosa"]
    written["paths"] = {path: each for path, each in written["paths"].items() if "batch" not in path}
    assert read_document(written)[1].operations == OPERATIONS


@pytest.mark.parametrize("version", [TWENTY_1_0_3, OTHER], ids=["1.0.3", "made up"])
def test_a_document_says_the_version_that_it_was_written_in(version: Version) -> None:
    catalogue, offers = read_document(orjson.loads(orjson.dumps(document(STANDARD, version=version))))
    assert catalogue == STANDARD
    assert offers == offers_of(version)
    assert type(offers).from_json(orjson.loads(orjson.dumps(offers.as_json()))) == offers
    assert (offers == ICOSA) == (version is TWENTY_1_0_3)


@pytest.mark.parametrize("said", ["", "/", "crm", "/../admin", "//example.com", "/crm?x=", 9, None, "/crm/"])
def test_a_prefix_that_is_none_is_not_taken(said: object) -> None:
    written = orjson.loads(orjson.dumps(document(STANDARD)))
    written["x-icosa"]["prefix"] = said
    assert read_document(written)[1] == ICOSA


@dataclass(frozen=True)
class Overheard:
    """The way to a workspace, and the paths that were asked for on it."""

    inner: Direct
    paths: list[str]

    def send(self, request: Request) -> Answer:
        self.paths.append(request.path)
        return self.inner.send(request)

    def close(self) -> None:
        self.inner.close()


@pytest.fixture
def paths() -> list[str]:
    return []


@pytest.fixture
def crm(other: Caller, paths: list[str], tmp_path: Path) -> Iterator[Client]:
    """A client that knows nothing of the version but what the document of its server says."""
    schema = read_schema("https://crm.example.com", None, tmp_path / "schemas")
    calls = Calls(Sender(None), lambda: schema, None, None, identify=True)
    with Client(Overheard(Direct(lambda: other.workspace), paths), calls) as client:
        yield client


def test_a_client_asks_in_it(crm: Client, paths: list[str]) -> None:
    companies = crm["companies"]
    company = companies.create_one(name="Analytical Engines")
    id_ = company["id"]
    assert len(companies.create_many([{"name": f"Mill {each}"} for each in range(4)])) == 4
    assert companies.find_one(id_)["name"] == "Analytical Engines"
    assert len(companies.find_many()) == 3
    assert len(list(companies.iterate())) == 5
    assert companies.update_one(id_, name="Difference Engines")["name"] == "Difference Engines"
    assert len(companies.find_duplicates(data=[{"name": "Mill 1"}])[0]) == 1
    companies.delete_one(id_)
    assert companies.restore_one(id_)["name"] == "Difference Engines"
    assert paths[0] == "/open-api/core"
    assert all(each.startswith("/crm/v9/") for each in paths[1:])


@dataclass(frozen=True)
class Forgetful:
    """A way on which the answers to the first so many creations get lost."""

    inner: Overheard
    left: list[int]

    def send(self, request: Request) -> Answer:
        answer = self.inner.send(request)
        if request.method == "POST" and self.left:
            self.left.pop()
            raise Unreachable("the answer got lost")
        return answer

    def close(self) -> None:
        self.inner.close()


def test_an_answer_that_got_lost_is_looked_for_in_it(other: Caller, paths: list[str], tmp_path: Path) -> None:
    schema = read_schema("https://crm.example.com", None, tmp_path / "schemas")
    calls = Calls(Sender(None, Retries(first_wait=0.001)), lambda: schema, None, None, identify=True)
    with Client(Forgetful(Overheard(Direct(lambda: other.workspace), paths), [1]), calls) as client:
        made = client["companies"].create_many([{"name": f"Mill {each}"} for each in range(4)])
        assert [each["name"] for each in made] == [f"Mill {each}" for each in range(4)]
        assert client["companies"].find_many().total_count == 4
    assert paths[1:3] == ["/crm/v9/batch/companies", COMPANIES]


def test_a_client_is_told_of_its_refusals(crm: Client) -> None:
    companies = crm["companies"]
    with pytest.raises(NotFound):
        companies.find_one(NOBODY)
    with pytest.raises(UnsupportedDepth, match="send 0 for the record alone, or 1 with its relations"):
        companies.find_one(NOBODY, depth=2)
    with pytest.raises(InvalidQuery, match="cursor"):
        companies.find_many(starting_after="rubbish")
