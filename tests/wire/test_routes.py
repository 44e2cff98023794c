"""Method and path say which operation is meant, exactly as with Twenty 1.0.3, and in one place for both ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.standard import STANDARD
from icosa.errors import IcosaError, InvalidId, InvalidInput, UnknownObject
from icosa.wire.actions import OPERATIONS, Operation, actions_of, method_of, template_of
from icosa.wire.rest.routes import Route, Router

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
ROUTER = Router(STANDARD)
PERSON = STANDARD.by_singular["person"]


@pytest.mark.parametrize("operation", [*OPERATIONS, Operation.RESTORE])
def test_the_path_of_every_operation_leads_back_to_it(operation: Operation) -> None:
    for each in STANDARD:
        route = ROUTER.match(method_of(operation), template_of(operation, each).replace("{id}", ID))
        assert route is not None
        assert (route.object, route.operation) == (each, operation)


def test_an_action_goes_where_the_workspace_listens() -> None:
    for each in STANDARD:
        for action in actions_of(each):
            route = ROUTER.match(action.method, action.path.replace("{id}", ID))
            assert route is not None
            assert route.operation is action.operation


@pytest.mark.parametrize(
    ("method", "path", "route"),
    [
        ("PUT", f"/rest/people/{ID}", Route(PERSON, Operation.UPDATE_ONE, ID)),
        ("PUT", f"/rest/restore/people/{ID}", Route(PERSON, Operation.RESTORE, ID)),
        ("PATCH", f"/rest/people/{ID.upper()}/restore", Route(PERSON, Operation.RESTORE, ID)),
        ("GET", f"/rest/people/{ID.upper()}", Route(PERSON, Operation.FIND_ONE, ID)),
        ("GET", "/rest/people/duplicates", Route(PERSON, Operation.FIND_MANY)),
        ("GET", "/rest/batch/people", Route(PERSON, Operation.FIND_MANY)),
        ("GET", "/rest/people/", Route(PERSON, Operation.FIND_MANY)),
        ("GET", "/rest//people", Route(PERSON, Operation.FIND_MANY)),
        ("POST", "/rest/people/", Route(PERSON, Operation.CREATE_ONE)),
        ("DELETE", f"/rest/people/{ID}/", Route(PERSON, Operation.DELETE_ONE, ID)),
    ],
)
def test_unusual_ways_to_write_a_path(method: str, path: str, route: Route) -> None:
    assert ROUTER.match(method, path) == route


@pytest.mark.parametrize("path", ["/rest/", "/rest/companies/a/b/c", f"/rest/batch/companies/{ID}", f"/rest/restore/companies/{ID}"])
def test_too_few_or_too_many_segments(path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ROUTER.match("GET", path)
    valid = "/rest/companies/id or /rest/companies or /rest/batch/companies"
    assert refused.value.legacy == f"Query path '{path}' invalid. Valid examples: {valid}"


@pytest.mark.parametrize(
    "id_",
    ["not-a-uuid", "00000000-0000-0000-0000-000000000000", "20202020-1c25-7d02-bf25-6aeccf7ea419", "20202020-1c25-4d02-cf25-6aeccf7ea419"],
)
@pytest.mark.parametrize("method", ["GET", "PATCH", "PUT", "DELETE", "POST"])
def test_an_id_is_a_uuid_of_version_1_to_5(method: str, id_: str) -> None:
    with pytest.raises(InvalidId, match="is not a UUID of version 1 to 5") as refused:
        ROUTER.match(method, f"/rest/companies/{id_}")
    assert refused.value.legacy == f"'{id_}' is not a valid UUID"


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["/rest/companies", "/rest/companies/", "/rest/batch/companies", "/rest/companies/duplicates"])
def test_what_is_done_to_one_record_needs_its_id(method: str, path: str) -> None:
    with pytest.raises(InvalidId, match="is missing") as refused:
        ROUTER.match(method, path)
    assert refused.value.legacy == "Record ID not found"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/rest/metadata/objects", "Where no record was meant: this server has nothing else at /rest/metadata/objects"),
        ("/rest/people/groupBy", "this server has nothing else at /rest/people/groupBy"),
        ("/rest/rest/companies", "begins with /rest/ twice"),
        ("/rest/people/not-an-id", "aeccf7ea419$"),
    ],
)
def test_who_meant_no_record_is_told_that_there_is_nothing_else(path: str, said: str) -> None:
    with pytest.raises(InvalidId, match=said):
        ROUTER.match("GET", path)


def test_restoring_needs_an_id_that_is_one() -> None:
    with pytest.raises(InvalidId, match="is missing"):
        ROUTER.match("PATCH", "/rest/restore/people")
    with pytest.raises(InvalidId, match="is not a UUID"):
        ROUTER.match("PATCH", "/rest/restore/people/first")


def test_a_post_to_a_record_is_refused_and_told_what_to_send() -> None:
    with pytest.raises(InvalidInput, match="Send PATCH to change this record"):
        ROUTER.match("POST", f"/rest/companies/{ID}")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/rest/noSuchObjects", "object 'noSuchObjects' not found. eg: companies"),
        (f"/rest/noSuchObjects/{ID}", "object 'noSuchObjects' not found. eg: companies"),
        ("/rest/batch/noSuchObjects", "object 'noSuchObjects' not found. eg: companies"),
        ("/rest/noSuchObjects/duplicates", "object 'noSuchObjects' not found. eg: companies"),
        ("/rest/company", "object 'company' not found. Did you mean 'companies'?"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PATCH"])
def test_an_unknown_object_is_named(method: str, path: str, text: str) -> None:
    with pytest.raises(UnknownObject) as refused:
        ROUTER.match(method, path)
    assert str(refused.value) == text


@pytest.mark.parametrize("path", ["/", "/rest", "/restaurants", "/healthz", "/open-api/core", "/people", ""])
def test_nothing_is_served_elsewhere(path: str) -> None:
    assert ROUTER.match("GET", path) is None


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "HEAD", "get", ""])
def test_other_methods_are_not_served(method: str) -> None:
    assert ROUTER.match(method, "/rest/people") is None
    assert ROUTER.match(method, f"/rest/people/{ID}") is None


@given(
    st.sampled_from(["GET", "POST", "PATCH", "PUT", "DELETE", "TRACE"]),
    st.lists(st.one_of(st.sampled_from(["people", "batch", "duplicates", "restore", ID, "", "person"]), st.text(max_size=8)), max_size=5),
)
def test_every_path_is_a_route_a_404_or_an_error_of_ours(method: str, segments: list[str]) -> None:
    path = "/rest/" + "/".join(segments)
    try:
        route = ROUTER.match(method, path)
    except IcosaError:
        return
    assert route is None or (route.id is not None) == ("{id}" in template_of(route.operation, route.object))
