"""A mirror of a workspace as a newer Twenty has it: other objects, links that are signed anew, stamps of its own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import icosa
from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.errors import Forbidden, InvalidInput, UnknownObject
from icosa.mirror.pull_front import pull_into
from icosa.mirror.signed_links import unsigned
from icosa.wire.message import Request
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import create_key
from tests.mirror.conftest import diff, source_of, steps
from tests.newer_server import NewerServer, newer_server
from tests.newer_server.refusing import Refused

FILE = {"fileId": "20202020-0000-4000-8000-000000000001", "label": "offer.pdf"}


@pytest.fixture
def server() -> Iterator[NewerServer]:
    with newer_server() as running:
        with icosa.connect(running.url, running.token) as crm:
            company = crm.companies.create_one(name="Analytical Engines")
            crm.people.create_one(name={"firstName": "Ada", "lastName": "Lovelace"}, company_id=company["id"])
            crm["attachments"].create_one(name="Offer", file=[FILE], targetCompanyId=company["id"])
        yield running


def pulled(server: NewerServer, into: str, **options: Any) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """What a pull added and changed, by object, and what it remarked."""
    remarks: list[str] = []
    with icosa.connect(server.url, server.token) as crm:
        counts = pull_into(into, crm, remark=remarks.append, **options).counts
    return {plural: (each.added, each.changed) for plural, each in counts.items() if each.any()}, remarks


def test_links_that_are_signed_anew_and_stamps_are_no_differences(server: NewerServer, new_database: Callable[[Catalogue], str]) -> None:
    into = new_database(STANDARD)
    counts, remarks = pulled(server, into)
    assert (counts["companies"], counts["people"], counts["attachments"]) == ((1, 0), (1, 0), (1, 0))
    assert remarks == []
    assert pulled(server, into) == ({}, [])
    assert pulled(server, into, full=True) == ({}, [])
    with source_of(server.url, server.token) as there, source_of(into) as here:
        link = there.crm["attachments"].find_many()[0]["file"][0]["url"]
        assert link != there.crm["attachments"].find_many()[0]["file"][0]["url"]
        assert diff(here, there) == []
        assert steps(into, there) == []


def test_a_mirror_can_be_given_a_key(server: NewerServer, new_database: Callable[[Catalogue], str]) -> None:
    into = new_database(STANDARD)
    pulled(server, into)
    workspace = open_workspace(into)
    assert "apiKey" not in workspace.catalogue.by_singular
    _, token = create_key(workspace, "me", "2999-01-01")
    answer = workspace.answer(Request("GET", "/rest/people", "depth=1", b"", token))
    workspace.close()
    assert answer.status == 200
    assert b"Lovelace" in answer.body


def test_every_object_that_may_not_be_read_is_named(
    server: NewerServer, new_database: Callable[[Catalogue], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Refused("This role may not read them", 403, "ForbiddenException")
    monkeypatch.setattr("tests.newer_server.server.not_permitted", lambda: refused)
    server.forbidden |= {"attachments", "companies"}
    into = new_database(STANDARD)
    with pytest.raises(Forbidden, match=r"companies, attachments: .*--without companies --without attachments"):
        pulled(server, into)
    counts, _ = pulled(server, new_database(STANDARD), without=["attachments", "company"])
    assert set(counts) >= {"people"}


def test_what_points_at_an_object_that_was_left_out_keeps_its_id(server: NewerServer, new_database: Callable[[Catalogue], str]) -> None:
    into = new_database(STANDARD)
    counts, _ = pulled(server, into, without=["companies"])
    assert "companies" not in counts
    assert pulled(server, into, without=["company"]) == ({}, [])
    with source_of(server.url, server.token) as there, source_of(into) as here:
        assert here.crm["people"].find_many()[0]["companyId"] == there.crm["people"].find_many()[0]["companyId"]
        assert "companies" not in here.crm.catalogue.by_plural
        assert [each for each in diff(here, there) if each.object == "people"] == []
        assert steps(into, there) == []
        here.crm["people"].update_one(here.crm["people"].find_many()[0]["id"], jobTitle="Engineer")
        (step,) = steps(into, there)
        assert step.after == {"jobTitle": "Engineer"}


def test_a_mirror_keeps_to_the_objects_it_was_pulled_with(server: NewerServer, new_database: Callable[[Catalogue], str]) -> None:
    into = new_database(STANDARD)
    counts, _ = pulled(server, into, only=["people"])
    assert set(counts) == {"people"}
    with pytest.raises(InvalidInput, match="was pulled with --object people; say the same again"):
        pulled(server, into)
    with pytest.raises(UnknownObject, match="rockets"):
        pulled(server, into, without=["rockets"])
    with pytest.raises(InvalidInput, match="no object is left"):
        pulled(server, into, only=["people"], without=["people"])


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://crm.example.com/files/attachment/a.pdf?token=abc", "https://crm.example.com/files/attachment/a.pdf"),
        ("https://crm.example.com/file/20?expires=1&token=abc", "https://crm.example.com/file/20"),
        ("https://store.example.com/a.pdf?X-Amz-Date=1&X-Amz-Signature=abc", "https://store.example.com/a.pdf"),
        ("https://docs.example.com/d/1?token=mine", "https://docs.example.com/d/1?token=mine"),
        ("https://docs.example.com/files/1?page=2", "https://docs.example.com/files/1?page=2"),
        ("what is token= for?", "what is token= for?"),
        ("https://[bad/files/?token=1", "https://[bad/files/?token=1"),
    ],
)
def test_a_link_loses_a_servers_signature_and_no_word_of_its_own(link: str, kept: str) -> None:
    assert unsigned([{"url": link, "label": "a"}]) == [{"url": kept, "label": "a"}]
