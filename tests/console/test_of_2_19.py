"""The console over a workspace that answers as Twenty 2.19: each of its objects has its pages, and each of its actions a form."""

import json
import re
from html import unescape

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

import icosa
from icosa import F
from icosa.call.extensions import offered
from icosa.catalogue.model import Object
from icosa.catalogue.naming import kebab_case
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.openapi.reading import offers_of
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace
from tests.console.conftest import signed_in
from tests.console.site import Local


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Local:
    path = tmp_path_factory.mktemp("newer") / "crm.db"
    open_workspace(f"sqlite:///{path}", version=TWENTY_2_19).close()
    with icosa.connect(f"sqlite:///{path}") as crm:
        company = crm.companies.create_one(name="Analytical Engines", depth=0)
        crm.people.create_one(name={"firstName": "Ada"}, company_id=company["id"], depth=0)
        note = crm.notes.create_one(title="Punched cards", depth=0)
        crm["note_targets"].create_one(note_id=note["id"], target_company_id=company["id"], depth=0)
    return Local(path)


@pytest.fixture
def pages(newer: Local) -> TestClient:
    return signed_in(newer)


@pytest.mark.parametrize("of", list(STANDARD_2_19), ids=lambda of: of.plural)
def test_each_object_is_browsed_and_its_actions_are_forms(pages: TestClient, of: Object) -> None:
    assert pages.get(f"/browse/{of.plural}").status_code == 200
    listed = list(offered(of, offers_of(TWENTY_2_19, STANDARD_2_19)))
    assert {"find_many", "update_one", "update_many", "delete_many", "restore_many", "group_by"} <= set(listed)
    for verb in listed:
        asked = pages.get(f"/run/{kebab_case(of.plural)}/{verb.replace('_', '-')}")
        assert (asked.status_code, verb) == (200, verb)


def test_its_records_have_their_pages(pages: TestClient, newer: Local) -> None:
    with icosa.connect(f"sqlite:///{newer._database}") as crm:
        records = {
            each: crm[each].find_many(depth=0)[0]["id"] for each in ("companies", "people", "notes", "noteTargets", "timelineActivities")
        }
    for plural, id_ in records.items():
        page = pages.get(f"/browse/{plural}/{id_}")
        assert page.status_code == 200, plural
    assert "Punched cards" in pages.get(f"/browse/companies/{records['companies']}").text


def sent(pages: TestClient, operation: str, headers: dict[str, str] | None = None, **properties: str) -> Response:
    """The answer to the form of an operation on companies, as its page would send it."""
    token = re.search(r'name="\.token"[^>]*value="([^"]*)"', pages.get(f"/run/companies/{operation}").text)
    assert token
    how = {f"{name}~": "sent" for name in properties}
    return pages.post(f"/run/companies/{operation}", data={".token": token[1], ".sure": "1", **how, **properties}, headers=headers)


def test_what_a_filter_holds_for_is_changed_counted_and_deleted_by_forms(pages: TestClient, newer: Local) -> None:
    with icosa.connect(f"sqlite:///{newer._database}") as crm:
        crm.companies.create_many([{"name": "Mill"}, {"name": "Mill"}, {"name": "Loom"}], depth=0)
        assert sent(pages, "update-many", filter="name[eq]:Mill", name="Water mill").status_code == 200
        assert crm.companies.find_many(where=F.name == "Water mill", depth=0).total_count == 2
        grouped = sent(pages, "group-by", group_by='[{"name": true}]', aggregate='["totalCount"]', filter="name[eq]:Water mill")
        assert (grouped.status_code, "Water mill" in grouped.text) == (200, True)
        assert sent(pages, "delete-many", filter="name[eq]:Water mill").status_code == 200
        assert crm.companies.find_many(where=F.name == "Water mill", depth=0).total_count == 0
        assert crm.companies.find_many(where=F.name == "Water mill", deleted=True, depth=0).total_count == 2
        assert sent(pages, "restore-many", filter="name[eq]:Water mill").status_code == 200
        assert crm.companies.find_many(where=F.name == "Water mill", depth=0).total_count == 2


def test_a_form_without_its_filter_says_so_there_and_sends_nothing(pages: TestClient, newer: Local) -> None:
    refused = sent(pages, "update-many", name="Gone")
    assert refused.status_code == 422
    assert "Nothing was sent: one property needs mending" in refused.text
    with icosa.connect(f"sqlite:///{newer._database}") as crm:
        assert crm.companies.find_many(where=F.name == "Gone", depth=0).total_count == 0


def test_what_is_deleted_lies_in_the_bin_with_its_page_and_comes_back(pages: TestClient, newer: Local) -> None:
    with icosa.connect(f"sqlite:///{newer._database}") as crm:
        company = crm.companies.create_one(name="Tide mill", depth=0)
        person = crm.people.create_one(name={"firstName": "Sophie", "lastName": "Germain"}, company_id=company["id"], depth=0)
    at = f"/browse/people/{person['id']}"
    deleted = pages.post(f"{at}/delete")
    assert "It lies in the bin" in deleted.text
    assert f"filter=and(id[eq]:{person['id']},deletedAt[is]:NOT_NULL)&amp;depth=1" in deleted.text
    assert re.search(rf'href="/browse/companies/{company["id"]}"[^>]*><bdi>Tide mill<', deleted.text)
    assert "It lies in the bin" not in pages.post(f"{at}/restore").text
    assert pages.get(at).status_code == 200


def test_records_that_are_the_same_are_merged_from_where_they_are_seen(pages: TestClient, newer: Local) -> None:
    with icosa.connect(f"sqlite:///{newer._database}") as crm:
        ids = [
            crm.people.create_one(
                name={"firstName": "Emmy", "lastName": "Noether"}, emails={"primaryEmail": f"emmy{at}@example.com"}, depth=0
            )["id"]
            for at in range(2)
        ]
    assert 'formaction="/browse/people/merge"' in pages.get("/browse/people").text
    menu = pages.get(f"/browse/people/{ids[0]}").text.partition('id="on-it"')[2].partition("</nav>")[0]
    merge_one = re.search(r'href="(/run/people/merge-many\?[^"]*)">Merge Many People</a>', menu)
    assert merge_one
    assert ids[0] in pages.get(unescape(merge_one[1])).text
    assert "/merge" not in pages.get("/browse/notes").text  # nothing says by what two of them are the same
    for path in (f"/browse/people/{ids[0]}/duplicates", f"/browse/people/merge?id={ids[0]}&id={ids[1]}"):
        shown = pages.get(path)
        link = re.search(r'href="(/run/people/merge-many\?[^"]*)">Merge them…', shown.text)
        form = pages.get(unescape(link[1])).text if link else shown.text
        assert "{ ids, conflictPriorityIndex }" in form
        assert all(each in form for each in ids)
        assert "the place in ids, counted from 0, of the record that stays" in form
    assert "tick those that are to become one" in pages.get(f"/browse/people/merge?id={ids[0]}").text


def test_what_lies_in_the_bin_is_ticked_and_comes_back_as_one_run(pages: TestClient, newer: Local) -> None:
    with icosa.connect(f"sqlite:///{newer._database}") as crm:
        ids = [crm.notes.create_one(title=f"Bin {at}", depth=0)["id"] for at in range(2)]
        for each in ids:
            crm.notes.delete_one(each)
    assert "/restore" not in pages.get("/browse/notes").text
    binned = pages.get("/browse/notes?filter=deletedAt[is]:NOT_NULL").text
    assert 'formaction="/browse/notes/restore"' in binned
    assert 'formaction="/browse/notes/delete"' not in binned
    back = pages.post("/browse/notes/restore", data={"filter": "deletedAt[is]:NOT_NULL", "id": ids})
    assert "Brought back: 2 records" in back.text
    with icosa.connect(f"sqlite:///{newer._database}") as crm:
        assert {each["id"] for each in crm.notes.find_many(depth=0)} >= set(ids)
    undo = re.search(r'action="(/runs/[\w-]+/undo)"', back.text)
    assert undo
    pages.post(undo[1])
    with icosa.connect(f"sqlite:///{newer._database}") as crm:
        assert not {each["id"] for each in crm.notes.find_many(depth=0)} & set(ids)


@pytest.mark.parametrize("asked", [{}, {"HX-Request": "true", "HX-Request-Type": "partial"}], ids=["a page", "a part of one"])
def test_what_a_merge_leaves_is_shown_as_a_record(pages: TestClient, newer: Local, asked: dict[str, str]) -> None:
    with icosa.connect(f"sqlite:///{newer._database}") as crm:
        ids = [crm.companies.create_one(name="Weaving mill", depth=0)["id"] for _ in range(2)]
    done = sent(pages, "merge-many", asked, body=json.dumps({"ids": ids, "conflictPriorityIndex": 1}))
    assert "one item" in done.text
    assert f'<h3 class="record-name"><a href="/browse/companies/{ids[1]}">Weaving mill</a>' in done.text
    with icosa.connect(f"sqlite:///{newer._database}") as crm:
        assert [each["id"] for each in crm.companies.find_many(where=F.name == "Weaving mill", depth=0)] == [ids[1]]
        crm.companies.delete_one(ids[1], permanent=True)


def test_what_can_be_done_is_counted_alike_at_the_side_and_where_it_is_listed(pages: TestClient) -> None:
    text = pages.get("/run").text
    listed = set(re.findall(r'href="(/run/[^"/]+/[^"]+)"', text))
    on_records = {each for each in listed if not each.endswith("/get-open-api-schema")}
    assert len(listed) == len(on_records) + 1
    assert f"{len(on_records)} actions on records, and one on the workspace itself, Get Open Api Schema" in text
    assert f"<small>{len(on_records)}</small>" in text
    assert f"and {len(on_records)} actions to run on them" in pages.get("/").text
