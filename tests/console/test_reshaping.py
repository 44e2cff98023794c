"""Objects and fields made, called otherwise, hidden and deleted by the forms of the console, where a workspace takes that over its API."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

import icosa
from icosa.catalogue.field_types import GENERATIONS
from icosa.errors import IcosaError, TimedOut, Unreachable
from icosa.surfaces.console.objects.kinds import KINDS
from icosa.surfaces.console.site import Inquiry, Visitor
from icosa.wire.message import Answer, Request
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace
from tests.console.conftest import signed_in
from tests.console.site import Local
from tests.copies import copied

READER = Visitor(None, "Reader", may_write=False)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("newer") / "crm.db"
    open_workspace(f"sqlite:///{path}", version=TWENTY_2_19).close()
    return path


@pytest.fixture
def newer(empty: Path, tmp_path: Path) -> Local:
    return Local(copied(empty, tmp_path / "crm.db"))


@pytest.fixture
def pages(newer: Local) -> TestClient:
    return signed_in(newer)


def crm_of(site: Local) -> icosa.Client:
    return icosa.connect(f"sqlite:///{site._database}")


def make(pages: TestClient, type_name: str, plural: str = "people", **boxes: str) -> Response:
    return pages.post(f"/objects/{plural}/new-field?type={type_name}", data=boxes)


def wrong(answer: Response) -> Mapping[str, str]:
    """What stands at each box that is to be mended; each is named in the summary as well, with the way to it."""
    assert answer.status_code == 422
    found = {box: unescape(text) for box, text in re.findall(r'<span class="bad" id="(\w+)-wrong">(.*?)</span>', answer.text)}
    assert set(re.findall(r'<li><a href="#(\w+)">', answer.text)) == found.keys()
    assert all(re.search(rf'id="{box}"[^>]*aria-invalid="true"', answer.text) for box in found)
    return found


def test_every_type_that_can_be_made_has_a_form_and_is_made_by_it(pages: TestClient, newer: Local) -> None:
    made_by_nobody = {"NUMERIC", "POSITION"}
    assert KINDS.keys() == {each.name for each in GENERATIONS[2].values()} - made_by_nobody | {"RELATION"}
    listed = pages.get("/objects/people/new-field").text
    for at, kind in enumerate(KINDS.values()):
        assert f'href="/objects/people/new-field?type={kind.type}">{kind.label}</a>' in listed
        assert kind.meaning in pages.get(f"/objects/people/new-field?type={kind.type}").text
        more = {
            "SELECT": {"options": "One\nTwo"},
            "MULTI_SELECT": {"options": "One\nTwo"},
            "RELATION": {"target": "company", "called": "Made for people"},
        }
        done = make(pages, kind.type, label=f"Made {at:02}", **more.get(kind.type, {}))
        assert done.status_code == 200, (kind.type, wrong(done))
        assert f"Made {at:02} is a field of People now." in done.text
    with crm_of(newer) as crm:
        people = crm.catalogue.named("people")
        types = {each.name: each.type.name for each in people.fields if each.name.startswith("made")}
        assert sorted([*types.values(), "RELATION"]) == sorted(KINDS)
        (link,) = (each for each in people.belongs_to if each.name.startswith("made"))
        assert (link.target, link.inverse) == ("company", "madeForPeople")


def test_a_new_field_is_in_forms_and_tables_at_once(pages: TestClient, newer: Local) -> None:
    page = make(
        pages, "SELECT", label="Coffee or tea", options="Coffee\nGREEN: Green tea", default="Green tea", description="What to offer."
    )
    assert all(each in page.text for each in ("<code>coffeeOrTea</code>", "What to offer.", "COFFEE, GREEN", "of this workspace"))
    assert "What to offer." in pages.get("/run/people/create-one").text
    with crm_of(newer) as crm:
        assert crm["people"].create_one(name={"firstName": "Ada"}, depth=0)["coffeeOrTea"] == "GREEN"
    assert "Green" in pages.get("/browse/people?columns=name,coffeeOrTea").text


@pytest.mark.parametrize(
    ("type_name", "typed", "held"),
    [
        ("TEXT", "none yet", "none yet"), ("NUMBER", "12", 12), ("NUMBER", "0.5", 0.5), ("NUMBER", "1e30", 1e30), ("BOOLEAN", "true", True),
        ("RATING", "RATING_4", "RATING_4"),
        ("MULTI_SELECT", "One\nTWO", ["ONE", "TWO"]),
    ],
)  # fmt: skip
def test_a_default_is_what_a_new_record_has(pages: TestClient, newer: Local, type_name: str, typed: str, held: object) -> None:
    assert make(pages, type_name, label="Made here", default=typed, options="One\nTwo").status_code == 200
    with crm_of(newer) as crm:
        assert crm["people"].create_one(name={"firstName": "Ada"}, depth=0)["madeHere"] == held
    send_as_it_stands(pages)


def send_as_it_stands(pages: TestClient) -> None:
    """The form of the field, of which nothing was changed."""
    at = "/objects/people/fields/madeHere"
    form = pages.get(at).text
    boxes = dict(re.findall(r'<input id="(\w+)" name="\w+" value="([^"]*)"', form)) | dict(
        re.findall(r'<textarea id="(\w+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    )
    boxes |= dict(re.findall(r'<select id="(\w+)".*?<option value="([^"]*)" selected', form, re.DOTALL))
    answer = pages.post(at, data={name: unescape(value) for name, value in boxes.items()})
    assert "Nothing was changed." in answer.text


@pytest.mark.parametrize(
    ("type_name", "boxes", "said"),
    [
        ("TEXT", {}, {"label": "Say what people call the field"}),
        ("TEXT", {"label": "Größe?", "name": "Größe"}, {"name": "cannot be a name"}),
        ("TEXT", {"label": "日本"}, {"name": "The label makes no name for programs"}),
        ("TEXT", {"label": "Job title"}, {"name": "already used by another field"}),
        ("TEXT", {"label": "Type"}, {"name": "reserved"}),
        ("TEXT", {"label": "Company id"}, {"name": "companyId is there twice"}),
        ("NUMBER", {"label": "Size", "default": "many"}, {"default": "“many” is no number"}),
        ("NUMBER", {"label": "Size", "default": "1e400"}, {"default": "“1e400” is more than a number can be"}),
        ("NUMBER", {"label": "Size", "default": "1e900000000"}, {"default": "“1e900000000” is more than a number can be"}),
        ("SELECT", {"label": "Size"}, {"options": "Say at least one option"}),
        ("SELECT", {"label": "Size", "options": "Large\nLARGE: Huge"}, {"options": "Two options are LARGE"}),
        ("SELECT", {"label": "Size", "options": "日本"}, {"options": "makes no word for programs"}),
        ("SELECT", {"label": "Size", "options": "S\nL", "default": "M"}, {"default": "“M” is none of the options; they are S, L"}),
        ("RELATION", {"label": "Boss"}, {"target": "Say to records of which object it leads"}),
        ("RELATION", {"label": "Boss", "target": "company", "called": "Name"}, {"called": "“Name” is something of Companies already"}),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_box_and_what_was_typed_stays(
    pages: TestClient, newer: Local, type_name: str, boxes: dict[str, str], said: dict[str, str]
) -> None:
    answer = make(pages, type_name, **boxes)
    found = wrong(answer)
    assert found.keys() == said.keys()
    assert all(text in found[box] for box, text in said.items()), found
    assert all(text.splitlines()[0] in unescape(answer.text) for text in boxes.values())
    with crm_of(newer) as crm:
        assert {"size", "boss", "type"}.isdisjoint(crm.catalogue.named("people").field_by_name)


def test_a_field_gets_other_words_and_options_and_loses_none_that_records_have(pages: TestClient, newer: Local) -> None:
    make(pages, "SELECT", label="Drink", options="Coffee\nTea", default="Tea", description="What to offer.")
    at = "/objects/people/fields/drink"
    assert "COFFEE: Coffee\nTEA: Tea" in pages.get(at).text
    with crm_of(newer) as crm:
        crm["people"].create_one(name={"firstName": "Ada"}, drink="COFFEE", depth=0)
    lost = wrong(pages.post(at, data={"label": "Drink", "options": "TEA: Tea", "default": "TEA"}))
    assert "COFFEE is what records have" in lost["options"]
    page = pages.post(
        at, data={"label": "Hot drink", "options": "COFFEE: Espresso\nTEA: Tea\nCocoa", "default": "", "description": ""}
    ).text
    assert "Hot drink is changed." in page
    assert all(each in page for each in ("Hot drink", "COFFEE, TEA, COCOA"))
    assert "What to offer." not in page
    with crm_of(newer) as crm:
        assert crm["people"].create_one(name={"firstName": "Bo"}, drink="COCOA", depth=0)["drink"] == "COCOA"
        assert crm["people"].create_one(name={"firstName": "Cy"}, depth=0)["drink"] is None
    assert "COFFEE: Espresso" in pages.get(at).text


def test_a_link_gets_another_label(pages: TestClient) -> None:
    page = pages.post("/objects/people/fields/company", data={"label": "Employer", "description": "Who pays them."}).text
    assert "Employer is changed." in page
    assert '<th scope="row">Employer</th>' in page
    assert "Who pays them." in pages.get("/objects/people").text


def test_what_was_always_there_is_hidden_and_shown_again_and_never_deleted(pages: TestClient) -> None:
    at = "/objects/people/fields/jobTitle"
    assert "Delete" not in pages.get(at).text.partition("<main")[2]
    hidden = pages.post(f"{at}/active", data={"active": "no"}).text
    assert "Job Title is hidden." in hidden
    assert ">hidden</span>" in hidden
    assert "It is hidden" in pages.get(at).text
    assert ">hidden</span>" not in pages.post(f"{at}/active", data={"active": "yes"}).text
    assert pages.post(f"{at}/active").status_code == 422  # says neither, and hides nothing
    assert "It is hidden" not in pages.get(at).text
    assert "cannot be deleted" in pages.get(f"{at}/delete").text
    refused = pages.post(f"{at}/delete")
    assert (refused.status_code, "was always there" in refused.text) == (422, True)


def test_a_field_is_deleted_after_a_word_about_what_is_lost(pages: TestClient, newer: Local) -> None:
    make(pages, "EMAILS", label="Private mail")
    at = "/objects/people/fields/privateMail/delete"
    assert "No record holds anything in it" in pages.get(at).text
    with crm_of(newer) as crm:
        crm["people"].create_one(name={"firstName": "Ada"}, private_mail={"primaryEmail": "ada@example.com"}, depth=0)
    asked = pages.get(at).text
    assert "This cannot be undone" in asked
    assert "One record holds something in it" in asked
    assert "Private mail is no field of People any more." in pages.post(at).text
    assert pages.get(at).status_code == 404
    with crm_of(newer) as crm:
        assert "privateMail" not in crm.catalogue.named("people").field_by_name


def test_an_object_is_made_changed_hidden_and_deleted(pages: TestClient, newer: Local) -> None:
    made = pages.post(
        "/objects/new-object", data={"singular": "Service contract", "plural": "Service contracts", "description": "Who is served."}
    )
    assert made.url.path == "/objects/serviceContracts"
    assert "Service contracts are there now" in made.text
    assert make(pages, "DATE", "serviceContracts", label="Ends on").status_code == 200
    with crm_of(newer) as crm:
        id_ = crm["serviceContracts"].create_one(name="Looms", ends_on="2027-01-31", depth=0)["id"]
    assert "31 Jan 2027" in pages.get(f"/browse/serviceContracts/{id_}").text
    assert "Service contracts" in pages.get("/browse").text
    changed = pages.post("/objects/serviceContracts/change", data={"singular": "Agreement", "plural": "Agreements", "description": ""}).text
    assert "Agreements are changed." in changed
    assert "<h1>Agreements</h1>" in changed
    assert "Agreements are hidden." in pages.post("/objects/serviceContracts/active", data={"active": "no"}).text
    assert "They are hidden" in pages.get("/objects/serviceContracts/change").text
    assert "Its one record is gone with it" in pages.get("/objects/serviceContracts/delete").text
    assert "Agreements are gone." in pages.post("/objects/serviceContracts/delete").text
    assert pages.get("/objects/serviceContracts").status_code == 404
    assert "cannot be deleted" in pages.get("/objects/people/delete").text
    assert pages.post("/objects/people/delete").status_code == 422


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({}, {"singular": "Say what one", "plural": "Say what many"}),
        ({"singular": "Person", "plural": "Persons"}, {"name": "already exists"}),
        ({"singular": "Sheep", "plural": "Sheep"}, {"names": "cannot have the same name"}),
        ({"singular": "Rocket", "plural": "Rockets", "names": "2rockets"}, {"names": "cannot be a name"}),
        ({"singular": "Rocket", "plural": "Rockets", "name": "webhook"}, {"name": "reserved"}),
    ],
)
def test_what_is_wrong_with_an_object_stands_at_its_box(pages: TestClient, boxes: dict[str, str], said: dict[str, str]) -> None:
    found = wrong(pages.post("/objects/new-object", data=boxes))
    assert found.keys() == said.keys()
    assert all(text in found[box] for box, text in said.items()), found


def test_who_only_reads_sees_no_form_and_no_way_to_one(newer: Local) -> None:
    reader = signed_in(newer, READER)
    for path in ("/objects", "/objects/people"):
        assert not re.search(r"new-object|new-field|/change|/fields/", reader.get(path).text)
    for path in (
        "new-object",
        "people/new-field?type=TEXT",
        "people/change",
        "people/delete",
        "people/fields/jobTitle",
        "people/fields/jobTitle/delete",
    ):
        assert reader.get(f"/objects/{path}").status_code == 403
        assert reader.post(f"/objects/{path}", data={"label": "Nickname"}).status_code == 403


def test_where_the_api_makes_none_the_page_has_the_program_that_does(own: Local) -> None:
    pages = signed_in(own)
    for path, made in (("/objects/people/new-field", "nickname"), ("/objects/new-object", "rockets")):
        page = pages.get(path)
        assert (page.status_code, "icosa serve --api 2.19" in page.text) == (200, True)
        found = re.search(r'<pre data-form="python"[^>]*><code>(.*?)</code>', page.text, re.DOTALL)
        assert found
        program = unescape(found[1])
        assert "sqlite:///crm.db" in program
        exec(program.replace("sqlite:///crm.db", f"sqlite:///{own._database}"), {})
        assert "What it is called" in pages.get("/objects/people" if made == "nickname" else "/objects/rockets").text
    assert pages.post("/objects/people/new-field?type=TEXT", data={"label": "Motto"}).status_code == 422


class _Broken:
    """A transport over which every change is answered as it should not be."""

    def __init__(self, transport: Any, answer: Answer | IcosaError) -> None:
        self._transport = transport
        self._answer = answer

    def send(self, request: Request) -> Answer:
        if request.method == "GET":
            found: Answer = self._transport.send(request)
            return found
        if isinstance(self._answer, IcosaError):
            raise self._answer
        return self._answer

    def close(self) -> None:
        self._transport.close()


@pytest.mark.parametrize(
    ("answer", "perhaps"),
    [
        (TimedOut("the server did not answer"), True), (Answer(500, b'{"messages":["broken"]}'), True),
        (Unreachable("nobody is there", sent=False), False), (Answer(503, b'{"messages":["busy"]}'), False),
        (Answer(429, b'{"messages":["Limit reached"]}'), False),
    ],
    ids=["no answer", "broken", "not sent", "busy", "too many"],
)  # fmt: skip
def test_a_form_whose_answer_was_lost_stays_and_says_whether_it_may_be_done(
    newer: Local, answer: Answer | IcosaError, perhaps: bool
) -> None:
    class Lost(Local):
        def client(self, visitor: Visitor, title: str = "console", asked: list[Inquiry] | None = None) -> icosa.Client:
            crm = super().client(visitor, title, asked)
            crm._transport = _Broken(crm._transport, answer)
            return crm

    pages = signed_in(Lost(newer._database))
    for form in (
        make(pages, "TEXT", label="Nickname"),
        pages.post("/objects/new-object", data={"singular": "Nickname", "plural": "Nicknames"}),
        pages.post("/objects/people/change", data={"singular": "Nickname", "plural": "Nicknames"}),
        pages.post("/objects/people/fields/jobTitle", data={"label": "Nickname"}),
    ):
        assert form.status_code == 422
        assert 'value="Nickname"' in form.text
        assert ("It may have been done all the same" in form.text) is perhaps
